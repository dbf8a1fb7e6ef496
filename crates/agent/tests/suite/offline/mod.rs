//! The offline schedule, through the trait that the tools use.

mod answers;
mod calendar;
mod properties;
mod routes;
mod times;

use agent::{
    locale::Locale,
    sources::{SourceError, offline::OfflineFlights},
    travel::{Cabin, FlightQuery, Iata, Offer, Party, Sort},
};
use jiff::{Timestamp, civil::Date};

/// The moment of asking in these tests.
pub(super) fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

pub(super) fn codes(text: &str) -> Vec<Iata> {
    text.split(',').map(|code| code.parse().unwrap()).collect()
}

/// One adult in economy, one-way, the best ten.
pub(super) fn query(from: &str, to: &str, depart: Date) -> FlightQuery {
    FlightQuery {
        origins: codes(from),
        destinations: codes(to),
        depart,
        return_date: None,
        party: Party::default(),
        cabin: Cabin::Economy,
        max_stops: None,
        airline: None,
        departure: None,
        max_price: None,
        sort: Sort::Best,
        currency: "EUR".parse().unwrap(),
        limit: 10,
        locale: Locale::En,
        now: now(),
    }
}

pub(super) fn try_search(query: &FlightQuery) -> Result<Vec<Offer>, SourceError> {
    OfflineFlights.compute_search(query)
}

pub(super) fn search(query: &FlightQuery) -> Vec<Offer> {
    try_search(query).unwrap()
}

/// One line for each offer, for people who read a failed test.
pub(super) fn lines(offers: &[Offer]) -> String {
    let mut text = String::new();
    for offer in offers {
        text += &format!("{} {}kg", offer.total, offer.emissions_kg);
        for slice in &offer.slices {
            text += &format!(" | {:?}", slice.duration);
            for s in &slice.segments {
                text += &format!(
                    " {} {}-{} {}-{} {}",
                    s.carrier.iata,
                    s.origin.iata,
                    s.destination.iata,
                    s.departing_at.civil().strftime("%d.%H:%M"),
                    s.arriving_at.civil().strftime("%d.%H:%M"),
                    s.aircraft.as_deref().unwrap_or("?"),
                );
            }
        }
        text.push('\n');
    }
    text
}
