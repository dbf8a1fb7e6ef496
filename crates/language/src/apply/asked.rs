//! What a message asked and said beyond the flights, kept for the message after it.

use crate::{
    question::Question,
    reading::{Place, Reading},
    trip::TripRequest,
};

impl TripRequest {
    /// The trip with what a message asks and says beyond the flights. Nothing of the flights changes: it
    /// holds for a message as well that is no plan.
    #[must_use]
    pub fn remember(&self, reading: &Reading) -> Self {
        let mut trip = self.clone();
        trip.details = reading.details.over(&self.details);
        let Some(question) = reading.asked().last() else {
            if reading.change_trip() {
                trip.last_topic = None;
            }
            return trip;
        };
        let place = of(question);
        let beside = || reading.asked().find_map(|other| other.destination.as_ref());
        let place = place.or(reading.destination.as_ref()).or_else(beside);
        let moved = match (&self.about, place) {
            (Some(before), Some(now)) => before.codes != now.codes,
            _ => false,
        };
        if moved {
            // A spot and a day are of the place that they were said of.
            trip.details.near.clone_from(&reading.details.near);
            trip.details.day = reading.details.day;
        }
        trip.last_topic = Some(question.topic);
        if let Some(place) = place {
            trip.about = Some(place.clone());
        }
        let mut places = reading.asked().filter_map(of);
        if let Some(first) = places.next()
            && places.any(|place| place.codes != first.codes)
        {
            // Of several places none is meant by the next question.
            trip.about = None;
        }
        trip
    }
}

/// The place that a question names; where one sets out is none that is asked about.
fn of(question: &Question) -> Option<&Place> {
    let origin = question.origin.as_ref();
    let origin = origin.filter(|_| !question.topic.takes_trip_facts());
    question.destination.as_ref().or(origin)
}
