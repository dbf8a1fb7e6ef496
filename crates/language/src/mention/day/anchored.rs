//! Days counted from another date of the trip: "home the day after", "retour le lundi d'après",
//! "back after the weekend", "the same evening", "five days later".

use crate::text::words;
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{Context, Mention, Point, names, relative::duration};
use crate::{reading::SlotName, text::lexicon::Meaning};

/// How a day follows from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// So many days later.
    Days(i32),
    /// The day but one after it; of today where no day was said ("le surlendemain").
    DayButOne,
    /// So many months later.
    Months(i32),
    /// The first such weekday after it.
    Weekday(Weekday),
    /// That weekday in a week after its own.
    InWeek(Weekday, i32),
    /// The week after its own.
    Week,
    /// The weekend after its own week.
    Weekend,
    /// The Monday after the next weekend.
    AfterWeekend,
}

impl Anchor {
    /// The days that follow from `day`.
    pub(super) fn counted_from(self, day: Date) -> Point {
        let offset = i32::from(day.weekday().to_monday_zero_offset());
        let monday = day.saturating_sub(offset.days());
        let one = |day: Date| Point::Span(day, day);
        let days = |from: i32, to: i32| {
            Point::Span(
                monday.saturating_add(from.days()),
                monday.saturating_add(to.days()),
            )
        };
        match self {
            Self::Days(days) => one(day.saturating_add(days.days())),
            Self::DayButOne => one(day.saturating_add(2.days())),
            Self::Months(months) => one(day.saturating_add(months.months())),
            Self::Weekday(weekday) => one(day.nth_weekday(1, weekday).unwrap_or(day)),
            Self::InWeek(weekday, weeks) => {
                let at = 7 * weeks + i32::from(weekday.to_monday_zero_offset());
                days(at, at)
            }
            Self::Week => days(7, 13),
            Self::Weekend if offset >= 5 => days(12, 13),
            Self::Weekend => days(5, 6),
            Self::AfterWeekend => one(day.nth_weekday(1, Weekday::Monday).unwrap_or(day)),
        }
    }

    /// Whether it means something without a date before it: "the following Monday" does.
    fn alone(self, ctx: &Context<'_>) -> Option<Point> {
        let shifted = |anchor: Self| anchor.counted_from(ctx.today);
        match self {
            Self::Days(_) | Self::Months(_) => None,
            Self::Weekday(weekday) => {
                let next = ctx.today.nth_weekday(1, weekday).ok()?;
                Some(Self::Weekday(weekday).counted_from(next))
            }
            Self::Weekend => Some(match Self::Weekend.counted_from(ctx.today) {
                Point::Span(from, to) => {
                    Point::Span(from.saturating_add(7.days()), to.saturating_add(7.days()))
                }
                other => other,
            }),
            Self::InWeek(..) | Self::Week | Self::AfterWeekend | Self::DayButOne => {
                Some(shifted(self))
            }
        }
    }
}

/// Reads such a day at `at`.
pub(super) fn read(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let (anchor, end) = named(ctx, at)
        .or_else(|| weekday(ctx, at))
        .or_else(|| counted(ctx, at))?;
    Some((Point::Anchored(anchor), end))
}

fn named(ctx: &Context<'_>, at: usize) -> Option<(Anchor, usize)> {
    let tokens = ctx.tokens;
    let forms = [
        (Meaning::ChangeDayLater, Anchor::Days(1)),
        (Meaning::ChangeWeekLater, Anchor::Week),
        (Meaning::DayTwoDaysOn, Anchor::DayButOne),
        (Meaning::DaySameDay, Anchor::Days(0)),
        (Meaning::DayWeekendLater, Anchor::Weekend),
        (Meaning::DayAfterTheWeekend, Anchor::AfterWeekend),
    ];
    let standing = forms
        .into_iter()
        .filter_map(|(meaning, anchor)| Some((anchor, tokens.means(at, meaning)?)));
    let (anchor, length) = standing.max_by_key(|(_, length)| *length)?;
    Some((anchor, at + length))
}

