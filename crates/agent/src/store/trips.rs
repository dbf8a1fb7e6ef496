//! The trips of an owner's conversations.

use super::{ConversationSummary, Cursor};
use crate::conversation::ConversationState;

/// Which page of the trips.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TripQuery {
    /// Most trips of the page.
    pub limit: u32,
    /// Where it begins; `None` = with the newest.
    pub after: Option<Cursor>,
}

/// A conversation that has a trip.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredTrip {
    /// The conversation.
    pub conversation: ConversationSummary,
    /// Its state after the newest message, on its branch.
    pub state: ConversationState,
}

/// A page of the trips.
#[derive(Clone, Debug, PartialEq)]
pub struct TripPage {
    /// Newest change first, whether pinned or not.
    pub trips: Vec<StoredTrip>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}
