//! What there is to draw.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};

use super::svg::svg;
use crate::{grounding::Ground, sheet::Map, tools::Data, travel::Iata};

/// A map, or why there is none.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MapFound {
    /// The journey.
    Route(Map),
    /// A day.
    Day {
        /// Its places.
        map: Map,
        /// Which one; `None` = places that the call named.
        day: Option<DayOf>,
        /// Stops of it whose place is not known, or that lie outside: the way from the airport.
        left_out: Vec<String>,
    },
    /// There is nothing to draw.
    Nothing(Missing),
}

/// A day among those planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayOf {
    /// Metropolitan or airport code of its city.
    pub city: Iata,
    /// Name of the city.
    pub name: String,
    /// Its number, counted from 1.
    pub number: usize,
    /// How many there are.
    pub count: usize,
    /// The day.
    pub date: Date,
}

/// Why there is no map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// No day is planned: of the city, where one was named or is the trip's.
    Plan {
        /// Name of the city.
        city: Option<String>,
    },
    /// The plan has other days.
    Day {
        /// How many.
        count: usize,
    },
    /// None of the day's stops has a known place.
    Places,
    /// Nobody said where the journey goes.
    Route,
}

impl MapFound {
    /// The map, if there is one.
    #[must_use]
    pub const fn map(&self) -> Option<&Map> {
        match self {
            Self::Route(map) | Self::Day { map, .. } => Some(map),
            Self::Nothing(_) => None,
        }
    }
}

impl Data for MapFound {
    fn ground(&self, ground: &mut Ground) {
        if let Some(map) = self.map() {
            ground.add_text(&map.title);
            ground.add_text(&map.text);
        }
    }

    fn json(&self) -> Option<Value> {
        let drawn = self.map().map(|map| svg(map, true));
        Some(json!({ "found": serde_json::to_value(self).ok()?, "svg": drawn }))
    }
}
