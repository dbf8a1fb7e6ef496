//! Days with a name: `data/holidays.tsv`.

use crate::text::words;
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{Context, Point, almanac, names, relative::on_or_after};
use crate::{mention::place, text::lexicon::Meaning};

/// Reads a holiday at `at`: the next one, or that of the year said.
pub(super) fn read(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let from = at + usize::from(tokens.is(at, words::PARTICLE_L_THE));
    weekend(ctx, from)
        .or_else(|| weekday_of(ctx, from))
        .or_else(|| {
            let (from, to, end) = named(ctx, from)?;
            Some((span(ctx, from, to), end))
        })
}

fn span(ctx: &Context<'_>, from: Date, to: Date) -> Point {
    if to < ctx.today {
        Point::Past
    } else {
        Point::Span(from.max(ctx.today), to)
    }
}

/// A holiday named at `at`: its first and last day, and the end.
fn named(ctx: &Context<'_>, at: usize) -> Option<(Date, Date, usize)> {
    let tokens = ctx.tokens;
    let rest = |phrase: &str| tokens.phrase(at, phrase);
    let (rule, length) = almanac::standing(tokens.word(at), rest)?;
    // Islands are named after holidays: "Christmas Island", "Easter Island", "l'île de Pâques".
    let end = at + length;
    if tokens.is(end, words::DAY_ISLAND_EN) || tokens.is(at.wrapping_sub(2), words::DAY_ISLAND_FR) {
        return None;
    }
    // So are towns: "Saint-Jean de Terre-Neuve", "Saint-Jean-de-Luz".
    let place = (1..=4).any(|more| {
        let name = tokens.slice(at..end + more);
        !name.is_empty() && place::is_known_name(name)
    });
    if place {
        return None;
    }
    let year = tokens
        .number(end)
        .filter(|year| (2000..=2199).contains(year));
    let (from, to) = match year {
        Some(year) => rule.in_year(i16::try_from(year).ok()?)?,
        None => (ctx.today.year() - 1..=ctx.today.year() + 1)
            .filter_map(|year| rule.in_year(year))
            .find(|(_, to)| *to >= ctx.today)?,
    };
    let end = end + usize::from(year.is_some());
    // "Easter Eve"; "Christmas Eve" is in the table.
    if tokens.is(end, words::DAY_EVE) {
        let eve = from.saturating_sub(1.day());
        return Some((eve, eve, end + 1));
    }
    Some((from, to, end))
}

/// "le jeudi de l'Ascension", "the Saturday of Easter": the nearest such day.
fn weekday_of(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let (weekday, _) = names::weekday(tokens.word(at))?;
    let mut from = at + 1;
    from += tokens.longest(from, words::DAY_OF_HOLIDAY)?;
    from += usize::from(tokens.is(from, words::DAY_HOLIDAY_ARTICLE));
    let (day, _, end) = named(ctx, from)?;
    let near = on_or_after(day.saturating_sub(3.days()), weekday);
    Some((span(ctx, near, near), end))
}

/// "le week-end de Pâques", "Memorial Day weekend", "le pont de l'Ascension": with the days that
/// bridge it.
fn weekend(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let (day, end) = if let Some(length) = tokens
        .means(at, Meaning::DayWeekend)
        .or_else(|| tokens.longest(at, words::DAY_LONG_WEEKEND))
    {
        let mut from = at + length;
        from += tokens.longest(from, words::DAY_OF_HOLIDAY)?;
        from += usize::from(tokens.is(from, words::DAY_HOLIDAY_ARTICLE));
        let (day, _, end) = named(ctx, from)?;
        (day, end)
    } else {
        let (day, _, end) = named(ctx, at)?;
        (day, end + tokens.means(end, Meaning::DayWeekend)?)
    };
    let (before, after) = match day.weekday() {
        Weekday::Monday => (2, 0),
        Weekday::Tuesday => (3, 0),
        Weekday::Wednesday => (0, 4),
        Weekday::Thursday => (0, 3),
        Weekday::Friday => (0, 2),
        Weekday::Saturday => (0, 1),
        // Easter and Whitsun have a Monday.
        Weekday::Sunday => (1, 1),
    };
    let (from, to) = (
        day.saturating_sub(before.days()),
        day.saturating_add(after.days()),
    );
    Some((span(ctx, from, to), end))
}
