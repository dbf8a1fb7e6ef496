//! Two dates said together: "du 12 au 20", "between the 5th and the 15th", "12-20 January".

use super::{Context, Mention, Point, absolute, absolute::PartialDay, point};
use crate::text::words;
use crate::{
    ledger::Ledger,
    reading::SlotName,
    text::{
        lexicon::Meaning,
        tokens::{Gap, Tokens},
    },
};

/// What joins the two.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    /// Out on the first, back on the second.
    Trip,
    /// Any day from the first to the second.
    Window,
}

/// Two joined dates, and where they stand.
struct Pair {
    join: Join,
    first: Point,
    second: Point,
    /// The first with its article, and the second.
    starts: (usize, usize),
    first_end: usize,
    end: usize,
}

/// Reads two joined dates at `at`: a mention for each, or one for a window.
pub(crate) fn read(ctx: &Context<'_>, at: usize, claims: &Ledger) -> Option<Vec<Mention>> {
    let mut pair = pair(ctx, at, claims, false)?;
    share_month(&mut pair.first, &mut pair.second);
    let end = pair.end;
    let long = |point: Point| matches!(point, Point::Span(from, to) if from != to);
    if pair.join == Join::Window || long(pair.first) || long(pair.second) {
        let from = ctx.resolve(pair.first, None);
        let Point::Span(start, _) = from else {
            return Some(vec![Mention::new(at, end, from)]);
        };
        let to = match ctx.resolve(pair.second, Some(start)) {
            Point::Span(_, to) => to,
            other => {
                return Some(vec![Mention::new(at, end, other)]);
            }
        };
        let point = Point::Span(start, to.max(start));
        return Some(vec![Mention::new(at, end, point)]);
    }
    Some(with_alternatives(ctx, pair, claims))
}

/// The trip from the first date to the second, and those that would do as well: "from 3 to 10 May or 17
/// to 24".
fn with_alternatives(ctx: &Context<'_>, first: Pair, claims: &Ledger) -> Vec<Mention> {
    let tokens = ctx.tokens;
    let mut pairs = vec![first];
    while let Some(last) = pairs.last() {
        let or = last.end + usize::from(tokens.is(last.end, &[","]));
        let next = tokens
            .means(or, Meaning::DayOr)
            .and_then(|length| pair(ctx, or + length, claims, true))
            .filter(|next| next.join == Join::Trip);
        let Some(next) = next else { break };
        pairs.push(next);
    }
    // A month that only one of them names is that of all.
    pairs.iter_mut().for_each(share);
    for later in (1..pairs.len()).rev() {
        let (mut a, mut b) = (pairs[later - 1].second, pairs[later].first);
        share_month(&mut a, &mut b);
        (pairs[later - 1].second, pairs[later].first) = (a, b);
        share(&mut pairs[later - 1]);
    }
    for later in 1..pairs.len() {
        let (mut a, mut b) = (pairs[later - 1].second, pairs[later].first);
        share_month(&mut a, &mut b);
        pairs[later].first = b;
        share(&mut pairs[later]);
    }
    let (out_start, back_start) = pairs[0].starts;
    let first_end = pairs[0].first_end;
    let end = pairs.last().map_or(first_end, |last| last.end);
    let ours_end = pairs[0].end;
    let several = pairs.len() > 1;
    let out_end = if several { end } else { first_end };
    let back_end = if several { end } else { ours_end };
    let mut out = Mention::new(out_start, out_end, pairs[0].first).with_role(SlotName::DepartDate);
    let mut back =
        Mention::new(back_start, back_end, pairs[0].second).with_role(SlotName::ReturnDate);
    out.or = pairs[1..].iter().map(|pair| pair.first).collect();
    back.or = pairs[1..].iter().map(|pair| pair.second).collect();
    vec![out, back]
}

fn share(pair: &mut Pair) {
    let (mut a, mut b) = (pair.first, pair.second);
    share_month(&mut a, &mut b);
    (pair.first, pair.second) = (a, b);
}

