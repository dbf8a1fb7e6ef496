//! Spans of days: months and their parts, weeks, week-ends, seasons.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{
    Context, Point, absolute,
    names::{self, Strength},
    relative::on_or_after,
};
use crate::understanding::numbers::ordinal;

/// Reads a span at `at`.
pub(super) fn read(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    week_of_day(ctx, at)
        .or_else(|| nth_week(ctx, at))
        .or_else(|| part_of_month(ctx, at))
        .or_else(|| fixed(ctx, at))
        .or_else(|| season(ctx, at))
        .or_else(|| month(ctx, at))
}

/// A month named at `at`: its first day, in the year that was said or is next, and the end.
/// `sure`: the words before leave no doubt that a month follows.
fn named_month(ctx: &Context<'_>, at: usize, sure: bool) -> Option<(Date, bool, usize)> {
    let tokens = ctx.tokens;
    if let Some(length) = tokens.longest(at, &["next month", "mois prochain", "the next month"]) {
        return Some((ctx.month_from_now(1), true, at + length));
    }
    if let Some(length) = tokens.longest(
        at,
        &[
            "this month",
            "the month",
            "mois ci",
            "ce mois ci",
            "ce mois",
            "mois",
        ],
    ) {
        return sure.then(|| (ctx.month_from_now(0), true, at + length));
    }
    if let Some(length) = tokens.longest(
        at,
        &[
            "the year",
            "this year",
            "l annee",
            "annee",
            "cette annee",
            "year",
        ],
    ) {
        // "fin d'année": its last month.
        let december = Date::new(ctx.today.year(), 12, 1).ok()?;
        return sure.then_some((december, true, at + length));
    }
    let (month, strength) = names::month(tokens.word(at))?;
    if strength == Strength::Weak && !sure {
        return None;
    }
    let year_at = at + 1 + usize::from(tokens.is(at + 1, &["of"]));
    if let Some(year @ 2000..=2199) = tokens.number(year_at) {
        let year = i16::try_from(year).ok()?;
        return Some((Date::new(year, month, 1).ok()?, true, year_at + 1));
    }
    let next = usize::from(tokens.is(at + 1, &["prochain"]));
    let first = Date::new(ctx.today.year(), month, 1).ok()?;
    Some((first, false, at + 1 + next))
}

