//! What to move so that a plan works.

use jiff::civil::Time;

use super::{Advice, Checked, Finding, Problem, Read, Stay, later, problems::sight};
use crate::{
    Point, opening,
    way::{self},
};

/// The advice for a finding; `None` where we have none.
pub(super) fn advice(
    stay: &Stay,
    base: Point,
    days: &[Checked],
    finding: &Finding,
) -> Option<Advice> {
    let day = days.get(finding.day)?;
    match (finding.problem, finding.entry) {
        (Problem::Unknown, _) | (_, None) => match finding.problem {
            Problem::TooLong { .. } => relieve(stay, base, days, finding.day),
            _ => None,
        },
        (Problem::Twice { .. }, Some(entry)) => Some(Advice::Drop { entry }),
        (Problem::Apart { from, way, spare }, Some(entry)) => {
            let start = day.entries.get(from)?.to.filter(|_| spare.is_some());
            let later = start.and_then(|start| later(start, way.minutes));
            let begin = later.filter(|at| open(day, entry, *at));
            match begin {
                Some(at) => Some(Advice::Begin { entry, at }),
                None => shift(stay, base, days, (finding.day, entry)),
            }
        }
        (Problem::Hours { from, .. }, Some(entry)) => {
            let early = day.entries.get(entry)?.from? < from;
            if early && open(day, entry, from) {
                Some(Advice::Begin { entry, at: from })
            } else {
                shift(stay, base, days, (finding.day, entry))
            }
        }
        (Problem::BeforeArrival { ready }, Some(entry)) => {
            let begin = Some(ready.time()).filter(|_| day.date == Some(ready.date()));
            match begin.filter(|at| open(day, entry, *at)) {
                Some(at) => Some(Advice::Begin { entry, at }),
                None => shift(stay, base, days, (finding.day, entry)),
            }
        }
        (_, Some(entry)) => shift(stay, base, days, (finding.day, entry)),
    }
}

/// Whether an entry may begin at a time: it is usually open then, and over before the next begins.
fn open(day: &Checked, entry: usize, at: Time) -> bool {
    let Some(read) = day.entries.get(entry) else {
        return false;
    };
    let Some(end) = later(at, read.minutes) else {
        return false;
    };
    let next = day
        .entries
        .iter()
        .skip(entry + 1)
        .find_map(|next| next.from);
    let free = next.is_none_or(|next| end <= next);
    let weekday = day.date.map(|date| date.weekday());
    let hours = weekday.and_then(|weekday| Some(opening::hours(sight(read)?.kind, weekday)));
    free && hours.is_none_or(|hours| hours.hold(at, end))
}

/// Another day for an entry, or out with it when there is none.
fn shift(stay: &Stay, base: Point, days: &[Checked], from: (usize, usize)) -> Option<Advice> {
    let (day, entry) = from;
    let read = days.get(day)?.entries.get(entry)?;
    Some(match other_day(stay, base, days, day, read) {
        Some(day) => Advice::Move { entry, day },
        None => Advice::Drop { entry },
    })
}

/// The day with room whose places are nearest, where it is often open.
fn other_day(stay: &Stay, base: Point, days: &[Checked], not: usize, read: &Read) -> Option<usize> {
    let at = read.meaning.place()?.at();
    let fitting = days.iter().enumerate().filter_map(|(index, day)| {
        let shut = sight(read)
            .zip(day.date)
            .and_then(|(sight, date)| opening::shut(sight, date, &stay.holidays));
        let known = sight(read)
            .is_some_and(|this| day.entries.iter().any(|other| sight(other) == Some(this)));
        let places = day.entries.iter().filter_map(|other| other.meaning.place());
        let nearest = places
            .map(|place| way::quickest(place.at(), at).minutes)
            .min()
            .unwrap_or_else(|| way::quickest(base, at).minutes);
        let room = day.limit.saturating_sub(day.busy) >= read.minutes + 2 * nearest;
        (index != not && shut.is_none() && !known && room).then_some((nearest, index))
    });
    fitting.min().map(|(_, index)| index)
}

/// For a day that is too long: the entry whose loss saves most, to another day if one has room.
fn relieve(stay: &Stay, base: Point, days: &[Checked], day: usize) -> Option<Advice> {
    let entries = days.get(day)?.entries.iter().enumerate();
    let places = entries.filter(|(_, read)| read.meaning.place().is_some());
    let cost = |read: &Read| read.minutes + read.way.map_or(0, |way| way.minutes);
    let mut by_cost: Vec<(usize, &Read)> = places.collect();
    by_cost.sort_by_key(|(entry, read)| (std::cmp::Reverse(cost(read)), *entry));
    let moved = by_cost.iter().find_map(|(entry, read)| {
        let day = other_day(stay, base, days, day, read)?;
        Some(Advice::Move { entry: *entry, day })
    });
    moved.or_else(|| {
        let (entry, _) = by_cost.first()?;
        Some(Advice::Drop { entry: *entry })
    })
}
