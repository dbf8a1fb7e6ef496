//! Whole trips in three tiers: flights, a stay and how one lives there, with the reasons, and what
//! would fit a budget that none fits.

mod card;
mod found;
mod options;
mod say;

pub mod recommend_best_package;

use std::sync::Arc;

pub use found::PackagesFound;

use super::{Capability, Sources};
use crate::{
    language::Topic,
    planner::{Brief, Progress, View},
    tools::Registry,
};

/// The capability.
pub struct Packages;

impl Capability for Packages {
    fn name(&self) -> &'static str {
        "package"
    }

    fn register(&self, registry: Registry, sources: &Sources) -> Registry {
        let flights = Arc::clone(&sources.flights);
        registry.with(recommend_best_package::RecommendBestPackage::new(flights))
    }

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Package]
    }

    fn step(&self, view: &View<'_>, brief: &Brief<'_>) -> Progress {
        say::step(view, brief)
    }
}
