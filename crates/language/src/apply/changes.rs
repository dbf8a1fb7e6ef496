//! Changes to the trip that is there: they change that and nothing else.

use jiff::{Span, ToSpan, civil::Date};
use travel::{Party, horizon};

use crate::{
    reading::{DateSpan, PartyMention, Problem},
    trip::TripRequest,
    wish::{Change, Way},
};

impl TripRequest {
    /// Applies a change; what of it cannot be is a problem, and the trip stays as it was.
    pub(super) fn change(&mut self, change: &Change, today: Date, problems: &mut Vec<Problem>) {
        match change {
            Change::Shift { way, days } => self.shift(*way, days.days(), today, problems),
            Change::ShiftMonths { way, months } => {
                self.shift(*way, months.months(), today, problems);
            }
            Change::Stay { nights } => self.stay(*nights, today, problems),
            Change::Swap => self.swap(),
            Change::DropLeg(nth) => self.drop_leg(*nth),
            Change::DropStop(nth) => self.drop_stop(usize::from(*nth)),
            Change::DropReturn => {
                (self.return_date, self.stay_days) = (None, None);
                self.one_way = Some(true);
                self.forget_way_back();
            }
            Change::Add(more) => self.resize(more, true),
            Change::Remove(fewer) => self.resize(fewer, false),
        }
    }

    fn shift(&mut self, way: Way, by: Span, today: Date, problems: &mut Vec<Problem>) {
        let mut moved = self.clone();
        if way != Way::Back {
            moved.depart_date = moved.depart_date.map(|span| later(&span, by));
        }
        if way != Way::Out {
            moved.return_date = moved.return_date.map(|span| later(&span, by));
        }
        let legs = moved.onward.len();
        for (nth, leg) in (1..).zip(&mut moved.onward) {
            // The way back of a trip with several legs is the last of them.
            if way == Way::Both || way == Way::Back && nth == legs {
                leg.date = leg.date.as_ref().map(|span| later(span, by));
            }
        }
        if way != Way::Both && moved.return_date.is_some() {
            // One end alone moves: the stay has another length from now on.
            moved.stay_days = None;
        }
        self.take_moved(moved, today, problems);
    }

    fn stay(&mut self, nights: i32, today: Date, problems: &mut Vec<Problem>) {
        let mut moved = self.clone();
        let days = moved.stay_days.map(i32::from);
        moved.stay_days = days.and_then(|days| u16::try_from(days + nights).ok());
        moved.return_date = moved.return_date.map(|span| later(&span, nights.days()));
        self.take_moved(moved, today, problems);
    }

    /// Takes the moved trip, unless its days are over, too far, or in the wrong order.
    fn take_moved(&mut self, moved: Self, today: Date, problems: &mut Vec<Problem>) {
        let onward = moved.onward.iter().filter_map(|leg| leg.date.as_ref());
        let days = moved
            .depart_date
            .iter()
            .chain(&moved.return_date)
            .chain(onward);
        for span in days {
            let surface = span.from.to_string();
            if span.to < today {
                problems.push(Problem::PastDate { surface });
                return;
            }
            if span.from > horizon(today) {
                problems.push(Problem::TooFar { surface });
                return;
            }
        }
        let onward = moved.onward.iter().filter_map(|leg| leg.date.as_ref());
        let in_order = moved
            .depart_date
            .iter()
            .chain(onward)
            .chain(&moved.return_date);
        if !in_order.is_sorted_by(|before, after| before.from <= after.to) {
            problems.push(Problem::ReturnBeforeDeparture);
            return;
        }
        *self = moved;
    }

    fn swap(&mut self) {
        std::mem::swap(&mut self.origin, &mut self.destination);
        self.onward.clear();
    }

    /// The other legs stay as they are; home is where the trip began before.
    fn drop_leg(&mut self, nth: u8) {
        let nth = usize::from(nth);
        if !(1..=self.onward.len() + 1).contains(&nth) || self.onward.is_empty() {
            return;
        }
        if nth > 1 {
            self.onward.remove(nth - 2);
            return;
        }
        let home = self.origin.take();
        for leg in &mut self.onward {
            leg.origin = leg.origin.take().or_else(|| home.clone());
            leg.destination = leg.destination.take().or_else(|| home.clone());
        }
        let first = self.onward.remove(0);
        (self.origin, self.destination) = (first.origin, first.destination);
        (self.depart_date, self.window) = (first.date, first.window);
    }

    fn resize(&mut self, by: &PartyMention, more: bool) {
        let known = self.party.clone().unwrap_or_default();
        let count = |known: u8, by: Option<u8>| match more {
            true => known.saturating_add(by.unwrap_or(0)),
            false => known.saturating_sub(by.unwrap_or(0)),
        };
        let mut children = known.children.clone();
        let mut infants = count(known.infants, by.infants);
        let ages = by.children.clone().unwrap_or_default();
        if more {
            children.extend(ages);
        } else if by.children.as_ref().is_some_and(Vec::is_empty) {
            // "without the kids": all of them.
            children.clear();
        } else if children.is_empty() && known.children.is_empty() && known.infants > 0 {
            // "the little one stays at home": where an infant is the only one who may be meant.
            infants = infants.saturating_sub(u8::try_from(ages.len()).unwrap_or(u8::MAX));
        } else {
            for age in ages {
                // "without the child": the one of that age, else the last one.
                let same = children
                    .iter()
                    .position(|child| age.is_some() && *child == age);
                if let Some(at) = same.or_else(|| children.len().checked_sub(1)) {
                    children.remove(at);
                }
            }
        }
        self.party = Some(Party {
            adults: count(known.adults, by.adults),
            children,
            infants,
        });
    }
}

fn later(span: &DateSpan, by: Span) -> DateSpan {
    let moved = |day: Date| day.saturating_add(by);
    DateSpan {
        surface: String::new(),
        from: moved(span.from),
        to: moved(span.to),
        or: span
            .or
            .iter()
            .map(|(from, to)| (moved(*from), moved(*to)))
            .collect(),
        flexible_days: span.flexible_days,
    }
}
