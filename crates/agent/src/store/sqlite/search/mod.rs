//! Search: an index that is written when nobody waits for it, and what is not in it yet.
//!
//! A turn writes nothing for the search. What it stored is remembered in memory for half a second, and
//! read as it is by whoever searches meanwhile: so a message is found as soon as it is acknowledged. After a crash, messages behind the mark in `search_state` are indexed again.

mod find;
mod index;
mod unindexed;
mod words;

pub(super) use find::matching;
pub(super) use index::{catch_up, forget_conversation, lower_mark, write};
pub(super) use unindexed::Unindexed;

/// What is found: a message, or the title of a conversation. Its number is that of the conversation in
/// the upper 32 bits and that of the message in the lower ones, so that the index alone says which
/// conversations hold a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Document(i64);

impl Document {
    /// The title of a conversation.
    pub(super) const fn title(conversation: i64) -> Self {
        Self(conversation << 32)
    }

    /// A message of a conversation.
    pub(super) const fn message(conversation: i64, message: i64) -> Self {
        Self(conversation << 32 | (message & 0xffff_ffff))
    }

    const fn conversation(self) -> i64 {
        self.0 >> 32
    }

    /// `None` for a title.
    const fn of_message(self) -> Option<i64> {
        match self.0 & 0xffff_ffff {
            0 => None,
            message => Some(message),
        }
    }
}

#[cfg(test)]
mod tests;
