//! A conversation as a file: what is written into it, what is taken out of one that someone brings
//! along, and the form that carries it. Pure.

mod export;
mod import;
mod upload;

use agent::{answer::AnswerStatus, locale::Locale};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use export::export;
pub use import::{MAX_BYTES, NewIds, read};
pub use upload::file;

/// What tells these files from others.
const FORMAT: &str = "travel-agent.conversation";
/// The version that is written, and the one that is read.
const VERSION: u32 = 1;

/// A conversation: one branch, with nothing of owner, trace, model or cost.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    format: String,
    version: u32,
    title: String,
    exported_at: Timestamp,
    messages: Vec<Entry>,
}

/// A message of it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "snake_case", deny_unknown_fields)]
enum Entry {
    /// A person's.
    User { text: String, created_at: Timestamp },
    /// The agent's.
    Agent {
        /// Markdown.
        text: String,
        locale: Locale,
        created_at: Timestamp,
        status: AnswerStatus,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        cards: Vec<Value>,
    },
}