/// "le lundi d'après", "the following Monday", "the Monday after", "le mardi de la semaine d'après".
fn weekday(ctx: &Context<'_>, at: usize) -> Option<(Anchor, usize)> {
    let tokens = ctx.tokens;
    let following = tokens.longest(at, words::DAY_FOLLOWING);
    let name_at = at
        + following
            .or_else(|| tokens.longest(at, words::PARTICLE_ON_THE))
            .unwrap_or(0);
    let (weekday, _) = names::weekday(tokens.word(name_at))?;
    let end = name_at + 1;
    if following.is_some() {
        return Some((Anchor::Weekday(weekday), end));
    }
    let in_week = tokens.longest(end, words::DAY_OF_THE_WEEK_AFTER);
    if let Some(length) = in_week {
        let next = tokens.is(end + length, words::DAY_NEXT);
        return (!next).then_some((Anchor::InWeek(weekday, 1), end + length));
    }
    let length = tokens.longest(end, words::DAY_THAT_FOLLOWS)?;
    // "the Monday after next" and "the Monday after Easter" count from something else.
    let other = tokens.is(end, words::DAY_AFTER) && tokens.is(end + 1, words::DAY_AFTER_NEXT);
    (!other).then_some((Anchor::Weekday(weekday), end + length))
}

/// "five days later", "une semaine après".
fn counted(ctx: &Context<'_>, at: usize) -> Option<(Anchor, usize)> {
    let tokens = ctx.tokens;
    let (span, end) = duration(ctx, at)?;
    let length = tokens.means(end, Meaning::ChangeLater)?;
    let anchor = match (span.get_months(), span.get_weeks() * 7 + span.get_days()) {
        (0, days) => Anchor::Days(days),
        (months, _) => Anchor::Months(months),
    };
    Some((anchor, end + length))
}

/// Counts the days that follow from other dates of the message, and drops those that follow from
/// nothing.
pub(super) fn settle(ctx: &Context<'_>, found: &mut Vec<Mention>) {
    if !found.iter().any(|m| matches!(m.point, Point::Anchored(_))) {
        return;
    }
    for at in 0..found.len() {
        let Point::Anchored(anchor) = found[at].point else {
            continue;
        };
        let bound = at.checked_sub(1).map_or(0, |before| found[before].end);
        let back = returns(ctx, bound, found[at].start);
        let said = base(ctx, found, at);
        let known = ctx.depart.filter(|_| back || ctx.return_asked);
        let point = match said {
            Some(Some(day)) => Some(anchor.counted_from(day)),
            // It follows from a window: from which of its days is not known.
            Some(None) => None,
            None => match known {
                Some(day) => Some(anchor.counted_from(day)),
                None => anchor.alone(ctx),
            },
        };
        match point {
            Some(point) => {
                found[at].point = point;
                if back {
                    found[at].role = Some(SlotName::ReturnDate);
                }
            }
            None => found[at].point = Point::Nothing,
        }
    }
    found.retain(|mention| mention.point != Point::Nothing);
}

/// The day that the mention counts from: of the date before it, else of the one after it. `None`: no
/// such date; `Some(None)`: it is no single day.
fn base(ctx: &Context<'_>, found: &[Mention], at: usize) -> Option<Option<Date>> {
    let mut after = None;
    let mut day = None;
    let before = found[..at].iter();
    let later = found[at + 1..].iter().filter(|_| at == 0);
    for mention in before.chain(later.take(1)) {
        if let Point::Span(from, to) = ctx.resolve(mention.point, after) {
            after = Some(from);
            day = Some((from == to).then_some(from));
        }
    }
    day
}

/// Whether the words before speak of the way back.
fn returns(ctx: &Context<'_>, bound: usize, at: usize) -> bool {
    let words = bound.max(at.saturating_sub(5))..at;
    words.into_iter().any(|back| {
        ctx.tokens.means(back, Meaning::DayReturning).is_some()
            || ctx.tokens.is(back, words::DAY_HOMEWARD)
    })
}
