//! Markup in a model's text: thoughts and calls that its server should have told apart and has not.
//!
//! [`Unmarked`] stands between a provider's events and the turn. Thoughts are dropped, calls are
//! collected, and the rest is text to show. What becomes of the calls is for the turn
//! (`turn/written.rs`): text is not trusted as a proper call is.

mod balance;
mod calls;
mod capture;
mod code;
mod elements;
mod habit;
mod harmony;
mod hold;
mod literal;
mod names;
mod opening;
pub mod quote;
mod scanner;
mod spacing;
mod tag;

pub use habit::{Habit, Habits};
pub use hold::{End, Piece, Unmarked};

use crate::message::ToolCall;

/// A call that a model wrote as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What it says, without ids; none where it cannot be read.
    pub calls: Vec<ToolCall>,
    /// It stands within the model's own markers.
    pub marked: bool,
    /// The text, markers and all.
    pub raw: String,
}

/// What was taken out of an answer's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup {
    /// Calls, in the order of the text.
    pub written: Vec<Written>,
    /// There was a thought.
    pub thought: bool,
    /// Text that was shown has turned out to be a thought.
    pub late: bool,
}

#[cfg(test)]
mod tests;
