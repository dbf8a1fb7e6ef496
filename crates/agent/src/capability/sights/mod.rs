//! Sights: what there is to see in a city, and around a spot. Real ones only, of the table.

mod card;
mod find_cultural_activities;
mod find_nearby_attractions;
mod found;
mod say;
mod source;
mod spot;

use std::sync::Arc;

pub use find_cultural_activities::{FindCulturalActivities, FindCulturalActivitiesArgs};
pub use find_nearby_attractions::{FindNearbyAttractions, FindNearbyAttractionsArgs};
pub use found::{FoundSight, NearbyFound, SightsFound};
pub use source::{OfflineSights, SightSource};
pub use spot::Spot;

use super::{Capability, Sources};
use crate::{
    language::Topic,
    planner::{Brief, Progress, View},
    tools::Registry,
};

/// The capability.
pub struct Sights;

impl Capability for Sights {
    fn name(&self) -> &'static str {
        "sights"
    }

    fn register(&self, registry: Registry, sources: &Sources) -> Registry {
        let sights = || Arc::clone(&sources.sights);
        registry
            .with(FindCulturalActivities::new(sights()))
            .with(FindNearbyAttractions::new(sights()))
    }

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Sights, Topic::Nearby]
    }

    fn step(&self, view: &View<'_>, brief: &Brief<'_>) -> Progress {
        match brief.topic {
            Topic::Nearby => say::nearby(view, brief),
            _ => say::sights(view, brief),
        }
    }
}