/// The span of days `from..=to` of a month, next year when it is over; today on if it has begun.
fn within(ctx: &Context<'_>, first: Date, fixed: bool, days: (i8, i8)) -> Point {
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
    let lead = tokens.longest(
        at,
        &[
            "au mois de",
            "au mois d",
            "en",
            "in",
            "in the month of",
            "month of",
            "mois de",
            "mois d",
            "courant",
            "sometime in",
            "anytime in",
            "this",
            "next",
            "dans le courant de",
        ],
    );
    let from = at + lead.unwrap_or(0);
    let word = tokens.word(from);
    names::month(word)?;
    let led = lead.is_some()
        || tokens.preceded(
            at,
            &[
                "for", "pour", "by", "until", "through", "since", "vers", "around", "during",
            ],
        );
    let sure = led
        || match word {
            // Neither "I may" nor "march on".
            "may" | "march" => {
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
        (
            &[
                "debut",
                "au debut",
                "early",
                "beginning",
                "the beginning",
                "start",
                "the start",
                "tout debut",
            ],
            (1, 10),
        ),
        (
            &[
                "mi",
                "mid",
                "middle",
                "the middle",
                "milieu",
                "au milieu",
                "a la mi",
            ],
            (10, 20),
        ),
        (
            &[
                "fin",
                "end",
                "the end",
                "late",
                "a la fin",
                "la fin",
                "toute fin",
            ],
            (21, 31),
        ),
        (
            &[
                "first half",
                "the first half",
                "premiere quinzaine",
                "la premiere quinzaine",
                "premiere moitie",
                "la premiere moitie",
            ],
            (1, 15),
        ),
        (
            &[
                "second half",
                "the second half",
                "deuxieme quinzaine",
                "la deuxieme quinzaine",
                "seconde quinzaine",
                "la seconde quinzaine",
                "deuxieme moitie",
            ],
            (16, 31),
        ),
    ];
    parts.iter().find_map(|(words, days)| {
        let mut from = at + tokens.longest(at, words)?;
        from += tokens
            .longest(from, &["of", "de", "d", "du", "in"])
            .unwrap_or(0);
        let (first, fixed, end) = named_month(ctx, from, true)?;
        Some((within(ctx, first, fixed, *days), end))
    })
}

/// "la première semaine de mars", "last week of May", "second weekend of June".
fn nth_week(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let from = at + usize::from(tokens.is(at, &["la", "the", "le"]));
    let (nth, length) = if tokens.is(from, &["last", "derniere", "dernier"]) {
        (None, 1)
    } else {
        let (nth, length) = ordinal(tokens, from)?;
        (
            Some(i8::try_from(nth).ok().filter(|nth| (1..=5).contains(nth))?),
            length,
        )
    };
    let unit = from + length;
    let weekend = tokens.longest(unit, &["week end", "weekend"]);
    let length = weekend.or_else(|| tokens.longest(unit, &["semaine", "week"]))?;
    let mut month_at = unit + length;
    month_at += tokens.longest(month_at, &["of", "de", "d", "in", "en", "du"])?;
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

/// "la semaine du 12 janvier", "the week of March 3rd", "le week-end du 14 février".
fn week_of_day(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let weekend = tokens.longest(
        at,
        &[
            "le week end du",
            "week end du",
            "le weekend du",
            "weekend du",
            "the weekend of",
            "weekend of",
        ],
    );
    let week = tokens.longest(
        at,
        &[
            "la semaine du",
            "semaine du",
            "the week of",
            "week of",
            "week commencing",
        ],
    );
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

/// Weeks, week-ends, months and years counted from now.
fn fixed(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let monday = ctx.monday();
    let day = |days: i32| monday.saturating_add(days.days());
    let week = |weeks: i32| Point::Span(day(7 * weeks).max(ctx.today), day(7 * weeks + 6));
    let weekend = |weeks: i32| Point::Span(day(7 * weeks + 5).max(ctx.today), day(7 * weeks + 6));
    let next_month = ctx.month_from_now(1);
    let next_year = Date::new(ctx.today.year() + 1, 1, 1).ok()?;
    let forms: &[(&[&str], Point)] = &[
        (
            &[
                "ce week end",
                "ce weekend",
                "this weekend",
                "this week end",
                "this coming weekend",
                "le week end",
                "le weekend",
                "the weekend",
                "cette fin de semaine",
                "ce we",
            ],
            weekend(0),
        ),
        (
            &[
                "le week end prochain",
                "week end prochain",
                "le weekend prochain",
                "weekend prochain",
                "next weekend",
                "next week end",
                "the next weekend",
                "le week end qui vient",
                "le we prochain",
                "we prochain",
            ],
            weekend(1),
        ),
        (
            &[
                "le week end suivant",
                "weekend after next",
                "the weekend after next",
            ],
            weekend(2),
        ),
        (
            &[
                "cette semaine",
                "this week",
                "dans la semaine",
                "later this week",
            ],
            week(0),
        ),
        (
            &[
                "la semaine prochaine",
                "semaine prochaine",
                "next week",
                "the next week",
                "la semaine qui vient",
                "the following week",
                "sem prochaine",
            ],
            week(1),
        ),
        (
            &[
                "week after next",
                "the week after next",
                "dans deux semaines environ",
            ],
            week(2),
        ),
        (
            &[
                "end of the week",
                "the end of the week",
                "fin de semaine",
                "fin de la semaine",
                "en fin de semaine",
            ],
            Point::Span(day(3).max(ctx.today), day(6)),
        ),
        (
            &["le mois prochain", "mois prochain", "next month"],
            within(ctx, next_month, true, (1, 31)),
        ),
        (
            &["ce mois ci", "ce mois", "this month", "dans le mois"],
            within(ctx, ctx.month_from_now(0), true, (1, 31)),
        ),
        (
            &[
                "l annee prochaine",
                "annee prochaine",
                "l an prochain",
                "next year",
            ],
            Point::Span(next_year, next_year.last_of_year().min(ctx.horizon())),
        ),
    ];
    let mut best: Option<(Point, usize)> = None;
    for (phrases, point) in forms {
        if let Some(length) = tokens.longest(at, phrases)
            && best.is_none_or(|(_, longest)| length > longest)
        {
            best = Some((*point, length));
        }
    }
    best.map(|(point, length)| (point, at + length))
}

/// "cet été", "this summer", "in spring": between the solstice and the equinox.
fn season(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let seasons: &[(&[&str], (i8, i8), (i8, i8))] = &[
        (
            &[
                "ce printemps",
                "au printemps",
                "le printemps",
                "printemps prochain",
                "le printemps prochain",
                "this spring",
                "in spring",
                "in the spring",
                "next spring",
            ],
            (3, 20),
            (6, 20),
        ),
        (
            &[
                "cet ete",
                "l ete prochain",
                "ete prochain",
                "en ete",
                "pour l ete",
                "l ete",
                "this summer",
                "in summer",
                "in the summer",
                "next summer",
                "over the summer",
            ],
            (6, 21),
            (9, 22),
        ),
        (
            &[
                "cet automne",
                "a l automne",
                "en automne",
                "l automne",
                "automne prochain",
                "this autumn",
                "in autumn",
                "in the autumn",
                "next autumn",
                "this fall",
                "in the fall",
                "next fall",
            ],
            (9, 23),
            (12, 20),
        ),
        (
            &[
                "cet hiver",
                "en hiver",
                "l hiver",
                "l hiver prochain",
                "hiver prochain",
                "this winter",
                "in winter",
                "in the winter",
                "next winter",
            ],
            (12, 21),
            (3, 19),
        ),
    ];
    seasons.iter().find_map(|(phrases, first, last)| {
        let length = tokens.longest(at, phrases)?;
        let year = ctx.today.year();
        (year - 1..=year + 1).find_map(|year| {
            let from = Date::new(year, first.0, first.1).ok()?;
            let ends = if last.0 < first.0 { year + 1 } else { year };
            let to = Date::new(ends, last.0, last.1).ok()?;
            (to >= ctx.today).then(|| (Point::Span(from.max(ctx.today), to), at + length))
        })
    })
}
