//! How many days before or after will do as well: "± 2 days", "à deux jours près", "around 9 March".

use crate::text::words;
use std::ops::Range;

use super::{Context, Mention, Point, relative::duration};
use crate::{
    ledger::Ledger,
    text::{lexicon::Meaning, numbers::cardinal, tokens::Tokens},
};

/// Days that "around" and "vers le" allow on either side.
const AROUND: u8 = 2;
/// Days that "flexible" allows on either side where nobody says how many.
const FLEXIBLE: u8 = 3;

/// Sets the flexibility of the dates; what is said of dates that the message does not name is
/// returned.
pub(super) fn read(ctx: &Context<'_>, found: &mut [Mention], claims: &mut Ledger) -> Option<u8> {
    let tokens = ctx.tokens;
    for mention in found.iter_mut() {
        let exact = !matches!(mention.point, Point::Span(from, to) if from != to);
        if let Some(around) = tokens.means_before(mention.start, Meaning::DayAround) {
            claims.mark(around);
            mention.flexible_days = if exact { AROUND } else { 0 };
        }
    }
    mark_introductions(tokens, found, claims);
    let mut general = None;
    let mut at = 0;
    while at < tokens.len() {
        let Some((days, range)) = (!claims.taken(at)).then(|| stretch(ctx, at)).flatten() else {
            at += 1;
            continue;
        };
        claims.take(range.clone());
        at = range.end;
        // "a day earlier or later is fine"
        if let Some(length) = tokens.means(at, Meaning::PolarityAfterIndifference) {
            claims.mark(at..at + length);
        }
        let behind = found.iter().position(|mention| {
            mention.end == range.start
                || mention.end + 1 == range.start
                    && tokens.is(mention.end, words::DAY_ENUMERATION_OR_BRACKET)
        });
        match behind {
            // "du 9 au 16 mars ± 2 jours" is said of both.
            Some(at) => {
                let first = at.saturating_sub(usize::from(follows(tokens, found, at)));
                for mention in &mut found[first..=at] {
                    mention.flexible_days = days;
                }
            }
            None if found.is_empty() => general = Some(days),
            None => found.iter_mut().for_each(|m| m.flexible_days = days),
        }
    }
    general
}

/// Marks the words that only lead to a date, and those that say that it is exact.
fn mark_introductions(tokens: &Tokens<'_>, found: &[Mention], claims: &mut Ledger) {
    for mention in found {
        let mut start = mention.start;
        for _ in 0..3 {
            let small = tokens.is(start.wrapping_sub(1), words::DAY_FLEXIBLE_LEAD);
            let from = start - usize::from(small && start > 0);
            let words = [Meaning::DayIntroduces, Meaning::DayAnyDay]
                .into_iter()
                .find_map(|meaning| {
                    tokens
                        .means_before(start, meaning)
                        .or_else(|| tokens.means_before(from, meaning))
                });
            let Some(words) = words else { break };
            start = words.start;
            claims.mark(words);
        }
    }
    if found.is_empty() {
        return;
    }
    for exact in tokens.all(Meaning::DayExact) {
        claims.mark(exact);
    }
    // "en mai, peu importe le jour"
    for any in tokens.all(Meaning::DayAnyDay).filter(|any| any.len() > 2) {
        claims.mark(any);
    }
}

/// Whether the mention and the one before are the ends of one range.
fn follows(tokens: &Tokens<'_>, found: &[Mention], at: usize) -> bool {
    at > 0
        && found[at].start
            <= found[at - 1].end + usize::from(tokens.is(found[at - 1].end, words::DAY_UNTIL))
}

/// A flexibility named at `at`.
fn stretch(ctx: &Context<'_>, at: usize) -> Option<(u8, Range<usize>)> {
    let tokens = ctx.tokens;
    plus_minus(tokens, at)
        .or_else(|| movable(ctx, at))
        .or_else(|| either_side(ctx, at))
        .or_else(|| flexible(ctx, at))
}

