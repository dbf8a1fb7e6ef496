//! What the tools for nights find.

use guide::{
    Destination,
    quarters::Quarter,
    stays::{Category, HotelPrice, Rental, Stay},
};
use serde::Serialize;
use serde_json::Value;

use crate::{
    grounding::Ground,
    tools::Data,
    travel::{Iata, Party},
};

/// Indicative prices of hotels.
#[derive(Clone, Debug, Serialize)]
pub struct HotelsFound {
    /// Metropolitan or airport code of the city.
    pub city: Iata,
    /// Where.
    #[serde(skip)]
    pub destination: &'static Destination,
    /// Which nights.
    pub stay: Stay,
    /// Who.
    pub party: Party,
    /// The category that was asked for; `None` = all were, and the middle one is taken.
    pub wanted: Option<Category>,
    /// By category, cheapest first; empty = no figure is known.
    pub prices: Vec<HotelPrice>,
    /// Quarters to stay in, best suited first; empty = none are known.
    pub quarters: Vec<&'static Quarter>,
}

impl HotelsFound {
    /// The price that the trip goes on with.
    #[must_use]
    pub fn taken(&self) -> Option<&HotelPrice> {
        let category = self.wanted.unwrap_or_default();
        self.prices.iter().find(|price| price.category == category)
    }
}

/// The indicative price of a flat.
#[derive(Clone, Debug, Serialize)]
pub struct RentalFound {
    /// Metropolitan or airport code of the city.
    pub city: Iata,
    /// Where.
    #[serde(skip)]
    pub destination: &'static Destination,
    /// Which nights.
    pub stay: Stay,
    /// Who.
    pub party: Party,
    /// Its price; `None` = no figure is known.
    pub price: Option<Rental>,
    /// Quarters to stay in, best suited first; empty = none are known.
    pub quarters: Vec<&'static Quarter>,
}

impl Data for HotelsFound {
    fn ground(&self, ground: &mut Ground) {
        for price in &self.prices {
            ground.add_amount(price.per_night);
            ground.add_amount(price.total);
        }
    }

    fn json(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }
}

impl Data for RentalFound {
    fn ground(&self, ground: &mut Ground) {
        if let Some(price) = &self.price {
            ground.add_amount(price.per_night);
            ground.add_amount(price.cleaning);
            ground.add_amount(price.total);
        }
    }

    fn json(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }
}
