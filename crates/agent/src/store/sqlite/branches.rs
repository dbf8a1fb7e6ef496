//! The branches that turns last went on from, kept so that a long one is not read anew with each turn. The
//! file belongs to this process, and a message whose turn has ended does not change.

use uuid::Uuid;

use super::branch::Known;
use crate::{conversation, recent::Recent};

/// Bytes of text that one generation of branches has; two are kept.
const GENERATION_BYTES: usize = 4 << 20;

/// One branch of a conversation, by the conversation.
pub(super) struct Branches(Recent<Uuid, Known>);

impl Default for Branches {
    fn default() -> Self {
        Self(Recent::new(GENERATION_BYTES))
    }
}

impl Branches {
    /// What is known of a conversation; it is to be kept again.
    pub(super) fn take(&self, conversation: Uuid) -> Option<Known> {
        self.0.take(&conversation)
    }

    /// Keeps what is worth it.
    pub(super) fn keep(&self, conversation: Uuid, known: Known) {
        if conversation::is_long(&known.past) {
            let bytes = conversation::bytes(&known.past);
            self.0.keep(conversation, known, bytes);
        }
    }
}
