//! The visitor's own plan, wherever it comes from: can it be done, what clashes, what to move. What is
//! found rests on the rules of [`opening`](crate::opening) and [`way`], which say "often" and "about".

mod advice;
mod meaning;
mod problems;

use jiff::civil::{Date, DateTime, Time};
use serde::Serialize;
use travel::Iata;

pub use meaning::{Meaning, meaning};

use crate::{
    Point,
    days::{Flight, Itinerary, Limits, OUTING_WAY, Pace, Step, What},
    destination,
    nearby::Place,
    opening::Shut,
    way::{self, Way},
};

/// What is known of the stay.
#[derive(Clone, Debug)]
pub struct Stay {
    /// Where.
    pub destination: Iata,
    /// Where days start and end; the centre when it is not known.
    pub base: Option<Point>,
    /// The flight that brings the visitor, where it is known.
    pub arrival: Option<Flight>,
    /// The flight home, where it is known.
    pub departure: Option<Flight>,
    /// Public holidays there.
    pub holidays: Vec<Date>,
    /// How fast the visitor wants to go; [`Pace::Full`] when nothing was said.
    pub pace: Option<Pace>,
    /// Whether children come along.
    pub children: bool,
}

/// Something that the visitor wants to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// As they wrote it.
    pub text: String,
    /// The place, where it is known already; else it is looked for in the text.
    pub place: Option<Place>,
    /// When it begins, where they said so.
    pub from: Option<Time>,
    /// When it ends, where they said so.
    pub to: Option<Time>,
}

/// A day of the visitor's plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Its date, where it is known.
    pub date: Option<Date>,
    /// In their order.
    pub entries: Vec<Entry>,
}

/// An entry as it was understood.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Read {
    /// What it means.
    pub meaning: Meaning,
    /// When it begins.
    pub from: Option<Time>,
    /// When it ends.
    pub to: Option<Time>,
    /// Minutes that it takes: between its times, else the usual ones of the place.
    pub minutes: u16,
    /// The fastest way from the place before, or from the stay; none where either is not known.
    pub way: Option<Way>,
}

/// A day as it was understood.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Checked {
    /// Its date.
    pub date: Option<Date>,
    /// Its entries.
    pub entries: Vec<Read>,
    /// The way back to the stay.
    pub back: Option<Way>,
    /// Minutes of visits and ways.
    pub busy: u16,
    /// At most so many are reasonable: the bound of the pace, and what flights leave.
    pub limit: u16,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// We do not know such a place there: it may well exist.
    Unknown,
    /// The way takes longer than there is time; without times, it is very long.
    Apart {
        /// The entry that it starts from.
        from: usize,
        /// The fastest way.
        way: Way,
        /// Minutes between the two entries, where times were given.
        spare: Option<u16>,
    },
    /// The day holds more than fits into it.
    TooLong {
        /// Minutes of visits and ways.
        minutes: u16,
        /// Minutes that are reasonable.
        limit: u16,
    },
    /// Places of its kind are often closed on that day.
    Shut(Shut),
    /// Places of its kind are often closed at that time.
    Hours {
        /// When they usually open.
        from: Time,
        /// When they usually close.
        to: Time,
    },
    /// Before the visitor has landed and is ready.
    BeforeArrival {
        /// Local time from which they are.
        ready: DateTime,
    },
    /// After the visitor has left for the airport.
    AfterDeparture {
        /// Local time at which they must leave the stay.
        leave: DateTime,
    },
    /// The same sight stands in the plan before.
    Twice {
        /// Its day.
        day: usize,
        /// Its entry.
        entry: usize,
    },
}

/// What to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// Move an entry of that day to another one.
    Move {
        /// The entry.
        entry: usize,
        /// The other day.
        day: usize,
    },
    /// Begin an entry at another time of the same day.
    Begin {
        /// The entry.
        entry: usize,
        /// Local time.
        at: Time,
    },
    /// Leave an entry out.
    Drop {
        /// The entry.
        entry: usize,
    },
}

/// A clash.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The day, counted from 0.
    pub day: usize,
    /// The entry of the day, counted from 0; none when it is about the whole day.
    pub entry: Option<usize>,
    /// What is wrong.
    pub problem: Problem,
    /// What to do about it, where we have an idea.
    pub advice: Option<Advice>,
}

