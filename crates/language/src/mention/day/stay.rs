//! How long the stay is: "pour une semaine", "for 10 days", "5 nights", "two weeks" said alone.

use crate::text::words;
use std::ops::Range;

use super::{Context, Mention, relative::duration};
use crate::{
    ledger::Ledger,
    reading::Reading,
    text::{lexicon::Meaning, numbers::cardinal},
};

/// Reads the days of stay. `asked`: the agent has just asked when to come back.
pub(super) fn read(
    ctx: &Context<'_>,
    found: &[Mention],
    claims: &mut Ledger,
    asked: bool,
    reading: &mut Reading,
) {
    let dated = !found.is_empty();
    for at in 0..ctx.tokens.len() {
        let Some((days, words)) = stay(ctx, at, claims, asked, dated) else {
            continue;
        };
        // With a way back the two must agree; what does not is told.
        if reading.return_date.is_some() && !agrees(reading, days) {
            continue;
        }
        mark_around(ctx, &words, claims);
        claims.take(words);
        if reading.return_date.is_none() {
            reading.stay_days = Some(days);
        }
        break;
    }
    if dated || reading.stay_days.is_some() {
        let outings = ctx.tokens.all(Meaning::DayOuting);
        for outing in outings {
            let led = ctx
                .tokens
                .means_before(outing.start, Meaning::DayOutingLead);
            if led.is_some() || outing.start == 0 {
                claims.mark(outing);
            }
        }
    }
}

/// Whether the days from the way out to the way back are as many, counted either way.
fn agrees(reading: &Reading, days: u16) -> bool {
    let (Some(out), Some(back)) = (&reading.depart_date, &reading.return_date) else {
        return false;
    };
    let nights = (back.from - out.from).get_days();
    out.from == out.to && (nights == i32::from(days) || nights + 1 == i32::from(days))
}

/// A stay at `at`.
fn stay(
    ctx: &Context<'_>,
    at: usize,
    claims: &Ledger,
    asked: bool,
    dated: bool,
) -> Option<(u16, Range<usize>)> {
    let tokens = ctx.tokens;
    let (span, end) = duration(ctx, at)?;
    let means = |at, meaning| tokens.means(at, meaning).is_some();
    // "3 ou 4 jours": how long was not decided, and is told.
    let joined = at > 1 && tokens.is(at - 1, words::DAY_STAY_JOINED);
    if joined && cardinal(tokens, at - 2).is_some() && !claims.taken(at - 2) {
        return None;
    }
    let nights = means(end - 1, Meaning::DayNights);
    let from = introduced(ctx, at);
    let before = tokens.means_before(from, Meaning::DayStayBefore).is_some();
    let after = means(end, Meaning::DayStayAfter);
    let place_follows = tokens.is(end, words::DAY_STAY_PLACE);
    // "le 4 mai, deux semaines, 2 personnes"
    // "1 bébé (6 mois)" is an age.
    let bracketed = from > 0 && tokens.is(from - 1, &["("]);
    // "4 jours fin juin", "2 weeks starting June 3"
    let leads =
        place_follows || tokens.is(end, words::DAY_STAY_FROM) || means(end, Meaning::DayIntroduces);
    let in_month = claims.taken(end) || leads && claims.taken(end + 1);
    let alone = dated
        && !bracketed
        && (from == 0 || tokens.is_symbol(from - 1) || claims.taken(from - 1) || in_month)
        && (end >= tokens.len()
            || tokens.is_symbol(end)
            || in_month
            || place_follows
            || tokens.is(end, words::DAY_STAY_AFTER));
    let stays = nights || asked || before || after || alone || at == 0 && place_follows;
    // "two years old", "3 days in advance"; an age is months or years.
    let denied = means(end, Meaning::DayStayDenied) && !after
        || means(end, Meaning::DayEitherSide)
        || tokens.is(at.wrapping_sub(1), &["±"]);
    if denied || !stays || claims.any(at..end) {
        return None;
    }
    let days = ctx.today.until(ctx.after(span)).ok()?.get_days();
    Some((u16::try_from(days).ok()?, at..end))
}

/// Where the words begin that go with the length: "toute une semaine", "about 10 days".
fn introduced(ctx: &Context<'_>, at: usize) -> usize {
    let around = ctx.tokens.means_before(at, Meaning::DayStayAround);
    around.map_or(at, |around| around.start)
}

/// Marks the words around a stay that were needed to see that it is one.
fn mark_around(ctx: &Context<'_>, words: &Range<usize>, claims: &mut Ledger) {
    let tokens = ctx.tokens;
    let from = introduced(ctx, words.start);
    let before = tokens.means_before(from, Meaning::DayStayBefore);
    let start = before.map_or(from, |before| before.start);
    claims.mark(start..words.end);
    if let Some(length) = tokens.means(words.end, Meaning::DayStayAfter) {
        claims.mark(words.end..words.end + length);
    }
    // "on reste là-bas", "I'm staying there for"
    for meaning in [Meaning::DayStayBefore, Meaning::DayStayAfter] {
        let near = start.saturating_sub(4)..start;
        for said in tokens.all(meaning) {
            if near.contains(&said.start) && said.end <= start {
                claims.mark(said);
            }
        }
    }
}
