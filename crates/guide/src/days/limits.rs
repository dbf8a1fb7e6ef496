//! The bounds of a day.

use jiff::civil::{Time, time};
use serde::Serialize;
use travel::Pace;

/// The bounds of a day: rules of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// Nobody leaves the stay before.
    pub start: Time,
    /// Back at the stay by then.
    pub end: Time,
    /// At most so many sights.
    pub sights: usize,
    /// At most so many minutes of visits and ways; meals and rests do not count.
    pub minutes: u16,
    /// So many more on a day with an outing ([`OUTING_WAY`]).
    pub outing: u16,
}

/// A sight further than so many minutes from the stay is an outing.
pub const OUTING_WAY: u16 = 45;

impl Limits {
    /// The bounds of a day at this pace; with children days are shorter and end earlier.
    #[must_use]
    pub const fn of(pace: Pace, children: bool) -> Self {
        let (start, end, sights, minutes) = match pace {
            Pace::Relaxed => (time(10, 0, 0, 0), time(21, 30, 0, 0), 3, 330),
            Pace::Normal => (time(9, 30, 0, 0), time(22, 0, 0, 0), 5, 480),
            Pace::Full => (time(9, 0, 0, 0), time(22, 30, 0, 0), 7, 600),
        };
        let limits = Self {
            start,
            end,
            sights,
            minutes,
            outing: 120,
        };
        if !children {
            return limits;
        }
        Self {
            end: time(20, 30, 0, 0),
            sights: sights - 1,
            minutes: minutes - 60,
            ..limits
        }
    }
}
