//! Comfort, pace, distance, rooms, and the day of the stay that a message is about.

use std::ops::Range;

use jiff::civil::Date;
use travel::{Category, Pace};

use super::Setting;
use crate::{
    DayRef, Details, Reach, Topic,
    ledger::Ledger,
    mention::day::{self, names},
    text::{
        lexicon::Meaning,
        numbers::{cardinal, ordinal},
        tokens::Tokens,
    },
};

const CATEGORIES: &[(Meaning, Category)] = &[
    (Meaning::DetailBudget, Category::Budget),
    (Meaning::DetailMid, Category::Mid),
    (Meaning::DetailComfort, Category::Comfort),
];

const PACES: &[(Meaning, Pace)] = &[
    (Meaning::DetailRelaxed, Pace::Relaxed),
    (Meaning::DetailNormalPace, Pace::Normal),
    (Meaning::DetailFull, Pace::Full),
];

/// Subjects in which a comfort is one of the stay, and not of flights.
const OF_A_STAY: &[Topic] = &[
    Topic::Hotel,
    Topic::Rental,
    Topic::Quarters,
    Topic::Package,
    Topic::Cost,
    Topic::Window,
    Topic::Food,
    Topic::Relax,
];

/// Subjects in which a day may be named.
const OF_A_DAY: &[Topic] = &[Topic::Map, Topic::Itinerary, Topic::Check, Topic::Export];

/// Those of which a weekday says which one.
const OF_ONE_DAY: &[Topic] = &[Topic::Map, Topic::Check, Topic::Export];

/// Subjects with a pace.
const OF_A_PACE: &[Topic] = &[
    Topic::Itinerary,
    Topic::Check,
    Topic::Sights,
    Topic::Package,
    Topic::Suggest,
];

pub(super) fn read(setting: &Setting<'_>, claims: &mut Ledger, details: &mut Details) {
    let tokens = setting.tokens;
    if setting.about(OF_A_STAY) {
        details.category = first(tokens, CATEGORIES, claims);
        if details.category.is_none() {
            details.category = stars(tokens, claims);
        }
        details.rooms = rooms(tokens, claims);
    }
    if setting.about(OF_A_PACE) {
        details.pace = first(tokens, PACES, claims);
        hour_of_rest(tokens, claims);
    }
    if setting.about(&[Topic::Suggest, Topic::Package]) {
        details.reach = reach(tokens, claims);
    }
    if setting.about(OF_A_DAY) {
        let within = setting.first_day.filter(|_| setting.about(OF_ONE_DAY));
        details.day = numbered_day(tokens, claims)
            .or_else(|| dated(setting, claims))
            .or_else(|| within.and_then(|first| weekday(tokens, first, claims)));
    }
}

/// The longest of the phrases that stands earliest.
fn first<T: Copy>(tokens: &Tokens<'_>, table: &[(Meaning, T)], claims: &mut Ledger) -> Option<T> {
    let (words, value) = (0..tokens.len()).find_map(|at| {
        let standing = table
            .iter()
            .filter_map(|(meaning, value)| Some((tokens.means(at, *meaning)?, *value)));
        let (length, value) = standing.max_by_key(|(length, _)| *length)?;
        Some((at..at + length, value))
    })?;
    claims.take(words);
    Some(value)
}

/// "The kids are knackered by six": the hour belongs to the pace.
fn hour_of_rest(tokens: &Tokens<'_>, claims: &mut Ledger) {
    for tired in tokens.all(Meaning::DetailRelaxed).collect::<Vec<_>>() {
        let Some(by) = tokens.means(tired.end, Meaning::DetailBy) else {
            continue;
        };
        let hour = tired.end + by;
        if let Some((0..=24, length)) = cardinal(tokens, hour) {
            let unit = tokens.means(hour + length, Meaning::DetailClock);
            claims.take(tired.start..hour + length + unit.unwrap_or(0));
        }
    }
}

/// "4 étoiles", "a 3-star hotel".
fn stars(tokens: &Tokens<'_>, claims: &mut Ledger) -> Option<Category> {
    let (stars, words) = counted(tokens, Meaning::DetailStars)?;
    claims.take(words);
    Some(match stars {
        0 | 1 => Category::Budget,
        2 | 3 => Category::Mid,
        _ => Category::Comfort,
    })
}

/// "Two rooms", "2 chambres".
fn rooms(tokens: &Tokens<'_>, claims: &mut Ledger) -> Option<u8> {
    let (rooms, words) = counted(tokens, Meaning::DetailRooms)?;
    let rooms = u8::try_from(rooms)
        .ok()
        .filter(|rooms| (1..=9).contains(rooms))?;
    claims.take(words);
    Some(rooms)
}

