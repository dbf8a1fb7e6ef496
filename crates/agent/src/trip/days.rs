//! Days in a place.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::travel::Iata;

/// What a stop of a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopKind {
    /// A sight.
    Visit,
    /// A meal.
    Meal,
    /// Time in a quarter, a walk, or time left free.
    Stroll,
    /// The flight, and the way from or to the airport.
    Travel,
}

/// A stop of a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stop {
    /// Local time at which it begins.
    pub from: Time,
    /// Local time at which it ends.
    pub to: Time,
    /// What it is.
    pub kind: StopKind,
    /// What people read: the sight's name, "lunch in Alfama".
    pub name: String,
    /// Minutes on foot from the stop before.
    #[serde(default)]
    pub walk_minutes: u16,
    /// Latitude and longitude in degrees, where it has a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<(f64, f64)>,
    /// What to know of it: "museums often close on Monday".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlannedDay {
    /// The day.
    pub date: Date,
    /// Its stops, in order.
    pub stops: Vec<Stop>,
    /// Where to go when it rains.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rain: Option<String>,
}

/// Days in a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlannedDays {
    /// Metropolitan or airport code of the city.
    pub city: Iata,
    /// Its name in the language of the conversation.
    pub name: String,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// The days, in order; at least one.
    pub days: Vec<PlannedDay>,
}

impl PlannedDays {
    /// The first day.
    #[must_use]
    pub fn first(&self) -> Option<Date> {
        self.days.first().map(|day| day.date)
    }

    /// The sights of a day that are usually shut on it: it may be another than the one for which they
    /// were chosen.
    #[must_use]
    pub fn usually_shut<'a>(&self, day: &'a PlannedDay) -> Vec<&'a str> {
        let sights = guide::sights::of(self.city);
        let is_shut = |name: &str| {
            let sight = sights.iter().find(|sight| sight.names().contains(&name));
            sight.is_some_and(|sight| guide::opening::shut(sight, day.date, &[]).is_some())
        };
        let visits = day.stops.iter().filter(|stop| stop.kind == StopKind::Visit);
        visits
            .map(|stop| &*stop.name)
            .filter(|name| is_shut(name))
            .collect()
    }

    /// Whether both cannot be: the same city, or a day that is shared otherwise than on the way.
    #[must_use]
    pub fn clashes(&self, other: &Self) -> bool {
        let ends = |plan: &Self| plan.first().zip(plan.days.last().map(|day| day.date));
        let shared = ends(self)
            .zip(ends(other))
            .is_some_and(|((first, last), (from, to))| first < to && from < last);
        self.city == other.city || shared
    }
}
