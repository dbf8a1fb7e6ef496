//! Another order of the days: dates stay where they are, what was planned on them moves.

use jiff::civil::Date;
use serde::Deserialize;

use super::{PlannedDay, PlannedDays, StopKind, Trip};

/// Which day's programme goes to which day of the same place; those in between make room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayMove {
    /// The day whose programme moves.
    pub day: Date,
    /// The day to which it moves.
    pub to: Date,
}

impl PlannedDay {
    /// Whether its programme may move: that of a day of travel hangs on the hour of the flight.
    #[must_use]
    pub fn can_move(&self) -> bool {
        !self.stops.is_empty() && self.stops.iter().all(|stop| stop.kind != StopKind::Travel)
    }
}

impl PlannedDays {
    /// The days before and after a day to which its programme may move.
    #[must_use]
    pub fn beside(&self, day: Date) -> (Option<Date>, Option<Date>) {
        let movable: Vec<Date> = self.movable().map(|at| self.days[at].date).collect();
        let Some(at) = movable.iter().position(|date| *date == day) else {
            return (None, None);
        };
        let before = at.checked_sub(1).and_then(|at| movable.get(at));
        (before.copied(), movable.get(at + 1).copied())
    }

    fn movable(&self) -> impl Iterator<Item = usize> {
        let days = self.days.iter().enumerate();
        days.filter(|(_, day)| day.can_move()).map(|(at, _)| at)
    }

    /// The same with the programme of a day on another one; `None` where either cannot be moved.
    fn moved(&self, DayMove { day, to }: DayMove) -> Option<Self> {
        let places: Vec<usize> = self.movable().collect();
        let of = |date: Date| places.iter().position(|&at| self.days[at].date == date);
        let (from, to) = (of(day)?, of(to)?);
        let mut order = places.clone();
        let moving = order.remove(from);
        order.insert(to, moving);
        let mut moved = self.clone();
        for (&place, &source) in places.iter().zip(&order) {
            moved.days[place] = PlannedDay {
                date: self.days[place].date,
                ..self.days[source].clone()
            };
        }
        Some(moved)
    }
}

impl Trip {
    /// The trip with the programme of a day moved; `None` where there is no such day, or where one of
    /// both is a day of travel. It can be taken back as any other change.
    #[must_use]
    pub fn with_day_moved(&self, change: DayMove) -> Option<Self> {
        let at = self.days.iter().position(|place| {
            let has = |date| {
                place
                    .days
                    .iter()
                    .any(|day| day.date == date && day.can_move())
            };
            has(change.day) && has(change.to)
        })?;
        let mut trip = Self {
            before: None,
            ..self.clone()
        };
        trip.days[at] = self.days[at].moved(change)?;
        if trip.days == self.days {
            return Some(self.clone());
        }
        trip.before = Some(Box::new(Self {
            before: None,
            ..self.clone()
        }));
        Some(trip)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;
    use crate::trip::{Part, Stop};

    fn stop(name: &str, kind: StopKind) -> Stop {
        Stop {
            from: time(10, 0, 0, 0),
            to: time(11, 0, 0, 0),
            kind,
            name: name.to_owned(),
            walk_minutes: 0,
            at: None,
            note: None,
        }
    }

    /// Rome from 1 March: a letter is a visit, `>` a flight, `.` nothing.
    fn trip(days: &str) -> Trip {
        let day = |(at, letter): (usize, char)| PlannedDay {
            date: date(2027, 3, 1 + i8::try_from(at).unwrap()),
            stops: match letter {
                '>' => vec![
                    stop("flight", StopKind::Travel),
                    stop("walk", StopKind::Visit),
                ],
                '.' => Vec::new(),
                letter => vec![stop(&letter.to_string(), StopKind::Visit)],
            },
            rain: Some(letter.to_string()),
        };
        Trip::default().with(Part::Days(PlannedDays {
            city: "ROM".parse().unwrap(),
            name: "Rome".to_owned(),
            time_zone: "Europe/Rome".to_owned(),
            days: days.chars().enumerate().map(day).collect(),
        }))
    }

    /// The letters of the days, in the order of their dates.
    fn order(trip: &Trip) -> String {
        let days = &trip.days[0].days;
        assert!(days.windows(2).all(|pair| pair[0].date < pair[1].date));
        days.iter()
            .map(|day| day.rain.as_deref().unwrap())
            .collect()
    }

    fn moved(days: &str, day: i8, to: i8) -> Option<Trip> {
        let change = DayMove {
            day: date(2027, 3, day),
            to: date(2027, 3, to),
        };
        trip(days).with_day_moved(change)
    }

    #[test]
    fn programmes_move_and_dates_stay() {
        for (day, to, wanted) in [
            (1, 2, "bacd"),
            (1, 4, "bcda"),
            (4, 1, "dabc"),
            (3, 2, "acbd"),
        ] {
            assert_eq!(order(&moved("abcd", day, to).unwrap()), wanted);
        }
    }

    #[test]
    fn days_of_travel_and_empty_ones_stay_where_they_are() {
        assert_eq!(order(&moved(">a.bc>", 2, 5).unwrap()), ">b.ca>");
        for (day, to) in [(1, 2), (2, 1), (3, 2), (2, 6), (2, 9)] {
            assert_eq!(moved(">a.bc>", day, to), None, "{day} to {to}");
        }
        let rome = &trip(">a.bc>").days[0];
        let day = |day| date(2027, 3, day);
        assert_eq!(rome.beside(day(2)), (None, Some(day(4))));
        assert_eq!(rome.beside(day(4)), (Some(day(2)), Some(day(5))));
        assert_eq!(rome.beside(day(5)), (Some(day(4)), None));
        assert_eq!(rome.beside(day(1)), (None, None));
    }

    #[test]
    fn a_move_can_be_taken_back_and_none_changes_nothing() {
        let trip = moved("abc", 1, 3).unwrap();
        assert_eq!(order(&trip.with(Part::Undo)), "abc");
        assert_eq!(moved("abc", 2, 2).unwrap(), super::tests::trip("abc"));
    }
}
