//! Days in a row that share their month: "les 3, 7 et 12 juin", "on the 3rd, 7th and 12th of June".

use super::{Context, Days, Mention, Point, absolute, range::share_month, span_of};
use crate::reading::{DateSpan, Reading, SlotName};
use crate::text::words;

/// Fewest days in a row that are no way out and way back.
const FEWEST: usize = 3;

/// Three days or more that no legs have taken: any of them will do.
pub(crate) fn settle(days: &Days<'_>, reading: &mut Reading) {
    let listed = days.found.iter().find_map(|mention| mention.list);
    let (row, others): (Vec<&Mention>, Vec<&Mention>) = days
        .found
        .iter()
        .partition(|mention| mention.list.is_some() && mention.list == listed);
    let legs = !(reading.onward.is_empty() && reading.also.is_empty());
    if legs || row.len() < FEWEST {
        return;
    }
    let spans = row.iter().map(|mention| span_of(&days.ctx, mention, None));
    let Ok(spans) = spans.collect::<Result<Vec<DateSpan>, _>>() else {
        return;
    };
    let [first, rest @ ..] = spans.as_slice() else {
        return;
    };
    let until = row.last().map_or(row[0].end, |mention| mention.end);
    let surface = days.ctx.tokens.surface(row[0].start..until);
    let mut any = DateSpan::new(surface, first.from, first.to);
    any.or = rest.iter().map(|span| (span.from, span.to)).collect();
    if row[0].role == Some(SlotName::ReturnDate) {
        reading.return_date = Some(any);
        return;
    }
    reading.depart_date = Some(any);
    if !others
        .iter()
        .any(|mention| mention.role == Some(SlotName::ReturnDate))
    {
        reading.return_date = None;
    }
}

/// Reads such days at `at`: a mention for each, in rising order.
pub(super) fn read(ctx: &Context<'_>, at: usize) -> Option<Vec<Mention>> {
    let tokens = ctx.tokens;
    let lead = tokens.longest(at, words::DAY_LISTED)?;
    let mut found: Vec<Mention> = Vec::new();
    let mut start = at + lead;
    loop {
        let (point, end) = absolute::read(ctx, start, true)?;
        let Point::Day(day) = point else {
            return None;
        };
        found.push(Mention::new(start, end, point));
        if day.month.is_some() {
            break;
        }
        let comma = usize::from(tokens.is(end, &[","]));
        let and = usize::from(tokens.is(end + comma, words::PARTICLE_AND_SIGN));
        let article = usize::from(and > 0 && tokens.is(end + comma + and, words::PARTICLE_THE));
        if comma + and == 0 {
            return None;
        }
        start = end + comma + and + article;
    }
    for later in (1..found.len()).rev() {
        let (mut a, mut b) = (found[later - 1].point, found[later].point);
        let rising = matches!((a, b), (Point::Day(a), Point::Day(b)) if a.day < b.day);
        if !rising {
            return None;
        }
        share_month(&mut a, &mut b);
        (found[later - 1].point, found[later].point) = (a, b);
    }
    found.iter_mut().for_each(|mention| mention.list = Some(at));
    (found.len() > 1).then_some(found)
}
