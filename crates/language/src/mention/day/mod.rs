//! Dates: which days a message names, and which of them are for the way out and the way back.

mod absolute;
mod almanac;
mod alternatives;
mod anchored;
mod bounds;
pub(crate) mod changes;
mod clock;
mod flexible;
mod flight;
mod holidays;
pub(crate) mod hours;
mod joined;
pub(crate) mod listed;
mod months;
pub(crate) mod names;
mod nth;
mod order;
mod parts;
mod range;
mod relative;
mod resolve;
mod roles;
mod school;
mod spans;
mod stay;
mod weather;
mod weeks;
pub(crate) mod windows;

use std::{cell::RefCell, ops::Range};

use jiff::{
    Span, ToSpan,
    civil::{Date, Weekday},
};

use self::{absolute::PartialDay, anchored::Anchor};
use crate::{ledger::Ledger, reading::SlotName, text::tokens::Tokens};
use travel::horizon;

pub(crate) use flight::cues;
pub use order::{is_order_open, month_first};
pub(crate) use roles::{Days, Setting, read, span_of};
pub(crate) use windows::Hours;

/// A day or span as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    /// A day of the month, perhaps without month or year.
    Day(PartialDay),
    /// The next such weekday.
    Weekday(Weekday),
    /// Known days.
    Span(Date, Date),
    /// Any day up to this one, from the one that it must not precede on.
    Until(Date),
    /// The day that the calendar has there is another weekday than the one said.
    Mismatch(Date),
    /// Counted from another date of the trip.
    Anchored(Anchor),
    /// Days that are over.
    Past,
    /// No such day.
    Impossible,
    /// No date after all.
    Nothing,
}

/// What dates are read against.
pub(crate) struct Context<'a> {
    tokens: &'a Tokens<'a>,
    /// Today where the visitor is.
    today: Date,
    /// "03/04" is the 3rd of April.
    day_first: bool,
    /// The visitor writes French.
    french: bool,
    /// The agent has just asked for a date.
    date_asked: bool,
    /// The agent has just asked for the way back.
    return_asked: bool,
    /// A day in the month that the conversation is about.
    month: Option<Date>,
    /// The departure known from earlier messages.
    depart: Option<Date>,
    /// What has been read at each token while the mentions are sought; see [`point`].
    read: Points,
}

/// Days and spans by where they begin; the inner `None` = there is none.
type Points = RefCell<Vec<Option<Option<(Point, usize)>>>>;

impl Context<'_> {
    fn after(&self, span: Span) -> Date {
        self.today.saturating_add(span)
    }

    /// Monday of this week.
    fn monday(&self) -> Date {
        self.after((-i32::from(self.today.weekday().to_monday_zero_offset())).days())
    }

    /// The first day of the month so many months from now.
    fn month_from_now(&self, months: i32) -> Date {
        self.today.first_of_month().saturating_add(months.months())
    }

    /// The last day that can be searched.
    fn horizon(&self) -> Date {
        horizon(self.today)
    }
}

/// A date in the message.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) point: Point,
    /// Further dates of which any will do.
    or: Vec<Point>,
    /// So many days before or after will do.
    flexible_days: u8,
    /// The end of the trip that the words around it say.
    role: Option<SlotName>,
    /// Where the list begins whose days stand in a row with one month: "les 3, 7 et 12 juin".
    list: Option<usize>,
}

impl Mention {
    fn new(start: usize, end: usize, point: Point) -> Self {
        Self {
            start,
            end,
            point,
            or: Vec::new(),
            flexible_days: 0,
            role: None,
            list: None,
        }
    }

    fn with_role(self, role: SlotName) -> Self {
        Self {
            role: Some(role),
            ..self
        }
    }
}

