//! A conversation to a file.

use agent::store::MessageRecord;
use jiff::Timestamp;

use super::{Document, Entry, FORMAT, VERSION};

/// The messages of a branch, as a file of `now`.
#[must_use]
pub fn export<'a>(
    title: &str,
    messages: impl IntoIterator<Item = &'a MessageRecord>,
    now: Timestamp,
) -> Document {
    let entry = |message: &MessageRecord| match message {
        MessageRecord::User {
            text, created_at, ..
        } => Entry::User {
            text: text.clone(),
            created_at: *created_at,
        },
        MessageRecord::Agent {
            answer, created_at, ..
        } => Entry::Agent {
            text: answer.reply.clone(),
            locale: answer.locale,
            created_at: *created_at,
            status: answer.status,
            // Our own cards always serialise.
            cards: answer
                .cards
                .iter()
                .filter_map(|card| serde_json::to_value(card).ok())
                .collect(),
        },
    };
    Document {
        format: FORMAT.to_owned(),
        version: VERSION,
        title: title.to_owned(),
        exported_at: now,
        messages: messages.into_iter().map(entry).collect(),
    }
}
