//! What the agent can do, a folder each: its values, its source, its tools, its card, and what the
//! built-in model says of it. Who adds one touches its folder and [`ALL`].

pub mod flights;
pub mod place;

use std::{sync::Arc, time::Duration};

use crate::{
    faults::Faults,
    language::Topic,
    planner::{Brief, Progress, View},
    sources::FlightSource,
    tools::Registry,
};

/// Where the capabilities look things up.
#[derive(Clone)]
pub struct Sources {
    /// Flights.
    pub flights: Arc<dyn FlightSource>,
}

/// Something that the agent can do.
pub(crate) trait Capability: Send + Sync {
    /// Short name, such as `stays`.
    fn name(&self) -> &'static str;

    /// The registry with its tools added.
    fn register(&self, registry: Registry, sources: &Sources) -> Registry;

    /// The subjects of questions that it answers.
    fn topics(&self) -> &'static [Topic] {
        &[]
    }

    /// The built-in model's next step for a question about one of [`topics`](Self::topics).
    fn step(&self, view: &View<'_>, brief: &Brief<'_>) -> Progress {
        let _ = (view, brief);
        Progress::Unable
    }
}

/// Every capability.
pub(crate) static ALL: [&dyn Capability; 2] = [&flights::Flights, &place::Place];

/// The names of every capability, in the order of the list.
pub fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|capability| capability.name())
}

/// The tools of every capability; a call may take `timeout`.
#[must_use]
pub fn registry(timeout: Duration, faults: Faults, sources: &Sources) -> Registry {
    registry_without(&[], timeout, faults, sources)
}

/// The tools of every capability but the named ones.
#[must_use]
pub fn registry_without(
    names: &[&str],
    timeout: Duration,
    faults: Faults,
    sources: &Sources,
) -> Registry {
    let kept = ALL.iter().filter(|known| !names.contains(&known.name()));
    kept.fold(Registry::new(timeout, faults), |registry, capability| {
        capability.register(registry, sources)
    })
}

/// The capability that answers questions about `topic`.
#[must_use]
pub(crate) fn about(topic: Topic) -> Option<&'static dyn Capability> {
    let mut all = ALL.iter().copied();
    all.find(|capability| capability.topics().contains(&topic))
}
