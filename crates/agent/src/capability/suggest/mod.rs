//! Where to go: destinations for wishes, with what the flights cost and what each of them misses.

mod arguments;
mod card;
mod found;
mod price;
mod regions;
mod say;

pub mod suggest_destinations;

use std::sync::Arc;

pub use arguments::{SuggestDestinationsArgs, WishedWeather};
pub use found::{Suggested, SuggestionsFound};

use super::{Capability, Sources};
use crate::{
    language::Topic,
    planner::{Brief, Progress, View},
    tools::Registry,
};

/// The capability.
pub struct Suggest;

impl Capability for Suggest {
    fn name(&self) -> &'static str {
        "suggest"
    }

    fn register(&self, registry: Registry, sources: &Sources) -> Registry {
        let flights = Arc::clone(&sources.flights);
        registry.with(suggest_destinations::SuggestDestinations::new(flights))
    }

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Suggest]
    }

    fn step(&self, view: &View<'_>, brief: &Brief<'_>) -> Progress {
        say::step(view, brief)
    }
}
