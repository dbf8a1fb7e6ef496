//! Clock times that bound a departure or an arrival: "arrivée avant 10h", "leaving after 6pm", "home by
//! 8", "je ne peux pas décoller avant 10h".

use crate::text::words;
use std::ops::Range;

use jiff::{Span, ToSpan, civil::Time};

use super::{
    clock::{self, Clock},
    flight::{End, cues, end_of, is_cue},
    parts,
    windows::Hours,
};
use crate::{
    ledger::Ledger,
    text::{
        lexicon::Meaning,
        tokens::{Gap, Tokens},
    },
};

/// Hours that "at" and "around" allow on either side.
const ABOUT_HOURS: i64 = 1;

/// Reads the hours; their tokens are no dates, no counts and no money.
pub(crate) fn read(tokens: &Tokens<'_>, claims: &mut Ledger) -> Vec<Hours> {
    let mut found: Vec<Hours> = Vec::new();
    // Where the last time that was denied ends.
    let mut denied = None;
    let mut at = 0;
    while at < tokens.len() {
        // "l'après-midi" is no "after noon".
        if let Some((_, length)) = parts::read(tokens, at).filter(|(_, length)| *length > 1) {
            at += length;
            continue;
        }
        let free = !claims.taken(at);
        let hours = free.then(|| {
            let window = between(tokens, at).map(|hours| (hours, false));
            window.or_else(|| timed(tokens, at, denied))
        });
        let Some((hours, is_denied)) = hours.flatten() else {
            at += 1;
            continue;
        };
        at = hours.at.end;
        denied = is_denied.then_some(at);
        claims.take(hours.at.clone());
        for cue in cues(tokens, &hours.at) {
            claims.mark(cue);
        }
        vague(tokens, hours.at.start, claims);
        found.push(hours);
    }
    found
}

/// "pas trop tôt, genre après 10h": the hour says what is meant.
fn vague(tokens: &Tokens<'_>, start: usize, claims: &mut Ledger) {
    let near = start.saturating_sub(4)..start;
    for said in tokens.all(Meaning::TimeTooEarly) {
        if near.contains(&(said.end.max(1) - 1)) {
            claims.mark(said.start..start);
        }
    }
}

/// "entre 8h et 11h", "between 8 and 11 am", "from 8:00 to 11:00".
fn between(tokens: &Tokens<'_>, at: usize) -> Option<Hours> {
    let led = tokens.means(at, Meaning::TimeClockBetween);
    let about = tokens.means(at, Meaning::TimeClockAbout);
    let from = at + led.or(about).unwrap_or(0);
    let first = clock::read(tokens, from, true)?;
    // "8-9am" needs no word before it.
    let glued = tokens.gap(first.end) == Gap::Hyphen;
    let joint = match tokens.means(first.end, Meaning::TimeClockAnd) {
        Some(length) if led.is_some() => length,
        _ if glued => 0,
        _ => return None,
    };
    let second = clock::read(tokens, first.end + joint, true)?;
    // "between 8 and 11" alone may be days; "between noon and 3" may not.
    if second.bare && (first.bare || led.is_none()) {
        return None;
    }
    // "between 6 and 9 pm": both in the evening.
    let evening = first.bare && second.time.hour() >= 12 && first.time.hour() < 12;
    let moved = first.time.saturating_add(12.hours());
    let start = if evening && moved < second.time {
        moved
    } else {
        first.time
    };
    let late = second.bare && second.time < start;
    let stop = if late {
        second.time.saturating_add(12.hours())
    } else {
        second.time
    };
    Some(Hours {
        end: end_of(tokens, &(at..second.end)),
        at: at..second.end,
        after: Some(start),
        before: Some(stop),
    })
}

/// How a time bounds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    Before,
    After,
    About,
}

impl Bound {
    /// What is left when it is denied.
    const fn denied(self) -> Self {
        match self {
            Self::Before => Self::After,
            Self::After => Self::Before,
            Self::About => Self::About,
        }
    }
}

