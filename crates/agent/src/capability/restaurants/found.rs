//! What the tool for food finds.

use guide::{Destination, dishes::Dish, quarters::Quarter, way::Way};
use serde::Serialize;
use serde_json::Value;

use crate::{capability::sights::Spot, grounding::Ground, tools::Data, travel::Iata};

/// Dishes to try and quarters to eat in.
#[derive(Clone, Debug, Serialize)]
pub struct FoodFound {
    /// Metropolitan or airport code of the city.
    pub city: Iata,
    /// Where.
    #[serde(skip)]
    pub destination: &'static Destination,
    /// The spot to eat near to, as it was named.
    pub near: Option<String>,
    /// What was understood of it; `None` = no spot was named, or it is not known there.
    pub spot: Option<Spot>,
    /// Dishes of the country, best known first; empty = none are known.
    pub dishes: Vec<&'static Dish>,
    /// Quarters to eat in, nearest to the spot first; empty = none are known.
    pub quarters: Vec<Eating>,
}

/// A quarter that is known for eating.
#[derive(Clone, Debug, Serialize)]
pub struct Eating {
    /// The quarter.
    pub quarter: &'static Quarter,
    /// The way from the spot, where one is known.
    pub way: Option<Way>,
}

impl Data for FoodFound {
    fn ground(&self, _: &mut Ground) {}

    fn json(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }
}
