//! The travel agent: understands a message, drives a chat model with tools, answers with offers.
//!
//! Everything here is about one turn ([`agent::Agent::run_turn`]): `language` reads
//! the message, `llm` and `tools` take turns until there is an answer, `sources` find the offers,
//! `booking` guards what only a person may decide, `telemetry` names the spans. Events of the turn
//! ([`event::TurnEvent`]) are all that the outside sees.

pub mod agent;
pub mod answer;
pub mod booking;
pub mod budget;
pub mod capability;
pub mod card_number;
pub mod context;
pub mod conversation;
pub mod event;
pub mod faults;
pub mod feedback;
pub mod grounding;
pub mod id;
pub mod planner;
pub mod prompt;
mod recent;
pub mod sheet;
pub mod sources;
pub mod starters;
pub mod step;
pub mod store;
pub mod telemetry;
pub mod tools;
pub mod transcript;
pub mod trip;
pub mod turn;
pub mod understood;

pub use agent::Agent;
pub use language::{self, intent};
pub use llm::{self, message};
pub use travel::{self, locale};

/// Builds all tables now, so that the first message does not wait for them.
pub fn warm_up() {
    language::warm_up();
    schedule::warm_up();
}
