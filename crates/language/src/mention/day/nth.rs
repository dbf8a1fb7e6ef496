//! The nth weekday or day of a month: "first Monday in March", "le 3e jeudi de mars", "last Sunday of
//! May", "the last day of January".

use crate::text::words;
use jiff::{ToSpan, civil::Date};

use super::{Context, Point, months::named_month, names};
use crate::text::{lexicon::Meaning, numbers::ordinal};

/// Reads such a day at `at`.
pub(super) fn read(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let from = at + tokens.longest(at, words::DAY_NTH_LEAD).unwrap_or(0);
    let (nth, length) = place(ctx, from)?;
    let unit = from + length;
    let any_day = tokens.means(unit, Meaning::DayDayUnit).is_some();
    let weekday = names::weekday(tokens.word(unit)).map(|(weekday, _)| weekday);
    if weekday.is_none() && !any_day {
        return None;
    }
    let mut month_at = from + length + 1;
    month_at += tokens.longest(month_at, words::DAY_NTH_OF_MONTH)?;
    month_at += usize::from(tokens.is(month_at, words::DAY_NTH_ARTICLE));
    let (first, fixed, end) = named_month(ctx, month_at, true)?;
    let of_month = |first: Date| match weekday {
        Some(weekday) => first.nth_weekday_of_month(nth, weekday).ok(),
        None if nth < 0 => Some(
            first
                .last_of_month()
                .saturating_sub((-1 - i32::from(nth)).days()),
        ),
        None => Some(first.saturating_add((i32::from(nth) - 1).days())),
    };
    let mut day = of_month(first);
    if day.is_some_and(|day| day < ctx.today) && !fixed {
        day = of_month(first.saturating_add(1.year()));
    }
    Some((
        match day {
            Some(day) if day < ctx.today => Point::Past,
            Some(day) => Point::Span(day, day),
            None => Point::Impossible,
        },
        end,
    ))
}

/// Which one: the nth, or counted from the end.
fn place(ctx: &Context<'_>, at: usize) -> Option<(i8, usize)> {
    let tokens = ctx.tokens;
    if let Some(length) = tokens.longest(at, words::DAY_VERY_LAST) {
        return Some((-1, length));
    }
    if let Some(length) = tokens.longest(at, words::DAY_LAST_BUT_ONE) {
        return Some((-2, length));
    }
    let (nth, length) = ordinal(tokens, at)?;
    let nth = i8::try_from(nth).ok().filter(|nth| (1..=5).contains(nth))?;
    Some((nth, length))
}
