//! How long one stays at each stop, "3 nights in Rome then Athens for 4 nights", and the days of legs in
//! answer to the question for them.

use crate::text::words;
use std::ops::Range;

use super::legs::Named;
use crate::{
    ledger::Ledger,
    mention::day::{self, Days},
    reading::{LegDay, Place, Reading},
    trip::{Leg, TripRequest},
};

/// Most words between a stay and the place of it.
const REACH: usize = 3;
/// Reads the nights at the stops of a trip with several legs.
pub(crate) fn read(named: &Named<'_>, claims: &mut Ledger, reading: &mut Reading) {
    if reading.onward.is_empty() {
        return;
    }
    let tokens = named.tokens;
    for (range, nights) in lengths(named.days, tokens.len()) {
        let after = |end: &usize| {
            let start = named.ends[*end].mention.start;
            range.end <= start
                && start - range.end <= REACH
                && start > range.end
                && (range.end..start).all(|at| tokens.is(at, words::TRIP_IN))
        };
        let before = |end: &usize| {
            let until = named.ends[*end].mention.until;
            until <= range.start
                && range.start - until <= REACH
                && (until..range.start).all(|at| tokens.is(at, words::TRIP_FOR))
        };
        let ends = || 0..named.ends.len();
        let Some(end) = ends().find(after).or_else(|| ends().rfind(before)) else {
            continue;
        };
        let place = named.ends[end].place(tokens);
        if stay(reading, &place, nights) {
            let mention = &named.ends[end].mention;
            claims.take(range.clone());
            claims.mark(range.end.min(mention.until)..mention.start.max(range.start));
        }
    }
}

/// Whether the trip stays so long at the place: until the leg that leaves it, or that leads home.
fn stay(reading: &mut Reading, place: &Place, nights: u16) -> bool {
    let leaves = |leg: &&mut Leg| {
        leg.date.is_none()
            && leg.nights.is_none()
            && leg
                .origin
                .as_ref()
                .is_some_and(|from| from.codes == place.codes)
    };
    if let Some(leg) = reading.onward.iter_mut().find(leaves) {
        leg.nights = Some(nights);
        return true;
    }
    let last = reading
        .onward
        .last()
        .and_then(|leg| leg.destination.as_ref());
    let stays = last.is_some_and(|last| last.codes == place.codes);
    if stays {
        reading.onward.push(Leg {
            origin: Some(place.clone()),
            nights: Some(nights),
            ..Leg::default()
        });
    }
    stays
}

/// Reads the answer to the question for the days of legs: days and stays, in the order said.
pub(crate) fn answer(
    days: &Days<'_>,
    trip: &TripRequest,
    claims: &mut Ledger,
    reading: &mut Reading,
) {
    let new = |place: &Option<Place>| {
        let known = |known: &Option<Place>, codes: &[travel::Iata]| {
            known.as_ref().is_some_and(|known| known.codes == codes)
        };
        place.as_ref().is_some_and(|place| {
            let ends = [&trip.origin, &trip.destination];
            let legs = trip
                .onward
                .iter()
                .flat_map(|leg| [&leg.origin, &leg.destination]);
            !ends
                .into_iter()
                .chain(legs)
                .any(|end| known(end, &place.codes))
        })
    };
    if new(&reading.origin) || new(&reading.destination) {
        return;
    }
    let mut after = trip.depart_date.as_ref().map(|span| span.from);
    let mut said: Vec<(usize, LegDay)> = Vec::new();
    for mention in &days.found {
        match day::span_of(&days.ctx, mention, after) {
            Ok(span) => {
                after = Some(span.from);
                said.push((mention.start, LegDay::On(span)));
            }
            Err(_) => return,
        }
    }
    for (range, nights) in lengths(days, usize::MAX) {
        claims.take(range.clone());
        said.push((range.start, LegDay::After(nights)));
    }
    if said.is_empty() {
        return;
    }
    said.sort_by_key(|(at, _)| *at);
    reading.leg_days = said.into_iter().map(|(_, day)| day).collect();
    (reading.depart_date, reading.return_date, reading.stay_days) = (None, None, None);
    (reading.origin, reading.destination, reading.extends) = (None, None, false);
    reading.onward.clear();
    reading.also.clear();
    reading.ambiguities.clear();
    reading.problems.clear();
}

/// Lengths of time that are part of no date, and how many nights they are.
fn lengths(days: &Days<'_>, most: usize) -> Vec<(Range<usize>, u16)> {
    let dated = |at: usize| {
        let mut found = days.found.iter();
        found.any(|mention| (mention.start..mention.end).contains(&at))
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < most.min(days.len()) {
        match days.nights(at).filter(|_| !dated(at)) {
            Some((nights, end)) => {
                found.push((at..end, nights));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}
