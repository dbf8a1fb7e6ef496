//! The trip in the making: its files, and taking its last change back.

mod card;
mod done;
mod say;

pub mod export_trip;
pub mod undo_trip_change;

pub use done::{TripFiles, TripUndone};

use super::{Capability, Sources};
use crate::{
    language::Topic,
    planner::{Brief, Progress, View},
    tools::Registry,
};

/// The capability.
pub struct Trips;

impl Capability for Trips {
    fn name(&self) -> &'static str {
        "trips"
    }

    fn register(&self, registry: Registry, _sources: &Sources) -> Registry {
        registry
            .with(export_trip::ExportTrip)
            .with(undo_trip_change::UndoTripChange)
    }

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Export, Topic::Undo]
    }

    fn step(&self, view: &View<'_>, brief: &Brief<'_>) -> Progress {
        say::step(view, brief)
    }
}
