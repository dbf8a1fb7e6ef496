//! What the agent can do, a folder each: its values, its source, its tools, its card, and what the
//! built-in model says of it. Who adds one touches its folder and the list in this file.

mod arguments;
mod asking;
pub mod costs;
pub mod destination;
mod fares;
pub mod flights;
pub mod itinerary;
pub mod map;
pub mod package;
pub mod place;
pub mod restaurants;
pub mod sights;
pub mod stays;
pub mod suggest;
pub mod tastes;
pub mod trips;
pub mod window;
pub(crate) mod wording;

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
    time::Duration,
};

use destination::{ContextSource, OfflineContext};
use itinerary::{ItinerarySource, OfflineItineraries};
use restaurants::{FoodSource, OfflineFood};
use sights::{OfflineSights, SightSource};
use stays::{OfflineStays, StaySource};

use crate::{
    faults::Faults,
    language::{Question, Topic},
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
    /// Facts on destinations.
    pub context: Arc<dyn ContextSource>,
    /// Sights.
    pub sights: Arc<dyn SightSource>,
    /// What to eat, and where.
    pub food: Arc<dyn FoodSource>,
    /// Day plans.
    pub itineraries: Arc<dyn ItinerarySource>,
}

impl Sources {
    /// What is in this program: no key, no network.
    #[must_use]
    pub fn offline() -> Self {
        Self {
            flights: Arc::new(OfflineFlights),
            stays: Arc::new(OfflineStays),
            context: Arc::new(OfflineContext),
            sights: Arc::new(OfflineSights),
            food: Arc::new(OfflineFood),
            itineraries: Arc::new(OfflineItineraries),
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

    /// Whether it answers a question about one of them: it may be there for some only.
    fn answers(&self, view: &View<'_>, question: &Question) -> bool {
        let _ = (view, question);
        true
    }

    /// The built-in model's next step for a question about one of [`topics`](Self::topics).
    fn step(&self, view: &View<'_>, brief: &Brief<'_>) -> Progress {
        let _ = (view, brief);
        Progress::Unable
    }
}

/// Every capability.
pub(crate) static ALL: &[&dyn Capability] = &[
    &flights::Flights,
    &place::Place,
    &stays::Stays,
    &map::Maps,
    &destination::Destination,
    &costs::Costs,
    &sights::Sights,
    &restaurants::Restaurants,
    &trips::Trips,
    &suggest::Suggest,
    &itinerary::Itineraries,
    &window::Windows,
    &package::Packages,
];

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

/// The capability that answers questions about `topic`, if `has` one of its tools.
#[must_use]
pub(crate) fn about(topic: Topic, has: impl Fn(&str) -> bool) -> Option<&'static dyn Capability> {
    let mut all = ALL.iter().copied().zip(TOOLS.iter());
    let found = all.find(|(capability, _)| capability.topics().contains(&topic));
    found
        .filter(|(_, tools)| tools.iter().any(|tool| has(tool)))
        .map(|(capability, _)| capability)
}

/// The names of the tools of each capability, in the order of [`ALL`].
static TOOLS: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    let sources = Sources::offline();
    let tools = |capability: &&dyn Capability| {
        let empty = Registry::new(Duration::ZERO, Faults::default());
        let registry = capability.register(empty, &sources);
        registry.labels().map(|(name, _)| name).collect()
    };
    ALL.iter().map(tools).collect()
});

/// What every tool is doing, as people read it, by its name.
#[must_use]
pub fn labels() -> &'static BTreeMap<&'static str, (&'static str, &'static str)> {
    static LABELS: LazyLock<BTreeMap<&'static str, (&'static str, &'static str)>> =
        LazyLock::new(|| {
            let tools = registry(Duration::ZERO, Faults::default(), &Sources::offline());
            tools.labels().collect()
        });
    &LABELS
}
