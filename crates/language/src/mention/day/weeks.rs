//! Weeks by their number, and days counted from another day: "week 6", "a week on Tuesday",
//! "two weeks from Thursday", "deux jours avant Noël", "the Friday after next".

use crate::text::words;
use jiff::{
    ToSpan,
    civil::{Date, ISOWeekDate, Weekday},
};

use super::{
    Context, Point, absolute, holidays, names,
    relative::{duration, in_week, named},
};
use crate::text::{lexicon::Meaning, tokens::Tokens};

/// Reads such a day or week at `at`.
pub(super) fn read(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    numbered(ctx, at)
        .or_else(|| counted_from(ctx, at))
        .or_else(|| eve(ctx, at))
        .or_else(|| weekday_from(ctx, at))
        .or_else(|| after_next(ctx, at))
}

/// "in week 6", "semaine 6 de 2027": the next ISO week of that number.
fn numbered(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let number_at = at + tokens.means(at, Meaning::DayWeekNumber)?;
    let week = tokens.number(number_at)?;
    let week = i8::try_from(week)
        .ok()
        .filter(|week| (1..=53).contains(week))?;
    let mut end = number_at + 1;
    let other = names::month(tokens.word(end)).is_some()
        || absolute::counts(tokens, end)
        || tokens.is(end, words::DAY_WEEK_RANGE)
        || tokens.is(at.wrapping_sub(1), words::DAY_WEEK_QUALIFIED);
    if other {
        return None;
    }
    let year_at = end + tokens.longest(end, words::DAY_WEEK_OF_MONTH).unwrap_or(0);
    let year = tokens
        .number(year_at)
        .filter(|year| (2000..=2199).contains(year));
    if year.is_some() {
        end = year_at + 1;
    }
    let monday = |year: i16| {
        let day = ISOWeekDate::new(year, week, Weekday::Monday).ok()?;
        Some(day.date())
    };
    let span = |monday: Date| (monday, monday.saturating_add(6.days()));
    let years = match year {
        Some(year) => {
            let year = i16::try_from(year).ok()?;
            year..=year
        }
        None => ctx.today.year()..=ctx.today.year() + 1,
    };
    let weeks = years.filter_map(monday).map(span);
    let found = weeks.into_iter().find(|(_, to)| *to >= ctx.today);
    Some((
        match found {
            Some((from, to)) => Point::Span(from.max(ctx.today), to),
            None if year.is_some() => Point::Past,
            None => Point::Impossible,
        },
        end,
    ))
}

/// "a week on Tuesday", "two weeks from Thursday", "une semaine après Noël", "2 days before 5 May".
fn counted_from(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    if tokens.preceded(at, words::DAY_WEEK_LENGTH) {
        return None;
    }
    let (span, end) = duration(ctx, at)?;
    let unit = tokens.word(end.wrapping_sub(1));
    let weeks = words::DAY_WEEK_OR_FORTNIGHT.contains(&unit);
    let (sign, joint, absolutely) = if let Some(length) = tokens.longest(end, words::DAY_ON_OR_THIS)
    {
        (1, length, false)
    } else if let Some(length) = tokens.longest(end, words::DAY_FROM_THE) {
        (1, length, false)
    } else if let Some(length) = tokens.longest(end, words::DAY_AFTER_THE) {
        (1, length, true)
    } else if weeks && names_day(tokens, end) {
        // "two weeks tomorrow", "a week Friday"
        (1, 0, false)
    } else {
        let length = tokens.longest(end, words::DAY_BEFORE_THE)?;
        (-1, length, true)
    };
    if !absolutely
        && (!weeks || tokens.is(end, words::DAY_THIS_EN) && tokens.is(end + 1, words::DAY_WEEK))
    {
        return None;
    }
    let from = end + joint;
    let (day, end) = day_at(ctx, from, absolutely)?;
    let shifted = if sign > 0 {
        day.saturating_add(span)
    } else {
        day.saturating_sub(span)
    };
    Some((exact(ctx, shifted), end))
}

/// Whether a day stands right behind a number of weeks and is counted from: "two weeks Friday", but not
/// "two weeks Friday to Friday".
fn names_day(tokens: &Tokens<'_>, at: usize) -> bool {
    let weekday = names::weekday(tokens.word(at))
        .is_some_and(|(_, strength)| strength == names::Strength::Sure);
    let counted = weekday || tokens.is(at, words::DAY_TODAY_OR_TOMORROW);
    counted && !tokens.is(at + 1, words::DAY_WEEK_UNTIL)
}

