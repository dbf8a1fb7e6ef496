//! What the agent can do, a folder each: its values, its source, its tools, its card, and what the
//! built-in model says of it. Who adds one touches its folder and [`ALL`].

mod arguments;
mod asking;
pub mod costs;
mod fares;
pub mod flights;
pub mod package;
pub mod place;
pub mod stays;
pub mod window;
mod wording;

use std::{sync::Arc, time::Duration};

use stays::{OfflineStays, StaySource};

use crate::{
    faults::Faults,
    language::Topic,
    planner::{Brief, Progress, View},
    sources::{FlightSource, offline::OfflineFlights},
    tools::Registry,
};

/// Where the capabilities look things up.
#[derive(Clone)]
pub struct Sources {
    /// Flights.
    pub flights: Arc<dyn FlightSource>,
    /// Nights.
    pub stays: Arc<dyn StaySource>,
}

impl Sources {
    /// What is in this program: no key, no network.
    #[must_use]
    pub fn offline() -> Self {
        Self {
            flights: Arc::new(OfflineFlights),
            stays: Arc::new(OfflineStays),
        }
    }
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
pub(crate) static ALL: [&dyn Capability; 6] = [
    &flights::Flights,
    &place::Place,
    &stays::Stays,
    &costs::Costs,
    &window::Windows,
    &package::Packages,
];

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
