//! Places that no table knows: said to be unknown rather than passed over.

use super::{Setting, gazetteer::is_ordinary};
use crate::text::words;
use crate::{
    ledger::Ledger,
    reading::{Problem, Reading, SlotName},
};

/// Records each name after a clear preposition that is no known place and no ordinary word.
pub(crate) fn read(setting: &Setting<'_>, claims: &Ledger, reading: &mut Reading) {
    let tokens = setting.tokens;
    let named = |at: usize| {
        tokens.get(at).is_some_and(|t| t.capital)
            && tokens.is_word(at)
            && !claims.taken(at)
            && tokens.word(at).len() >= 3
            && !is_ordinary(tokens.word(at))
    };
    let mut found = false;
    let mut from = 1;
    while from < tokens.len() {
        let at = from;
        from += 1;
        let Some(slot) = pointed(setting, at, found) else {
            continue;
        };
        let taken = match slot {
            SlotName::Origin => reading.origin.is_some(),
            _ => reading.destination.is_some(),
        };
        let ambiguous = reading.ambiguities.iter().any(|open| open.slot == slot);
        if taken || ambiguous || !named(at) {
            continue;
        }
        let end = (at + 1..at + 6)
            .take_while(|at| named(*at) || bound(setting, *at) && named(*at + 1))
            .last()
            .map_or(at + 1, |last| last + 1);
        reading.problems.push(Problem::UnknownPlace {
            slot,
            surface: tokens.surface(at..end).to_owned(),
        });
        found = true;
        from = end;
    }
    if !found {
        answer(setting, claims, reading);
    }
}

/// Whether a small word stands inside a name: "Plouc-les-Bains".
fn bound(setting: &Setting<'_>, at: usize) -> bool {
    use crate::text::tokens::Gap;
    setting.tokens.gap(at) == Gap::Hyphen && setting.tokens.gap(at + 1) == Gap::Hyphen
}
/// The end of the trip to which the words before a token point.
fn pointed(setting: &Setting<'_>, at: usize, found: bool) -> Option<SlotName> {
    let tokens = setting.tokens;
    // "de Trifouilly à Plouc": the second half of what has begun with an unknown place.
    let origin = setting.tokens.is(at.wrapping_sub(1), words::PARTICLE_DE)
        && (at == 1 || tokens.preceded(at - 1, words::PLACE_TICKET_FR));
    if origin {
        return Some(SlotName::Origin);
    }
    if found && tokens.is(at.wrapping_sub(1), words::PARTICLE_A_ALONE) {
        return Some(SlotName::Destination);
    }
    if tokens.preceded(at, words::PLACE_UNKNOWN_ORIGIN) {
        return Some(SlotName::Origin);
    }
    if tokens.preceded(at, words::PLACE_UNKNOWN_DESTINATION) {
        return Some(SlotName::Destination);
    }
    // "pour Marie" is a passenger, unless a destination was asked for.
    (tokens.preceded(at, words::PLACE_UNKNOWN_ANSWER)
        && setting.asked == Some(SlotName::Destination))
    .then_some(SlotName::Destination)
}

/// A single unknown name in answer to "where?".
fn answer(setting: &Setting<'_>, claims: &Ledger, reading: &mut Reading) {
    let tokens = setting.tokens;
    let Some(slot @ (SlotName::Origin | SlotName::Destination)) = setting.asked else {
        return;
    };
    let said = reading.origin.is_some()
        || reading.destination.is_some()
        || !reading.ambiguities.is_empty();
    let words: Vec<usize> = (0..tokens.len())
        .filter(|at| !tokens.is_symbol(*at))
        .collect();
    let name = |at: usize| {
        tokens.is_word(at)
            && !claims.taken(at)
            && tokens.word(at).len() >= 4
            && !is_ordinary(tokens.word(at))
            && tokens.get(at).is_some_and(|token| token.capital)
    };
    if said || words.len() > 2 || words.is_empty() || !words.iter().all(|at| name(*at)) {
        return;
    }
    let surface = tokens
        .surface(words[0]..words[words.len() - 1] + 1)
        .to_owned();
    reading
        .problems
        .push(Problem::UnknownPlace { slot, surface });
}
