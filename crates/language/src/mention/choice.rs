//! Which of the shown offers is meant: "le deuxième", "number 3", "the cheapest one".

use crate::text::words;
use crate::{
    ledger::Ledger,
    reading::{Choice, Reading},
    text::{
        lexicon::Meaning,
        numbers::{cardinal, ordinal},
        tokens::Tokens,
    },
};
use travel::Sort;

/// Reads a choice by position before dates are read: "the 2nd one" is no day.
pub(crate) fn read(tokens: &Tokens<'_>, claims: &mut Ledger, reading: &mut Reading) {
    for at in 0..tokens.len() {
        if let Some((choice, end)) = position(tokens, at) {
            reading.choice = Some(choice);
            claims.take(at..end);
            return;
        }
    }
}

fn position(tokens: &Tokens<'_>, at: usize) -> Option<(Choice, usize)> {
    if let Some(length) = tokens.longest(at, words::CHOICE_NUMBERED)
        && let Some((nth, spans)) = cardinal(tokens, at + length)
    {
        let apart = !tokens.is(at, words::CHOICE_NUMERO) || tokens.number(at + length).is_some();
        let nth = u8::try_from(nth)
            .ok()
            .filter(|nth| (1..=20).contains(nth))?;
        let end = at + length + spans;
        // "no 2 stops" and "option 2 adultes" count something.
        return (apart && ends(tokens, end)).then_some((Choice::Nth(nth), end));
    }
    let article = tokens.is(at, words::PARTICLE_THE_ONE);
    let from = at + usize::from(article);
    let verb = (at.saturating_sub(5)..at).any(|at| {
        let taken = tokens.longest(at, words::CHOICE_TAKING);
        taken
            .or_else(|| tokens.longest(at, words::CHOICE_WANTING))
            .is_some()
    });
    if tokens.is(from, words::DAY_LAST) && article {
        let noun = tokens.longest(from + 1, words::CHOICE_OFFER);
        let end = from + 1 + noun.unwrap_or(0);
        return (noun.is_some() || ends(tokens, end)).then_some((Choice::Last, end));
    }
    let (nth, end, plain) = match ordinal(tokens, from) {
        Some((nth, length)) => (nth, from + length, false),
        None if article && verb => {
            let (nth, length) = cardinal(tokens, from)?;
            (nth, from + length, true)
        }
        None => return None,
    };
    let nth = u8::try_from(nth)
        .ok()
        .filter(|nth| (1..=20).contains(nth))?;
    // "the second Friday of May" is a day.
    // "Gardons le retour le 9" says a day as well.
    if is_day_of_month(tokens, end) || plain && is_of_a_way(tokens, at) {
        return None;
    }
    let noun = tokens.longest(end, words::CHOICE_OFFER);
    // "the 2nd" may be a day: only words, or a noun, choose.
    let word = tokens.number(from).is_none();
    // "la valise est comprise dans la première ?", "what about the second?"
    let pointed = tokens.is(at.wrapping_sub(1), words::CHOICE_POINTER);
    let chosen = noun.is_some()
        || (word && article && pointed && ends(tokens, end))
        || (plain && verb && ends(tokens, end) && nth <= 9)
        || (word && article && ends(tokens, end) && (verb || at <= 3));
    chosen.then_some((Choice::Nth(nth), end + noun.unwrap_or(0)))
}

/// Whether the phrase ends here: nothing is counted or dated by it.
fn ends(tokens: &Tokens<'_>, end: usize) -> bool {
    end >= tokens.len() || tokens.is_symbol(end) || tokens.is(end, words::CHOICE_AFTER)
}

/// Reads a choice by quality after everything else is read: "je prends le moins cher".
pub(crate) fn by_quality(tokens: &Tokens<'_>, reading: &mut Reading) {
    let places = reading.origin.is_some() || reading.destination.is_some();
    if reading.choice.is_some() || places || reading.depart_date.is_some() {
        return;
    }
    let verb = (0..tokens.len()).any(|at| tokens.longest(at, words::CHOICE_TAKING).is_some());
    let pronoun = tokens.find(words::CHOICE_PRONOUN).is_some();
    let alone = tokens.len() <= 4 && tokens.is(0, words::PARTICLE_THE_ONE);
    if !(verb || pronoun || alone) {
        return;
    }
    let definite = tokens.find(words::CHOICE_DEFINITE);
    reading.choice = match (reading.sort, definite) {
        (Some(Sort::Price), Some(_)) => Some(Choice::Cheapest),
        (Some(Sort::Duration), Some(_)) => Some(Choice::Fastest),
        (None | Some(Sort::Best), _) if tokens.find(words::CHOICE_BEST).is_some() => {
            Some(Choice::Best)
        }
        _ => None,
    };
}

/// Whether what stands directly before an article is the way out or the way back.
fn is_of_a_way(tokens: &Tokens<'_>, at: usize) -> bool {
    let ways = [Meaning::DayWayOutNoun, Meaning::DayWayBackNoun];
    ways.iter()
        .any(|way| tokens.means_before(at, *way).is_some())
}

/// Whether a weekday, or a day and its month, follows an ordinal.
fn is_day_of_month(tokens: &Tokens<'_>, at: usize) -> bool {
    let weekday = super::day::names::weekday(tokens.word(at))
        .is_some_and(|(_, strength)| strength == super::day::names::Strength::Sure);
    weekday && tokens.is(at + 1, words::DAY_WITHIN)
}
