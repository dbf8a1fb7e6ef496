//! What a turn goes on from: the newest messages of its branch, however long that is.

use std::sync::Arc;

use rusqlite::Connection;
use uuid::Uuid;

use super::{StoreError, proposals, rows, state, statements};
use crate::{
    conversation::{ConversationState, PastMessage},
    store::BegunTurn,
};

/// Messages of history by which the window on a branch moves on: it holds one to two steps. It moves
/// in steps because a window that slides with every turn would never let two prompts begin alike.
const HISTORY_STEP: i64 = 100;

/// A branch as it was read; the documents in its messages are read by whoever asked.
pub(super) struct Branch {
    /// Oldest first; where the branch was known, from its last known message on.
    past: Vec<Past>,
    /// State after the last message.
    pub(super) state: ConversationState,
    /// How many messages there are, those before the window too.
    pub(super) length: i64,
    /// How many are before the window.
    first: i64,
}

struct Past {
    id: String,
    by_agent: bool,
    text: String,
    transcript: Option<String>,
}

/// A branch up to a message behind which nothing changes any more.
pub(super) struct Known {
    /// Id of its last message.
    pub(super) last: String,
    /// How many messages are before these.
    first: i64,
    pub(super) past: Vec<Arc<PastMessage>>,
}

impl Branch {
    /// The history, after what is `known` of it; and what is known from now on.
    pub(super) fn begun(
        self,
        known: Option<Known>,
    ) -> Result<(BegunTurn, Option<Known>), StoreError> {
        let (mut history, mut last, mut is_final) = (Vec::new(), None, true);
        let mut read = self.past.into_iter().peekable();
        let is_next = |known: &Known| read.peek().is_some_and(|past| past.id == known.last);
        if let Some(known) = known.filter(is_next) {
            // The window moved on, or is where it was.
            let passed = usize::try_from(self.first - known.first).unwrap_or_default();
            history.extend(known.past.into_iter().skip(passed));
            last = Some(known.last);
            read.next();
        }
        for past in read {
            // An answer whose end waits for the disk is not there yet, and one without a transcript may
            // be such a one.
            is_final &= !past.by_agent || past.transcript.is_some();
            history.push(Arc::new(PastMessage {
                by_agent: past.by_agent,
                text: past.text,
                transcript: match past.transcript {
                    Some(stored) => rows::json(&stored)?,
                    None => Vec::new(),
                },
            }));
            last = Some(past.id);
        }
        let known = last.filter(|_| is_final).map(|last| Known {
            last,
            first: self.first,
            past: history.clone(),
        });
        let begun = BegunTurn {
            history,
            state: self.state,
        };
        Ok((begun, known))
    }
}

/// The newest messages of the branch that ends at `parent`, those before `known` left out, and its last
/// state.
pub(super) fn read(
    tx: &Connection,
    conversation: &str,
    parent: Option<&str>,
    known: Option<&str>,
) -> Result<Branch, StoreError> {
    let Some(parent) = parent else {
        return Ok(Branch {
            past: Vec::new(),
            state: ConversationState::default(),
            length: 0,
            first: 0,
        });
    };
    let length = 1 + statements::one(
        tx,
        "SELECT depth FROM message WHERE id = ? AND conversation_id = ?",
        (parent, conversation),
        |row| rows::number(row, "depth"),
    )?;
    let first = (length / HISTORY_STEP - 1).max(0) * HISTORY_STEP;
    let mut newest = None;
    let mut past = statements::all(
        tx,
        "WITH RECURSIVE branch (seq, id, parent_id, depth) AS ( \
             SELECT seq, id, parent_id, depth FROM message WHERE id = ?1 \
             UNION ALL \
             SELECT m.seq, m.id, m.parent_id, m.depth \
             FROM branch b JOIN message m ON m.id = b.parent_id \
             WHERE b.depth > ?2 AND b.id IS NOT ?3 \
         ) \
         SELECT m.id, m.role, m.text, m.state, m.answer, m.transcript FROM branch b JOIN message m ON m.seq = b.seq \
         ORDER BY b.depth DESC",
        (parent, first, known),
        |row| {
            if newest.is_none() {
                newest = state::of(row)?;
            }
            Ok(Past {
                id: rows::text(row, "id")?,
                by_agent: rows::text(row, "role")? == "agent",
                text: rows::text(row, "text")?,
                transcript: rows::optional(row, "transcript")?,
            })
        },
    )?;
    past.reverse();
    let state = match newest {
        Some(state) => proposals::settled(tx, state)?,
        None => ConversationState::default(),
    };
    Ok(Branch {
        past,
        state,
        length,
        first,
    })
}

/// The last message of a conversation, on whichever branch.
pub(super) fn newest(tx: &Connection, conversation: &str) -> Result<Option<String>, StoreError> {
    statements::optional(
        tx,
        "SELECT id FROM message WHERE conversation_id = ? ORDER BY seq DESC LIMIT 1",
        [conversation],
        |row| rows::text(row, "id"),
    )
}

/// The message that a person's message goes on from, which is said anew or answered again: a decision
/// on a proposal is neither.
pub(super) fn before(
    tx: &Connection,
    conversation: &str,
    message: Uuid,
) -> Result<Option<String>, StoreError> {
    let message = message.to_string();
    let before = statements::one(
        tx,
        "SELECT parent_id FROM message WHERE id = ? AND conversation_id = ? AND role = 'user'",
        (&message, conversation),
        |row| rows::optional(row, "parent_id"),
    )?;
    match proposals::decided(tx, &message)? {
        true => Err(StoreError::Decided),
        false => Ok(before),
    }
}
