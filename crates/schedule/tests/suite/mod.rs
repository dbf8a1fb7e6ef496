//! The offline schedule, through the trait that the tools use.

mod answers;
mod calendar;
mod legs;
mod properties;
mod routes;
mod times;
mod wishes;

use jiff::{Timestamp, civil::Date};
use travel::{Currency, FlightQuery, FlightSearch, Iata, Leg, Locale, Offer};

/// The moment of asking in these tests.
pub(super) fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

pub(super) fn codes(text: &str) -> Vec<Iata> {
    text.split(',').map(|code| code.parse().unwrap()).collect()
}

/// One adult in economy, one-way, the best ten.
pub(super) fn query(from: &str, to: &str, depart: Date) -> FlightQuery {
    let legs = vec![Leg::new(codes(from), codes(to), depart)];
    FlightQuery {
        search: FlightSearch::new(legs, Currency::eur()),
        limit: 10,
        skip: 0,
        locale: Locale::En,
        now: now(),
    }
}

/// The same with a way back.
pub(super) fn with_return(mut query: FlightQuery, back: Option<Date>) -> FlightQuery {
    let out = query.search.legs[0].clone();
    query.search.legs.extend(back.map(|back| out.back(back)));
    query
}

pub(super) fn try_search(query: &FlightQuery) -> Result<Vec<Offer>, schedule::QueryError> {
    schedule::search(query).map(|found| found.offers)
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
