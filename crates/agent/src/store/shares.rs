//! Read-only links to conversations: what goes into the store and comes out of it.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::MessageRecord;

/// Most links of one conversation that are active at the same time.
pub const MAX_SHARES: u32 = 20;

/// SHA-256 of the token of a link.
pub type TokenDigest = [u8; 32];

/// A link to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewShare {
    /// Its identity, which opens nothing.
    pub id: Uuid,
    /// Digest of its token.
    pub token: TokenDigest,
    /// What it shows.
    pub conversation: Uuid,
    /// The last message that it shows: those before it on its branch are shown, too.
    pub end: Uuid,
    /// When.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// An active link, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Identity.
    pub id: Uuid,
    /// The last message that it shows.
    pub message_id: Uuid,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// What whoever has a link may see. It holds no owner; what the messages say of their turns is for the
/// caller to leave out.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedConversation {
    /// The title when it was shared.
    pub title: String,
    /// When it was shared.
    pub created_at: Timestamp,
    /// Until when the link works.
    pub expires_at: Timestamp,
    /// One branch, oldest first, without ratings.
    pub messages: Vec<MessageRecord>,
}
