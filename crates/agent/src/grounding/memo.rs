//! What messages make known, kept from turn to turn: a message is read once, and not with every answer
//! of its conversation again.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, PoisonError},
};

use super::Ground;
use crate::message::Message;

/// Messages of one generation. Two are kept, some kilobytes each: a hundred conversations of ten turns.
const GENERATION: usize = 1_024;

/// Remembers what the messages of the last conversations make known. By their content: a message that
/// was changed is another one.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    hasher: RandomState,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    young: HashMap<u64, Arc<Ground>>,
    /// Goes as a whole when the young ones are full; what is asked for before that is young again.
    old: HashMap<u64, Arc<Ground>>,
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
        let known = self.find(key).unwrap_or_else(|| {
            let mut read = Ground::default();
            read.add_message(message);
            let read = Arc::new(read);
            self.keep(key, Arc::clone(&read));
            read
        });
        ground.share(key, known);
    }

    fn find(&self, key: u64) -> Option<Arc<Ground>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(young) = known.young.get(&key) {
            return Some(Arc::clone(young));
        }
        let old = known.old.remove(&key)?;
        known.keep(key, Arc::clone(&old));
        Some(old)
    }

    fn keep(&self, key: u64, read: Arc<Ground>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.keep(key, read);
    }
}

impl Known {
    fn keep(&mut self, key: u64, read: Arc<Ground>) {
        if self.young.len() == GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, read);
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

    #[test]
    fn it_stays_bounded_and_keeps_what_is_asked_for() {
        let memo = Memo::default();
        let first = tool("AF 1 at 10:01".into());
        let kept = || {
            let mut ground = Ground::default();
            memo.add(&mut ground, &first);
            let known = memo.known.lock().unwrap();
            (
                known.young.len() + known.old.len(),
                flags("at 10:01", &ground),
            )
        };
        for n in 0..5 * GENERATION {
            memo.add(&mut Ground::default(), &tool(format!("text {n}")));
            if n % 100 == 0 {
                let (size, flagged) = kept();
                assert!(size <= 2 * GENERATION && flagged == 0, "{size} {flagged}");
            }
        }
    }
}
