//! What a model is told: instructions by tier, the history as it fits, the note of the moment.

mod digest;
pub mod history;
pub mod note;
mod replay;
mod replays;
pub mod tier;
mod window;

pub(crate) use replays::Replays;