/// "avant 10h", "after 6pm", "by 10", "à 8h30".
/// `denied`: where a time that was denied ends; whether this one is denied as well.
fn timed(tokens: &Tokens<'_>, at: usize, denied: Option<usize>) -> Option<(Hours, bool)> {
    let kinds = [
        (Meaning::TimeClockBefore, Bound::Before),
        (Meaning::TimeClockAfter, Bound::After),
        (Meaning::TimeClockAbout, Bound::About),
    ];
    let standing = kinds
        .into_iter()
        .filter_map(|(meaning, bound)| Some((tokens.means(at, meaning)?, bound)));
    let led = standing.max_by_key(|(length, _)| *length).or_else(|| {
        let flight = tokens.means(at, Meaning::TimeFlightOf)?;
        Some((flight, Bound::About))
    });
    // A number alone is a time only where the sentence speaks of arriving or leaving.
    let scheduled = event(tokens, at).is_some();
    let bare = led.is_some_and(|(_, bound)| bound != Bound::About || scheduled)
        && tokens.means(at, Meaning::TimeClockWithUnit).is_none()
        && (scheduled || spoken(tokens, at) || denial(tokens, at, denied).is_some());
    let time_at = at + led.map_or(0, |(length, _)| length);
    let time = clock::read(tokens, time_at, bare)?;
    if time.bare && dated(tokens, time.end) {
        return None;
    }
    let after_date = at > 0 && super::names::month(tokens.word(at - 1)).is_some();
    let cued = at > 0 && is_cue(tokens, at - 1) || after_date;
    if led.is_none() && !time.sure && !cued {
        return None;
    }
    let (mut bound, mut stop) = (led.map_or(Bound::About, |(_, bound)| bound), time.end);
    if let Some(length) = tokens.means(stop, Meaning::TimeClockLatest) {
        (bound, stop) = (Bound::Before, stop + length);
    } else if let Some(length) = tokens.means(stop, Meaning::TimeClockEarliest) {
        (bound, stop) = (Bound::After, stop + length);
    }
    let denial = led.and_then(|_| denial(tokens, at, denied));
    let mut start = denial.as_ref().map_or(at, |denial| denial.start);
    if denial.is_some() {
        bound = bound.denied();
    }
    let mut end = end_of(tokens, &(at..stop));
    if bound == Bound::About
        && let Some((event, words)) = event(tokens, at)
    {
        bound = event;
        end.arrival = event == Bound::Before;
        start = start.min(words);
    }
    let hour = hour_meant(time, end, bound);
    // "back by 8" is to be home by then; "home after 6" leaves after it.
    match bound {
        Bound::Before => end.arrival |= end.back && denial.is_none(),
        Bound::After => end.arrival &= !end.home,
        Bound::About => {}
    }
    let near: Span = ABOUT_HOURS.hours();
    let (after, before) = match bound {
        Bound::Before => (None, Some(hour)),
        Bound::After => (Some(hour), None),
        Bound::About => (
            Some(hour.saturating_sub(near)),
            Some(hour.saturating_add(near)),
        ),
    };
    let hours = Hours {
        at: start..stop,
        end,
        after,
        before,
    };
    Some((hours, denial.is_some()))
}

/// What an appointment right before a time makes of it: one has to be there by then, or can leave after
/// it; and where its words begin.
fn event(tokens: &Tokens<'_>, at: usize) -> Option<(Bound, usize)> {
    let near = at.saturating_sub(4)..at;
    let close = |range: &Range<usize>| {
        near.contains(&range.start)
            && range.end <= at
            && (range.end..at).all(|at| !tokens.is_symbol(at))
    };
    let find = |meaning, bound| {
        let words = tokens.all(meaning).find(close)?;
        Some((bound, words.start))
    };
    find(Meaning::TimeEvent, Bound::Before).or_else(|| find(Meaning::TimeFinish, Bound::After))
}

/// The words that deny the bound: "pas de départ avant 9h", "I can't leave before 10".
/// `earlier`: where a time that was denied ends, over which "or" reaches.
fn denial(tokens: &Tokens<'_>, at: usize, earlier: Option<usize>) -> Option<Range<usize>> {
    let joining = tokens.means_before(at, Meaning::PolarityJoining);
    if let Some(joining) = joining.filter(|joining| Some(joining.start) == earlier) {
        return Some(joining.start..at);
    }
    let mut from = at;
    while at - from < 8 {
        if let Some(denial) = tokens.means_before(from, Meaning::TimeNothing) {
            return Some(denial.start..at);
        }
        let small = [
            Meaning::TimeClause,
            Meaning::TimeLeave,
            Meaning::TimeArrive,
            Meaning::TimeWayBack,
        ];
        let words = small
            .into_iter()
            .find_map(|meaning| tokens.means_before(from, meaning))?;
        from = words.start;
    }
    None
}

/// Whether what follows a number makes it a day or a count.
fn dated(tokens: &Tokens<'_>, end: usize) -> bool {
    super::absolute::counts(tokens, end)
        || super::names::month(tokens.word(end)).is_some()
        || tokens.is(end, words::HOUR_NOT_AN_HOUR)
        || matches!(
            tokens.gap(end),
            crate::text::tokens::Gap::Mark(_) | crate::text::tokens::Gap::Hyphen
        )
}

/// The hour that "by 6" or "home by 8" means: nobody arrives home at eight in the morning.
fn hour_meant(time: Clock, end: End, bound: Bound) -> Time {
    let hour = time.time.hour();
    let late = end.back && hour <= 11 || bound == Bound::After && hour <= 6 || hour <= 5;
    if time.bare && late {
        time.time.saturating_add(12.hours())
    } else {
        time.time
    }
}

/// Whether the sentence speaks of leaving or arriving before the time.
fn spoken(tokens: &Tokens<'_>, at: usize) -> bool {
    (at.saturating_sub(6)..at)
        .rev()
        .take_while(|at| !tokens.ends_sentence(*at))
        .any(|at| is_cue(tokens, at))
        || tokens.is(at, words::HOUR_BY)
            && (at.saturating_sub(3)..at).any(|at| tokens.is(at, words::HOUR_THERE))
}
