//! The built-in model: decisions and texts, from typed contexts.

mod answering;
mod asking;
mod confirming;
mod fixtures;
mod informing;
mod invariants;
mod scene;
mod searching;
mod talking;
