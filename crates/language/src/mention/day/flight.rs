//! Which flight a time is about, from the words around it: out or back, departure or arrival.

use crate::text::words;
use std::ops::Range;

use super::names;
use crate::text::{lexicon::Meaning, tokens::Tokens};

/// How far a word that says which flight is meant may be.
const REACH: usize = 14;

/// Which end of which way a time is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct End {
    /// The way back.
    pub(crate) back: bool,
    /// The arrival.
    pub(crate) arrival: bool,
    /// The arrival is at home, which only an hour by which one wants to be there says.
    pub(super) home: bool,
    /// Words right behind the time say which way it is.
    pub(super) firm: bool,
}

/// The end that a time at `time` is of.
pub(crate) fn end_of(tokens: &Tokens<'_>, time: &Range<usize>) -> End {
    let mut end = before(tokens, time.start);
    let after = |meaning| tokens.means(time.end, meaning).is_some();
    // "an evening departure", "10 am arrival": a noun that ends its clause.
    let noun = |meaning| {
        tokens.means(time.end, meaning).is_some_and(|length| {
            let next = time.end + length;
            next >= tokens.len() || !tokens.is_word(next) && tokens.number(next).is_none()
        })
    };
    if after(Meaning::TimeWayBackAfter) || noun(Meaning::TimeReturnNoun) {
        (end.back, end.firm) = (true, true);
    } else if after(Meaning::TimeWayOutAfter) {
        end = End {
            firm: true,
            ..End::default()
        };
    } else if noun(Meaning::TimeDepartureNoun) {
        (end.arrival, end.home) = (false, false);
    } else if after(Meaning::TimeArrivingAfter) {
        (end.arrival, end.home) = (true, false);
    }
    end
}

/// Which end the words before speak of; the nearest of each kind counts.
fn before(tokens: &Tokens<'_>, at: usize) -> End {
    let mut end = End::default();
    let (mut way, mut kind, mut dated) = (false, false, false);
    for back in (at.saturating_sub(REACH)..at).rev() {
        if tokens.ends_sentence(back) {
            break;
        }
        let means = |meaning| tokens.means(back, meaning).is_some();
        let ticket = is_ticket(tokens, back);
        let home = means(Meaning::TimeHome) && !tokens.preceded(back, words::HOUR_NOT_FROM);
        let arrives = means(Meaning::TimeArrive) || home || in_by(tokens, back, at);
        let leaves = means(Meaning::TimeLeave);
        let returns = (means(Meaning::TimeWayBack) || home) && !ticket;
        let goes = means(Meaning::TimeWayOut) && !ticket;
        if !kind && (arrives || leaves || returns || goes) {
            (kind, end.arrival) = (arrives || leaves || returns, arrives && !leaves);
            end.home = end.arrival && home;
        }
        // "retour le 8, départ l'après-midi" is still of the way back; "départ le 8" says the way.
        let says_way = leaves && dated && !is_of_return(tokens, back);
        if !way && (returns || goes || says_way) {
            (way, end.back) = (true, returns);
        }
        dated |= names::month(tokens.word(back)).is_some()
            || names::weekday(tokens.word(back)).is_some()
            || tokens.number(back).is_some();
    }
    end
}

/// "in Berlin by 10"
fn in_by(tokens: &Tokens<'_>, back: usize, at: usize) -> bool {
    tokens.is(at, words::HOUR_BY) && back + 4 >= at && tokens.is(back, words::HOUR_IN)
}

/// Whether the word is of a kind of ticket, "aller-retour", or of what is not wanted.
fn is_ticket(tokens: &Tokens<'_>, at: usize) -> bool {
    let owned = tokens.preceded(at, words::HOUR_OWNED);
    let ticket = |meaning| {
        tokens
            .all(meaning)
            .any(|ticket| ticket.start <= at && at < ticket.end)
    };
    ticket(Meaning::WishOneWay) || ticket(Meaning::WishReturn) && !owned
}

/// "pour le retour, départ": a word of leaving that a word of coming back introduces.
pub(super) fn is_of_return(tokens: &Tokens<'_>, at: usize) -> bool {
    let from = (at.saturating_sub(3)..at)
        .rev()
        .find(|back| !tokens.is(*back, words::HOUR_BETWEEN_FLIGHT_AND_HOUR));
    from.is_some_and(|back| {
        let mut back_words = tokens.all(Meaning::TimeWayBack);
        back_words.any(|range| range.end == back + 1) && !is_ticket(tokens, back)
    })
}

/// Whether a word there speaks of leaving, arriving or coming back.
pub(super) fn is_cue(tokens: &Tokens<'_>, at: usize) -> bool {
    [
        Meaning::TimeLeave,
        Meaning::TimeArrive,
        Meaning::TimeWayBack,
        Meaning::TimeWayOut,
        Meaning::TimeHome,
    ]
    .into_iter()
    .any(|meaning| tokens.means(at, meaning).is_some())
}

/// The words before a time that say of which flight it is.
pub(crate) fn cues(tokens: &Tokens<'_>, time: &Range<usize>) -> Vec<Range<usize>> {
    let mut cues = Vec::new();
    for at in (time.start.saturating_sub(REACH)..time.start).rev() {
        if tokens.ends_sentence(at) {
            break;
        }
        for meaning in [
            Meaning::TimeLeave,
            Meaning::TimeArrive,
            Meaning::TimeWayBack,
            Meaning::TimeWayOut,
            Meaning::TimeHome,
        ] {
            cues.extend(tokens.means(at, meaning).map(|length| at..at + length));
        }
    }
    for meaning in [
        Meaning::TimeWayBackAfter,
        Meaning::TimeWayOutAfter,
        Meaning::TimeReturnNoun,
        Meaning::TimeDepartureNoun,
        Meaning::TimeArrivingAfter,
    ] {
        let after = tokens.means(time.end, meaning);
        cues.extend(after.map(|length| time.end..time.end + length));
    }
    cues
}
