//! Nights: hotels by category and flats, at indicative prices, and the quarters to stay in. No house
//! is named: none is known.

mod card;
mod found;
mod say;
mod source;

pub mod search_hotels;
pub mod search_vacation_rentals;

use std::sync::Arc;

pub use found::{HotelsFound, RentalFound};
pub use source::{OfflineStays, StayQuery, StaySource};

use super::{Capability, Sources};
use crate::{
    language::Topic,
    planner::{Brief, Progress, View},
    tools::Registry,
};

/// The capability.
pub struct Stays;

impl Capability for Stays {
    fn name(&self) -> &'static str {
        "stays"
    }

    fn register(&self, registry: Registry, sources: &Sources) -> Registry {
        let stays = || Arc::clone(&sources.stays);
        registry
            .with(search_hotels::SearchHotels::new(stays()))
            .with(search_vacation_rentals::SearchVacationRentals::new(stays()))
    }

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Hotel, Topic::Rental, Topic::Quarters]
    }

    fn step(&self, view: &View<'_>, brief: &Brief<'_>) -> Progress {
        say::step(view, brief)
    }
}