/// Two joined dates at `at`; `sure`: bare numbers are days.
fn pair(ctx: &Context<'_>, at: usize, claims: &Ledger, sure: bool) -> Option<Pair> {
    let tokens = ctx.tokens;
    let window = tokens.means(at, Meaning::DayBetween).is_some();
    let opened = window || tokens.means(at, Meaning::DayRangeFrom).is_some();
    let first_at = at + usize::from(opened);
    let (first, first_end) = endpoint(ctx, first_at, opened || sure)?;
    let (join, second_at) = joined(tokens, first_end, window)?;
    let (second, end) = endpoint(ctx, second_at, true)?;
    // "le 4 juillet à 2": so many people.
    let counts = tokens.is(first_end, words::PARTICLE_A_ALONE)
        && !opened
        && !sure
        && is_bare(second)
        && !is_bare(first);
    let clear = sure || dates(ctx, at, first, second, first_end);
    if counts || claims.any(at..end) || !clear {
        return None;
    }
    // "du 12" and "au 20" are one word with their articles; "from" and "-" are no part of a day.
    let start = if tokens.is(at, words::PARTICLE_DU) {
        at
    } else {
        first_at
    };
    let middle = if tokens.is(first_end, words::DAY_AU) {
        first_end
    } else {
        second_at
    };
    Some(Pair {
        join,
        first,
        second,
        starts: (start, middle),
        first_end,
        end,
    })
}

/// A number without month or weekday.
fn is_bare(point: Point) -> bool {
    matches!(
        point,
        Point::Day(PartialDay {
            month: None,
            weekday: None,
            ..
        })
    )
}

fn endpoint(ctx: &Context<'_>, at: usize, bare: bool) -> Option<(Point, usize)> {
    // "12-20 janvier": the first number stands alone and the second names the month.
    let glued =
        matches!(ctx.tokens.gap(at + 1), Gap::Hyphen) && ctx.tokens.number(at + 1).is_some();
    let followed = ctx.tokens.number(at).is_some() && ctx.tokens.is(at + 1, words::DAY_TO);
    point(ctx, at, bare || glued || followed)
        .or_else(|| absolute::read(ctx, at, bare || glued || followed))
}

fn joined(tokens: &Tokens<'_>, at: usize, window: bool) -> Option<(Join, usize)> {
    if window {
        let length = tokens.means(at, Meaning::DayBetweenAnd)?;
        return Some((Join::Window, at + length));
    }
    if let Some(length) = tokens.means(at, Meaning::DayRangeTo) {
        return Some((Join::Trip, at + length));
    }
    (tokens.gap(at) == Gap::Hyphen).then_some((Join::Trip, at))
}

/// Whether two numbers are days rather than counts, hours or prices.
pub(super) fn dates(
    ctx: &Context<'_>,
    at: usize,
    first: Point,
    second: Point,
    first_end: usize,
) -> bool {
    if !(is_bare(first) && is_bare(second)) {
        return true;
    }
    let tokens = ctx.tokens;
    let french = tokens.is(at, words::PARTICLE_DU) || tokens.is(first_end, words::DAY_TO_FR);
    let articles = tokens.is(at + 1, words::PARTICLE_THE) || tokens.is(at, words::PARTICLE_THE);
    french || articles || tokens.is(at, words::DAY_BETWEEN) || ctx.date_asked
}

/// "du 12 au 20 janvier", "January 12 to 20": the month that only one of them names.
pub(super) fn share_month(first: &mut Point, second: &mut Point) {
    let (Point::Day(a), Point::Day(b)) = (first, second) else {
        return;
    };
    if a.month.is_none() && b.month.is_some() && a.day <= b.day {
        a.month = b.month;
        a.year = b.year;
    }
    if b.month.is_none() && a.month.is_some() && a.day <= b.day {
        b.month = a.month;
        b.year = a.year;
    }
    // "du 28 décembre au 4 janvier 2027": the first year follows from the second.
    if a.year.is_none() && b.year.is_some() && a.month.is_some() {
        let earlier = (a.month, a.day) <= (b.month, b.day);
        a.year = b.year.map(|year| if earlier { year } else { year - 1 });
    }
    // "du 28 au 4 janvier": the month before.
    if a.month.is_none()
        && let Some(month) = b.month
    {
        a.month = Some(if month == 1 { 12 } else { month - 1 });
        a.year = b.year.map(|year| if month == 1 { year - 1 } else { year });
    }
}
