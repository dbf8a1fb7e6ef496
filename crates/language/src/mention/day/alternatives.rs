//! Dates of which one will do: "4 or 6 May", "ce week-end ou le prochain", "some weekend in March".

use crate::text::words;
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{
    Context, Mention, Point, absolute, months,
    months::named_month,
    names, parts, point,
    range::{dates, share_month},
};
use crate::{
    ledger::Ledger,
    reading::SlotName,
    text::{lexicon::Meaning, tokens::Gap},
};

/// Reads two or more dates joined by "or" at `at`.
pub(super) fn read(ctx: &Context<'_>, at: usize, claims: &Ledger) -> Option<Mention> {
    let tokens = ctx.tokens;
    let (first, first_end) = endpoint(ctx, at)?;
    let mut points = vec![first];
    let mut end = first_end;
    let mut joined = false;
    loop {
        let listed = tokens.is(end, &[","]);
        let Some(length) = tokens
            .means(end, Meaning::DayOr)
            .or_else(|| listed.then_some(1))
        else {
            break;
        };
        let next_at = end + length;
        let last = (points[points.len() - 1], end);
        let Some((next, next_end)) = ellipsis(ctx, last, next_at)
            .or_else(|| endpoint(ctx, next_at))
            .or_else(|| month(ctx, last.0, next_at))
        else {
            break;
        };
        // A comma alone joins only what an "or" ends.
        if listed && !follows_or(ctx, next_end) && length == 1 && tokens.is(end, &[","]) {
            break;
        }
        joined = true;
        points.push(next);
        end = next_end;
    }
    let clear =
        dates(ctx, at, points[0], *points.last()?, first_end) || article(ctx, at, first_end);
    // "retour 17 ou 18"
    let led = [Meaning::DayReturning, Meaning::DayLeaving]
        .into_iter()
        .any(|meaning| tokens.means_before(at, meaning).is_some());
    let clear = clear || led && (end >= tokens.len() || tokens.is_symbol(end));
    if !joined || claims.any(at..end) || !clear {
        return None;
    }
    for later in (1..points.len()).rev() {
        let (mut a, mut b) = (points[later - 1], points[later]);
        share_month(&mut a, &mut b);
        (points[later - 1], points[later]) = (a, b);
    }
    Some(merged(Mention::new(at, end, points[0]), &points[1..]))
}

/// "le 4 ou le 6": bare numbers with articles are days.
fn article(ctx: &Context<'_>, at: usize, first_end: usize) -> bool {
    let tokens = ctx.tokens;
    tokens.is(at, words::PARTICLE_THE)
        && (first_end..first_end + 4).any(|at| tokens.is(at, words::PARTICLE_THE))
}

fn follows_or(ctx: &Context<'_>, end: usize) -> bool {
    ctx.tokens.means(end, Meaning::DayOr).is_some() || ctx.tokens.is(end, &[","])
}

/// Windows that follow each other are one.
fn merged(mut mention: Mention, rest: &[Point]) -> Mention {
    for point in rest {
        match (mention.point, *point) {
            (Point::Span(from, to), Point::Span(start, end))
                if from < to && start <= to.saturating_add(1.day()) && end >= to =>
            {
                mention.point = Point::Span(from, end);
            }
            _ => mention.or.push(*point),
        }
    }
    mention
}

fn endpoint(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let glued = matches!(ctx.tokens.gap(at + 1), Gap::Hyphen);
    let found = point(ctx, at, true).or_else(|| absolute::read(ctx, at, true));
    found.filter(|(point, end)| *end > at && !glued && !matches!(point, Point::Anchored(_)))
}

/// "in May or June", "mai ou juin".
fn month(ctx: &Context<'_>, first: Point, at: usize) -> Option<(Point, usize)> {
    let long = matches!(first, Point::Span(from, to) if from < to);
    names::month(ctx.tokens.word(at)).filter(|_| long)?;
    let (month, fixed, end) = named_month(ctx, at, true)?;
    Some((months::within(ctx, month, fixed, (1, 31)), end))
}

/// "this weekend or next", "cette semaine ou la suivante": the same a week later.
fn ellipsis(ctx: &Context<'_>, (last, end): (Point, usize), at: usize) -> Option<(Point, usize)> {
    let tokens = ctx.tokens;
    let length = tokens.means(at, Meaning::DayNextOne)?;
    let Point::Span(from, to) = ctx.resolve(last, None) else {
        return None;
    };
    let named = |words: &[&str]| (end.saturating_sub(3)..end).any(|at| tokens.is(at, words));
    let days = if named(words::DAY_WEEKEND_NOUN) {
        1
    } else if named(words::DAY_WEEK_NOUN) {
        6
    } else if from == to {
        0
    } else {
        return None;
    };
    // The named one may have begun.
    let to = to.saturating_add(7.days());
    Some((Point::Span(to.saturating_sub(days.days()), to), at + length))
}

