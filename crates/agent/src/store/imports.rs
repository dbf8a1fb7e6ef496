//! A conversation that someone brings along.

use jiff::Timestamp;
use uuid::Uuid;

use crate::answer::Answer;

/// A conversation to store whole. It has no state: nothing of it was found by a tool of ours, so nothing
/// can be chosen, confirmed or gone on with but its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// Its new identity.
    pub id: Uuid,
    /// Title.
    pub title: String,
    /// When it is brought.
    pub at: Timestamp,
    /// One branch, oldest first.
    pub messages: Vec<ImportedMessage>,
}

/// A message of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedMessage {
    /// Its new identity.
    pub id: Uuid,
    /// When it was said, as its file says.
    pub created_at: Timestamp,
    /// What was said.
    pub said: Said,
}

/// Who said what.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// A person.
    Person(String),
    /// An agent; the answer is marked as imported.
    Agent(Box<Answer>),
}
