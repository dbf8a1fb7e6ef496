//! Days counted from today: "demain", "in two weeks", "next Friday", "vendredi en huit".

use crate::text::words;
use jiff::{
    Span, ToSpan,
    civil::{Date, Weekday},
};

use super::{
    Context, Point,
    names::{self, Strength},
    weeks,
};
use crate::text::{lexicon::Meaning, numbers::cardinal};

/// Days a fixed number of days from now.
const DAYS: [(Meaning, i32); 3] = [
    (Meaning::DayToday, 0),
    (Meaning::DayTomorrow, 1),
    (Meaning::DayAfterTomorrow, 2),
];

/// Reads a day at `at`.
pub(crate) fn read(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    named(ctx, at)
        .or_else(|| coming(ctx, at))
        .or_else(|| counted(ctx, at))
        .or_else(|| weekday(ctx, at))
}

pub(super) fn named(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    // What is over whenever it is said; "this morning" is about today.
    let over = [Meaning::DayOver, Meaning::DayYesterday];
    if let Some(length) = over.into_iter().find_map(|over| tokens.means(at, over)) {
        return Some((Point::Past, at + length));
    }
    let standing = DAYS
        .iter()
        .filter_map(|(meaning, days)| Some((tokens.means(at, *meaning)?, *days)));
    let (length, days) = standing.rev().max_by_key(|(length, _)| *length)?;
    let day = ctx.after(days.days());
    Some((Point::Span(day, day), at + length))
}

/// "in the next two weeks", "dans les dix prochains jours", "over the coming month".
fn coming(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let from = at + tokens.means(at, Meaning::DayComingLead)?;
    if let Some((span, end)) = duration(ctx, from) {
        let end = end + tokens.means(end, Meaning::DayComing).unwrap_or(0);
        return Some((Point::Span(ctx.today, ctx.after(span)), end));
    }
    let (count, length) = cardinal(tokens, from).unwrap_or((1, 0));
    let coming = from + length;
    let unit = coming + tokens.means(coming, Meaning::DayComing)?;
    let several = if length == 0 { 7 } else { 1 };
    let count = i32::try_from(count)
        .ok()
        .filter(|count| (1..=60).contains(count))?;
    let span = match tokens.word(unit) {
        word if words::DAY_DAYS_FR.contains(&word) => (count * several).days(),
        word if words::DAY_WEEKS_FR.contains(&word) => {
            (count * if length == 0 { 3 } else { 1 }).weeks()
        }
        word if words::DAY_WEEK_FR.contains(&word) => count.weeks(),
        word if words::DAY_MONTH_FR.contains(&word) => count.months(),
        _ => return None,
    };
    Some((Point::Span(ctx.today, ctx.after(span)), unit + 1))
}

/// "in two weeks", "dans 15 jours", "a week from today", "3 days from now".
fn counted(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let opened = tokens.longest(at, words::DAY_RELATIVE_OPENING);
    let from = at + opened.unwrap_or(0);
    let (span, end) = duration(ctx, from)?;
    let closed = tokens.longest(end, words::DAY_RELATIVE_CLOSING);
    // "within two days either side" says how far a date may move.
    if tokens.means(end, Meaning::DayEitherSide).is_some() {
        return None;
    }
    let closed = closed.filter(|_| opened.is_some() || !tokens.is(end, words::DAY_TIME_MARK));
    if opened.is_none() && closed.is_none() {
        return None;
    }
    // "within two weeks", "d'ici deux semaines": any day until then.
    if tokens.longest(at, words::DAY_WITHIN_PERIOD).is_some() && closed.is_none() {
        return Some((Point::Span(ctx.today, ctx.after(span)), end));
    }
    let tomorrow = tokens.longest(end, words::DAY_FROM_TOMORROW).is_some();
    let day = ctx.after(span).saturating_add(i32::from(tomorrow).days());
    Some((Point::Span(day, day), end + closed.unwrap_or(0)))
}

