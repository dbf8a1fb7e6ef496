//! Windows of departure and arrival, out and back apart: "arrivée avant 10h", "leaving after 6pm",
//! "home by 8", "not in the evening".

use std::ops::Range;

use jiff::{Span, ToSpan, civil::Time};
use travel::DayPart;

use super::{
    clock::{self, Clock},
    parts,
    words::{DEPART, RETURN},
};
use crate::{
    ledger::Ledger,
    slots::Slots,
    text::{lexicon::Meaning, tokens::Tokens},
    wish::TimeWindow,
};

/// Hours that "at" and "around" allow on either side.
const ABOUT_HOURS: i64 = 1;

/// Which end of which leg a time is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct End {
    back: bool,
    arrival: bool,
}

/// Parts of the day that are not those of the departure out, although a reader that looks for words
/// alone would take them for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Elsewhere {
    elsewhere: Vec<DayPart>,
    out: Option<DayPart>,
}

impl Elsewhere {
    /// Takes the part of the day from the departure where it was said of something else.
    pub(crate) fn settle(&self, slots: &mut Slots) {
        if slots
            .departure
            .is_some_and(|part| self.elsewhere.contains(&part))
        {
            slots.departure = self.out;
        }
    }
}

/// Reads the hours; their tokens are no dates, no counts and no money.
pub(crate) fn read(tokens: &Tokens<'_>, claims: &mut Ledger, slots: &mut Slots) -> Elsewhere {
    let mut elsewhere = Elsewhere::default();
    let mut at = 0;
    while at < tokens.len() {
        if claims.taken(at) {
            at += 1;
            continue;
        }
        at = between(tokens, at, slots)
            .or_else(|| timed(tokens, at, slots))
            .map(|range| {
                let end = range.end;
                claims.take(range);
                end
            })
            .or_else(|| part(tokens, at, claims, slots, &mut elsewhere))
            .unwrap_or(at + 1);
    }
    elsewhere
}

fn window(slots: &mut Slots, end: End) -> &mut TimeWindow {
    if end.back {
        &mut slots.return_window
    } else {
        &mut slots.window
    }
}

fn set(slots: &mut Slots, end: End, after: Option<Time>, before: Option<Time>) {
    let window = window(slots, end);
    let (from, to) = if end.arrival {
        (&mut window.arrival_after, &mut window.arrival_before)
    } else {
        (&mut window.departure_after, &mut window.departure_before)
    };
    *from = after.or(*from);
    *to = before.or(*to);
}

/// "entre 8h et 11h", "between 8 and 11 am", "from 8:00 to 11:00".
fn between(tokens: &Tokens<'_>, at: usize, slots: &mut Slots) -> Option<Range<usize>> {
    let from = at + tokens.longest(at, &["between", "entre", "from", "de"])?;
    let first = clock::read(tokens, from, true)?;
    let joint = tokens.longest(first.end, &["and", "et", "to", "a", "-", "–"])?;
    let second = clock::read(tokens, first.end + joint, true)?;
    // "between 8 and 11" alone may be days.
    if second.bare || first.bare && !second.sure && !tokens.is(second.end - 1, &["h", "heures"]) {
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
    set(slots, end_of(tokens, at), Some(start), Some(second.time));
    Some(at..second.end)
}

/// How a time bounds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    Before,
    After,
    About,
}

/// "avant 10h", "after 6pm", "by 10", "à 8h30".
fn timed(tokens: &Tokens<'_>, at: usize, slots: &mut Slots) -> Option<Range<usize>> {
    let kinds = [
        (Meaning::TimeClockBefore, Bound::Before),
        (Meaning::TimeClockAfter, Bound::After),
        (Meaning::TimeClockAbout, Bound::About),
    ];
    let standing = kinds
        .into_iter()
        .filter_map(|(meaning, bound)| Some((tokens.means(at, meaning)?, bound)));
    let led = standing.max_by_key(|(length, _)| *length);
    let end = end_of(tokens, at);
    // A number alone is a time only where the sentence speaks of arriving or leaving.
    let bare = led.is_some_and(|(_, bound)| bound != Bound::About)
        && !tokens.is(at, &["from", "de", "depuis", "until", "till", "up"])
        && spoken(tokens, at);
    let time_at = at + led.map_or(0, |(length, _)| length);
    let time = clock::read(tokens, time_at, bare)?;
    if time.bare && dated(tokens, time.end) {
        return None;
    }
    let after_date = at > 0 && super::names::month(tokens.word(at - 1)).is_some();
    let cued = spoken_right_before(tokens, at) || after_date;
    if led.is_none() && !time.sure && !cued {
        return None;
    }
    let (mut bound, mut stop) = (led.map_or(Bound::About, |(_, bound)| bound), time.end);
    if let Some(length) = tokens.means(stop, Meaning::TimeClockLatest) {
        (bound, stop) = (Bound::Before, stop + length);
    } else if let Some(length) = tokens.means(stop, Meaning::TimeClockEarliest) {
        (bound, stop) = (Bound::After, stop + length);
    }
    let hour = hour_meant(time, end, bound);
    match bound {
        Bound::Before => {
            // "back by 8": to be home by then.
            let arrival = end.arrival || end.back;
            set(slots, End { arrival, ..end }, None, Some(hour));
        }
        Bound::After => set(slots, end, Some(hour), None),
        Bound::About => {
            let near: Span = ABOUT_HOURS.hours();
            let (from, to) = (hour.saturating_sub(near), hour.saturating_add(near));
            set(slots, end, Some(from), Some(to));
        }
    }
    Some(at..stop)
}

