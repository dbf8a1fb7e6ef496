//! What messages make known, kept from turn to turn: a message is read once, and not with every answer
//! of its conversation again.

use std::{
    hash::{BuildHasher, RandomState},
    sync::Arc,
};

use super::Ground;
use crate::{message::Message, recent::Recent};

/// Messages of one generation. Two are kept, some kilobytes each: a hundred conversations of ten turns.
const GENERATION: usize = 1_024;

/// Remembers what the messages of the last conversations make known. By their content: a message that
/// was changed is another one.
#[derive(Debug)]
pub(crate) struct Memo {
    hasher: RandomState,
    known: Recent<u64, Arc<Ground>>,
}

impl Default for Memo {
    fn default() -> Self {
        Self {
            hasher: RandomState::new(),
            known: Recent::new(GENERATION),
        }
    }
}

impl Memo {
    /// Adds to `ground` what a message makes known.
    pub(crate) fn add(&self, ground: &mut Ground, message: &Message) {
        let key = match message {
            Message::User { text, note } => self.hasher.hash_one((0, text, note)),
            Message::Tool {
                text,
                failed: false,
                ..
            } => self.hasher.hash_one((1, text)),
            // Nothing.
            Message::System { .. } | Message::Assistant { .. } | Message::Tool { .. } => return,
        };
        let known = self.known.get(key).unwrap_or_else(|| {
            let mut read = Ground::default();
            read.add_message(message);
            let read = Arc::new(read);
            self.known.keep(key, Arc::clone(&read), 1);
            read
        });
        ground.share(key, known);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grounding::ungrounded;

    fn tool(text: String) -> Message {
        Message::Tool {
            call_id: "1".into(),
            name: "search_flights".into(),
            text,
            failed: false,
        }
    }

    fn flags(reply: &str, ground: &Ground) -> usize {
        ungrounded(reply, ground).len()
    }

    #[test]
    fn what_is_remembered_explains_what_reading_again_does() {
        let messages = [
            Message::user("a hotel near the Riad Jasmin, at most 900"),
            tool("AF 1234 from LYS at 10:35, 431.20 € for 2 people".into()),
            tool("The Grand Hotel Azur costs 96 € a night".into()),
            Message::assistant("AF 9999 costs 77.70 €"),
        ];
        let replies = [
            "AF 1234 at 10:35 for €431.20, 215.60 € each",
            "AF 9999 costs 77.70 €",
            "The Riad Jasmin and the Grand Hotel Azur, less than 900 €",
            "Together 527.20 € with a night",
            "At 11:35 from CDG",
        ];
        let memo = Memo::default();
        let mut plain = Ground::default();
        messages
            .iter()
            .for_each(|message| plain.add_message(message));
        for _ in 0..2 {
            let mut shared = Ground::default();
            messages
                .iter()
                .for_each(|message| memo.add(&mut shared, message));
            for reply in replies {
                assert_eq!(flags(reply, &shared), flags(reply, &plain), "{reply}");
            }
        }
    }
}
