//! What a tool answers.

use std::{any::Any, fmt, sync::Arc};

use serde_json::Value;

use crate::{
    booking::Proposal, capability::flights::FlightsFound, event::Card, grounding::Ground,
    trip::Part,
};

/// A tool's answer: text for the model, typed data for the built-in model, a card for people.
#[derive(Clone, Debug)]
pub struct ToolOutput {
    /// For models that read text.
    pub text: String,
    /// The same, typed.
    pub data: ToolData,
    /// For people.
    pub card: Option<Card>,
    /// Number of results; none is a success too.
    pub result_count: u64,
    /// Where the results come from.
    pub source: Option<&'static str>,
    /// What the conversation remembers of it.
    pub effect: Option<Effect>,
}

/// Typed results. Each capability has types of its own; who does not know them passes them on.
pub trait Data: Any + fmt::Debug + Send + Sync {
    /// Adds what a reply may say of them without inventing anything.
    fn ground(&self, ground: &mut Ground);

    /// The same for programs that call the tool outside a turn; `None` = it is of no use there.
    fn json(&self) -> Option<Value> {
        None
    }
}

/// Results of any type.
#[derive(Clone, Debug)]
pub struct ToolData(Arc<dyn Data>);

impl ToolData {
    /// The results, if they are of this type.
    #[must_use]
    pub fn get<T: Data>(&self) -> Option<&T> {
        let any: &dyn Any = &*self.0;
        any.downcast_ref()
    }

    /// The results for programs.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        self.0.json()
    }

    /// Adds what a reply may say of them.
    pub(crate) fn ground(&self, ground: &mut Ground) {
        self.0.ground(ground);
    }
}

impl<T: Data> From<T> for ToolData {
    fn from(data: T) -> Self {
        Self(Arc::new(data))
    }
}

/// What the conversation remembers of a tool's answer.
#[derive(Clone, Debug)]
pub enum Effect {
    /// These offers were shown.
    Shown(FlightsFound),
    /// This offer was proposed.
    Proposed(Proposal),
    /// The trip has grown by this.
    Planned(Part),
}
