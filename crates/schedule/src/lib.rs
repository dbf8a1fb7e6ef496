//! Flights without any network access: a schedule and fares derived from the tables of airports
//! and carriers, the same on every machine, and labelled illustrative on every offer.
//!
//! `places` and `operators` read the tables; `region`, `access` and `demand` decide who flies
//! where, `gateways` and `feeder` reach the small airports, `timetable`, `block_time` and `aircraft` say when
//! and with what, and `network` holds the result. A search finds `paths`, makes `itineraries` of
//! a day of them at their `fares` within the `rules`, without `detours`, puts the legs together
//! (`combine`), prices them for a party (`quote`, `terms`), chooses (`rank`) and assembles `offers`. docs/offline-flights.md has the rules and what their constants rest on.

mod access;
mod aircraft;
mod block_time;
mod cabins;
mod calendar;
mod clock;
mod combine;
mod connections;
mod demand;
mod detours;
mod direct;
mod direction;
mod emissions;
mod error;
mod fares;
mod feeder;
mod gateways;
mod geometry;
mod hash;
mod itineraries;
mod network;
mod night;
mod offers;
mod operators;
mod paths;
mod places;
mod quote;
mod rank;
mod region;
mod reprice;
mod rules;
mod search;
mod season;
mod terms;
mod timetable;

pub use direct::{Direct, direct};
pub use error::QueryError;
pub use offers::NAME;

use travel::{CalendarQuery, FareCalendar, FlightQuery, Found, Offer};

/// Derives the network now, so that no search waits for it.
pub fn warm_up() {
    network::network();
}

/// Offers that satisfy the query, in its order, at most `query.limit`, and how many there are in
/// all; none is a success. Milliseconds of computing.
///
/// # Errors
/// When the query names an unknown place or contradicts itself.
pub fn search(query: &FlightQuery) -> Result<Found, QueryError> {
    search::search(network::network(), query)
}

/// What [`search`](fn@search) says, where that takes a small part of a millisecond; `None` where it may take longer:
/// before the network is derived, for several legs or days, many airports or many offers, or where ways that are not
/// usual are looked at.
///
/// # Errors
/// As [`search`](fn@search).
pub fn quick(query: &FlightQuery) -> Result<Option<Found>, QueryError> {
    match network::derived() {
        Some(network) => search::quick(network, query),
        None => Ok(None),
    }
}

/// Cheapest fare of each day of a month.
///
/// # Errors
/// As [`search`](fn@search).
pub fn calendar(query: &CalendarQuery) -> Result<FareCalendar, QueryError> {
    calendar::calendar(network::network(), query, NAME)
}

/// Today's price of an offer that this schedule made; `None` = it is no longer sold.
///
/// # Errors
/// As [`search`](fn@search).
pub fn reprice(offer: &Offer, query: &FlightQuery) -> Result<Option<Offer>, QueryError> {
    reprice::reprice(network::network(), offer, query)
}
