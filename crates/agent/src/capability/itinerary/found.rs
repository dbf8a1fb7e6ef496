//! What the tools for days find.

use guide::{
    Destination,
    check::{Listed, Report},
    days::{Day, Itinerary, Pace, Reason},
    holidays::Holiday,
    sights::Sight,
};
use jiff::{
    Unit,
    civil::{Date, Time},
};
use serde::Serialize;
use serde_json::Value;

use crate::{
    capability::sights::Spot, grounding::Ground, tools::Data, travel::Iata, trip::PlannedDays,
};

/// Days of a stay.
#[derive(Clone, Debug, Serialize)]
pub struct ItineraryFound {
    /// Metropolitan or airport code of the city.
    pub city: Iata,
    /// Where.
    #[serde(skip)]
    pub destination: &'static Destination,
    /// The first day that was asked for.
    pub first: Date,
    /// The last day that was asked for; plans end after 31 days.
    pub last: Date,
    /// How fast.
    pub pace: Pace,
    /// Whether children come along.
    pub children: bool,
    /// Where days start and end; `None` = in the centre.
    pub base: Option<Spot>,
    /// The days as they join the trip; `None` = no sights are known there.
    pub plan: Option<PlannedDays>,
    /// The same with its reasons.
    #[serde(skip)]
    pub itinerary: Option<Itinerary>,
    /// Well-known and wanted sights that are not in it.
    pub left_out: Vec<LeftOutSight>,
    /// Names that mean nothing there.
    pub unknown: Vec<String>,
    /// Public holidays of these days; `None` = not known.
    pub holidays: Option<Vec<Holiday>>,
    /// Whether the flights of the trip are on other days, and were not counted.
    pub flights_elsewhen: bool,
    /// Whether flights shaped the first or the last day.
    pub with_flights: bool,
}

/// A sight that is not in a plan.
#[derive(Clone, Debug, Serialize)]
pub struct LeftOutSight {
    /// The sight.
    pub sight: &'static Sight,
    /// Why.
    pub reason: Reason,
    /// Whether it was asked for by name.
    pub wanted: bool,
}

/// A plan of the visitor's own, judged.
#[derive(Clone, Debug, Serialize)]
pub struct CheckFound {
    /// Metropolitan or airport code of the city.
    pub city: Iata,
    /// Where.
    #[serde(skip)]
    pub destination: &'static Destination,
    /// The days and entries, as they were written.
    #[serde(skip)]
    pub listed: Vec<Listed>,
    /// What they mean, and what is wrong.
    pub report: Option<Report>,
    /// Whether the days of the week are known: else closing days cannot be checked.
    pub is_dated: bool,
    /// Whether flights were counted.
    pub with_flights: bool,
}

impl ItineraryFound {
    /// Days that could be filled and have no sight: none is left that is often open then.
    #[must_use]
    pub fn free_days(&self) -> usize {
        let days = self.itinerary.iter().flat_map(|itinerary| &itinerary.days);
        days.filter(|day| is_free(day)).count()
    }
}

/// Whether a day has time and no sight.
pub(super) fn is_free(day: &Day) -> bool {
    // Half an afternoon after a flight is no free day.
    const LEAST: i32 = 240;
    let minutes = |(from, to): (Time, Time)| (to - from).total(Unit::Minute).unwrap_or(0.0);
    let long = day
        .hours
        .map(minutes)
        .is_some_and(|open| open >= f64::from(LEAST));
    long && day.sights().next().is_none()
}

impl Data for ItineraryFound {
    fn ground(&self, ground: &mut Ground) {
        for stop in self
            .plan
            .iter()
            .flat_map(|plan| &plan.days)
            .flat_map(|day| &day.stops)
        {
            ground.add_time(stop.from);
            ground.add_time(stop.to);
        }
    }

    fn json(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }
}

impl Data for CheckFound {
    // Its times stand in the text for models.
    fn ground(&self, _: &mut Ground) {}

    fn json(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }
}
