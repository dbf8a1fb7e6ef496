//! Which sights go into which day: the best known first, what is near to each other together.

use std::collections::HashSet;

use jiff::civil::{Date, Time};
use travel::Iata;

use super::{
    Day, Itinerary, LeftOut, OUTING_WAY, Reason, Request, Step, Visit, What,
    layout::{self, Doing, Frame, Laid, lay_out, of_time},
    meals::Table,
    window::{Window, windows},
};
use crate::{
    Point, nearby, opening,
    quarters::Quarter,
    sights::{self, Kind, Sight},
    way::{Mode, between},
};

/// One outing for so many days.
const DAYS_AN_OUTING: usize = 3;
/// Neighbours that are within so many minutes stay together on a day that has enough already.
const NEIGHBOUR: u16 = 12;
/// Nothing is added to a day that is further from all of it.
const FURTHEST: u16 = 35;
/// What a ride between two sights of a day costs, in the measure of their value.
const RIDE: i32 = 250;
/// Sights that are tried for a place in a day.
const TRIED: usize = 12;
/// A day centred further from a quarter has no quarter's name, in straight kilometres.
const QUARTER_KM: f64 = 1.5;
/// So many of the best known sights are accounted for when they are left out.
const ACCOUNTED: usize = 10;

/// A sight that may go in.
#[derive(Clone, Copy)]
struct Candidate {
    visit: Visit,
    /// How much it is worth: rules of ours.
    value: i32,
    /// Minutes from the stay.
    way: u16,
}

pub(super) fn itinerary(request: &Request, code: Iata, base: Point) -> Option<Itinerary> {
    if sights::of(code).is_empty() {
        return None;
    }
    let limits = request.pace.limits(request.children);
    let ready = request.arrival.map(|flight| flight.ready(base));
    let leave = request.departure.map(|flight| flight.leave(base));
    let windows = windows((request.first, request.last), ready, leave, limits);
    let mut left = candidates(request, code, base);
    // The longest days choose first.
    let mut order: Vec<usize> = (0..windows.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(windows[at].to - windows[at].from), at));
    let mut outings = windows.len() / DAYS_AN_OUTING;
    let mut eaten: Vec<&'static Quarter> = Vec::new();
    let mut laid: Vec<Laid> = vec![Laid::default(); windows.len()];
    for (done, &at) in order.iter().enumerate() {
        let frame = Frame {
            code,
            base,
            window: windows[at],
            limits,
            holidays: &request.holidays,
            children: request.children,
            eaten: &eaten,
        };
        let share = left.len().div_ceil(windows.len() - done);
        let (visits, day) = fill(&frame, &left, share.clamp(2, limits.sights), outings > 0);
        if visits
            .iter()
            .any(|visit| between(base, visit.sight.at).minutes > OUTING_WAY)
        {
            outings = outings.saturating_sub(1);
        }
        left.retain(|candidate| {
            !visits
                .iter()
                .any(|visit| visit.sight == candidate.visit.sight)
        });
        eaten.extend(day.steps.iter().filter_map(|step| match step.what {
            Doing::Eat(plate) if plate.dinner => match plate.table {
                Table::Quarter(quarter) => Some(quarter),
                _ => None,
            },
            _ => None,
        }));
        laid[at] = day;
    }
    let days: Vec<Day> = windows
        .iter()
        .zip(laid)
        .map(|(window, laid)| day(*window, laid, code, &request.holidays))
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

/// The sights that may go in, most valuable first.
fn candidates(request: &Request, code: Iata, base: Point) -> Vec<Candidate> {
    let allowed = sights::of(code).iter();
    let allowed = allowed.filter(|sight| !request.unwanted.contains(sight));
    let mut all: Vec<Candidate> = allowed
        .map(|sight| {
            let way = between(base, sight.at).minutes;
            Candidate {
                visit: Visit {
                    sight,
                    minutes: minutes(sight, way, request),
                },
                value: value(sight, request),
                way,
            }
        })
        .collect();
    all.sort_by_key(|candidate| (-candidate.value, candidate.visit.sight.rank));
    all
}

fn value(sight: &'static Sight, request: &Request) -> i32 {
    let fame = (1_000 - 35 * i32::from(sight.rank)).max(100);
    let liked = if request.liked.contains(&sight.kind) {
        250
    } else {
        0
    };
    let wanted = if request.wanted.contains(&sight) {
        10_000
    } else {
        0
    };
    let children = match sight.kind {
        _ if !request.children => 0,
        kind if kind.is_for_children() => 400,
        Kind::Cemetery | Kind::Memorial => -300,
        Kind::Museum | Kind::Gallery => -100,
        _ => 0,
    };
    fame + liked + wanted + children
}

