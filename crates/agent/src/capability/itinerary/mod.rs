//! Days in a city: a plan of ours from real sights, and the visitor's own plan, judged.

mod card;
mod check_card;
mod check_itinerary;
mod create_visit_itinerary;
mod found;
mod listed;
mod say;
mod say_check;
mod setting;
mod source;
mod stops;
mod wishes;

use std::sync::Arc;

pub use check_itinerary::{CheckItinerary, CheckItineraryArgs};
pub use create_visit_itinerary::{CreateVisitItinerary, CreateVisitItineraryArgs};
pub use found::{CheckFound, ItineraryFound, LeftOutSight};
pub use source::{ItinerarySource, OfflineItineraries};

use super::{Capability, Sources};
use crate::{
    language::Topic,
    planner::{Brief, Progress, View},
    tools::Registry,
};

/// The capability.
pub struct Itineraries;

impl Capability for Itineraries {
    fn name(&self) -> &'static str {
        "itinerary"
    }

    fn register(&self, registry: Registry, sources: &Sources) -> Registry {
        let itineraries = || Arc::clone(&sources.itineraries);
        registry
            .with(CreateVisitItinerary::new(itineraries()))
            .with(CheckItinerary::new(itineraries()))
    }

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Itinerary, Topic::Check]
    }

    fn step(&self, view: &View<'_>, brief: &Brief<'_>) -> Progress {
        match brief.topic {
            Topic::Check => say_check::step(view, brief),
            _ => say::step(view, brief),
        }
    }
}
