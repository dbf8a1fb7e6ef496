//! What the tools for sights find.

use guide::{Destination, holidays::Holiday, nearby::Near, opening, sights::Sight, way::Way};
use jiff::civil::{Date, Weekday};
use serde::Serialize;
use serde_json::Value;

use super::spot::Spot;
use crate::{
    grounding::Ground,
    tools::Data,
    travel::{Iata, Interest},
};

/// A sight, and when it rests.
#[derive(Clone, Debug, Serialize)]
pub struct FoundSight {
    /// The sight.
    pub sight: &'static Sight,
    /// Days of the week on which it, or its kind, often closes: 1 = Monday to 7 = Sunday.
    pub closed_weekdays: Vec<i8>,
    /// Whether these days are known of this sight; else they are usual for its kind.
    pub is_own_day: bool,
    /// Whether its kind often closes on public holidays.
    pub closes_on_holidays: bool,
    /// The way from the spot on foot, however long; `None` where no spot is asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub walk: Option<Way>,
    /// The way from the spot that one takes: a ride where it is far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub way: Option<Way>,
}

impl FoundSight {
    fn with(sight: &'static Sight, near: Option<&Near>) -> Self {
        let closing = opening::closing(sight);
        let days = closing.days.iter();
        Self {
            sight,
            closed_weekdays: days.map(|day| day.to_monday_one_offset()).collect(),
            is_own_day: closing.is_own,
            closes_on_holidays: opening::closes_on_holidays(sight.kind),
            walk: near.map(|near| near.walk),
            way: near.map(|near| near.way),
        }
    }

    /// The days of the week on which it often closes.
    pub(super) fn weekdays(&self) -> impl Iterator<Item = Weekday> {
        let days = self.closed_weekdays.iter();
        days.filter_map(|day| Weekday::from_monday_one_offset(*day).ok())
    }
}

impl From<&'static Sight> for FoundSight {
    fn from(sight: &'static Sight) -> Self {
        Self::with(sight, None)
    }
}

impl From<&Near> for FoundSight {
    fn from(near: &Near) -> Self {
        Self::with(near.sight, Some(near))
    }
}

/// Sights of a city.
#[derive(Clone, Debug, Serialize)]
pub struct SightsFound {
    /// Metropolitan or airport code of the city.
    pub city: Iata,
    /// Where.
    #[serde(skip)]
    pub destination: &'static Destination,
    /// What is liked.
    pub interests: Vec<Interest>,
    /// What is not wanted.
    pub exclude: Vec<Interest>,
    /// Days of the visit, where they were given.
    pub days: Option<(Date, Date)>,
    /// Best known first.
    pub sights: Vec<FoundSight>,
    /// How many were asked for.
    pub limit: usize,
    /// How many sights of the city suit what is liked.
    pub suited: usize,
    /// How many sights of the city are known.
    pub known: usize,
    /// Public holidays of these days; empty where none are known or no days were given.
    pub holidays: Vec<Holiday>,
}

/// Sights around a spot.
#[derive(Clone, Debug, Serialize)]
pub struct NearbyFound {
    /// Metropolitan or airport code of the city.
    pub city: Iata,
    /// Where.
    #[serde(skip)]
    pub destination: &'static Destination,
    /// The spot as it was named.
    pub near: String,
    /// What was understood; `None` = nothing of that name is known there.
    pub spot: Option<Spot>,
    /// Straight kilometres around it.
    pub radius_km: f64,
    /// Nearest first; empty = none are known within the radius.
    pub sights: Vec<FoundSight>,
    /// The nearest sight where none is within the radius.
    pub nearest: Option<FoundSight>,
    /// Names of places there, where the spot is not known.
    pub known: Vec<&'static str>,
}

impl Data for SightsFound {
    fn ground(&self, _: &mut Ground) {}

    fn json(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }
}

impl Data for NearbyFound {
    fn ground(&self, _: &mut Ground) {}

    fn json(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }
}