/// Minutes of a visit: the usual ones; with children at most 75 where one looks at things; less when
/// it would not leave time for the way there and back.
fn minutes(sight: &Sight, way: u16, request: &Request) -> u16 {
    const WITH_CHILDREN: u16 = 75;
    let limits = request.pace.limits(request.children);
    let usual = if request.children && sight.kind.is_cultural() {
        sight.minutes.min(WITH_CHILDREN)
    } else {
        sight.minutes
    };
    let extra = if way > OUTING_WAY { limits.outing } else { 0 };
    // Lunch may be eaten off the direct way.
    let spare = (limits.minutes + extra).saturating_sub(2 * way + 30);
    if spare * 10 >= usual * 6 {
        usual.min(spare)
    } else {
        usual
    }
}

/// Fills a day: a sight to begin with, then what is near to it.
fn fill(frame: &Frame<'_>, left: &[Candidate], share: usize, outing: bool) -> (Vec<Visit>, Laid) {
    let date = frame.window.date;
    let open: Vec<Candidate> = left
        .iter()
        .filter(|candidate| opening::shut(candidate.visit.sight, date, frame.holidays).is_none())
        .copied()
        .collect();
    let near = |candidate: &&Candidate| outing || candidate.way <= OUTING_WAY;
    // When nothing near is left, outings are all there is.
    let mut seeds: Vec<&Candidate> = open.iter().filter(near).collect();
    if seeds.is_empty() {
        seeds = open.iter().collect();
    }
    seeds.sort_by_key(|candidate| {
        (
            4 * i32::from(candidate.way) - candidate.value,
            candidate.visit.sight.rank,
        )
    });
    let first = seeds.iter().find_map(|seed| {
        let visits = vec![seed.visit];
        Some((lay_out(frame, &visits)?, visits))
    });
    let Some((mut laid, mut visits)) = first else {
        let empty = frame.window.from < frame.window.to;
        let meals = if empty { lay_out(frame, &[]) } else { None };
        return (Vec::new(), meals.unwrap_or_default());
    };
    let mut refused: HashSet<&str> = HashSet::new();
    while visits.len() < frame.limits.sights {
        let added = next(frame, &open, &visits, share, &mut refused);
        let Some((more, better)) = added else { break };
        (visits, laid) = (more, better);
    }
    (visits, laid)
}

/// The day with one sight more, at the place that costs the fewest minutes on the way and before
/// closed doors.
fn next(
    frame: &Frame<'_>,
    open: &[Candidate],
    visits: &[Visit],
    share: usize,
    refused: &mut HashSet<&'static str>,
) -> Option<(Vec<Visit>, Laid)> {
    let furthest = if visits.len() < share {
        FURTHEST
    } else {
        NEIGHBOUR
    };
    let mut near: Vec<(i32, &Candidate)> = open
        .iter()
        .filter(|candidate| {
            !visits
                .iter()
                .any(|visit| visit.sight == candidate.visit.sight)
        })
        .filter_map(|candidate| {
            let to = |visit: &Visit| between(visit.sight.at, candidate.visit.sight.at);
            let nearest = visits.iter().map(to).min_by_key(|way| way.minutes)?;
            let ride = if nearest.mode == Mode::Ride { RIDE } else { 0 };
            let cost = 25 * i32::from(nearest.minutes) + ride - candidate.value;
            (nearest.minutes <= furthest).then_some((cost, candidate))
        })
        .collect();
    near.sort_by_key(|(cost, candidate)| (*cost, candidate.visit.sight.rank));
    near.iter().take(TRIED).find_map(|(_, candidate)| {
        // What did not fit into a day will not fit when the day has grown.
        let key = candidate.visit.sight.slug.as_str();
        if refused.contains(key) {
            return None;
        }
        let places = 0..=visits.len();
        let laid = places.filter_map(|place| {
            let mut more = visits.to_vec();
            more.insert(place, candidate.visit);
            let laid = lay_out(frame, &more)?;
            Some((more, laid))
        });
        let best = laid.min_by_key(|(_, laid)| laid.ways + laid.waits / 2);
        if best.is_none() {
            refused.insert(key);
        }
        best
    })
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