/// A length of time: "two weeks", "15 jours", "a fortnight", "un mois et demi" (the half is lost).
pub(crate) fn duration(ctx: &Context<'_>, at: usize) -> Option<(Span, usize)> {
    let tokens = ctx.tokens;
    let named = words::DAY_LENGTH.iter().filter_map(|(phrase, days)| {
        let length = tokens.phrase(at, phrase)?;
        Some((length, i32::try_from(*days).ok()?))
    });
    if let Some((length, days)) = named.max() {
        return Some((days.days(), at + length));
    }
    let (count, length) = match cardinal(tokens, at) {
        Some(found) => found,
        None if tokens.is(at, words::PARTICLE_A) => (1, 1),
        None => return None,
    };
    let count = i32::try_from(count)
        .ok()
        .filter(|count| (1..=400).contains(count))?;
    // "une petite semaine", "a full week"
    let unit = at + length;
    let unit = unit + tokens.means(unit, Meaning::DayStayAdjective).unwrap_or(0);
    let span = match tokens.word(unit) {
        word if words::DAY_DAYS_OR_NIGHTS.contains(&word) => count.days(),
        // "quinze jours" is a fortnight.
        word if words::DAY_WEEKS_OF_A_STAY.contains(&word) => count.weeks(),
        word if words::DAY_MONTHS.contains(&word) => count.months(),
        _ => return None,
    };
    let fortnight =
        count == 15 && tokens.is(unit, words::DAY_DAYS_FR) && tokens.is(at, words::DAY_FIFTEEN_FR);
    Some((if fortnight { 15.days() } else { span }, unit + 1))
}

/// "vendredi", "next Friday", "Friday next week", "vendredi en huit".
fn weekday(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let lead = tokens.longest(at, words::DAY_WEEKDAY_LEAD);
    let name_at = at + lead.unwrap_or(0);
    let (weekday, strength) = names::weekday(tokens.word(name_at))?;
    let end = name_at + 1;
    if strength == Strength::Weak && tokens.word(name_at).len() <= 5 && !abbreviated(ctx, name_at) {
        return None;
    }
    let in_week = |weeks: i64| in_week(ctx, weekday, weeks);
    let strictly = ctx.today.nth_weekday(1, weekday).unwrap_or(ctx.today);
    if let Some((weeks, end)) = weeks::moved(tokens, ctx, end) {
        let day = strictly.saturating_add((7 * weeks).days());
        return Some((Point::Span(day, day), end));
    }
    let past = tokens.is(at, words::DAY_LAST_EN) || tokens.is(end, words::DAY_LAST_FR);
    if past {
        return Some((
            Point::Past,
            end + usize::from(tokens.is(end, words::DAY_LAST_FR)),
        ));
    }
    let after = |weeks: i64| {
        let day = strictly.saturating_add((7 * weeks).days());
        Point::Span(day, day)
    };
    let forms = [
        (Meaning::DayWeekdayLater, false, 1),
        (Meaning::DayWeekdayNextWeek, true, 1),
        (Meaning::DayWeekdayWeekAfterNext, true, 2),
        (Meaning::DayWeekdayThisWeek, true, 0),
        (Meaning::DayWeekdayComing, false, 0),
    ];
    for (meaning, of_the_week, weeks) in forms {
        if let Some(length) = tokens.means(end, meaning) {
            let point = if of_the_week {
                in_week(weeks)
            } else {
                after(weeks)
            };
            return Some((point, end + length));
        }
    }
    let point =
        if lead == Some(1) && tokens.is(at, words::DAY_THIS) && ctx.today.weekday() == weekday {
            Point::Span(ctx.today, ctx.today)
        } else if tokens.is(at, words::DAY_NEXT) || tokens.is(at + 1, words::DAY_NEXT) {
            after(0)
        } else {
            Point::Weekday(weekday)
        };
    Some((point, end))
}

/// The weekday in the week that many weeks after this one.
pub(super) fn in_week(ctx: &Context<'_>, weekday: Weekday, weeks: i64) -> Point {
    let offset = i64::from(weekday.to_monday_zero_offset());
    let day = ctx.monday().saturating_add((offset + 7 * weeks).days());
    if day < ctx.today {
        Point::Past
    } else {
        Point::Span(day, day)
    }
}

/// Whether an abbreviation or a guess stands where a weekday would.
fn abbreviated(ctx: &Context<'_>, at: usize) -> bool {
    let english = !ctx.french && !ctx.tokens.is(at, words::DAY_SHORT_WEEKDAY_FR);
    english && ctx.tokens.is(at.wrapping_sub(1), words::DAY_WEEKDAY_CUE)
}

/// The first such weekday on or after a day.
pub(crate) fn on_or_after(day: Date, weekday: Weekday) -> Date {
    if day.weekday() == weekday {
        day
    } else {
        day.nth_weekday(1, weekday).unwrap_or(day)
    }
}
