//! Legs after the first, their days, and further trips.

use jiff::ToSpan;

use crate::{
    reading::{DateSpan, LegDay, Place, Problem, Reading, SlotName},
    trip::{Leg, MOST_LEGS, Route, TripRequest},
};

impl TripRequest {
    /// Legs after the first: those of the message, none where it names another trip or a way back.
    pub(super) fn take_legs(&mut self, reading: &Reading) {
        if !reading.leg_days.is_empty() {
            self.date_legs(&reading.leg_days);
        } else if reading.extends {
            self.extend(&reading.onward);
        } else if !reading.onward.is_empty() {
            self.onward.clone_from(&reading.onward);
            (self.return_date, self.stay_days, self.one_way) = (None, None, None);
        } else if reading.return_date.is_some()
            || reading.stay_days.is_some()
            || reading.one_way.is_some()
            || reading.origin.is_some() && reading.destination.is_some()
        {
            self.onward.clear();
        }
    }

    /// Goes on from the trip: what led home before leads home in the end, unless the new legs do.
    fn extend(&mut self, legs: &[Leg]) {
        let home = Leg {
            date: self.return_date.take(),
            window: self.return_window,
            ..Leg::default()
        };
        (self.stay_days, self.one_way) = (None, None);
        let mut here = self.onward.last().and_then(|leg| leg.destination.clone());
        here = here.or_else(|| self.destination.clone());
        let legs: Vec<Leg> = legs
            .iter()
            .map(|leg| {
                let goes_on = leg.origin.is_none() && leg.destination.is_some();
                let origin = if goes_on {
                    here.clone()
                } else {
                    leg.origin.clone()
                };
                here.clone_from(&leg.destination);
                Leg {
                    origin,
                    ..leg.clone()
                }
            })
            .collect();
        let leads_home = legs.last().is_some_and(|leg| leg.destination.is_none());
        self.onward.extend(legs);
        if home.date.is_some() && !leads_home {
            self.onward.push(home);
        }
        self.onward.truncate(MOST_LEGS - 1);
    }

    /// How many stops the trip has that can be left out: each leg ends at one, but for the way home and
    /// for a trip that goes nowhere else.
    pub(crate) fn stops(&self) -> usize {
        match self.onward.as_slice() {
            [] => 0,
            [only] if self.leads_home(only) => 0,
            [.., last] => self.onward.len() + usize::from(!self.leads_home(last)),
        }
    }

    /// Where the nth leg ends, counted from 1.
    pub(crate) fn stop(&self, nth: usize) -> Option<&Place> {
        let stop = match nth.checked_sub(2) {
            None => self.destination.as_ref(),
            Some(at) => self.onward.get(at)?.destination.as_ref(),
        }?;
        // Who goes on from another town has not stopped there to fly on.
        let next = self.onward.get(nth - 1);
        let goes_on = next.is_none_or(|next| {
            let from = next.origin.as_ref();
            from.is_some_and(|from| from.codes == stop.codes)
        });
        goes_on.then_some(stop)
    }

    fn leads_home(&self, leg: &Leg) -> bool {
        let codes = |place: &Option<Place>| place.as_ref().map(|place| place.codes.clone());
        leg.destination.is_none() || codes(&leg.destination) == codes(&self.origin)
    }

    /// Leaves out the stop where the nth leg ends: that leg goes on to where the next one ended, on its own
    /// day; the way home keeps the day of coming home.
    pub(super) fn drop_stop(&mut self, nth: usize) {
        if !(1..=self.stops()).contains(&nth) {
            return;
        }
        let Some(next) = self.onward.get(nth - 1).cloned() else {
            self.onward.pop();
            return;
        };
        self.onward.remove(nth - 1);
        let home = self.leads_home(&next);
        let Some(leg) = nth.checked_sub(2).and_then(|at| self.onward.get_mut(at)) else {
            self.destination = next.destination;
            self.end_in_a_return();
            return;
        };
        leg.destination = next.destination;
        if home {
            (leg.date, leg.window, leg.nights) = (next.date, next.window, None);
        }
        self.end_in_a_return();
    }

    /// What is left of out and back is a plain return.
    fn end_in_a_return(&mut self) {
        let [back] = self.onward.as_slice() else {
            return;
        };
        let codes = |place: &Option<Place>| place.as_ref().map(|place| place.codes.clone());
        if self.leads_home(back) && codes(&back.origin) == codes(&self.destination) {
            self.return_date.clone_from(&back.date);
            self.return_window = back.window;
            self.one_way = Some(false);
            self.onward.clear();
        }
    }

    /// Gives the legs that have no day the days of the answer, in order.
    fn date_legs(&mut self, days: &[LegDay]) {
        let undated = self
            .onward
            .iter_mut()
            .filter(|leg| leg.date.is_none() && leg.nights.is_none());
        for (leg, day) in undated.zip(days) {
            match day {
                LegDay::On(span) => leg.date = Some(span.clone()),
                LegDay::After(nights) => leg.nights = Some(*nights),
            }
        }
    }

    /// Days that follow from stays; a leg before the one that it follows loses its day.
    pub(super) fn settle_legs(&mut self, problems: &mut Vec<Problem>) {
        let mut before = self.depart_date.clone();
        for leg in &mut self.onward {
            if let (Some(nights), Some(span)) = (leg.nights, &before)
                && span.from == span.to
            {
                let day = span.from.saturating_add(i64::from(nights).days());
                leg.date = Some(DateSpan::new("", day, day));
            }
            let early = |span: &DateSpan| before.as_ref().is_some_and(|b| span.to < b.from);
            if leg.date.as_ref().is_some_and(early) {
                leg.date = None;
                problems.push(Problem::LegsOutOfOrder);
                return;
            }
            before = leg.date.clone().or(before);
        }
    }

    /// The further trip that the agent has asked about, when the message answers that.
    pub(super) fn taken_up(&self, reading: &Reading, asked: Option<SlotName>) -> Option<Self> {
        let route = self.waiting.as_ref().filter(|_| self.missing().is_none())?;
        let other = self.along(route);
        let missing = other.missing()?;
        let answers = match missing {
            SlotName::Origin => reading.origin.is_some() && reading.destination.is_none(),
            SlotName::Destination => reading.destination.is_some() && reading.origin.is_none(),
            SlotName::DepartDate => reading.depart_date.is_some() && reading.origin.is_none(),
            SlotName::ReturnDate | SlotName::Passengers => false,
        };
        (answers && asked == Some(missing)).then_some(other)
    }

    /// Keeps the first further trip of the message that lacks something, until it is asked about.
    pub(super) fn wait(&mut self, before: &Self, reading: &Reading) {
        let lacks = |route: &&Route| self.along(route).missing().is_some();
        if !reading.also.is_empty() {
            self.waiting = reading.also.iter().find(lacks).cloned();
        } else if before.missing().is_none() && self != before {
            self.waiting = None;
        }
    }
}
