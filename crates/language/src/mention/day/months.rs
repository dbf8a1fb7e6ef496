//! Months, their parts and their weeks: "en mars", "mi-mai", "first week of June".

use crate::text::words;
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{
    Context, Point,
    names::{self, Strength},
};
use crate::text::numbers::ordinal;

/// Reads a span at `at`.
pub(crate) fn read(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    nth_week(ctx, at)
        .or_else(|| part_of_month(ctx, at))
        .or_else(|| month(ctx, at))
}

/// A month named at `at`: its first day, in the year that was said or is next, and the end.
/// `sure`: the words before leave no doubt that a month follows.
pub(super) fn named_month(ctx: &Context<'_>, at: usize, sure: bool) -> Option<(Date, bool, usize)> {
    let tokens = ctx.tokens;
    if let Some(length) = tokens.longest(at, words::DAY_NEXT_MONTH_ALONE) {
        return Some((ctx.month_from_now(1), true, at + length));
    }
    if let Some(length) = tokens.longest(at, words::DAY_THIS_MONTH) {
        return sure.then(|| (ctx.month_from_now(0), true, at + length));
    }
    if let Some(length) = tokens.longest(at, words::DAY_THIS_YEAR) {
        // "fin d'année": its last month.
        let december = Date::new(ctx.today.year(), 12, 1).ok()?;
        return sure.then_some((december, true, at + length));
    }
    let (month, strength) = names::month(tokens.word(at))?;
    if strength == Strength::Weak && !sure {
        return None;
    }
    let year_at = at + 1 + usize::from(tokens.is(at + 1, words::DAY_OF_EN));
    if let Some(year @ 2000..=2199) = tokens.number(year_at) {
        let year = i16::try_from(year).ok()?;
        return Some((Date::new(year, month, 1).ok()?, true, year_at + 1));
    }
    let next = usize::from(tokens.is(at + 1, words::DAY_NEXT_FR));
    let first = Date::new(ctx.today.year(), month, 1).ok()?;
    Some((first, false, at + 1 + next))
}

/// The span of days `from..=to` of a month, next year when it is over; today on if it has begun.
pub(crate) fn within(ctx: &Context<'_>, first: Date, fixed: bool, days: (i8, i8)) -> Point {
    let span = |first: Date| {
        let last = first.days_in_month();
        let day = |day: i8| first.with().day(day.min(last)).build().unwrap_or(first);
        (day(days.0), day(days.1))
    };
    let (mut from, mut to) = span(first);
    if to < ctx.today && !fixed {
        (from, to) = span(first.saturating_add(1.year()));
    }
    if to < ctx.today {
        Point::Past
    } else {
        Point::Span(from.max(ctx.today), to)
    }
}

/// A month alone: all of it, or what is left.
fn month(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let lead = tokens.longest(at, words::DAY_MONTH_LEAD);
    let from = at + lead.unwrap_or(0);
    let word = tokens.word(from);
    names::month(word)?;
    let led = lead.is_some() || tokens.preceded(at, words::DAY_MONTH_CUE);
    let sure = led
        || match word {
            // Neither "I may" nor "march on".
            word if words::DAY_MONTH_THAT_IS_A_WORD.contains(&word) => {
                tokens.len() <= 2 || (tokens.get(from).is_some_and(|t| t.capital) && from > 0)
            }
            _ => word.len() >= 6 || (word.len() == 5 && tokens.len() <= 2),
        };
    let (first, fixed, end) = named_month(ctx, from, sure)?;
    Some((within(ctx, first, fixed, (1, 31)), end))
}

/// "mi-mai", "end of June", "début juillet", "first half of March".
fn part_of_month(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let parts: &[(&[&str], (i8, i8))] = &[
        (words::DAY_EARLY, (1, 10)),
        (words::DAY_MIDDLE, (10, 20)),
        (words::DAY_LATE, (21, 31)),
        (words::DAY_FIRST_HALF, (1, 15)),
        (words::DAY_SECOND_HALF, (16, 31)),
    ];
    // "un week-end de mai"
    if tokens.is(at, words::DAY_END) && tokens.preceded(at, words::DAY_WEEK) {
        return None;
    }
    parts.iter().find_map(|(words, days)| {
        let mut from = at + tokens.longest(at, words)?;
        from += tokens.longest(from, words::DAY_OF_MONTH).unwrap_or(0);
        let (first, fixed, end) = named_month(ctx, from, true)?;
        Some((within(ctx, first, fixed, *days), end))
    })
}

/// "la première semaine de mars", "last week of May", "second weekend of June".
fn nth_week(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let from = at + usize::from(tokens.is(at, words::PARTICLE_THE_ONE));
    let (nth, length) = if tokens.is(from, words::DAY_LAST) {
        (None, 1)
    } else {
        let (nth, length) = ordinal(tokens, from)?;
        (
            Some(i8::try_from(nth).ok().filter(|nth| (1..=5).contains(nth))?),
            length,
        )
    };
    let unit = from + length;
    let weekend = tokens.longest(unit, words::DAY_WEEKEND);
    let length = weekend.or_else(|| tokens.longest(unit, words::DAY_WEEK_NOUN))?;
    let mut month_at = unit + length;
    month_at += tokens.longest(month_at, words::DAY_WITHIN)?;
    let (first, fixed, end) = named_month(ctx, month_at, true)?;
    if weekend.is_some() {
        let saturday = |first: Date| match nth {
            Some(nth) => first.nth_weekday_of_month(nth, Weekday::Saturday),
            None => first.nth_weekday_of_month(-1, Weekday::Saturday),
        };
        let mut day = saturday(first).ok()?;
        if day < ctx.today && !fixed {
            day = saturday(first.saturating_add(1.year())).ok()?;
        }
        return Some((Point::Span(day, day.saturating_add(1.day())), end));
    }
    let days = match nth {
        Some(nth) => (7 * (nth - 1) + 1, 7 * nth),
        None => (first.days_in_month() - 6, 31),
    };
    Some((within(ctx, first, fixed, days), end))
}