/// Whether what follows a number makes it a day or a count.
fn dated(tokens: &Tokens<'_>, end: usize) -> bool {
    super::absolute::counts(tokens, end)
        || super::names::month(tokens.word(end)).is_some()
        || tokens.is(end, &["of", "st", "nd", "rd", "th", "er", "de", "/"])
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

/// "in the evening", "not in the morning", "arriving in the afternoon", "retour le soir".
fn part(
    tokens: &Tokens<'_>,
    at: usize,
    claims: &mut Ledger,
    slots: &mut Slots,
    elsewhere: &mut Elsewhere,
) -> Option<usize> {
    let (part, length) = parts::read(tokens, at)?;
    let stop = at + length;
    // "one night", "good evening", "cette nuit d'hôtel".
    let counted = part == DayPart::Night && (length == 1 || tokens.is(at, &["nights", "nuits"]));
    let greeting = tokens.preceded(
        at,
        &[
            "good",
            "bon",
            "bonne",
            "this",
            "hier",
            "yesterday",
            "trop",
            "plus",
        ],
    );
    if counted || greeting {
        return None;
    }
    let end = end_of(tokens, at);
    let refusal = refusal(tokens, at);
    if refusal.is_none() && !end.back && !end.arrival {
        elsewhere.out = elsewhere.out.or(Some(part));
        return Some(stop);
    }
    let (from, to) = match part {
        DayPart::Morning => (5, 12),
        DayPart::Afternoon => (12, 18),
        DayPart::Evening => (18, 24),
        DayPart::Night => (0, 5),
    };
    let time = |hour: i8| match hour {
        24 => Time::new(23, 59, 0, 0).ok(),
        hour => Time::new(hour, 0, 0, 0).ok(),
    };
    if let Some(refusal) = refusal {
        match part {
            DayPart::Morning | DayPart::Night => set(slots, end, time(to), None),
            DayPart::Evening => set(slots, end, None, time(from)),
            // What is left of the day is in two pieces: not a window.
            DayPart::Afternoon => {
                elsewhere.elsewhere.push(part);
                return Some(stop);
            }
        }
        claims.mark(refusal);
    } else {
        set(slots, end, time(from), time(to));
    }
    elsewhere.elsewhere.push(part);
    claims.mark(at..stop);
    Some(stop)
}

/// The negation before a part of the day.
fn refusal(tokens: &Tokens<'_>, at: usize) -> Option<Range<usize>> {
    (0..=3).find_map(|back| {
        let from = at.checked_sub(back)?;
        let between = (from..at).all(|at| {
            tokens.is(
                at,
                &[
                    "in", "the", "le", "la", "l", "d", "de", "du", "an", "early", "late",
                    "flights", "vol",
                ],
            )
        });
        let range = tokens.means_before(from, Meaning::PolarityNegation)?;
        between.then_some(range)
    })
}

/// Whether the sentence speaks of leaving or arriving before the time.
fn spoken(tokens: &Tokens<'_>, at: usize) -> bool {
    (at.saturating_sub(6)..at)
        .rev()
        .take_while(|at| !tokens.ends_sentence(*at))
        .any(|at| cue(tokens, at))
        || tokens.is(at, &["by"])
            && (at.saturating_sub(3)..at).any(|at| tokens.is(at, &["in", "home", "there"]))
}

fn spoken_right_before(tokens: &Tokens<'_>, at: usize) -> bool {
    at > 0 && cue(tokens, at - 1)
}

fn cue(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is(at, DEPART)
        || tokens.is(at, RETURN)
        || tokens.is(at, &["home"])
        || tokens.means(at, Meaning::TimeArrive).is_some()
}

/// Which end the words before the time speak of; the nearest of each kind counts.
fn end_of(tokens: &Tokens<'_>, at: usize) -> End {
    let mut end = End {
        back: false,
        arrival: false,
    };
    let (mut way, mut kind) = (false, false);
    for back in (at.saturating_sub(14)..=at).rev() {
        if back < at && tokens.ends_sentence(back) {
            break;
        }
        let arrives = tokens.means(back, Meaning::TimeArrive).is_some()
            // "in Berlin by 10"
            || tokens.is(at, &["by"]) && back + 3 >= at && tokens.is(back, &["in"])
            || tokens.is(back, &["home"]);
        let leaves = tokens.is(back, DEPART) && !tokens.is(back, &["depuis", "part"]);
        let returns = tokens.is(back, RETURN)
            && !tokens.is(back, &["until", "till", "til", "jusqu"])
            && !tokens.preceded(back, &["aller"])
            || tokens.is(back, &["home"]) && back < at;
        if !kind && (arrives || leaves || returns) {
            (kind, end.arrival) = (true, arrives && !leaves);
        }
        if !way && (leaves || returns) {
            (way, end.back) = (true, returns);
        }
        if tokens.is(back, &["aller"]) && !tokens.is(back + 1, &["retour"]) {
            way = true;
        }
    }
    end
}
