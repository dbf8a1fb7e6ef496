//! What is left out of the trip that is there, a leg or a stop: "sans l'étape 2", "drop Athens".

use crate::text::words;
use std::ops::Range;

use super::place;
use crate::{
    ledger::Ledger,
    reading::{Place, Reading},
    text::{
        lexicon::Meaning,
        numbers::{cardinal, ordinal},
        tokens::Tokens,
    },
    trip::TripRequest,
    wish::Change,
};
use travel::{fold::key, locale::Locale};

/// Most words of the name of a stop.
const LONGEST_NAME: usize = 5;

/// Reads the legs and stops to be left out; a trip out and back has none.
pub(crate) fn read(
    tokens: &Tokens<'_>,
    trip: &TripRequest,
    claims: &mut Ledger,
    reading: &mut Reading,
) {
    if trip.onward.is_empty() {
        return;
    }
    for verb in tokens.all(Meaning::LegDrop) {
        let Some((nth, leg)) = numbered(tokens, verb.end) else {
            if let Some((nth, stop)) = stop(tokens, trip, verb.end)
                && !claims.any(verb.start..stop.end)
            {
                claims.take(verb.start..stop.end);
                reading.changes.push(Change::DropStop(nth));
            }
            continue;
        };
        let known = usize::from(nth) <= trip.onward.len() + 1;
        if known && !claims.any(verb.start..leg.end) {
            claims.take(verb.start..leg.end);
            reading.changes.push(Change::DropLeg(nth));
        }
    }
}

/// "leg 2", "the second leg", "l'étape n° 3" at `at`: which one, and its words.
fn numbered(tokens: &Tokens<'_>, at: usize) -> Option<(u8, Range<usize>)> {
    let from = at + tokens.longest(at, words::TRIP_STAGE_ARTICLE).unwrap_or(0);
    let (nth, end) = match ordinal(tokens, from) {
        Some((nth, length)) => {
            let noun = from + length;
            (nth, noun + tokens.means(noun, Meaning::LegNoun)?)
        }
        None => {
            let number = from + tokens.means(from, Meaning::LegNoun)?;
            let number = number
                + tokens
                    .longest(number, words::TRIP_STAGE_NUMBER)
                    .unwrap_or(0);
            let (nth, length) = cardinal(tokens, number)?;
            (nth, number + length)
        }
    };
    u8::try_from(nth).ok().map(|nth| (nth, from..end))
}

/// "Athens", "the stop in Athens", "l'étape d'Athènes" at `at`: which stop of the trip, and its words.
fn stop(tokens: &Tokens<'_>, trip: &TripRequest, at: usize) -> Option<(u8, Range<usize>)> {
    let mut from = at + tokens.longest(at, words::TRIP_STAGE_ARTICLE).unwrap_or(0);
    from += tokens.means(from, Meaning::LegStop).unwrap_or(0);
    let ends = (from + 1..=from + LONGEST_NAME).rev();
    ends.filter(|end| *end <= tokens.len()).find_map(|end| {
        let name = tokens.slice(from..end);
        let nth = (1..=trip.stops()).find(|nth| {
            let stop = trip.stop(*nth);
            stop.is_some_and(|stop| is_named(stop, name))
        })?;
        Some((u8::try_from(nth).ok()?, at..end))
    })
}

/// Whether a folded name is that of the place.
fn is_named(stop: &Place, name: &str) -> bool {
    let same = || {
        let [code] = stop.codes.as_slice() else {
            return false;
        };
        [Locale::Fr, Locale::En].into_iter().any(|locale| {
            let codes = place::airports_of(name, locale, false);
            codes.is_some_and(|codes| codes == [*code])
        })
    };
    key(&stop.surface) == name || same()
}
