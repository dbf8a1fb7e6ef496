//! What is wrong with a plan.

use jiff::civil::{Date, DateTime};

use super::{Checked, Finding, Meaning, Problem, Read, Stay, length};
use crate::{Point, nearby::Place, opening, sights::Sight};

/// Without times, a longer way than this between two entries of a day is worth a word, in minutes.
const LONG_WAY: u16 = 45;

/// All findings in the order of the plan, without advice.
pub(super) fn findings(stay: &Stay, base: Point, days: &[Checked]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, day) in days.iter().enumerate() {
        for (entry, read) in day.entries.iter().enumerate() {
            let problems = [
                (read.meaning == Meaning::Unknown).then_some(Problem::Unknown),
                twice(days, at, entry),
                day.date.and_then(|date| flights(stay, base, date, read)),
                day.date.and_then(|date| closed(stay, date, read)),
                apart(day, entry),
            ];
            found.extend(problems.into_iter().flatten().map(|problem| Finding {
                day: at,
                entry: Some(entry),
                problem,
                advice: None,
            }));
        }
        if day.busy > day.limit && day.limit > 0 {
            found.push(Finding {
                day: at,
                entry: None,
                problem: Problem::TooLong {
                    minutes: day.busy,
                    limit: day.limit,
                },
                advice: None,
            });
        }
    }
    found
}

pub(super) fn sight(read: &Read) -> Option<&'static Sight> {
    match read.meaning.place()? {
        Place::Sight(sight) => Some(sight),
        Place::Quarter(_) => None,
    }
}

fn twice(days: &[Checked], at: usize, entry: usize) -> Option<Problem> {
    let this = sight(days.get(at)?.entries.get(entry)?)?;
    let before = days
        .iter()
        .enumerate()
        .take(at + 1)
        .flat_map(|(day, checked)| {
            let until = if day == at {
                entry
            } else {
                checked.entries.len()
            };
            let entries = checked.entries.iter().enumerate().take(until);
            entries.map(move |(entry, read)| (day, entry, read))
        });
    let mut same = before.filter(|(_, _, read)| sight(read) == Some(this));
    let (day, entry, _) = same.next()?;
    Some(Problem::Twice { day, entry })
}

fn flights(stay: &Stay, base: Point, date: Date, read: &Read) -> Option<Problem> {
    read.meaning.place()?;
    let ready = stay.arrival.map(|flight| flight.ready(base));
    let leave = stay.departure.map(|flight| flight.leave(base));
    // Without times the day itself tells.
    let early = |ready: &DateTime| match read.from {
        Some(from) => date.to_datetime(from) < *ready,
        None => date < ready.date(),
    };
    let late = |leave: &DateTime| match read.to {
        Some(to) => date.to_datetime(to) > *leave,
        None => date > leave.date(),
    };
    if let Some(ready) = ready.filter(early) {
        return Some(Problem::BeforeArrival { ready });
    }
    let leave = leave.filter(late)?;
    Some(Problem::AfterDeparture { leave })
}

fn closed(stay: &Stay, date: Date, read: &Read) -> Option<Problem> {
    let sight = sight(read)?;
    if let Some(shut) = opening::shut(sight, date, &stay.holidays) {
        return Some(Problem::Shut(shut));
    }
    let hours = opening::hours(sight.kind, date.weekday());
    let (from, to) = (read.from?, read.to?);
    (!hours.hold(from, to)).then_some(Problem::Hours {
        from: hours.from,
        to: hours.to,
    })
}

/// The way from the place before, against the time for it: meals in between take theirs.
fn apart(day: &Checked, entry: usize) -> Option<Problem> {
    let this = day.entries.get(entry)?;
    let way = this.way?;
    let mut before = day.entries.iter().enumerate().take(entry);
    let (from, last) = before.rfind(|(_, read)| read.meaning.place().is_some())?;
    let spare = last.to.zip(this.from).map(|(left, starts)| {
        let between = day.entries.iter().take(entry).skip(from + 1);
        let eaten: u16 = between
            .filter(|read| read.from.is_some())
            .map(|read| read.minutes)
            .sum();
        if starts < left {
            0
        } else {
            length(left, starts).saturating_sub(eaten)
        }
    });
    let overlaps = last
        .to
        .zip(this.from)
        .is_some_and(|(left, starts)| starts < left);
    let clash = match spare {
        Some(spare) => overlaps || way.minutes > spare,
        None => way.minutes > LONG_WAY,
    };
    clash.then_some(Problem::Apart { from, way, spare })
}
