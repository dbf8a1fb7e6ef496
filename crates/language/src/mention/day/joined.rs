//! Dates that say one thing together: "fin janvier début février", "le 5 au matin, retour le 9 en mars".

use crate::text::words;
use jiff::ToSpan;

use super::{Context, Mention, Point};
use crate::ledger::Ledger;

/// Puts such dates together.
pub(super) fn settle(ctx: &Context<'_>, found: &mut Vec<Mention>, claims: &mut Ledger) {
    month_behind(ctx, found, claims);
    let mut at = 1;
    while at < found.len() {
        if let Some(point) = one_window(ctx, &found[at - 1], &found[at]) {
            found[at - 1].point = point;
            found[at - 1].end = found[at].end;
            found.remove(at);
        } else {
            at += 1;
        }
    }
}

/// Two windows side by side, of which the second begins where the first ends.
fn one_window(ctx: &Context<'_>, first: &Mention, second: &Mention) -> Option<Point> {
    let between = first.end..second.start;
    let close = between
        .clone()
        .all(|at| ctx.tokens.is(at, words::DAY_JOINED));
    let (Point::Span(from, to), Point::Span(start, last)) = (first.point, second.point) else {
        return None;
    };
    let follows = from < to && start < last && start == to.saturating_add(1.day());
    (close && between.len() <= 1 && follows && first.or.is_empty())
        .then_some(Point::Span(from, last))
}

/// A month that is said once, behind days that have none: it is theirs.
fn month_behind(ctx: &Context<'_>, found: &mut Vec<Mention>, claims: &mut Ledger) {
    let Some(at) = found.iter().rposition(|mention| is_month(ctx, mention)) else {
        return;
    };
    let Point::Span(from, _) = found[at].point else {
        return;
    };
    let bare = |mention: &Mention| matches!(mention.point, Point::Day(day) if day.month.is_none());
    if at == 0 || !found[..at].iter().all(bare) {
        return;
    }
    for mention in &mut found[..at] {
        if let Point::Day(day) = &mut mention.point {
            (day.month, day.year) = (Some(from.month()), Some(from.year()));
        }
    }
    let month = found.remove(at);
    claims.take(month.start..month.end);
}

/// Whether the mention is a month as a whole, or what is left of it.
fn is_month(ctx: &Context<'_>, mention: &Mention) -> bool {
    match mention.point {
        Point::Span(from, to) => {
            let begins = from.day() == 1 || from == ctx.today;
            begins && to == from.last_of_month() && mention.end - mention.start <= 4
        }
        _ => false,
    }
}
