//! Spans of days counted from now: weeks, week-ends, seasons.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{Context, Point, absolute, months::within, relative::on_or_after};
use crate::text::lexicon::Meaning;

/// Reads a span at `at`.
pub(crate) fn read(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    week_of_day(ctx, at)
        .or_else(|| fixed(ctx, at))
        .or_else(|| season(ctx, at))
}

/// "la semaine du 12 janvier", "the week of March 3rd", "le week-end du 14 février".
fn week_of_day(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let weekend = tokens.means(at, Meaning::DayWeekendOf);
    let week = tokens.means(at, Meaning::DayWeekOf);
    let length = weekend.or(week)?;
    let (point, end) = absolute::read(ctx, at + length, true)?;
    let Point::Span(day, _) = ctx.resolve(point, None) else {
        return None;
    };
    Some(match weekend {
        Some(_) => {
            let saturday = if day.weekday() == Weekday::Sunday {
                day.saturating_sub(1.day())
            } else {
                on_or_after(day, Weekday::Saturday)
            };
            (
                Point::Span(saturday.max(ctx.today), saturday.saturating_add(1.day())),
                end,
            )
        }
        None => (Point::Span(day, day.saturating_add(6.days())), end),
    })
}

/// What a phrase for days that are counted from now names.
#[derive(Clone, Copy)]
enum Fixed {
    /// The week-end so many weeks from now.
    Weekend(i32),
    /// The week so many weeks from now.
    Week(i32),
    /// The last days of this week.
    EndOfWeek,
    /// The month so many months from now.
    Month(i32),
    /// Next year.
    Year,
}

const FIXED: &[(Meaning, Fixed)] = &[
    (Meaning::DayThisWeekend, Fixed::Weekend(0)),
    (Meaning::DayNextWeekend, Fixed::Weekend(1)),
    (Meaning::DayWeekendAfterNext, Fixed::Weekend(2)),
    (Meaning::DayThisWeek, Fixed::Week(0)),
    (Meaning::DayNextWeek, Fixed::Week(1)),
    (Meaning::DayWeekAfterNext, Fixed::Week(2)),
    (Meaning::DayEndOfWeek, Fixed::EndOfWeek),
    (Meaning::DayNextMonth, Fixed::Month(1)),
    (Meaning::DayThisMonth, Fixed::Month(0)),
    (Meaning::DayNextYear, Fixed::Year),
];

/// Weeks, week-ends, months and years counted from now; the longest phrase counts.
fn fixed(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let standing = FIXED
        .iter()
        .filter_map(|(meaning, fixed)| Some((ctx.tokens.means(at, *meaning)?, *fixed)));
    let (length, fixed) = standing.rev().max_by_key(|(length, _)| *length)?;
    let day = |days: i32| ctx.monday().saturating_add(days.days());
    let from_today = |from: Date, to: Date| Point::Span(from.max(ctx.today), to);
    let point = match fixed {
        Fixed::Weekend(weeks) => from_today(day(7 * weeks + 5), day(7 * weeks + 6)),
        Fixed::Week(weeks) => from_today(day(7 * weeks), day(7 * weeks + 6)),
        Fixed::EndOfWeek => from_today(day(3), day(6)),
        Fixed::Month(months) => within(ctx, ctx.month_from_now(months), true, (1, 31)),
        Fixed::Year => {
            let from = Date::new(ctx.today.year() + 1, 1, 1).ok()?;
            Point::Span(from, from.last_of_year().min(ctx.horizon()))
        }
    };
    Some((point, at + length))
}

/// A season, and its first and last day as month and day.
type Season = (Meaning, (i8, i8), (i8, i8));

const SEASONS: [Season; 4] = [
    (Meaning::DaySpring, (3, 20), (6, 20)),
    (Meaning::DaySummer, (6, 21), (9, 22)),
    (Meaning::DayAutumn, (9, 23), (12, 20)),
    (Meaning::DayWinter, (12, 21), (3, 19)),
];

/// "cet été", "this summer", "in spring": between the solstice and the equinox.
fn season(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    SEASONS.iter().find_map(|(season, first, last)| {
        let length = ctx.tokens.means(at, *season)?;
        let year = ctx.today.year();
        (year - 1..=year + 1).find_map(|year| {
            let from = Date::new(year, first.0, first.1).ok()?;
            let ends = if last.0 < first.0 { year + 1 } else { year };
            let to = Date::new(ends, last.0, last.1).ok()?;
            (to >= ctx.today).then(|| (Point::Span(from.max(ctx.today), to), at + length))
        })
    })
}
