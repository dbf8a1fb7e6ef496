//! What starts a turn.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::Zoned;
use tokio_util::sync::CancellationToken;
use tracing::Span;
use uuid::Uuid;

use crate::{
    booking::ProposalId,
    conversation::{ConversationState, PastMessage},
    event::Door,
    locale::Locale,
    prompt::tier::Mode,
    travel::Currency,
};

/// A press of one of a proposal's buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Yes.
    Confirm(ProposalId),
    /// No.
    Reject(ProposalId),
}

impl Decision {
    /// The proposal that it decides on.
    #[must_use]
    pub const fn proposal(self) -> ProposalId {
        match self {
            Self::Confirm(id) | Self::Reject(id) => id,
        }
    }
}

/// One turn to run.
#[derive(Clone, Debug)]
pub struct TurnRequest {
    /// The conversation.
    pub conversation_id: Uuid,
    /// What the person wrote; for a button, the words that stand for it.
    pub message: String,
    /// The button that was pressed, if the turn comes from one.
    pub decision: Option<Decision>,
    /// Earlier messages, oldest first.
    pub history: Vec<Arc<PastMessage>>,
    /// State after the message that this one goes on from.
    pub state: ConversationState,
    /// Full or fast.
    pub mode: Mode,
    /// Language of the answer; `None` = that of the message.
    pub locale: Option<Locale>,
    /// Language where the message does not tell.
    pub fallback_locale: Locale,
    /// The visitor writes the month before the day: "03/04" is the 4th of March.
    pub month_first: bool,
    /// The visitor's clock at the start.
    pub now: Zoned,
    /// Currency of prices.
    pub currency: Currency,
    /// Where the turn came in.
    pub door: Door,
    /// When it was admitted: its duration counts from here.
    pub admitted_at: Instant,
    /// Longest that the turn may take from now on.
    pub deadline: Duration,
    /// Cancelled when the server shuts down.
    pub draining: CancellationToken,
    /// The built-in model answers, whatever is configured: the budget is used up.
    pub use_builtin: bool,
    /// The operator wants message text in the log.
    pub capture_content: bool,
    /// The root span, made by [`crate::telemetry::spans::turn`].
    pub root: Span,
}
