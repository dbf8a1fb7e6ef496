//! What the whole trip costs: flights, nights, meals and visits, against the budget, and what would
//! make it cheaper.

mod bill;
mod card;
mod found;
mod route;
mod savings;
mod say;

pub mod calculate_total_cost;

use std::sync::Arc;

pub(crate) use card::name as expense_name;
pub use found::{CostFound, Fare, Saving, SavingKind};

use super::{Capability, Sources};
use crate::{
    language::Topic,
    planner::{Brief, Progress, View},
    tools::Registry,
};

/// The capability.
pub struct Costs;

impl Capability for Costs {
    fn name(&self) -> &'static str {
        "costs"
    }

    fn register(&self, registry: Registry, sources: &Sources) -> Registry {
        registry.with(calculate_total_cost::CalculateTotalCost::new(
            Arc::clone(&sources.flights),
            Arc::clone(&sources.stays),
        ))
    }

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Cost, Topic::Relax]
    }

    fn step(&self, view: &View<'_>, brief: &Brief<'_>) -> Progress {
        say::step(view, brief)
    }
}
