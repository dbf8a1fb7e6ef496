//! Trips while they are being put together: ends and days as places in the message's lists.

/// Where a leg begins or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    /// An end of the message, by its index.
    End(usize),
    /// Where the trip begins.
    Home,
    /// Not said.
    Unknown,
}

/// A leg.
#[derive(Clone, Debug)]
pub(crate) struct LegDraft {
    pub(crate) from: Point,
    pub(crate) to: Point,
    /// Its days, by their indexes; a second one is that of the way back.
    pub(crate) days: Vec<usize>,
    /// Days on which one is there, where those of the way are said besides.
    pub(crate) there: Vec<usize>,
}

/// Trips; each of one leg or more.
#[derive(Debug, Default)]
pub(crate) struct Drafts {
    pub(crate) trips: Vec<Vec<LegDraft>>,
    /// Days that were said before the leg that they belong to.
    waiting: Vec<usize>,
}

impl Drafts {
    /// Adds a leg to the last trip, or begins another one.
    pub(crate) fn push(&mut self, from: Point, to: Point, apart: bool) {
        let days = std::mem::take(&mut self.waiting);
        let leg = LegDraft {
            from,
            to,
            days,
            there: Vec::new(),
        };
        match self.trips.last_mut().filter(|_| !apart) {
            Some(trip) => trip.push(leg),
            None => self.trips.push(vec![leg]),
        }
    }

    /// A day: of the leg that was said last, or of the next one.
    pub(crate) fn day(&mut self, day: usize, next: bool) {
        match self.last() {
            Some(leg) if !next => leg.days.push(day),
            _ => self.waiting.push(day),
        }
    }

    /// Begins the last leg at an end, where its beginning is not known.
    pub(crate) fn begin_at(&mut self, end: usize) -> bool {
        match self.last() {
            Some(leg) if leg.from == Point::Unknown => {
                leg.from = Point::End(end);
                true
            }
            _ => false,
        }
    }

    /// Where the last leg begins, if it leads home.
    pub(crate) fn home_from(&mut self) -> Option<&mut Point> {
        let several = self.legs() > 1;
        let leg = self.last()?;
        (several && leg.to == Point::Home).then_some(&mut leg.from)
    }

    /// Takes the days of the last leg for those on which one is there: its own are still to come.
    pub(crate) fn stay_on_its_days(&mut self) {
        if let Some(leg) = self.last() {
            leg.there = std::mem::take(&mut leg.days);
        }
    }

    /// Takes the second day of the last leg for the next one; whether there was one.
    pub(crate) fn take_second_day(&mut self) -> bool {
        let second = self
            .last()
            .and_then(|leg| (leg.days.len() > 1).then(|| leg.days.pop()));
        self.waiting.extend(second.flatten());
        second.is_some()
    }

    /// Gives each leg its day where all were said after the last one: "A → B → C: 3 May, 7 May".
    pub(crate) fn share_days(&mut self) {
        let [trip] = self.trips.as_mut_slice() else {
            return;
        };
        let [legs @ .., last] = trip.as_mut_slice() else {
            return;
        };
        if legs.is_empty() || legs.iter().any(|leg| !leg.days.is_empty()) {
            return;
        }
        // Two days of several legs are those of the way out and of the way back.
        let one_each = last.days.len() == legs.len() + 1;
        if one_each {
            for leg in legs {
                leg.days.push(last.days.remove(0));
            }
        } else if last.days.len() == 2 {
            legs[0].days.push(last.days.remove(0));
        }
    }

    /// Whether the day of the last leg has been said.
    pub(crate) fn is_dated(&self) -> bool {
        let last = self.trips.last().and_then(|trip| trip.last());
        last.is_some_and(|leg| !leg.days.is_empty())
    }

    fn last(&mut self) -> Option<&mut LegDraft> {
        self.trips.last_mut()?.last_mut()
    }

    /// Where the last trip has got to.
    pub(crate) fn here(&self) -> Option<Point> {
        Some(self.trips.last()?.last()?.to)
    }

    /// Where the last trip began.
    pub(crate) fn home(&self) -> Option<Point> {
        Some(self.trips.last()?.first()?.from)
    }

    /// All legs.
    pub(crate) fn legs(&self) -> usize {
        self.trips.iter().map(Vec::len).sum()
    }
}
