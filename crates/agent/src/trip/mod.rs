//! The trip that a conversation builds: the flight, the nights, the days and what they cost. It holds
//! what was found and shown, in domain values; what is wished is in [`TripRequest`].
//!
//! Each tool adds a [`Part`]. Which part replaces which is decided here and nowhere else.

mod days;
pub mod export;
mod reorder;
mod span;
mod stay;
mod summary;
#[cfg(test)]
mod tests;
mod total;
mod wished;
pub mod words;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use days::{PlannedDay, PlannedDays, Stop, StopKind};
pub use reorder::DayMove;
pub use span::span;
pub use stay::{Lodging, PlannedStay};
pub use summary::{ChosenFlight, Planned, Standing, Summary, travellers};
pub use total::Total;
pub use wished::{NamedPlace, Wished, WishedBudget, WishedLeg};

use crate::{
    language::TripRequest,
    travel::{Iata, Money, Offer, Party},
};

/// A trip in the making.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trip {
    /// The flight that was put to the person or selected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flight: Option<Offer>,
    /// Nights, in the order of their days.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stays: Vec<PlannedStay>,
    /// Day plans, in the order of their days.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<PlannedDays>,
    /// What the trip costs, as far as it was worked out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// The trip before its last change; `None` = there is nothing to take back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Box<Trip>>,
    /// What was wished then, of a trip before its last change, where that change was one of the wishes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wished: Option<Box<TripRequest>>,
}

/// What a tool adds to a trip.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// The flight.
    Flight(Box<Offer>),
    /// Nights in a place.
    Stay(PlannedStay),
    /// Days in a place.
    Days(PlannedDays),
    /// What it costs.
    Cost(Cost),
    /// Everything at once, as a package is.
    All {
        /// The flight.
        flight: Box<Offer>,
        /// The nights.
        stay: PlannedStay,
        /// What it costs.
        cost: Cost,
    },
    /// The last change is taken back.
    Undo,
}

/// What a part of a trip costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostLine {
    /// What for, for programs: `flights`, `stay`, `meals`, `visits`.
    pub expense: String,
    /// For the whole party.
    pub total: Money,
}

/// What a trip costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// By expense; the sum is `total`.
    pub lines: Vec<CostLine>,
    /// For the whole party.
    pub total: Money,
    /// For each person, rounded up to the minor unit.
    pub per_person: Money,
    /// What may be spent on it all, where it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Money>,
    /// Day of the exchange rates that it rests on.
    pub rates_of: Date,
}

impl Trip {
    /// Whether there is nothing of it yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The trip with a part more. A stay or plan replaces those in the same place and those that
    /// share a night with it; a total does not outlive what it was the total of.
    #[must_use]
    pub fn with(&self, part: Part) -> Self {
        let mut trip = Self {
            before: None,
            ..self.clone()
        };
        match part {
            Part::Undo => return self.before.as_deref().cloned().unwrap_or_default(),
            Part::Flight(offer) => {
                trip.flight = Some(*offer);
                trip.cost = None;
            }
            Part::Stay(stay) => trip.stay(stay),
            Part::Days(days) => {
                trip.days.retain(|known| !known.clashes(&days));
                trip.days.push(days);
                trip.days.sort_by_key(PlannedDays::first);
            }
            Part::Cost(cost) => trip.cost = Some(cost),
            Part::All { flight, stay, cost } => {
                trip.flight = Some(*flight);
                trip.stay(stay);
                trip.cost = Some(cost);
            }
        }
        let same = Self {
            before: self.before.clone(),
            ..trip.clone()
        };
        if same == *self {
            return same;
        }
        trip.before = Some(Box::new(Self {
            before: None,
            ..self.clone()
        }));
        trip
    }

    fn stay(&mut self, stay: PlannedStay) {
        self.stays.retain(|known| !known.clashes(&stay));
        self.stays.push(stay);
        self.stays.sort_by_key(|stay| stay.check_in);
        self.cost = None;
    }

    /// The trip for what is wished now: what belongs to a place that is no longer in it goes.
    #[must_use]
    pub fn following(&self, request: &TripRequest) -> Self {
        let cities = cities(request);
        if cities.is_empty() {
            return self.clone();
        }
        let near = |city: Iata, other: Iata| {
            let at = |code| guide::destination::by_code(code).map(guide::Destination::at);
            at(city)
                .zip(at(other))
                .is_some_and(|(city, other)| city.km_to(other) < NEAR_KM)
        };
        let there = |city: &Iata| {
            cities
                .iter()
                .any(|known| known == city || near(*city, *known))
        };
        let mut trip = self.clone();
        trip.stays.retain(|stay| there(&stay.city));
        trip.days.retain(|days| there(&days.city));
        let lands = |offer: &Offer| {
            let ends = offer.slices.iter().map(|slice| slice.destination.iata);
            ends.map(city_of).any(|city| there(&city))
        };
        trip.flight = trip.flight.filter(lands);
        if trip.stays.len() != self.stays.len() || trip.flight.is_none() != self.flight.is_none() {
            trip.cost = None;
        }
        trip
    }
}

/// A city so near to one of a trip belongs to it: Kyoto, whose airport is that of Osaka.
const NEAR_KM: f64 = 80.0;

/// The cities that a request goes to, as their metropolitan or only airport's code.
fn cities(request: &TripRequest) -> Vec<Iata> {
    let first = request.destination.iter();
    // Where a further leg begins one has been: "back from Osaka".
    let onward = request
        .onward
        .iter()
        .flat_map(|leg| leg.origin.iter().chain(&leg.destination));
    let places = first.chain(onward);
    let codes = places.flat_map(|place| place.codes.iter().copied());
    codes.map(city_of).collect()
}

/// The code of a city: the metropolitan one of an airport that has one.
#[must_use]
pub fn city_of(code: Iata) -> Iata {
    let destination = guide::destination::by_code(code).map(|place| place.code);
    let metro = || crate::travel::airport::by_code(code).and_then(|airport| airport.metro);
    destination.or_else(metro).unwrap_or(code)
}

/// Who travels, in a few figures.
#[must_use]
pub fn people(party: &Party) -> u8 {
    u8::try_from(party.size()).unwrap_or(u8::MAX)
}
