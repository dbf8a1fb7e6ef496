//! Days before or after one: "après le 15", "avant Noël", "no later than 3 March".

use crate::text::words;
use jiff::{ToSpan, civil::Date};

use super::{Context, Point, absolute, holidays, months, names, relative::duration, weeks};
use crate::text::lexicon::Meaning;

/// The shortest stretch that an open end is given, where the month ends sooner.
const OPEN_DAYS: i32 = 14;

/// Reads such days at `at`.
pub(super) fn read(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let kinds = [
        (Meaning::DayBefore, true, true),
        (Meaning::DayUntil, true, false),
        (Meaning::DayAfter, false, true),
        (Meaning::DayFrom, false, false),
    ];
    let standing = kinds
        .into_iter()
        .filter_map(|(meaning, until, beyond)| Some((tokens.means(at, meaning)?, until, beyond)));
    let (length, until, beyond) = standing.max_by_key(|(length, ..)| *length)?;
    let (from, to, end) = days_at(ctx, at + length)?;
    let one = i32::from(beyond);
    // "une semaine à partir du 10 juin" begins on that day.
    let stays = (at.saturating_sub(4)..at)
        .any(|start| duration(ctx, start).is_some_and(|(_, end)| end == at));
    if !until && !beyond && stays && from == to {
        return Some((Point::Span(from, to), end));
    }
    let point = if until {
        let last = if beyond {
            from.saturating_sub(one.days())
        } else {
            to
        };
        if last < ctx.today {
            Point::Past
        } else {
            Point::Until(last)
        }
    } else {
        let first = if beyond {
            to.saturating_add(one.days())
        } else {
            from
        };
        let month = first.last_of_month();
        let last = month.max(first.saturating_add(OPEN_DAYS.days()));
        let near = first.saturating_add(7.days()) > month;
        Point::Span(first.max(ctx.today), if near { last } else { month })
    };
    Some((point, end))
}

/// The day or days that bound.
fn days_at(ctx: &Context<'_>, at: usize) -> Option<(Date, Date, usize)> {
    let tokens = ctx.tokens;
    let weekday = || {
        let name_at = at + tokens.longest(at, words::DAY_BOUNDED).unwrap_or(0);
        let (weekday, _) = names::weekday(tokens.word(name_at))?;
        Some((Point::Weekday(weekday), name_at + 1))
    };
    let (point, end) = absolute::read(ctx, at, false)
        .or_else(|| holidays::read(ctx, at))
        .or_else(|| months::read(ctx, at))
        .or_else(|| weeks::eve(ctx, at))
        .or_else(weekday)?;
    match ctx.resolve(point, None) {
        Point::Span(from, to) => Some((from, to, end)),
        _ => None,
    }
}
