//! A bare number that corrects what was said last: "no wait, three", "donc deux", "non, 250".

use travel::{Currency, Money};

use crate::{
    ledger::Ledger,
    reading::{PartyMention, Reading},
    text::{lexicon::Meaning, numbers::cardinal, tokens::Tokens},
    trip::{Subject, TripRequest},
    wish::{Bound, Budget, Scope, Span},
};

/// Most people in a correction.
const MOST_PEOPLE: u32 = 20;
/// Most nights in a correction.
const MOST_NIGHTS: u32 = 60;

/// Whether a message begins by correcting what was understood: "I mean …", "non, je veux dire …".
#[must_use]
pub fn is_correction(text: &str) -> bool {
    let tokens = Tokens::new(text);
    (0..tokens.len().min(4)).any(|at| tokens.means(at, Meaning::ChangeCorrection).is_some())
}

/// Reads the number, where the message says nothing else of the trip.
pub(crate) fn read(
    tokens: &Tokens<'_>,
    trip: &TripRequest,
    claims: &mut Ledger,
    reading: &mut Reading,
) {
    if reading.change_trip() || trip.subject.is_none() && trip.money.is_none() {
        return;
    }
    let found = (0..tokens.len()).find_map(|at| {
        let (count, length) = cardinal(tokens, at)?;
        let comma = usize::from(at > 0 && tokens.is(at - 1, &[","]));
        let lead = tokens.means_before(at - comma, Meaning::PartyCorrection)?;
        let end = at + length;
        let over = end >= tokens.len()
            || tokens.is(end, &[".", "!", ","])
            || tokens.means(end, Meaning::PartyAfterTotal).is_some();
        (over && !claims.any(at..end)).then_some((lead.start, at..end, count))
    });
    let Some((from, range, count)) = found else {
        return;
    };
    let at = Span::of(tokens, range.clone());
    let fits = match trip.subject {
        Some(Subject::Party) => count <= MOST_PEOPLE && people(count, reading),
        Some(Subject::Stay) => count <= MOST_NIGHTS && nights(count, reading),
        Some(Subject::Money) => money(count, at, trip, reading),
        // Several things were said: only an amount is too large for the others.
        None => count > MOST_NIGHTS && trip.money.is_some() && money(count, at, trip, reading),
    };
    if fits {
        reading.choice = None;
        claims.mark(from..range.start);
        claims.take(range);
    }
}

fn people(count: u32, reading: &mut Reading) -> bool {
    let adults = u8::try_from(count).ok().filter(|count| *count > 0);
    reading.passengers = adults.map(|adults| PartyMention {
        adults: Some(adults),
        ..PartyMention::default()
    });
    adults.is_some()
}

fn nights(count: u32, reading: &mut Reading) -> bool {
    reading.stay_days = u16::try_from(count).ok().filter(|days| *days > 0);
    reading.stay_days.is_some()
}

/// The amount with the scope and the currency of the one before.
fn money(count: u32, at: Span, trip: &TripRequest, reading: &mut Reading) -> bool {
    let known = trip.money;
    let currency = known.map_or_else(Currency::eur, |known| known.amount.currency);
    let amount = Money::parse(&count.to_string(), currency).filter(|amount| amount.minor > 0);
    reading.money = amount.map(|amount| Budget {
        amount,
        scope: known.map_or(Scope::All, |known| known.scope),
        bound: known.map_or(Bound::AtMost, |known| known.bound),
        at,
    });
    reading.budget = reading
        .money
        .filter(|money| money.scope == Scope::All && money.bound == Bound::AtMost)
        .map(|money| money.amount);
    amount.is_some()
}
