//! The hours of each day that flights leave.

use jiff::{
    ToSpan,
    civil::{Date, DateTime},
};
use serde::Serialize;
use travel::{Iata, airport};

use super::Limits;
use crate::{Point, way};

/// Minutes from landing to the way into town, and at the stay to put the bags down: a rule of ours.
pub const AFTER_LANDING: u16 = 75;
/// Minutes at the airport before take-off: a rule of ours.
pub const BEFORE_TAKE_OFF: u16 = 120;
/// Minutes between airport and stay where the airport is not known.
pub const TRANSFER: u16 = 45;
/// Longer stays are planned up to here, in days.
pub const MAX_DAYS: usize = 31;

/// A flight that brings the visitor or takes them home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Flight {
    /// Local time of landing, or of take-off, at the destination.
    pub at: DateTime,
    /// The airport there.
    pub airport: Option<Iata>,
}

impl Flight {
    fn transfer(self, base: Point) -> u16 {
        let airport = self.airport.and_then(airport::by_code);
        airport.map_or(TRANSFER, |airport| {
            let at = Point {
                lat: airport.latitude,
                lon: airport.longitude,
            };
            way::ride(at, base).minutes
        })
    }

    /// When the visitor who lands is ready to leave the stay.
    #[must_use]
    pub fn ready(self, base: Point) -> DateTime {
        let minutes = i64::from(AFTER_LANDING + self.transfer(base));
        self.at.saturating_add(minutes.minutes())
    }

    /// When the visitor who flies home must leave the stay.
    #[must_use]
    pub fn leave(self, base: Point) -> DateTime {
        let minutes = i64::from(BEFORE_TAKE_OFF + self.transfer(base));
        self.at.saturating_sub(minutes.minutes())
    }
}

/// The part of a day that can be planned, in minutes after midnight; empty when both are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) date: Date,
    pub(crate) from: u16,
    pub(crate) to: u16,
}

/// The windows of the days from `first` to `last`, at most [`MAX_DAYS`].
pub(crate) fn windows(
    (first, last): (Date, Date),
    ready: Option<DateTime>,
    leave: Option<DateTime>,
    limits: Limits,
) -> Vec<Window> {
    let days = first.series(1.day()).take_while(|date| *date <= last);
    days.take(MAX_DAYS)
        .map(|date| {
            let start = date.to_datetime(limits.start);
            let end = date.to_datetime(limits.end);
            let from = ready.map_or(start, |ready| start.max(ready).min(end));
            let to = leave.map_or(end, |leave| end.min(leave).max(from));
            Window {
                date,
                from: minutes(from),
                to: minutes(to),
            }
        })
        .collect()
}

/// Minutes after midnight, seconds rounded up.
pub(crate) fn minutes(at: DateTime) -> u16 {
    let time = at.time();
    let whole =
        u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs());
    whole + u16::from(time.second() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{days::Pace, destination};

    #[test]
    fn flights_shorten_the_first_and_the_last_day() {
        let lisbon = destination::by_code("LIS".parse().unwrap()).unwrap();
        let flight = |at: &str| Flight {
            at: at.parse().unwrap(),
            airport: "LIS".parse().ok(),
        };
        let ready = flight("2027-05-10T11:00").ready(lisbon.at());
        let leave = flight("2027-05-12T18:00").leave(lisbon.at());
        assert!(ready > "2027-05-10T12:15".parse().unwrap());
        assert!(ready < "2027-05-10T13:15".parse().unwrap());
        let days = ("2027-05-10".parse().unwrap(), "2027-05-12".parse().unwrap());
        let windows = windows(
            days,
            Some(ready),
            Some(leave),
            Limits::of(Pace::Normal, false),
        );
        assert_eq!(windows.len(), 3);
        assert_eq!(windows[0].from, minutes(ready));
        assert_eq!((windows[1].from, windows[1].to), (570, 1_320));
        assert_eq!(windows[2].to, minutes(leave));
    }

    #[test]
    fn a_night_flight_leaves_nothing_of_its_day() {
        let days = ("2027-05-10".parse().unwrap(), "2027-05-12".parse().unwrap());
        let ready = "2027-05-11T01:30".parse().unwrap();
        let leave = "2027-05-11T22:15".parse().unwrap();
        let windows = windows(
            days,
            Some(ready),
            Some(leave),
            Limits::of(Pace::Normal, false),
        );
        let open: Vec<bool> = windows
            .iter()
            .map(|window| window.from < window.to)
            .collect();
        assert_eq!(open, [false, true, false]);
    }
}
