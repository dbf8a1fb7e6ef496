//! Arguments of the tools, from a trip.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::{
    tools::search_flights::SearchFlightsArgs,
    travel::{Iata, Party},
    understanding::{Place, TripRequest},
};

/// Age of a child whose age was not said; stated where it is used.
pub(super) const ASSUMED_AGE: u8 = 8;

/// Arguments of a search on these days.
pub(super) fn flights(
    trip: &TripRequest,
    depart: Date,
    return_date: Option<Date>,
) -> SearchFlightsArgs {
    let party = trip.party.as_ref();
    SearchFlightsArgs {
        departure: codes(trip.origin.as_ref()),
        arrival: codes(trip.destination.as_ref()),
        date: depart,
        return_date,
        adults: party.map(|party| party.adults),
        children_ages: party.map(children_ages).unwrap_or_default(),
        infants: party.map(|party| party.infants).filter(|count| *count > 0),
        cabin: trip.cabin,
        max_stops: trip.max_stops,
        airline: trip
            .airline
            .as_ref()
            .map(|airline| airline.code.to_string()),
        departure_time: trip.departure,
        max_price: trip.budget.map(|budget| budget.decimal()),
        currency: trip.budget.map(|budget| budget.currency.to_string()),
        sort: trip.sort,
        ..SearchFlightsArgs::default()
    }
}

/// Arguments of a fare calendar; `back` = for the way back alone.
pub(super) fn calendar(
    trip: &TripRequest,
    month: Date,
    stay_days: Option<u16>,
    back: bool,
) -> Value {
    let search = flights(trip, month, None);
    let (departure, arrival) = if back {
        (search.arrival, search.departure)
    } else {
        (search.departure, search.arrival)
    };
    let ages = search.children_ages;
    json!({
        "departure": departure,
        "arrival": arrival,
        "month": month.strftime("%Y-%m").to_string(),
        "stay_days": stay_days,
        "adults": search.adults,
        "children_ages": (!ages.is_empty()).then_some(ages),
        "infants": search.infants,
        "cabin": search.cabin,
        "max_stops": search.max_stops,
        "airline": search.airline,
        "currency": search.currency,
    })
}

fn codes(place: Option<&Place>) -> String {
    let codes = place.map(|place| place.codes.as_slice());
    let codes: Vec<_> = codes.unwrap_or_default().iter().map(Iata::as_str).collect();
    codes.join(",")
}

fn children_ages(party: &Party) -> Vec<u8> {
    party
        .children
        .iter()
        .map(|age| age.unwrap_or(ASSUMED_AGE))
        .collect()
}
