//! One day: a sight to begin with, what is near to it, a stroll after dinner.

use std::collections::HashSet;

use super::{
    Visit,
    candidate::Candidate,
    layout::{Doing, Frame, Laid, lay_out},
    meals,
};
use crate::{
    opening,
    way::{Mode, between},
};

/// What a ride between two sights of a day costs, in the measure of their value.
const RIDE: i32 = 250;
/// Sights that are tried for a place in a day.
const TRIED: usize = 12;
/// A stroll after dinner begins no further from the table, in minutes.
const STROLL_WAY: u16 = 15;

/// The sights of a day and their times.
#[derive(Clone, Default)]
pub(super) struct Filled {
    pub(super) visits: Vec<Visit>,
    pub(super) laid: Laid,
}

/// How a day grows.
#[derive(Clone, Copy)]
pub(super) struct Growth {
    /// So many sights are enough.
    pub(super) share: usize,
    /// Until then sights may be so many minutes from those that are in it.
    pub(super) furthest: u16,
    /// And then so many.
    pub(super) neighbour: u16,
}

/// The sights that are often open on the day.
pub(super) fn open(frame: &Frame<'_>, left: &[Candidate]) -> Vec<Candidate> {
    let shut = |candidate: &Candidate| {
        opening::shut(candidate.visit.sight, frame.window.date, frame.holidays).is_some()
    };
    let left = left.iter().copied();
    left.filter(|candidate| !shut(candidate)).collect()
}

/// The day with the best sight to begin with; without one, its meals.
pub(super) fn begin(frame: &Frame<'_>, open: &[Candidate], outing: bool) -> Filled {
    let near = |candidate: &&Candidate| outing || !candidate.is_far() || candidate.is_wanted();
    // When nothing near is left, outings are all there is.
    let mut seeds: Vec<&Candidate> = open.iter().filter(near).collect();
    if seeds.is_empty() {
        seeds = open.iter().collect();
    }
    seeds.sort_by_key(|candidate| {
        let cost = 4 * i32::from(candidate.way) - candidate.value;
        (cost, candidate.visit.sight.rank)
    });
    let first = seeds.iter().find_map(|seed| {
        let visits = vec![seed.visit];
        let laid = lay_out(frame, &visits)?;
        Some(Filled { visits, laid })
    });
    first.unwrap_or_else(|| {
        let open = frame.window.from < frame.window.to;
        let meals = if open { lay_out(frame, &[]) } else { None };
        Filled {
            visits: Vec::new(),
            laid: meals.unwrap_or_default(),
        }
    })
}

/// Adds what is near to the sights of the day, as long as it fits.
pub(super) fn grow(frame: &Frame<'_>, open: &[Candidate], mut day: Filled, by: Growth) -> Filled {
    let mut refused: HashSet<&str> = HashSet::new();
    while day.visits.len() < frame.limits.sights {
        let Some(more) = next(frame, open, &day.visits, by, &mut refused) else {
            break;
        };
        day = more;
    }
    day
}

/// The day with one sight more, at the place that costs the fewest minutes on the way and before
/// closed doors.
fn next(
    frame: &Frame<'_>,
    open: &[Candidate],
    visits: &[Visit],
    by: Growth,
    refused: &mut HashSet<&'static str>,
) -> Option<Filled> {
    let furthest = if visits.len() < by.share {
        by.furthest
    } else {
        by.neighbour
    };
    let mut near: Vec<(i32, &Candidate)> = open
        .iter()
        .filter(|candidate| !holds(visits, candidate))
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
        let slug = candidate.visit.sight.slug.as_str();
        if refused.contains(slug) {
            return None;
        }
        let places = 0..=visits.len();
        let days = places.filter_map(|place| {
            let mut visits = visits.to_vec();
            visits.insert(place, candidate.visit);
            let laid = lay_out(frame, &visits)?;
            Some(Filled { visits, laid })
        });
        let best = days.min_by_key(|day| day.laid.ways + day.laid.waits / 2);
        if best.is_none() {
            refused.insert(slug);
        }
        best
    })
}

/// Adds a place for a stroll after dinner, the most valuable near the table, if the day has none.
pub(super) fn stroll(frame: &Frame<'_>, open: &[Candidate], day: Filled) -> Filled {
    let dinner = meals::dinner(frame.children);
    let table = day.laid.steps.iter().find_map(|step| match step.what {
        Doing::Eat(plate) if plate.dinner => Some(plate.at),
        _ => None,
    });
    let after = |day: &Filled| {
        let last = day.laid.steps.last();
        last.is_some_and(|step| matches!(step.what, Doing::Visit { .. }) && step.from > dinner.from)
    };
    let Some(table) = table.filter(|_| !after(&day)) else {
        return day;
    };
    let places = open.iter().filter(|candidate| {
        candidate.visit.sight.kind.is_for_evening()
            && !holds(&day.visits, candidate)
            && between(table, candidate.visit.sight.at).minutes <= STROLL_WAY
    });
    let mut days = places.filter_map(|candidate| {
        let mut visits = day.visits.clone();
        visits.push(candidate.visit);
        let laid = lay_out(frame, &visits)?;
        Some(Filled { visits, laid }).filter(after)
    });
    days.next().unwrap_or(day)
}

fn holds(visits: &[Visit], candidate: &Candidate) -> bool {
    let sight = candidate.visit.sight;
    visits.iter().any(|visit| visit.sight == sight)
}
