//! Days named by number: "2027-01-12", "12/01", "le 12 janvier", "January 12th", "the 9th".

use crate::text::words;
use jiff::civil::Weekday;

use super::{
    Context, Point,
    names::{self, Strength},
    parts,
};
use crate::{
    text::lexicon::Meaning,
    text::numbers::{cardinal, ordinal},
    text::tokens::{Gap, Tokens},
};

/// A day as far as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PartialDay {
    pub(crate) day: i8,
    pub(crate) month: Option<i8>,
    pub(crate) year: Option<i16>,
    pub(crate) weekday: Option<Weekday>,
}

/// Whether what follows the number makes it a count, a price or a time.
pub(crate) fn counts(tokens: &Tokens<'_>, end: usize) -> bool {
    // "March 8 one way" counts nothing.
    let one_way = tokens.means(end, Meaning::WishOneWay).is_some();
    tokens.means(end, Meaning::DayCountUnit).is_some() && !one_way
        || matches!(tokens.gap(end), Gap::Mark(':' | ','))
}

/// Reads a day at `at`. `bare`: a number alone is one ("12" in "from 12 to 20").
pub(crate) fn read(ctx: &Context<'_>, at: usize, bare: bool) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let article = tokens.is(at, words::DAY_ARTICLE);
    let from = at + usize::from(article);
    iso(tokens, from)
        .or_else(|| numeric(ctx, from, article))
        .or_else(|| after_weekday(ctx, from))
        .or_else(|| month_first(ctx, from))
        .or_else(|| day_first(ctx, at, from, bare))
        .map(|(day, end)| weekday_behind(ctx, day, end))
        .map(|(day, end)| (Point::Day(day), end))
}

/// "vendredi 13/02", "Fri 2027-02-12".
fn after_weekday(ctx: &Context<'_>, at: usize) -> Option<(PartialDay, usize)> {
    let (weekday, from) = weekday_before(ctx, at);
    let weekday = Some(weekday?);
    let (day, end) = iso(ctx.tokens, from).or_else(|| numeric(ctx, from, false))?;
    Some((PartialDay { weekday, ..day }, end))
}

/// "12 mars, un vendredi", "5 March (Friday)": the weekday behind a day, when it is that day's.
fn weekday_behind(ctx: &Context<'_>, day: PartialDay, end: usize) -> (PartialDay, usize) {
    let tokens = ctx.tokens;
    let from = end + tokens.longest(end, words::DAY_LISTED_AFTER).unwrap_or(0);
    let Some((weekday, Strength::Sure)) = names::weekday(tokens.word(from)) else {
        return (day, end);
    };
    if day.month.is_none() || day.weekday.is_some() {
        return (day, end);
    }
    let known = PartialDay {
        weekday: Some(weekday),
        ..day
    };
    match ctx.resolve(Point::Day(known), None) {
        Point::Span(..) => (known, from + 1 + usize::from(tokens.is(from + 1, &[")"]))),
        _ => (day, end),
    }
}

fn plain(day: u32, month: Option<u32>, year: Option<u32>) -> Option<PartialDay> {
    Some(PartialDay {
        day: i8::try_from(day).ok()?,
        month: month.map(i8::try_from).transpose().ok()?,
        year: year.map(i16::try_from).transpose().ok()?,
        weekday: None,
    })
}

fn iso(tokens: &Tokens<'_>, at: usize) -> Option<(PartialDay, usize)> {
    let (year, month, day) = (
        tokens.number(at)?,
        tokens.number(at + 1)?,
        tokens.number(at + 2)?,
    );
    let glued = |at| matches!(tokens.gap(at), Gap::Hyphen | Gap::Mark('/' | '.'));
    let shaped = tokens.digits(at) == 4 && (1..=12).contains(&month);
    (shaped && glued(at + 1) && glued(at + 2))
        .then(|| plain(day, Some(month), Some(year)))?
        .map(|day| (day, at + 3))
}