/// "3 days in Lisbon", where a plan is wanted: how long the stay is.
pub(super) fn stay(setting: &Setting<'_>, claims: &mut Ledger) -> Option<u16> {
    if !setting.about(&[Topic::Itinerary]) {
        return None;
    }
    let (days, words) = counted(setting.tokens, Meaning::DetailDays)?;
    let days = u16::try_from(days)
        .ok()
        .filter(|days| (1..=60).contains(days))?;
    claims.take(words);
    Some(days)
}

/// A number before a noun of that meaning.
fn counted(tokens: &Tokens<'_>, noun: Meaning) -> Option<(u32, Range<usize>)> {
    (0..tokens.len()).find_map(|at| {
        let (count, length) = cardinal(tokens, at)?;
        let words = tokens.means(at + length, noun)?;
        Some((count, at..at + length + words))
    })
}

/// "Not too far", "à moins de 3 h de vol", "3 hours' flight at most".
fn reach(tokens: &Tokens<'_>, claims: &mut Ledger) -> Option<Reach> {
    let hours = (0..tokens.len()).find_map(|at| {
        let (hours, length) = cardinal(tokens, at)?;
        let unit = at + length;
        let end = unit + tokens.means(unit, Meaning::DetailHours)?;
        let within = tokens.means_before(at, Meaning::DetailWithin);
        let flown = tokens.means(end, Meaning::DetailOfFlight).unwrap_or(0);
        let most = tokens.means(end + flown, Meaning::DetailMost).unwrap_or(0);
        let is_bound = within.is_some() || most > 0;
        let start = within.map_or(at, |within| within.start);
        let hours = u8::try_from(hours).ok().filter(|_| is_bound)?;
        Some((hours, start..end + flown + most))
    });
    if let Some((hours, words)) = hours {
        claims.take(words);
        return Some(Reach::Hours(hours));
    }
    let near = tokens.all(Meaning::DetailNear).max_by_key(Range::len)?;
    claims.take(near);
    Some(Reach::Near)
}

/// Subjects that are about a plan which there is already: a day that is named is one of it.
const OF_A_PLAN: &[Topic] = &[Topic::Map, Topic::Export];

/// "Tuesday on a map", "the day of the 24th": elsewhere a day is one of the plan only where the trip has it.
fn dated(setting: &Setting<'_>, claims: &mut Ledger) -> Option<DayRef> {
    let (day, words) = day::only(setting.days)?;
    let trip = setting.days.trip;
    let from = trip.depart_date.as_ref().map(|span| span.from);
    let to = trip.return_date.as_ref().map(|span| span.to);
    let of_the_trip = from
        .zip(to)
        .is_some_and(|(from, to)| from <= day && day <= to);
    if !of_the_trip && !setting.about(OF_A_PLAN) {
        return None;
    }
    // "The day of the 24th".
    let noun = (words.start.saturating_sub(2)..words.start)
        .find(|at| setting.tokens.means(*at, Meaning::DetailDay).is_some());
    claims.take(noun.unwrap_or(words.start)..words.end);
    Some(DayRef::On(day))
}

/// "Day 3", "le deuxième jour".
fn numbered_day(tokens: &Tokens<'_>, claims: &mut Ledger) -> Option<DayRef> {
    let mut named = Vec::new();
    for at in 0..tokens.len() {
        let noun = |at| tokens.means(at, Meaning::DetailDay);
        let after = noun(at).and_then(|length| {
            let (nth, words) = cardinal(tokens, at + length)?;
            Some((nth, at..at + length + words))
        });
        let before = ordinal(tokens, at)
            .and_then(|(nth, length)| Some((nth, at..at + length + noun(at + length)?)));
        named.extend(after.or(before));
    }
    // Several are a plan, day by day.
    let [(nth, words)] = named.as_slice() else {
        return None;
    };
    let nth = u8::try_from(*nth)
        .ok()
        .filter(|nth| (1..=31).contains(nth))?;
    claims.take(words.clone());
    Some(DayRef::Nth(nth))
}

/// "Saturday": the first one of the trip.
fn weekday(tokens: &Tokens<'_>, first: Date, claims: &mut Ledger) -> Option<DayRef> {
    let (at, weekday) =
        (0..tokens.len()).find_map(|at| Some((at, names::weekday(tokens.word(at))?.0)))?;
    claims.take(at..at + 1);
    let day = match first.weekday() == weekday {
        true => first,
        false => first.nth_weekday(1, weekday).ok()?,
    };
    Some(DayRef::On(day))
}
