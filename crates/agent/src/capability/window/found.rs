//! What the search for the cheapest days finds.

use guide::{Destination, stays::Category, window::TripWindow};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use crate::{
    grounding::Ground,
    tools::Data,
    travel::{Iata, Party},
};

/// The cheapest days of a span.
#[derive(Clone, Debug, Serialize)]
pub struct WindowFound {
    /// Where the trip begins; alternatives of one place.
    pub departure: Vec<Iata>,
    /// Metropolitan or airport code of the city.
    pub arrival: Iata,
    /// Where.
    #[serde(skip)]
    pub destination: &'static Destination,
    /// First day of departure that was compared.
    pub from: Date,
    /// Last one.
    pub to: Date,
    /// Nights.
    pub nights: u16,
    /// Who, as houses count them.
    pub party: Party,
    /// Rooms.
    pub rooms: u8,
    /// Their category.
    pub category: Category,
    /// Days of departure that have a flight.
    pub compared: usize,
    /// The cheapest, at most five; empty = no flight is known.
    pub windows: Vec<TripWindow>,
}

impl Data for WindowFound {
    fn ground(&self, ground: &mut Ground) {
        for window in &self.windows {
            ground.add_amount(window.flights);
            ground.add_amount(window.stay);
            ground.add_amount(window.total);
        }
    }

    fn json(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }
}