fn numeric(ctx: &Context<'_>, at: usize, article: bool) -> Option<(PartialDay, usize)> {
    let tokens = ctx.tokens;
    let (first, second) = (tokens.number(at)?, tokens.number(at + 1)?);
    if tokens.digits(at) > 2 || tokens.digits(at + 1) > 2 {
        return None;
    }
    let gap = tokens.gap(at + 1);
    let year = tokens
        .number(at + 2)
        .filter(|_| tokens.gap(at + 2) == gap && matches!(tokens.digits(at + 2), 2 | 4))
        .map(|year| if year < 100 { 2000 + year } else { year });
    // "le 4-5" and "13-02" are days, "12-20 janvier" and "4-5 personnes" are not.
    let dashed = (article && ctx.french || tokens.word(at + 1).starts_with('0'))
        && names::month(tokens.word(at + 2)).is_none()
        && !tokens.is(at + 2, words::PARTICLE_OF)
        && !counts(tokens, at + 2);
    let known = match gap {
        Gap::Mark('/') => true,
        Gap::Hyphen => year.is_some() || dashed,
        Gap::Mark('.') => year.is_some() || article && tokens.digits(at + 1) == 2 && dashed,
        _ => false,
    };
    if !known || first == 0 || second == 0 || (first > 12 && second > 12) {
        return None;
    }
    let day_first = first > 12 || (second <= 12 && ctx.day_first);
    let (day, month) = if day_first {
        (first, second)
    } else {
        (second, first)
    };
    let end = at + if year.is_some() { 3 } else { 2 };
    plain(day, Some(month), year).map(|day| (day, end))
}

/// A year after a day and month, and the end.
fn year_after(tokens: &Tokens<'_>, end: usize) -> (Option<i16>, usize) {
    let at = if tokens.is(end, &[","]) { end + 1 } else { end };
    match tokens.number(at) {
        Some(year @ 2000..=2199) if tokens.digits(at) == 4 => (i16::try_from(year).ok(), at + 1),
        Some(_) => (None, end),
        // "deux mille vingt-sept", "two thousand twenty-seven"
        None => match cardinal(tokens, at) {
            Some((year @ 2000..=2199, length)) => (i16::try_from(year).ok(), at + length),
            _ => (None, end),
        },
    }
}

fn month_first(ctx: &Context<'_>, at: usize) -> Option<(PartialDay, usize)> {
    let tokens = ctx.tokens;
    let (weekday, mut from) = weekday_before(ctx, at);
    if weekday.is_some() {
        from += tokens.longest(from, words::DAY_INTRODUCING).unwrap_or(0);
    }
    let (month, _) = names::month(tokens.word(from))?;
    let day_at = from + 1 + usize::from(tokens.is(from + 1, words::PARTICLE_THE));
    let (day, end) = match ordinal(tokens, day_at) {
        Some((day, length)) => (day, day_at + length),
        None => {
            // "en mars 2 adultes", and French puts the day first.
            let day = tokens
                .number(day_at)
                .filter(|_| tokens.digits(day_at) <= 2)?;
            let (_, strength) = names::month(tokens.word(from))?;
            let french = strength == Strength::Sure && !names::is_english_month(tokens.word(from));
            if french || counts(tokens, day_at + 1) {
                return None;
            }
            (day, day_at + 1)
        }
    };
    if !(1..=31).contains(&day) || tokens.longest(end, words::DAY_WEEK_OR_WEEKEND).is_some() {
        return None;
    }
    let (year, end) = year_after(tokens, end);
    let day = PartialDay {
        day: i8::try_from(day).ok()?,
        month: Some(month),
        year,
        weekday,
    };
    Some((day, end))
}

/// A weekday that introduces a day of the month ("Friday, the 27th").
fn weekday_before(ctx: &Context<'_>, at: usize) -> (Option<Weekday>, usize) {
    let tokens = ctx.tokens;
    // "mar" is a weekday in French and a month in English.
    if !ctx.french && tokens.is(at, words::DAY_MARCH_SHORT) {
        return (None, at);
    }
    let Some((weekday, _)) = names::weekday(tokens.word(at)) else {
        return (None, at);
    };
    // "vendredi soir 12 mars", "dimanche en fin de journée, le 14 mars"
    let mut end = at + 1;
    end += parts::read(tokens, end).map_or(0, |(_, length)| length);
    end += usize::from(tokens.is(end, &[","]));
    (Some(weekday), end)
}

