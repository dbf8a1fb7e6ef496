//! One leg of a journey as it is asked for: two ends, a day, and times of that day.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::{DayPart, Iata};

/// Most legs of one search: out and back are two.
pub const MAX_LEGS: usize = 6;

/// A leg that is asked for. Codes may be airports or metropolitan areas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// Where from: one code or alternatives, such as those of a region or country.
    pub origins: Vec<Iata>,
    /// Where to.
    pub destinations: Vec<Iata>,
    /// Day of departure, local at the origin.
    pub depart: Date,
    /// Times of day.
    #[serde(default, skip_serializing_if = "Window::is_any")]
    pub window: Window,
}

impl Leg {
    /// A leg at any time of its day.
    #[must_use]
    pub const fn new(origins: Vec<Iata>, destinations: Vec<Iata>, depart: Date) -> Self {
        Self {
            origins,
            destinations,
            depart,
            window: Window::ANY,
        }
    }

    /// The way back on a day, at any time of it.
    #[must_use]
    pub fn back(&self, depart: Date) -> Self {
        Self::new(self.destinations.clone(), self.origins.clone(), depart)
    }
}

/// Between which local times a leg departs and arrives; the bounds belong to it.
///
/// A leg of less than [`SAME_DAY_KM`] that has to arrive at some time does so on its day of
/// departure: "by ten" is not ten of the next day. Across oceans it is the time alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Window {
    /// Part of the day of departure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<DayPart>,
    /// Earliest departure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub departure_after: Option<Time>,
    /// Latest departure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub departure_before: Option<Time>,
    /// Earliest arrival.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrival_after: Option<Time>,
    /// Latest arrival.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrival_before: Option<Time>,
}

/// Great-circle kilometres below which people expect to arrive on the day of departure.
pub const SAME_DAY_KM: u16 = 4_000;

impl Window {
    /// Any time.
    pub const ANY: Self = Self {
        part: None,
        departure_after: None,
        departure_before: None,
        arrival_after: None,
        arrival_before: None,
    };

    /// Whether it is [`ANY`](Self::ANY).
    #[must_use]
    pub fn is_any(&self) -> bool {
        *self == Self::ANY
    }

    /// Whether it bounds the times of departure or arrival, its part of the day aside.
    #[must_use]
    pub fn has_bounds(&self) -> bool {
        *self
            != Self {
                part: self.part,
                ..Self::ANY
            }
    }

    /// Whether a leg may depart at this local time.
    #[must_use]
    pub fn departs(&self, time: Time) -> bool {
        self.part
            .is_none_or(|part| DayPart::of_hour(time.hour()) == part)
            && within(self.departure_after, self.departure_before, time)
    }

    /// Whether a leg may arrive at this local time.
    #[must_use]
    pub fn arrives(&self, time: Time) -> bool {
        within(self.arrival_after, self.arrival_before, time)
    }

    /// Whether it says anything of the arrival.
    #[must_use]
    pub const fn bounds_arrival(&self) -> bool {
        self.arrival_after.is_some() || self.arrival_before.is_some()
    }
}

fn within(after: Option<Time>, before: Option<Time>, time: Time) -> bool {
    after.is_none_or(|after| time >= after) && before.is_none_or(|before| time <= before)
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    #[test]
    fn bounds_belong_to_the_window() {
        let window = Window {
            departure_after: Some(time(8, 0, 0, 0)),
            departure_before: Some(time(12, 0, 0, 0)),
            arrival_before: Some(time(10, 0, 0, 0)),
            part: Some(DayPart::Morning),
            ..Window::ANY
        };
        assert!(window.departs(time(8, 0, 0, 0)) && window.departs(time(11, 59, 0, 0)));
        assert!(!window.departs(time(7, 59, 0, 0)) && !window.departs(time(12, 0, 0, 0)));
        assert!(window.arrives(time(10, 0, 0, 0)) && !window.arrives(time(10, 1, 0, 0)));
        assert!(window.bounds_arrival() && !Window::ANY.bounds_arrival());
        assert!(window.has_bounds() && !window.is_any() && Window::ANY.is_any());
        let morning = Window {
            part: Some(DayPart::Morning),
            ..Window::ANY
        };
        assert!(!morning.has_bounds() && !morning.is_any());
        assert!(Window::ANY.departs(time(3, 0, 0, 0)));
    }
}
