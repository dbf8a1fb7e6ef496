//! The built-in model: decisions and texts, from typed contexts.

mod answering;
mod asking;
mod confirming;
mod informing;
mod invariants;
mod scene;
mod searching;
mod talking;

use super::fixtures;
