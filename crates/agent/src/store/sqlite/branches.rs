//! The branches that turns last went on from, kept so that a long one is not read anew with each turn. The
//! file belongs to this process, and a message whose turn has ended does not change.

use std::sync::{Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

use super::branch::Known;
use crate::recent::Recent;

/// Bytes of text that one generation of branches has; two are kept.
const GENERATION_BYTES: usize = 4 << 20;
/// Shorter ones are read again in no time.
const FEWEST_MESSAGES: usize = 6;

/// One branch of a conversation, by the conversation.
pub(super) struct Branches(Mutex<Recent<Uuid, Known>>);

impl Default for Branches {
    fn default() -> Self {
        Self(Mutex::new(Recent::new(GENERATION_BYTES)))
    }
}

impl Branches {
    /// What is known of a conversation; it is to be kept again.
    pub(super) fn take(&self, conversation: Uuid) -> Option<Known> {
        self.lock().take(&conversation)
    }

    /// Keeps what is worth it.
    pub(super) fn keep(&self, conversation: Uuid, known: Known) {
        if known.len() >= FEWEST_MESSAGES {
            let bytes = known.bytes();
            self.lock().keep(conversation, known, bytes);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Recent<Uuid, Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
