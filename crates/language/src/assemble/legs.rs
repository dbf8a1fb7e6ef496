//! Trips of several legs, and several trips: "Paris to Rome on 3 March, then Athens on 8 March, back to
//! Paris on 14", "il me faut un Lyon-Rome le 4 mai et aussi un Paris-Oslo le 9 juin".

use jiff::{ToSpan, civil::Date};

use super::{
    alternatives::End,
    draft::{LegDraft, Point},
    walk::drafts,
};
use crate::{
    mention::{
        day::{self, Days},
        place::cues::Cue,
    },
    reading::{DateSpan, Problem, Reading},
    text::tokens::Tokens,
    trip::{Leg, Route},
};

/// Most days from the flight to the stay: "on the 9th" for the 10th of May is of that month.
const MOST_DAYS_BEFORE: i32 = 27;

/// What a message names of a journey, in the order said.
pub(crate) struct Named<'a> {
    pub(crate) tokens: &'a Tokens<'a>,
    pub(crate) ends: &'a [End],
    pub(crate) cues: &'a [Cue],
    pub(crate) days: &'a Days<'a>,
}

/// Fills the reading when the message says more than one leg out and one back; whether it did.
pub(crate) fn read(named: &Named<'_>, reading: &mut Reading) -> bool {
    let Some(drafts) = drafts(named) else {
        return false;
    };
    let known = reading.problems.len();
    let mut routes = Vec::new();
    for trip in &drafts.trips {
        match route(named, trip) {
            Ok(route) => routes.push(route),
            Err(problem) => reading.problems.push(problem),
        }
    }
    if routes.len() < drafts.trips.len() {
        reading.problems.drain(..known);
    } else {
        reading.problems.retain(|problem| !is_of_days(problem));
    }
    let mut routes = routes.into_iter();
    let Some(mut first) = routes.next() else {
        return true;
    };
    let leg = first.legs.remove(0);
    reading.origin = leg.origin;
    reading.destination = leg.destination;
    reading.depart_date = leg.date;
    reading.window = leg.window;
    // What was said of a later leg is in its own window.
    if first.return_date.is_none() {
        reading.return_window = <_>::default();
    }
    reading.return_date = first.return_date;
    reading.stay_days = None;
    reading.onward = first.legs;
    reading.also = routes.collect();
    true
}

const fn is_of_days(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::PastDate { .. }
            | Problem::ImpossibleDate { .. }
            | Problem::ReturnBeforeDeparture
            | Problem::TooFar { .. }
    )
}

/// A trip as values, its days resolved one after the other.
fn route(named: &Named<'_>, trip: &[LegDraft]) -> Result<Route, Problem> {
    let mut after: Option<Date> = None;
    let mut route = Route::default();
    let day = |at: usize, after: &mut Option<Date>| -> Result<DateSpan, Problem> {
        let span = day::span_of(&named.days.ctx, &named.days.found[at], *after)?;
        *after = Some(span.from);
        Ok(span)
    };
    let plain = matches!(trip, [_, back] if back.to == Point::Home)
        && trip.first().map(|leg| leg.to) == trip.last().map(|leg| leg.from);
    for (n, leg) in trip.iter().enumerate() {
        if let Some(there) = leg.there.first() {
            let there = day::span_of(&named.days.ctx, &named.days.found[*there], None)?;
            after = there.from.checked_sub(MOST_DAYS_BEFORE.days()).ok();
        }
        let mut dates = leg.days.iter();
        let window = leg.days.first().map(|at| named.days.window_of(*at));
        let date = dates.next().map(|at| day(*at, &mut after)).transpose()?;
        if plain && n == 1 {
            route.return_date = date;
            break;
        }
        if let Some(back) = dates.next().filter(|_| trip.len() == 1) {
            route.return_date = Some(day(*back, &mut after)?);
        }
        let end = |point: Point| match point {
            Point::End(end) => Some(named.ends[end].place(named.tokens)),
            Point::Home | Point::Unknown => None,
        };
        route.legs.push(Leg {
            origin: end(leg.from),
            destination: end(leg.to),
            date,
            window: window.unwrap_or_default(),
            nights: None,
        });
    }
    share_alternatives(&mut route.legs);
    Ok(route)
}

/// "A → B → C: 3 May, 7 May": what reads as a choice of days are the days of the legs that follow.
fn share_alternatives(legs: &mut [Leg]) {
    let Some((first, rest)) = legs.split_first_mut() else {
        return;
    };
    let Some(date) = &mut first.date else {
        return;
    };
    let undated = rest.iter_mut().take_while(|leg| leg.date.is_none());
    let undated: Vec<&mut Leg> = undated.collect();
    if date.or.is_empty() || date.or.len() > undated.len() {
        return;
    }
    for (leg, (from, to)) in undated.into_iter().zip(std::mem::take(&mut date.or)) {
        leg.date = Some(DateSpan::new(date.surface.clone(), from, to));
    }
}
