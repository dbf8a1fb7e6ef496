//! When a whole trip is cheapest: the flight and the nights together.

mod card;
mod found;
mod say;

pub mod find_trip_window;

use std::sync::Arc;

pub use found::WindowFound;

use super::{Capability, Sources};
use crate::{
    language::Topic,
    planner::{Brief, Progress, View},
    tools::Registry,
};

/// The capability.
pub struct Windows;

impl Capability for Windows {
    fn name(&self) -> &'static str {
        "window"
    }

    fn register(&self, registry: Registry, sources: &Sources) -> Registry {
        let flights = Arc::clone(&sources.flights);
        registry.with(find_trip_window::FindTripWindow::new(flights))
    }

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Window]
    }

    fn step(&self, view: &View<'_>, brief: &Brief<'_>) -> Progress {
        say::step(view, brief)
    }
}
