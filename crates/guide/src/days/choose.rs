//! Which sights go into which day: the best known first, what is near to each other together.

use jiff::civil::{Date, Time};
use travel::Iata;

use super::{
    Day, Itinerary, LeftOut, Limits, OUTING_WAY, Pace, Reason, Request, Step, What,
    candidate::{Candidate, candidates},
    fill::{Filled, Growth, begin, grow, open, stroll},
    layout::{self, Doing, Frame, Laid, of_time},
    meals::Table,
    window::{Window, windows},
};
use crate::{
    Point, nearby, opening,
    quarters::Quarter,
    sights::{self, Sight},
    way::{Mode, between},
};

/// One outing for so many days.
const DAYS_AN_OUTING: usize = 3;
/// Neighbours that are within so many minutes stay together on a day that has enough already.
const NEIGHBOUR: u16 = 12;
/// Nothing is added to a day that is further from all of it, while other days may still hold it.
const FURTHEST: u16 = 35;
/// A day centred further from a quarter has no quarter's name, in straight kilometres.
const QUARTER_KM: f64 = 1.5;
/// So many of the best known sights are accounted for when they are left out.
const ACCOUNTED: usize = 10;

pub(super) fn itinerary(request: &Request, code: Iata, base: Point) -> Option<Itinerary> {
    if sights::of(code).is_empty() {
        return None;
    }
    let limits = Limits::of(request.pace, request.children);
    let ready = request.arrival.map(|flight| flight.ready(base));
    let leave = request.departure.map(|flight| flight.leave(base));
    let windows = windows((request.first, request.last), ready, leave, limits);
    let mut plan = Plan {
        request,
        code,
        base,
        left: candidates(request, code, base),
        outings: windows.len() / DAYS_AN_OUTING,
        days: vec![Filled::default(); windows.len()],
        windows,
    };
    // The longest days choose first.
    let mut order: Vec<usize> = (0..plan.windows.len()).collect();
    order.sort_by_key(|&at| {
        let Window { from, to, .. } = plan.windows[at];
        (std::cmp::Reverse(to - from), at)
    });
    for (done, &at) in order.iter().enumerate() {
        let share = plan.left.len().div_ceil(order.len() - done);
        plan.choose(at, share.clamp(2, limits.sights));
    }
    // What is left over goes where there is room, however little it fits in.
    for &at in &order {
        plan.top_up(at, limits.sights);
    }
    let windows = plan.windows.iter().zip(plan.days);
    let days: Vec<Day> = windows
        .map(|(window, filled)| day(*window, filled.laid, code, &request.holidays))
        .collect();
    let left_out = left_out(request, code, base, &days);
    Some(Itinerary {
        destination: code,
        base,
        pace: request.pace,
        children: request.children,
        days,
        left_out,
    })
}

/// An itinerary that is being made.
struct Plan<'a> {
    request: &'a Request,
    code: Iata,
    base: Point,
    windows: Vec<Window>,
    days: Vec<Filled>,
    /// Sights that are in no day yet, most valuable first.
    left: Vec<Candidate>,
    /// Outings that may still be made.
    outings: usize,
}

impl Plan<'_> {
    /// Gives a day its first sights.
    fn choose(&mut self, at: usize, share: usize) {
        let eaten = self.eaten(at);
        let frame = self.frame(at, &eaten);
        let open = open(&frame, &self.left);
        let growth = Growth {
            share,
            furthest: FURTHEST,
            neighbour: NEIGHBOUR,
        };
        let day = grow(
            &frame,
            &open,
            begin(&frame, &open, self.outings > 0),
            growth,
        );
        let far =
            |candidate: &Candidate| candidate.is_far() && day.visits.contains(&candidate.visit);
        if open.iter().any(far) {
            self.outings = self.outings.saturating_sub(1);
        }
        self.keep(at, day);
    }

    /// Adds to a day what is left over, and a stroll after dinner.
    fn top_up(&mut self, at: usize, sights: usize) {
        let eaten = self.eaten(at);
        let frame = self.frame(at, &eaten);
        let open = open(&frame, &self.left);
        let growth = Growth {
            share: sights,
            furthest: OUTING_WAY,
            neighbour: OUTING_WAY,
        };
        let mut day = grow(&frame, &open, self.days[at].clone(), growth);
        if self.request.pace != Pace::Relaxed && !self.request.children {
            day = stroll(&frame, &open, day);
        }
        self.keep(at, day);
    }

    fn keep(&mut self, at: usize, day: Filled) {
        let taken = |candidate: &Candidate| day.visits.contains(&candidate.visit);
        self.left.retain(|candidate| !taken(candidate));
        self.days[at] = day;
    }

    fn frame<'a>(&'a self, at: usize, eaten: &'a [&'static Quarter]) -> Frame<'a> {
        Frame {
            code: self.code,
            base: self.base,
            window: self.windows[at],
            limits: Limits::of(self.request.pace, self.request.children),
            holidays: &self.request.holidays,
            children: self.request.children,
            eaten,
        }
    }

    /// Quarters where dinner is eaten on other days.
    fn eaten(&self, not: usize) -> Vec<&'static Quarter> {
        let others = self.days.iter().enumerate().filter(|(at, _)| *at != not);
        let steps = others.flat_map(|(_, day)| &day.laid.steps);
        let quarters = steps.filter_map(|step| match step.what {
            Doing::Eat(plate) if plate.dinner => match plate.table {
                Table::Quarter(quarter) => Some(quarter),
                Table::Near(_) | Table::Stay => None,
            },
            _ => None,
        });
        quarters.collect()
    }
}

