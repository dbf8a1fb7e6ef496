//! What a model is told: instructions by tier, the history as it fits, the note of the moment.

mod digest;
pub mod history;
pub mod note;
pub mod tier;
