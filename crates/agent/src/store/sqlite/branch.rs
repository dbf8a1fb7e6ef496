//! What a turn goes on from: the newest messages of its branch, however long that is.

use rusqlite::Connection;

use super::{StoreError, proposals, rows, statements};
use crate::{
    conversation::{ConversationState, PastMessage},
    store::BegunTurn,
};

/// Messages of history by which the window on a branch moves on: it holds one to two steps. It moves
/// in steps because a window that slides with every turn would never let two prompts begin alike.
const HISTORY_STEP: i64 = 100;

/// A branch as it was read; the documents in its messages are read by whoever asked.
pub(super) struct Branch {
    past: Vec<Past>,
    /// State after the last message.
    pub(super) state: ConversationState,
    /// How many messages there are, those before the window too.
    pub(super) length: i64,
}

struct Past {
    by_agent: bool,
    text: String,
    transcript: Option<String>,
}

impl Branch {
    pub(super) fn begun(self) -> Result<BegunTurn, StoreError> {
        let mut history = Vec::with_capacity(self.past.len());
        for past in self.past {
            history.push(PastMessage {
                by_agent: past.by_agent,
                text: past.text,
                transcript: match past.transcript {
                    Some(stored) => rows::json(&stored)?,
                    None => Vec::new(),
                },
            });
        }
        Ok(BegunTurn {
            history,
            state: self.state,
        })
    }
}

/// The newest messages of the branch that ends at `parent`, and its last state.
pub(super) fn read(
    tx: &Connection,
    conversation: &str,
    parent: Option<&str>,
) -> Result<Branch, StoreError> {
    let Some(parent) = parent else {
        return Ok(Branch {
            past: Vec::new(),
            state: ConversationState::default(),
            length: 0,
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
        "WITH RECURSIVE branch (seq, parent_id, depth) AS ( \
             SELECT seq, parent_id, depth FROM message WHERE id = ?1 \
             UNION ALL \
             SELECT m.seq, m.parent_id, m.depth FROM branch b JOIN message m ON m.id = b.parent_id \
             WHERE b.depth > ?2 \
         ) \
         SELECT m.role, m.text, m.state, m.transcript FROM branch b JOIN message m ON m.seq = b.seq \
         ORDER BY b.depth DESC",
        (parent, first),
        |row| {
            if newest.is_none() {
                newest = rows::optional(row, "state")?;
            }
            Ok(Past {
                by_agent: rows::text(row, "role")? == "agent",
                text: rows::text(row, "text")?,
                transcript: rows::optional(row, "transcript")?,
            })
        },
    )?;
    past.reverse();
    let state = match newest {
        Some(state) => proposals::settled(tx, rows::json(&state)?)?,
        None => ConversationState::default(),
    };
    Ok(Branch {
        past,
        state,
        length,
    })
}
