//! Days in a row that share their month: "les 3, 7 et 12 juin", "on the 3rd, 7th and 12th of June".

use super::{Context, Mention, Point, absolute, range::share_month};

/// Reads such days at `at`: a mention for each, in rising order.
pub(super) fn read(ctx: &Context<'_>, at: usize) -> Option<Vec<Mention>> {
    let tokens = ctx.tokens;
    let lead = tokens.longest(at, &["les", "on the", "on"])?;
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
        let and = usize::from(tokens.is(end + comma, &["et", "and", "&"]));
        let article = usize::from(and > 0 && tokens.is(end + comma + and, &["le", "the"]));
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
    (found.len() > 1).then_some(found)
}
