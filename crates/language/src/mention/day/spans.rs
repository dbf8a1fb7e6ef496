//! Spans of days counted from now: weeks, week-ends, seasons.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{Context, Point, absolute, months::within, relative::on_or_after};

/// Reads a span at `at`.
pub(crate) fn read(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    week_of_day(ctx, at)
        .or_else(|| fixed(ctx, at))
        .or_else(|| season(ctx, at))
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

/// What a season is called, and its first and last day as month and day.
type Season<'a> = (&'a [&'a str], (i8, i8), (i8, i8));

/// "cet été", "this summer", "in spring": between the solstice and the equinox.
fn season(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let seasons: &[Season] = &[
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
