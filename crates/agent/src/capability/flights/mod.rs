//! Flights: search, fare calendar, proposal and price check.

mod again;
pub mod check_price;
mod conditions;
pub(crate) mod earlier;
pub mod find_cheapest_dates;
mod found;
pub mod get_airport_code;
pub mod get_flight_details;
pub mod propose_offer;
pub mod search_flights;

use std::sync::Arc;

pub use found::{AirportsFound, FlightsFound, PriceChecked};

use super::{Capability, Sources};
use crate::{
    language::Topic,
    planner::{Brief, Progress, View},
    tools::Registry,
};

/// The capability.
pub struct Flights;

impl Capability for Flights {
    fn name(&self) -> &'static str {
        "flights"
    }

    fn register(&self, registry: Registry, sources: &Sources) -> Registry {
        let flights = || Arc::clone(&sources.flights);
        registry
            .with(get_airport_code::GetAirportCode)
            .with(search_flights::SearchFlights::new(flights()))
            .with(find_cheapest_dates::FindCheapestDates::new(flights()))
            .with(propose_offer::ProposeOffer)
            .with(check_price::CheckPrice::new(flights()))
            .with(get_flight_details::GetFlightDetails::new(flights()))
    }

    fn topics(&self) -> &'static [Topic] {
        &[Topic::OfferDetails]
    }

    fn step(&self, view: &View<'_>, brief: &Brief<'_>) -> Progress {
        get_flight_details::step(view, brief)
    }
}
