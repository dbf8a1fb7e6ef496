//! Ids of conversations, messages and proposals.

use jiff::Timestamp;
use uuid::{NoContext, Uuid};

/// A new UUIDv7 of this moment (RFC 9562, 5.7): later ones sort after earlier ones.
#[must_use]
pub fn new(now: Timestamp) -> Uuid {
    let seconds = now.as_second().unsigned_abs();
    let nanos = now.subsec_nanosecond().unsigned_abs();
    Uuid::new_v7(uuid::Timestamp::from_unix(NoContext, seconds, nanos))
}
