//! Which way of the trip a change means: out, back, or both.

use std::ops::Range;

use crate::{
    text::{lexicon::Meaning, tokens::Tokens, words},
    wish::Way,
};

/// The way that the words around the change name: the nearest before it, else right behind it.
pub(super) fn way(tokens: &Tokens<'_>, bound: usize, range: &Range<usize>) -> Option<Way> {
    if names_both(tokens, bound, range.end) {
        return Some(Way::Both);
    }
    let at = |at: usize| {
        // "l'aller-retour" is all of it.
        let article = usize::from(tokens.is(at, words::PARTICLE_L));
        let ticket = tokens.is(at + article, words::TRIP_OUTBOUND)
            && tokens.is(at + article + 1, words::TRIP_RETURN_FR)
            || tokens.is(at, words::TRIP_RETURN_FR) && tokens.preceded(at, words::TRIP_OUTBOUND);
        if ticket {
            None
        } else if tokens.means(at, Meaning::ChangeReturn).is_some() {
            Some(Way::Back)
        } else if tokens.means(at, Meaning::ChangeDeparture).is_some() {
            Some(Way::Out)
        } else if tokens.is(at, words::DAY_BACK) && at + 1 == range.start && !pushed(tokens, at) {
            Some(Way::Back)
        } else {
            None
        }
    };
    let before = (bound..range.end)
        .rev()
        .take_while(|at| !tokens.ends_sentence(*at));
    let behind = (range.end..(range.end + 4).min(tokens.len()))
        .take_while(|at| !tokens.ends_sentence(*at) && !tokens.is(*at, words::DAY_ENUMERATION));
    before
        .into_iter()
        .find_map(at)
        .or_else(|| behind.into_iter().find_map(at))
}

/// "l'aller et le retour", "the outbound and the return".
fn names_both(tokens: &Tokens<'_>, bound: usize, end: usize) -> bool {
    let name = |meaning| {
        move |at: usize| {
            let article = usize::from(tokens.is(at, words::DAY_OUR));
            tokens.means(at + article, meaning).is_some()
        }
    };
    let (out, back) = (name(Meaning::ChangeDeparture), name(Meaning::ChangeReturn));
    let ends = |at: usize, meaning| tokens.means_before(at, meaning).is_some();
    let and = (bound..end).filter(|at| tokens.is(*at, words::PARTICLE_PLUS));
    and.into_iter().any(|and| {
        ends(and, Meaning::ChangeDeparture) && back(and + 1)
            || ends(and, Meaning::ChangeReturn) && out(and + 1)
    })
}

/// "push it back two days": "back" is part of the verb.
fn pushed(tokens: &Tokens<'_>, at: usize) -> bool {
    (at.saturating_sub(4)..at).any(|at| tokens.means(at, Meaning::ChangePush).is_some())
}