/// All dates of the message, in order; the tokens they use are claimed.
fn mentions(ctx: &Context<'_>, claims: &mut Ledger) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < ctx.tokens.len() {
        if claims.taken(at) {
            at += 1;
        } else if let Some(mention) = alternatives::weekdays(ctx, at) {
            at = mention.end;
            found.push(mention);
        } else if let Some(pair) = alternatives::weekends(ctx, at) {
            at = pair.last().map_or(at + 1, |mention| mention.end);
            found.extend(pair);
        } else if let Some(mention) = alternatives::read(ctx, at, claims) {
            at = mention.end;
            found.push(mention);
        } else if let Some(days) = listed::read(ctx, at) {
            let end = days.last().map_or(at + 1, |mention| mention.end);
            claims.mark(at..end);
            at = end;
            found.extend(days);
        } else if let Some(pair) = range::read(ctx, at, claims) {
            let end = pair.last().map_or(at + 1, |mention| mention.end);
            claims.mark(at..end);
            at = end;
            found.extend(pair);
        } else if let Some((point, end)) = point(ctx, at, false).filter(|(_, end)| *end > at) {
            found.push(Mention::new(at, end, point));
            at = end;
        } else {
            at += 1;
        }
    }
    joined::settle(ctx, &mut found, claims);
    anchored::settle(ctx, &mut found);
    alternatives::on_weekdays(&mut found);
    ctx.read.borrow_mut().clear();
    for mention in &found {
        claims.take(mention.start..mention.end);
    }
    school::mark_zones(ctx.tokens, claims);
    found
}

/// The one day that a message names, and its words: `None` where it names none or several, or a span.
pub(crate) fn only(setting: &Setting<'_>) -> Option<(Date, Range<usize>)> {
    let ctx = context(setting);
    let mut claims = Ledger::new(setting.tokens.len());
    let found = mentions(&ctx, &mut claims);
    let [mention] = found.as_slice() else {
        return None;
    };
    let after = setting.trip.depart_date.as_ref().map(|span| span.from);
    match ctx.resolve(mention.point, after) {
        Point::Span(from, to) if from == to && mention.or.is_empty() => {
            Some((from, mention.start..mention.end))
        }
        _ => None,
    }
}

/// One day or span at `at`; the longest reading wins.
fn point(ctx: &Context<'_>, at: usize, bare: bool) -> Option<(Point, usize)> {
    // The first of equally long ones: a day with a month before a span.
    let others = others(ctx, at);
    let day = absolute::read(ctx, at, bare);
    match (day, others) {
        (Some(day), Some(other)) if other.1 > day.1 => Some(other),
        _ => day.or(others),
    }
}

/// What is no day of a month: read but once at each token, although alternatives, ranges and single days are
/// sought there one after the other.
fn others(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    if let Some(Some(known)) = ctx.read.borrow().get(at) {
        return *known;
    }
    let found = read_others(ctx, at);
    if let Some(known) = ctx.read.borrow_mut().get_mut(at) {
        *known = Some(found);
    }
    found
}

fn read_others(ctx: &Context<'_>, at: usize) -> Option<(Point, usize)> {
    let readings = [
        anchored::read(ctx, at),
        spans::read(ctx, at),
        months::read(ctx, at),
        relative::read(ctx, at),
        weeks::read(ctx, at),
        nth::read(ctx, at),
        holidays::read(ctx, at),
        school::read(ctx, at),
        bounds::read(ctx, at),
    ];
    readings
        .into_iter()
        .flatten()
        .rev()
        .max_by_key(|(_, end)| *end)
}

/// The context of a message.
fn context<'a>(setting: &Setting<'a>) -> Context<'a> {
    let depart = setting.trip.depart_date.as_ref();
    let asked = setting.asked;
    Context {
        tokens: setting.tokens,
        today: setting.today,
        day_first: setting.day_first,
        french: setting.french,
        date_asked: matches!(asked, Some(SlotName::DepartDate | SlotName::ReturnDate)),
        return_asked: asked == Some(SlotName::ReturnDate),
        month: depart.map(|span| span.from),
        depart: depart
            .filter(|span| span.from == span.to)
            .map(|span| span.from),
        read: RefCell::new(vec![None; setting.tokens.len()]),
    }
}