/// "la veille de Noël", "the day after Easter", "le lendemain du 12 mars".
pub(super) fn eve(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let shifts = [
        (Meaning::DayDayBefore, -1),
        (Meaning::DayDayAfter, 1),
        (Meaning::DayTwoDaysBefore, -2),
        (Meaning::DayTwoDaysAfter, 2),
    ];
    let standing = shifts
        .into_iter()
        .filter_map(|(meaning, days)| Some((tokens.means(at, meaning)?, days)));
    let (length, days) = standing.max_by_key(|(length, _)| *length)?;
    let (day, end) = day_at(ctx, at + length, true)?;
    Some((exact(ctx, day.saturating_add(days.days())), end))
}

/// "the Friday after 12 March", "le lundi avant Noël".
fn weekday_from(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let name_at = at + usize::from(tokens.is(at, words::PARTICLE_THE));
    let (weekday, _) = names::weekday(tokens.word(name_at))?;
    let from = name_at + 1;
    let (nth, length) = match tokens.longest(from, words::DAY_WEEK_FOLLOWING) {
        Some(length) => (1, length),
        None => (-1, tokens.longest(from, words::DAY_WEEK_PRECEDING)?),
    };
    let (day, end) = day_at(ctx, from + length, true)?;
    Some((exact(ctx, day.nth_weekday(nth, weekday).ok()?), end))
}

fn exact(ctx: &Context<'_>, day: Date) -> Point {
    if day < ctx.today {
        Point::Past
    } else {
        Point::Span(day, day)
    }
}

/// One day that another is counted from.
fn day_at(ctx: &Context<'_>, at: usize, absolutely: bool) -> Option<(Date, usize)> {
    let tokens = ctx.tokens;
    let absolute = || {
        let (point, end) = absolute::read(ctx, at, false)?;
        Some((point, end)).filter(|_| absolutely)
    };
    let weekday = || {
        let name_at = at + tokens.longest(at, words::DAY_WEEKEND_LEAD).unwrap_or(0);
        let (weekday, _) = names::weekday(tokens.word(name_at))?;
        Some((Point::Weekday(weekday), name_at + 1))
    };
    let (point, end) = absolute()
        .or_else(|| holidays::read(ctx, at))
        .or_else(|| named(ctx, at))
        .or_else(weekday)?;
    match ctx.resolve(point, None) {
        Point::Span(from, to) if from == to => Some((from, end)),
        _ => None,
    }
}

/// "the Friday after next", "le vendredi d'après la semaine prochaine" is said otherwise.
fn after_next(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let name_at = at + usize::from(tokens.is(at, words::DAY_ON_THE_EN));
    let (weekday, _) = names::weekday(tokens.word(name_at))?;
    let length = tokens.longest(name_at + 1, words::DAY_AFTER_THE_NEXT)?;
    Some((in_week(ctx, weekday, 2), name_at + 1 + length))
}

/// How a weekday is moved by the words after it: "Tuesday week", "vendredi en quinze",
/// "Thursday a week from now", "mardi dans trois semaines".
pub(super) fn moved(tokens: &Tokens<'_>, ctx: &Context<'_>, end: usize) -> Option<(i64, usize)> {
    for (meaning, weeks) in [(Meaning::DayOneWeekOn, 1), (Meaning::DayTwoWeeksOn, 2)] {
        if let Some(length) = tokens.means(end, meaning) {
            // "Tuesday week 6" is said by nobody; "Friday week-end" by some.
            let other = tokens.is(end, words::DAY_WEEK) && tokens.is(end + 1, words::DAY_END);
            return (!other).then_some((weeks, end + length));
        }
    }
    let opened = tokens.longest(end, words::DAY_IN_PERIOD);
    let from = end + opened.unwrap_or(0);
    let (span, after) = duration(ctx, from)?;
    let closed = tokens.longest(after, words::DAY_FROM_NOW);
    if opened.is_none() && closed.is_none() {
        return None;
    }
    let days = ctx.today.until(ctx.after(span)).ok()?.get_days();
    (days >= 7).then(|| (i64::from((days + 1) / 7), after + closed.unwrap_or(0)))
}
