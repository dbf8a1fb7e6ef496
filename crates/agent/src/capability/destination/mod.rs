//! What is known of a destination: climate, entry, money, plugs, holidays and the like.

mod aspect;
mod calendar;
mod card;
mod climate;
mod daily;
mod entry;
mod found;
mod say;
mod source;
mod way;

pub mod get_destination_context;

use std::sync::Arc;

pub use aspect::Aspect;
pub use found::{ContextFound, When};
pub use source::{ContextSource, OfflineContext};

use super::{Capability, Sources};
use crate::{
    language::{Question, Topic},
    planner::{Brief, Progress, View},
    tools::Registry,
};
use get_destination_context::GetDestinationContext;

/// The capability.
pub struct Destination;

impl Capability for Destination {
    fn name(&self) -> &'static str {
        "destination"
    }

    fn register(&self, registry: Registry, sources: &Sources) -> Registry {
        registry.with(GetDestinationContext::new(Arc::clone(&sources.context)))
    }

    fn topics(&self) -> &'static [Topic] {
        &[
            Topic::Weather,
            Topic::WhenToGo,
            Topic::Visa,
            Topic::Language,
            Topic::Plugs,
            Topic::Driving,
            Topic::Emergency,
            Topic::Currency,
            Topic::Holidays,
            Topic::SchoolHolidays,
            Topic::TimeDifference,
            Topic::Distance,
            Topic::Overview,
        ]
    }

    fn answers(&self, view: &View<'_>, question: &Question) -> bool {
        say::is_here(view, question)
    }

    fn step(&self, view: &View<'_>, brief: &Brief<'_>) -> Progress {
        say::step(view, brief)
    }
}
