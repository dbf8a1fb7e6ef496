//! A leg of the trip that is there, to be left out: "sans l'étape 2", "drop the third leg".

use std::ops::Range;

use crate::{
    ledger::Ledger,
    reading::Reading,
    text::{
        lexicon::Meaning,
        numbers::{cardinal, ordinal},
        tokens::Tokens,
    },
    trip::TripRequest,
    wish::Change,
};

/// Articles between the verb and the leg.
const ARTICLES: &[&str] = &["the", "l", "la", "le", "my", "mon", "ma"];

/// Reads the legs to be left out; a trip out and back has none.
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
    let from = at + tokens.longest(at, ARTICLES).unwrap_or(0);
    let (nth, end) = match ordinal(tokens, from) {
        Some((nth, length)) => {
            let noun = from + length;
            (nth, noun + tokens.means(noun, Meaning::LegNoun)?)
        }
        None => {
            let number = from + tokens.means(from, Meaning::LegNoun)?;
            let number = number + tokens.longest(number, &["n", "no", "number"]).unwrap_or(0);
            let (nth, length) = cardinal(tokens, number)?;
            (nth, number + length)
        }
    };
    u8::try_from(nth).ok().map(|nth| (nth, from..end))
}
