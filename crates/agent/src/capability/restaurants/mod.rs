//! Food: dishes to try and quarters to eat in. No restaurant is named: none is known.

mod card;
mod found;
mod recommend_restaurants;
mod say;
mod source;

use std::sync::Arc;

pub use found::FoodFound;
pub use recommend_restaurants::{RecommendRestaurants, RecommendRestaurantsArgs};
pub use source::{FoodSource, OfflineFood};

use super::{Capability, Sources};
use crate::{
    language::Topic,
    planner::{Brief, Progress, View},
    tools::Registry,
};

/// The capability.
pub struct Restaurants;

impl Capability for Restaurants {
    fn name(&self) -> &'static str {
        "restaurants"
    }

    fn register(&self, registry: Registry, sources: &Sources) -> Registry {
        registry.with(RecommendRestaurants::new(Arc::clone(&sources.food)))
    }

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Food]
    }

    fn step(&self, view: &View<'_>, brief: &Brief<'_>) -> Progress {
        say::step(view, brief)
    }
}
