//! What goes on from the trip that is there: "then Rome to Athens on 8 March", "we come back from Venice",
//! "I can leave from Geneva as well".

use super::legs::Named;
use crate::text::words;
use crate::{
    mention::place::cues::Cue,
    reading::{PlaceKind, Reading},
    text::lexicon::Meaning,
    trip::{Leg, TripRequest},
};

/// Turns a trip that was read into a continuation of the one that is there, where the words say so.
pub(crate) fn read(named: &Named<'_>, trip: &TripRequest, reading: &mut Reading) {
    if trip.depart_date.is_none() && goes_back_to_a_place(named, reading) {
        reading.depart_date = reading.return_date.take();
        reading.one_way = reading.one_way.filter(|one_way| *one_way);
    }
    if trip.destination.is_none() {
        return;
    }
    if begins_with_then(named) {
        go_on(reading);
    } else if comes_back_from(named) {
        come_back(trip, reading);
    } else if says_also(named) {
        widen(trip, reading);
    }
}

/// "I'm returning to Boston from Paris on 4 May": that is the way out, when nothing else is.
fn goes_back_to_a_place(named: &Named<'_>, reading: &Reading) -> bool {
    let said = reading.depart_date.is_none() && reading.return_date.is_some();
    let tokens = named.tokens;
    said && named.tokens.all(Meaning::ItineraryBack).any(|back| {
        let mut ends = named.ends.iter().map(|end| end.mention.start);
        ends.any(|start| {
            back.end < start
                && start - back.end <= 3
                && (back.end..start).all(|at| tokens.is(at, words::TRIP_TO_NEXT))
        })
    })
}

/// Whether "then" stands before the first place.
fn begins_with_then(named: &Named<'_>) -> bool {
    let first = named.ends.first().map(|end| end.mention.start);
    let mut then = named.tokens.all(Meaning::ItineraryThen);
    first.is_some_and(|first| then.any(|range| range.end <= first))
}

fn go_on(reading: &mut Reading) {
    if reading.destination.is_none() {
        return;
    }
    let first = Leg {
        origin: reading.origin.take(),
        destination: reading.destination.take(),
        date: reading.depart_date.take(),
        window: reading.window,
        nights: None,
    };
    reading.window = <_>::default();
    let mut legs = vec![first];
    legs.append(&mut reading.onward);
    if let Some(date) = reading.return_date.take() {
        legs.push(Leg {
            date: Some(date),
            ..Leg::default()
        });
    }
    reading.onward = legs;
    reading.extends = true;
}

/// Whether the one place of the message is where the way back begins.
fn comes_back_from(named: &Named<'_>) -> bool {
    let [end] = named.ends else {
        return false;
    };
    let start = end.mention.start;
    let back = named.tokens.all(Meaning::ItineraryBack);
    named.tokens.preceded(start, words::TRIP_FROM_NEXT)
        && back.into_iter().any(|range| range.end <= start)
}

fn come_back(trip: &TripRequest, reading: &mut Reading) {
    let Some(place) = reading.origin.take().or_else(|| reading.destination.take()) else {
        return;
    };
    if trip
        .destination
        .as_ref()
        .is_some_and(|known| known.codes == place.codes)
    {
        return;
    }
    let date = reading
        .return_date
        .take()
        .or_else(|| reading.depart_date.take());
    reading.onward = vec![Leg {
        origin: Some(place),
        date: date.or_else(|| trip.return_date.clone()),
        ..Leg::default()
    }];
    reading.extends = true;
}

/// Whether the one place of the message is one more to choose from.
fn says_also(named: &Named<'_>) -> bool {
    let also = named.tokens.all(Meaning::ItineraryAlso).next().is_some();
    let does = named.tokens.all(Meaning::ItineraryWouldDo).next().is_some();
    let cued = matches!(named.cues, [Cue::Origin | Cue::Destination | Cue::Towards]);
    let one = matches!(named.ends, [_]) && named.days.found.is_empty();
    one && (also && cued || does)
}

fn widen(trip: &TripRequest, reading: &mut Reading) {
    for (known, said) in [
        (&trip.origin, &mut reading.origin),
        (&trip.destination, &mut reading.destination),
    ] {
        let (Some(known), Some(said)) = (known, said) else {
            continue;
        };
        let mut wider = known.clone();
        let new = said.codes.iter().filter(|code| !known.codes.contains(code));
        wider.codes.extend(new.copied());
        wider.surface = format!("{}, {}", known.surface, said.surface);
        wider.kind = PlaceKind::City;
        *said = wider;
    }
}
