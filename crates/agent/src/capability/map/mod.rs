//! Maps: the journey on the land, and a day of the plan as a scheme. What the conversation planned is
//! drawn; nothing is looked up.

mod card;
mod found;
mod places;
mod say;
mod svg;

pub mod generate_travel_map;

pub use found::{DayOf, MapFound, Missing};
pub use svg::svg;

use super::{Capability, Sources};
use crate::{
    language::Topic,
    planner::{Brief, Progress, View},
    tools::Registry,
};

/// The capability.
pub struct Maps;

impl Capability for Maps {
    fn name(&self) -> &'static str {
        "map"
    }

    fn register(&self, registry: Registry, _: &Sources) -> Registry {
        registry.with(generate_travel_map::GenerateTravelMap)
    }

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Map]
    }

    fn step(&self, view: &View<'_>, brief: &Brief<'_>) -> Progress {
        say::step(view, brief)
    }
}
