//! The hours of a message, each with what it bounds; of which leg they are is seen later.

use std::ops::Range;

use jiff::civil::Time;

use super::{Mention, flight::End};
use crate::{
    ledger::Ledger,
    reading::{Reading, SlotName},
    text::{lexicon::Meaning, tokens::Tokens},
    wish::TimeWindow,
};

/// An hour or a part of the day as it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hours {
    /// Its tokens.
    pub(crate) at: Range<usize>,
    /// What it bounds.
    pub(crate) end: End,
    /// Then or later.
    pub(crate) after: Option<Time>,
    /// Then or earlier.
    pub(crate) before: Option<Time>,
}

impl Hours {
    /// Narrows a window; `false` where the two leave no hour.
    fn narrow(&self, window: &mut TimeWindow) -> bool {
        let (from, to) = if self.end.arrival {
            (&mut window.arrival_after, &mut window.arrival_before)
        } else {
            (&mut window.departure_after, &mut window.departure_before)
        };
        let (after, before) = (self.after.or(*from), self.before.or(*to));
        if matches!((after, before), (Some(after), Some(before)) if after > before) {
            return false;
        }
        (*from, *to) = (after, before);
        true
    }
}

/// Puts the hours into the windows of the way out and the way back. One that contradicts an earlier one
/// is left: what both mean together is not known.
pub(crate) fn settle(hours: &[Hours], ledger: &mut Ledger, reading: &mut Reading) {
    for hours in hours {
        let window = if hours.end.back {
            &mut reading.return_window
        } else {
            &mut reading.window
        };
        if !hours.narrow(window) {
            ledger.release(hours.at.clone());
        }
    }
}

/// The hours that were said of one of several days.
pub(crate) fn of_day(hours: &[Hours], days: &[Mention], day: usize) -> TimeWindow {
    let mut window = TimeWindow::default();
    for hours in hours {
        if day_of(&hours.at, days) == Some(day) {
            hours.narrow(&mut window);
        }
    }
    window
}

/// Sets the way of a time from the day that it stands with, where no word after that day says another.
pub(super) fn anchor(tokens: &Tokens<'_>, days: &[Mention], time: &Range<usize>, end: &mut End) {
    let Some(day) = day_of(time, days).map(|day| &days[day]) else {
        return;
    };
    let between = day.end.min(time.start)..time.start;
    let near = between.len() <= 4 && day.start <= time.end + 1;
    let says_way = between.into_iter().any(|at| {
        tokens.means(at, Meaning::TimeWayBack).is_some()
            || tokens.means(at, Meaning::TimeWayOut).is_some()
            || tokens.means(at, Meaning::TimeHome).is_some()
    });
    if near && !says_way && !end.firm {
        end.back = day.role == Some(SlotName::ReturnDate);
    }
}

/// The day that a time belongs to: the last before it, or the first.
pub(crate) fn day_of(time: &Range<usize>, days: &[Mention]) -> Option<usize> {
    let before = days.iter().rposition(|day| day.start <= time.start);
    // "then in the evening of the 8th to Athens": right before a day it is that day's.
    let after = days
        .iter()
        .position(|day| time.end <= day.start && day.start <= time.end + 1);
    let close = before.is_some_and(|before| days[before].end + 1 >= time.start);
    match after {
        Some(after) if !close => Some(after),
        _ => before.or((!days.is_empty()).then_some(0)),
    }
}