/// "any Saturday in May", "un vendredi soir en mars", "tous les mardis de juin": each of them will do.
pub(super) fn weekdays(ctx: &Context<'_>, at: usize) -> Option<Mention> {
    let tokens = ctx.tokens;
    let led = tokens.means(at, Meaning::DaySomeWeekday).unwrap_or(0);
    let name_at = at + led;
    let (weekday, plural) = match names::weekday(tokens.word(name_at)) {
        Some((weekday, names::Strength::Sure)) => (weekday, false),
        _ => {
            let singular = tokens.word(name_at).strip_suffix('s')?;
            match names::weekday(singular)? {
                (weekday, names::Strength::Sure) => (weekday, true),
                _ => return None,
            }
        }
    };
    if led == 0 && !plural {
        return None;
    }
    let mut from = name_at + 1;
    from += parts::read(tokens, from).map_or(0, |(_, length)| length);
    from += tokens.means(from, Meaning::DayInMonth)?;
    let (first, fixed, end) = named_month(ctx, from, true)?;
    let Point::Span(start, last) = months::within(ctx, first, fixed, (1, 31)) else {
        return None;
    };
    let mut day = super::relative::on_or_after(start, weekday);
    let mut days = Vec::new();
    while day <= last {
        days.push(Point::Span(day, day));
        day = day.saturating_add(7.days());
    }
    let mut days = days.into_iter();
    let mut mention = Mention::new(at, end, days.next()?);
    mention.or = days.collect();
    Some(mention)
}

/// "some weekend in March", "un week-end en mai": out on the Friday or Saturday, back on the Sunday.
pub(super) fn weekends(ctx: &Context<'_>, at: usize) -> Option<Vec<Mention>> {
    let tokens = ctx.tokens;
    let mut from = at + tokens.means(at, Meaning::DaySome)?;
    from += tokens.means(from, Meaning::DayWeekend)?;
    from += tokens.longest(from, words::DAY_IN_MONTH)?;
    let (first, fixed, end) = named_month(ctx, from, true)?;
    let Point::Span(start, last) = months::within(ctx, first, fixed, (1, 31)) else {
        return None;
    };
    let mut saturdays = Vec::new();
    let mut saturday = super::relative::on_or_after(start, Weekday::Saturday);
    while saturday <= last {
        saturdays.push(saturday);
        saturday = saturday.saturating_add(7.days());
    }
    let out = |saturday: &Date| Point::Span(saturday.saturating_sub(1.day()).max(start), *saturday);
    let back = |saturday: &Date| {
        let sunday = saturday.saturating_add(1.day());
        Point::Span(sunday, sunday)
    };
    Some(vec![
        among(
            Mention::new(at, end, Point::Nothing),
            SlotName::DepartDate,
            saturdays.iter().map(out),
        )?,
        among(
            Mention::new(at, end, Point::Nothing),
            SlotName::ReturnDate,
            saturdays.iter().map(back),
        )?,
    ])
}

fn among(
    mut mention: Mention,
    role: SlotName,
    mut points: impl Iterator<Item = Point>,
) -> Option<Mention> {
    mention.point = points.next()?;
    mention.or = points.collect();
    mention.role = Some(role);
    Some(mention)
}

/// "Friday to Sunday, some weekend in March": the weekdays are those of the weekends.
pub(super) fn on_weekdays(found: &mut Vec<Mention>) {
    let weekday = |mention: &Mention| match mention.point {
        Point::Weekday(weekday) => Some(weekday),
        _ => None,
    };
    let pair = |found: &[Mention]| {
        let at = (1..found.len())
            .find(|at| found[*at].start == found[at - 1].start && !found[*at].or.is_empty())?;
        let days: Vec<_> = found.iter().filter_map(weekday).collect();
        let [out, back] = days[..] else {
            return None;
        };
        Some((at, out, back))
    };
    let Some((at, out, back)) = pair(found) else {
        return;
    };
    // Counted from the Saturday of each weekend.
    let moved = |point: &mut Point, weekday: Weekday, later: bool| {
        if let Point::Span(_, saturday) = *point {
            let near = i64::from(weekday.to_monday_zero_offset()) - 5;
            let near = if later && near < 0 { near + 7 } else { near };
            let day = saturday.saturating_add(near.days());
            *point = Point::Span(day, day);
        }
    };
    let saturdays: Vec<Point> = std::iter::once(found[at - 1].point)
        .chain(found[at - 1].or.iter().copied())
        .collect();
    for (mention_at, weekday, later) in [(at - 1, out, false), (at, back, true)] {
        let mut points = saturdays.clone();
        points
            .iter_mut()
            .for_each(|point| moved(point, weekday, later));
        found[mention_at].point = points[0];
        found[mention_at].or = points.split_off(1);
    }
    found.retain(|mention| weekday(mention).is_none());
}
