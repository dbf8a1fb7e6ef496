//! Whether a message moves the journey that an offer was found for. Pure.

use crate::language::{DateSpan, Place, TripRequest};

/// Whether both ask for the same flights, in whatever words, and whatever is wished beyond them: a stay
/// "from 11 to 15 March" on a trip of these days moves nothing.
pub(super) fn is_same(before: &TripRequest, after: &TripRequest) -> bool {
    flown(before) == flown(after)
}

/// What a search for flights depends on.
fn flown(trip: &TripRequest) -> TripRequest {
    let mut trip = TripRequest {
        open_ambiguity: None,
        subject: None,
        details: Default::default(),
        last_topic: None,
        about: None,
        ..trip.clone()
    };
    let dates = [&mut trip.depart_date, &mut trip.return_date];
    dates.into_iter().flatten().for_each(wordless);
    let places = [&mut trip.origin, &mut trip.destination];
    places.into_iter().flatten().for_each(nameless);
    for leg in &mut trip.onward {
        leg.date.iter_mut().for_each(wordless);
        let places = [&mut leg.origin, &mut leg.destination];
        places.into_iter().flatten().for_each(nameless);
    }
    trip
}

/// Forgets in which words days were said.
fn wordless(span: &mut DateSpan) {
    span.surface.clear();
}

/// Forgets in which words a place was named.
fn nameless(place: &mut Place) {
    place.surface.clear();
}