fn day(window: Window, laid: Laid, code: Iata, holidays: &[Date]) -> Day {
    let Window { date, from, to } = window;
    let ways = laid.steps.iter().map(|step| step.way).chain(laid.back);
    let on_foot = ways.filter(|way| way.mode == Mode::Walk);
    let on_foot: u16 = on_foot.map(|way| way.minutes).sum();
    let ways = (laid.ways, on_foot);
    let steps: Vec<Step> = laid.steps.into_iter().map(step).collect();
    Day {
        date,
        holiday: holidays.contains(&date),
        hours: (from < to).then(|| (clock(from), clock(to))),
        quarter: quarter(&steps, code),
        back: laid.back.filter(|_| !steps.is_empty()),
        busy: laid.busy,
        ways,
        steps,
        shelters: Vec::new(),
    }
}

fn step(step: layout::Step) -> Step {
    let (at, what) = match step.what {
        Doing::Visit { visit, with_lunch } => (visit.sight.at, What::Visit { visit, with_lunch }),
        Doing::Eat(plate) => {
            let (table, dinner) = (plate.table, plate.dinner);
            let dishes = Vec::new();
            (
                plate.at,
                What::Meal {
                    table,
                    dinner,
                    dishes,
                },
            )
        }
    };
    Step {
        from: clock(step.from),
        to: clock(step.to),
        at,
        way: step.way,
        what,
    }
}

/// The quarter nearest to the middle of the sights.
fn quarter(steps: &[Step], code: Iata) -> Option<&'static Quarter> {
    let sights: Vec<Point> = steps
        .iter()
        .filter_map(Step::sight)
        .map(|sight| sight.at)
        .collect();
    let many = sights.len() as f64;
    let middle = Point {
        lat: sights.iter().map(|at| at.lat).sum::<f64>() / many,
        lon: sights.iter().map(|at| at.lon).sum::<f64>() / many,
    };
    let known = if sights.is_empty() {
        None
    } else {
        Some(middle)
    };
    nearby::quarter(code, known?, QUARTER_KM)
}

/// The time on the clock; a day ends before midnight.
fn clock(minutes: u16) -> Time {
    let (hour, minute) = ((minutes / 60).min(23), minutes % 60);
    Time::new(hour as i8, minute as i8, 0, 0).unwrap_or(Time::MAX)
}

fn left_out(request: &Request, code: Iata, base: Point, days: &[Day]) -> Vec<LeftOut> {
    let seen: Vec<&Sight> = days.iter().flat_map(Day::sights).collect();
    let known = sights::of(code)
        .iter()
        .filter(|sight| usize::from(sight.rank) < ACCOUNTED || request.wanted.contains(sight));
    let missing = known.filter(|sight| !seen.contains(sight) && !request.unwanted.contains(sight));
    missing
        .map(|sight| LeftOut {
            sight,
            reason: reason(sight, base, days, &request.holidays),
        })
        .collect()
}

fn reason(sight: &Sight, base: Point, days: &[Day], holidays: &[Date]) -> Reason {
    let shut: Option<Vec<_>> = days
        .iter()
        .filter(|day| {
            day.hours
                .is_some_and(|(from, to)| of_time(to) - of_time(from) > 60)
        })
        .map(|day| opening::shut(sight, day.date, holidays))
        .collect();
    match shut.as_deref() {
        Some([first, ..]) => Reason::Shut(*first),
        _ if between(base, sight.at).minutes > OUTING_WAY => Reason::Far,
        _ => Reason::Time,
    }
}
