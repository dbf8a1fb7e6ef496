//! Quarters of a city of the trip that are towns elsewhere: Palermo is one of Buenos Aires.

use guide::quarters;

use super::{about::stops, brief::destination_of};
use crate::language::{self, Place, Reading, TripRequest};

/// Takes a place that is a quarter of a city of the trip for that quarter: the trip goes nowhere else.
/// Flights that are asked for do.
pub(crate) fn settle(reading: &mut Reading, trip: &TripRequest, message: &str) {
    let stops = stops(trip);
    let is_quarter = |place: &Place| stops.iter().any(|stop| has_quarter(stop, place));
    let planned = reading.asked().any(|question| question.topic.is_planned());
    if !planned || language::question::speaks_of_flights(message) || reading.origin.is_some() {
        return;
    }
    let mut near = None;
    for said in &mut reading.questions {
        let named = &mut said.value.destination;
        if let Some(place) = named.take_if(|place| is_quarter(place)) {
            near = Some(place.surface);
        }
    }
    if let Some(place) = reading.destination.take_if(|place| is_quarter(place)) {
        near = Some(place.surface);
    }
    if reading.details.near.is_none() {
        reading.details.near = near;
    }
}

/// Whether a city has a quarter of that name.
fn has_quarter(city: &Place, named: &Place) -> bool {
    let Some(known) = destination_of(city).filter(|_| named.codes != city.codes) else {
        return false;
    };
    let said = language::fold(&named.surface);
    let is = |name: &str| {
        let name = language::fold(name);
        let mut words = name.split(|c: char| !c.is_alphanumeric());
        name == said || words.any(|word| word == said)
    };
    let mut quarters = quarters::of(known.code).iter();
    quarters.any(|quarter| quarter.names().into_iter().any(is))
}