/// A plan as it was understood, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Its days.
    pub days: Vec<Checked>,
    /// In the order of the plan.
    pub findings: Vec<Finding>,
}

/// Checks a plan; `None` for a destination that we do not know.
#[must_use]
pub fn check(stay: &Stay, plan: &[Listed]) -> Option<Report> {
    let base = stay
        .base
        .or_else(|| Some(destination::by_code(stay.destination)?.at()))?;
    let days: Vec<Checked> = plan.iter().map(|day| read(stay, base, day)).collect();
    let mut findings = problems::findings(stay, base, &days);
    for finding in &mut findings {
        finding.advice = advice::advice(stay, base, &days, finding);
    }
    Some(Report { days, findings })
}

fn read(stay: &Stay, base: Point, day: &Listed) -> Checked {
    let mut here = Some(base);
    let mut entries = Vec::new();
    let mut outing = false;
    for entry in &day.entries {
        let meaning = match entry.place {
            Some(place) => Meaning::Place(place),
            None => meaning(stay.destination, &entry.text),
        };
        let at = meaning.place().map(Place::at);
        let way = at.and_then(|at| Some(way::quickest(here?, at)));
        if let Some(at) = at {
            outing |= way::between(base, at).minutes > OUTING_WAY;
            here = Some(at);
        }
        let minutes = match (entry.from, entry.to) {
            (Some(from), Some(to)) if to > from => length(from, to),
            _ => meaning.minutes(),
        };
        entries.push(Read {
            meaning,
            from: entry.from,
            to: entry.to.or_else(|| later(entry.from?, minutes)),
            minutes,
            way,
        });
    }
    let places = || entries.iter().filter(|read| read.meaning.place().is_some());
    let back = here
        .filter(|_| places().next().is_some())
        .map(|here| way::quickest(here, base));
    let visits: u16 = places().map(|read| read.minutes).sum();
    let ways: u16 = places()
        .filter_map(|read| read.way)
        .map(|way| way.minutes)
        .sum();
    Checked {
        date: day.date,
        busy: visits + ways + back.map_or(0, |way| way.minutes),
        limit: limit(stay, base, day.date, outing),
        entries,
        back,
    }
}

/// Minutes that are reasonable on a day.
fn limit(stay: &Stay, base: Point, date: Option<Date>, outing: bool) -> u16 {
    let limits = Limits::of(stay.pace.unwrap_or(Pace::Full), stay.children);
    let most = limits.minutes + if outing { limits.outing } else { 0 };
    let Some(date) = date else { return most };
    let (start, end) = (date.to_datetime(limits.start), date.to_datetime(limits.end));
    let from = stay
        .arrival
        .map_or(start, |flight| start.max(flight.ready(base)));
    let to = stay
        .departure
        .map_or(end, |flight| end.min(flight.leave(base)));
    let open = from.duration_until(to).as_mins().clamp(0, i64::from(most));
    u16::try_from(open).unwrap_or(most)
}

/// Minutes between two times of a day.
fn length(from: Time, to: Time) -> u16 {
    let minutes = from.duration_until(to).as_mins();
    u16::try_from(minutes).unwrap_or_default()
}

/// So many minutes later, on the same day.
fn later(time: Time, minutes: u16) -> Option<Time> {
    time.checked_add(jiff::SignedDuration::from_mins(i64::from(minutes)))
        .ok()
}

impl From<&Step> for Entry {
    fn from(step: &Step) -> Self {
        let place = step.sight().map(Place::Sight);
        let text = match &step.what {
            What::Visit { visit, .. } => visit.sight.names()[0],
            What::Meal { dinner: true, .. } => "dinner",
            What::Meal { dinner: false, .. } => "lunch",
        };
        Self {
            text: text.to_owned(),
            place,
            from: Some(step.from),
            to: Some(step.to),
        }
    }
}

/// The days of an itinerary as a plan to be checked.
#[must_use]
pub fn listed(itinerary: &Itinerary) -> Vec<Listed> {
    let days = itinerary.days.iter();
    days.map(|day| Listed {
        date: Some(day.date),
        entries: day.steps.iter().map(Entry::from).collect(),
    })
    .collect()
}

#[cfg(test)]
mod tests;