/// "± 2 days", "+/- 3", "give or take two days", "plus ou moins un jour".
fn plus_minus(tokens: &Tokens<'_>, at: usize) -> Option<(u8, Range<usize>)> {
    let from = if let Some(length) = tokens.means(at, Meaning::DayPlusMinus) {
        at + length
    } else if tokens.is(at, &["±"]) {
        at + 1
    } else if tokens.is(at, &["+"]) {
        let slash = at + 1 + usize::from(tokens.is(at + 1, &["/"]));
        let minus = slash + usize::from(tokens.is(slash, &["-", "–", "−"]));
        // "+/-3" joins the minus to the number.
        (minus > at + 1 || tokens.gap(minus) == crate::text::tokens::Gap::Hyphen)
            .then_some(minus)?
    } else {
        return None;
    };
    let (count, length) = counted(tokens, from)?;
    let unit = from + length;
    let days = days_of(tokens, unit);
    // "± 20 €" is no day.
    let other = days.is_none() && tokens.is_word(unit) && at + 1 == from;
    if other && tokens.is(unit, words::DAY_OTHER_UNIT) || tokens.is(unit, &["€", "$", "£", "%"])
    {
        return None;
    }
    let end = unit + usize::from(days.is_some());
    let end = end + tokens.means(end, Meaning::DayEitherSide).unwrap_or(0);
    Some((u8::try_from(count * days.unwrap_or(1)).ok()?, at..end))
}

/// A number, or "a" as one.
fn counted(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    if let Some(length) = tokens.longest(at, words::DAY_ONE_OR_TWO) {
        return Some((2, length));
    }
    match cardinal(tokens, at) {
        Some(found) => Some(found),
        None => tokens.is(at, words::PARTICLE_A_ALONE).then_some((1, 1)),
    }
}

/// Days that a unit is.
fn days_of(tokens: &Tokens<'_>, at: usize) -> Option<u32> {
    match tokens.word(at) {
        word if words::DAY_DAYS.contains(&word) => Some(1),
        word if words::DAY_WEEKS.contains(&word) => Some(7),
        _ => None,
    }
}

/// "je peux décaler de 3 jours", "with a leeway of two days", with or without "either side".
fn movable(ctx: &Context<'_>, at: usize) -> Option<(u8, Range<usize>)> {
    let tokens = ctx.tokens;
    let from = at + tokens.means(at, Meaning::DayFlexibleLead)?;
    if let Some((days, range)) = plus_minus(tokens, from).or_else(|| either_side(ctx, from)) {
        return Some((days, at..range.end));
    }
    // "can do 5 days" is a stay.
    if tokens.is(from.wrapping_sub(1), words::DAY_DOING) {
        return None;
    }
    let (count, length) = counted(tokens, from)?;
    let unit = from + length;
    let days = count.checked_mul(days_of(tokens, unit)?)?;
    Some((u8::try_from(days).ok()?, at..unit + 1))
}

/// "à deux jours près", "a day either side", "two days before or after", "un jour avant ou après".
fn either_side(ctx: &Context<'_>, at: usize) -> Option<(u8, Range<usize>)> {
    let tokens = ctx.tokens;
    let from = at + tokens.longest(at, words::DAY_FLEXIBLE_WITHIN).unwrap_or(0);
    let read = |from: usize| {
        if let Some(length) = tokens.longest(from, words::DAY_A_DAY_OR_TWO) {
            return Some((2, from + length));
        }
        let (span, end) = duration(ctx, from)?;
        let days = ctx.today.until(ctx.after(span)).ok()?.get_days();
        Some((u8::try_from(days).ok()?, end))
    };
    let (days, end) = read(from).or_else(|| read(at))?;
    let length = tokens.means(end, Meaning::DayEitherSide)?;
    Some((days, at..end + length))
}

/// "flexible", "dates flexibles", "flexible de 2 jours"; a ticket may be flexible as well.
fn flexible(ctx: &Context<'_>, at: usize) -> Option<(u8, Range<usize>)> {
    let tokens = ctx.tokens;
    let length = tokens.means(at, Meaning::DayFlexible)?;
    let end = at + length;
    let ticket = |at: usize| tokens.means(at, Meaning::DayTicket).is_some();
    if ticket(end) || at.checked_sub(1).is_some_and(ticket) {
        return None;
    }
    if tokens.means_before(at, Meaning::PolarityNegation).is_some() {
        return Some((0, at..end));
    }
    let by = end + tokens.longest(end, words::DAY_BY).unwrap_or(0);
    let by = by + tokens.longest(by, words::DAY_ABOUT).unwrap_or(0);
    if let Some((days, range)) = plus_minus(tokens, by).or_else(|| either_side(ctx, by)) {
        return Some((days, at..range.end));
    }
    let counted = counted(tokens, by).and_then(|(count, length)| {
        let unit = by + length;
        Some((u8::try_from(count * days_of(tokens, unit)?).ok()?, unit + 1))
    });
    Some(match counted {
        Some((days, end)) => (days, at..end),
        None => (FLEXIBLE, at..end),
    })
}
