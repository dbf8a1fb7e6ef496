//! Two dates said together: "du 12 au 20", "between the 5th and the 15th", "12-20 January".

use super::{Context, Mention, Point, absolute, absolute::PartialDay, point};
use crate::{
    ledger::Ledger,
    slots::SlotName,
    text::tokens::{Gap, Tokens},
};

/// What joins the two.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    /// Out on the first, back on the second.
    Trip,
    /// Any day from the first to the second.
    Window,
}

/// Reads two joined dates at `at`: a mention for each, or one for a window.
pub(crate) fn read(ctx: &Context<'_>, at: usize, claims: &Ledger) -> Option<Vec<Mention>> {
    let tokens = ctx.tokens;
    let window = tokens.is(at, &["between", "entre"]);
    let opened = window || tokens.is(at, &["du", "from", "de", "des"]);
    let first_at = at + usize::from(opened);
    let (mut first, first_end) = endpoint(ctx, first_at, opened)?;
    let (join, second_at) = joined(tokens, first_end, window)?;
    let (mut second, end) = endpoint(ctx, second_at, true)?;
    if (at..end).any(|at| claims.taken(at)) || !dates(ctx, at, first, second, first_end) {
        return None;
    }
    share_month(&mut first, &mut second);
    let long = |point: Point| matches!(point, Point::Span(from, to) if from != to);
    if join == Join::Window || long(first) || long(second) {
        let from = ctx.resolve(first, None);
        let Point::Span(start, _) = from else {
            return Some(vec![Mention::new(at, end, from)]);
        };
        let to = match ctx.resolve(second, Some(start)) {
            Point::Span(_, to) => to,
            other => {
                return Some(vec![Mention::new(at, end, other)]);
            }
        };
        let point = Point::Span(start, to.max(start));
        return Some(vec![Mention::new(at, end, point)]);
    }
    // "du 12" and "au 20" are one word with their articles; "from" and "-" are no part of a day.
    let start = if tokens.is(at, &["du"]) { at } else { first_at };
    let middle = if tokens.is(first_end, &["au"]) {
        first_end
    } else {
        second_at
    };
    Some(vec![
        Mention::new(start, first_end, first).with_role(SlotName::DepartDate),
        Mention::new(middle, end, second).with_role(SlotName::ReturnDate),
    ])
}

fn endpoint(ctx: &Context<'_>, at: usize, bare: bool) -> Option<(Point, usize)> {
    // "12-20 janvier": the first number stands alone and the second names the month.
    let glued =
        matches!(ctx.tokens.gap(at + 1), Gap::Hyphen) && ctx.tokens.number(at + 1).is_some();
    let followed = ctx.tokens.number(at).is_some() && ctx.tokens.is(at + 1, &["au", "to"]);
    point(ctx, at, bare || glued || followed)
        .or_else(|| absolute::read(ctx, at, bare || glued || followed))
}

fn joined(tokens: &Tokens<'_>, at: usize, window: bool) -> Option<(Join, usize)> {
    if window {
        let length = tokens.longest(at, &["et", "and", "to", "au", "a"])?;
        return Some((Join::Window, at + length));
    }
    if let Some(length) = tokens.longest(
        at,
        &[
            "au", "to", "until", "till", "jusqu au", "jusqu a", "through", "thru", "a", "-", "–",
            "→", "- >", "= >", ">", "til",
        ],
    ) {
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
    let bare = |point: Point| {
        matches!(
            point,
            Point::Day(PartialDay {
                month: None,
                weekday: None,
                ..
            })
        )
    };
    if !(bare(first) && bare(second)) {
        return true;
    }
    let tokens = ctx.tokens;
    let french = tokens.is(at, &["du"]) || tokens.is(first_end, &["au", "jusqu"]);
    let articles = tokens.is(at + 1, &["the", "le"]) || tokens.is(at, &["the", "le"]);
    french || articles || tokens.is(at, &["from", "between", "entre"]) || ctx.date_asked
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