fn day_first(ctx: &Context<'_>, at: usize, from: usize, bare: bool) -> Option<(PartialDay, usize)> {
    let tokens = ctx.tokens;
    let (weekday, mut number_at) = weekday_before(ctx, from);
    if weekday.is_some() {
        number_at += tokens
            .longest(number_at, words::DAY_INTRODUCING)
            .unwrap_or(0);
    }
    let (day, mut end, suffixed) = match ordinal(tokens, number_at) {
        Some((day, length)) => (day, number_at + length, true),
        None => {
            let (day, length) = cardinal(tokens, number_at)?;
            (day, number_at + length, false)
        }
    };
    if day == 0 || day > 31 || matches!(tokens.gap(end), Gap::Mark(_)) {
        return None;
    }
    let mut partial = PartialDay {
        day: i8::try_from(day).ok()?,
        month: None,
        year: None,
        weekday,
    };
    if let Some((month, year, after)) = month_after(ctx, end) {
        return Some((
            PartialDay {
                month: Some(month),
                year,
                ..partial
            },
            after,
        ));
    }
    let digits = tokens.number(number_at).is_some();
    if tokens.longest(end, words::DAY_OF_THE_MONTH).is_some() {
        end += if tokens.is(end, words::PARTICLE_DU) {
            2
        } else {
            3
        };
    } else if counts(tokens, end)
        && !(tokens.is(at, words::PARTICLE_LE) && tokens.is(end, words::DAY_FLIGHT_NOUN))
    {
        return None;
    }
    let said = match tokens.word(at) {
        word if words::PARTICLE_THE_EN.contains(&word) && (digits && !suffixed) => {
            !tokens.is_word(end) || tokens.means(end, Meaning::DayAfterDay).is_some()
        }
        word if words::DAY_ARTICLE_OF_A_NUMBER.contains(&word) && (digits) => true,
        word if words::PARTICLE_LE.contains(&word) => !suffixed && day > 1 || ctx.date_asked,
        word if words::PARTICLE_THE_EN.contains(&word) => suffixed && (day > 10 || ctx.date_asked),
        _ => false,
    };
    // "mer 3" may be the sea, "mon 2" my two.
    let dated = weekday.is_some() && digits;
    let alone = bare && (digits || day > 1);
    if !(said || dated || alone || (suffixed && digits)) {
        return None;
    }
    if weekday.is_none() && tokens.is(number_at, words::NUMBER_ONE) {
        return None;
    }
    partial.weekday = weekday;
    Some((partial, end))
}

/// A month after a day: "12 janvier", "12th of January 2027", "12th of this month".
fn month_after(ctx: &Context<'_>, end: usize) -> Option<(i8, Option<i16>, usize)> {
    let tokens = ctx.tokens;
    let this = tokens.longest(end, words::DAY_OF_THIS_MONTH);
    let next = tokens.longest(end, words::DAY_OF_NEXT_MONTH);
    if let Some(length) = this {
        return Some((ctx.today.month(), Some(ctx.today.year()), end + length));
    }
    if let Some(length) = next {
        let month = ctx.month_from_now(1);
        return Some((month.month(), Some(month.year()), end + length));
    }
    let linked = tokens.is(end, words::DAY_LINKED);
    let mut at = end + usize::from(linked);
    if linked && tokens.longest(at, words::DAY_NEW_YEAR).is_some() {
        return None;
    }
    let (month, strength) = names::month(tokens.word(at))?;
    // "le 3 mar 12": the abbreviation of a weekday would have come before.
    if strength == Strength::Weak
        && !linked
        && tokens.is(at, words::DAY_MAY)
        && tokens.is(at + 1, words::DAY_AFTER_MAY)
    {
        return None;
    }
    if month == 9 && tokens.is(at, words::DAY_SEPT) && counts(tokens, at + 1) {
        return None;
    }
    at += 1;
    let (year, mut after) = year_after(tokens, at);
    if year.is_none()
        && tokens.is(after, words::DAY_NEXT_MONTH)
        && !tokens.is(after + 1, words::DAY_WEEK_OR_YEAR)
    {
        after += 1;
    }
    Some((month, year, after))
}
