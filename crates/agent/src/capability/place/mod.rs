//! Facts about a place: clocks, money, plugs, distance.

pub mod get_place_facts;

use super::{Capability, Sources};
use crate::tools::Registry;

/// The capability.
pub struct Place;

impl Capability for Place {
    fn name(&self) -> &'static str {
        "place"
    }

    fn register(&self, registry: Registry, _sources: &Sources) -> Registry {
        registry.with(get_place_facts::GetPlaceFacts)
    }
}
