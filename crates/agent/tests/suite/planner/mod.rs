//! The built-in model: decisions and texts, from typed contexts.

mod answering;
mod asking;
mod confirming;
mod following_up;
mod informing;
mod invariants;
mod pending;
pub(super) mod scene;
mod searching;
mod several;
mod talking;
mod trips;

use super::fixtures;
