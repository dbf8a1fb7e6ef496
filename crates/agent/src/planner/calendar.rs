//! Fare calendars: the cheapest days of a flexible trip.

use jiff::civil::Date;

use super::{
    days::{Back, Days, Window, later},
    retry, search,
    step::{Call, Step},
    view::View,
};
use crate::{
    capability::flights::find_cheapest_dates::FindCheapestDates,
    language::{DateSpan, TripRequest},
    tools::ToolError,
    travel::{FareCalendar, FareDay},
};

/// The days that a flexible trip comes down to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) depart: Date,
    pub(super) return_date: Option<Date>,
    /// Cheapest departures within the window with their fares, the chosen one first; empty when no
    /// calendar was asked.
    pub(super) cheapest: Vec<FareDay>,
}

/// Calls for every month that the trip touches, side by side.
pub(super) fn calls(view: &View<'_>, days: &Days) -> Vec<Call> {
    let trip = &view.context.trip;
    let stay = match days.back {
        Back::After(stay) => Some(stay),
        Back::Never | Back::Within(_) => None,
    };
    let out = Some(days.out).filter(|window| !window.is_exact());
    let out = out.into_iter().flat_map(Window::months);
    let back = days.open_return().into_iter().flat_map(Window::months);
    out.map(|month| search::calendar(trip, month, stay, false))
        .chain(back.map(|month| search::calendar(trip, month, None, true)))
        .map(Call::of::<FindCheapestDates>)
        .collect()
}

/// Once more those calls that failed in a way that can be corrected; `None` when there are none, or
/// it has been tried.
pub(super) fn retry(view: &View<'_>, days: &Days) -> Option<Step> {
    let tried = view.done::<FindCheapestDates>().count() > calls(view, days).len();
    let again: Vec<_> = view
        .done::<FindCheapestDates>()
        .filter_map(|done| retry::corrected::<FindCheapestDates>(&done))
        .collect();
    let possible = !tried && !again.is_empty() && view.can::<FindCheapestDates>();
    possible.then_some(Step::Call(again))
}

/// The error of the calendars, when every one of them failed.
pub(super) fn failure<'a>(view: &View<'a>) -> Option<&'a ToolError> {
    let all_failed = view
        .done::<FindCheapestDates>()
        .all(|done| done.outcome.is_err());
    let last = view.last::<FindCheapestDates>().filter(|_| all_failed)?;
    last.outcome.err()
}

/// Whether some months could not be compared, not even when tried again.
pub(super) fn is_partial(view: &View<'_>, days: &Days) -> bool {
    let done = || view.done::<FindCheapestDates>();
    let again = done().count().saturating_sub(calls(view, days).len());
    done().filter(|done| done.outcome.is_err()).count() > again
}

/// The cheapest days; the first ones of their windows where no calendar was asked. `None` when the
/// calendars know no flight in the window.
pub(super) fn choose(view: &View<'_>, days: &Days) -> Option<Chosen> {
    let asked = view.last::<FindCheapestDates>().is_some();
    let cheapest = if asked && !days.out.is_exact() {
        let cheapest = fares(view, days.out, false);
        cheapest.first()?;
        cheapest
    } else {
        Vec::new()
    };
    let depart = cheapest.first().map_or(days.out.from, |day| day.date);
    let return_date = match days.back {
        Back::Never => None,
        Back::After(stay) => Some(later(depart, stay)),
        Back::Within(window) => {
            let window = paired(&view.context.trip, depart).unwrap_or(window);
            let from = window.from.max(depart);
            let window = Window {
                from,
                to: window.to,
            };
            let cheapest = fares(view, window, true);
            Some(cheapest.first().map_or(from, |day| day.date))
        }
    };
    Some(Chosen {
        depart,
        return_date,
        cheapest,
    })
}

/// The days back that were said with a day out: those of the second weekend, where it leaves on the
/// Friday of the second.
fn paired(trip: &TripRequest, depart: Date) -> Option<Window> {
    let (out, back) = (trip.depart_date.as_ref()?, trip.return_date.as_ref()?);
    if out.or.is_empty() || out.or.len() != back.or.len() {
        return None;
    }
    let days = |span: &DateSpan| {
        let first = [(span.from, span.to)].into_iter();
        first.chain(span.or.iter().copied()).collect::<Vec<_>>()
    };
    let mut pairs = days(out).into_iter().zip(days(back));
    let (_, (from, to)) = pairs.find(|((from, to), _)| *from <= depart && depart <= *to)?;
    Some(Window { from, to })
}

/// Days within the window with their fares, cheapest first, then earliest.
fn fares(view: &View<'_>, window: Window, back: bool) -> Vec<FareDay> {
    let calendars = view
        .done::<FindCheapestDates>()
        .filter_map(|done| done.found::<FareCalendar>());
    let trip = &view.context.trip;
    let span = if back {
        &trip.return_date
    } else {
        &trip.depart_date
    };
    let mut days: Vec<_> = calendars
        .filter(|calendar| is_way_back(view, calendar) == back)
        .flat_map(|calendar| &calendar.days)
        .filter(|day| window.contains(day.date) && said(span.as_ref(), day.date))
        .cloned()
        .collect();
    days.sort_by_key(|day| (day.price.minor, day.date));
    days
}

/// Whether a day is one of those that were named: "4 or 6 May" leaves out the 5th.
fn said(span: Option<&DateSpan>, day: Date) -> bool {
    span.is_none_or(|span| {
        let within = |(from, to): (Date, Date)| from <= day && day <= to;
        within((span.from, span.to)) || span.or.iter().copied().any(within)
    })
}

fn is_way_back(view: &View<'_>, calendar: &FareCalendar) -> bool {
    let destination = view.context.trip.destination.as_ref();
    destination.is_some_and(|place| place.codes.contains(&calendar.origin))
}
