//! Everything durable: conversations, messages, proposals, traces of turns.

mod imports;
mod records;
mod search;
mod shares;
mod snippet;
pub mod sqlite;
mod trips;

use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

pub use imports::{Import, ImportedMessage, Said};
pub use records::{
    AnsweredTurn, BegunTurn, Conversation, ConversationPage, ConversationQuery,
    ConversationSummary, Cursor, FinishedTurn, IdempotencyKey, MessageRecord, NewTurn, Owner,
    Preferences, Question, Rated, Replay, Spent, StoredTrace, TracedTurn,
};
pub use search::{Search, SearchTooLong};
pub use shares::{MAX_SHARES, NewShare, Share, SharedConversation, TokenDigest};
pub use snippet::{Snippet, SnippetPart};
pub use sqlite::SqliteStore;
pub use trips::{StoredTrip, TripPage, TripQuery};

use crate::{answer::Answer, conversation::ConversationState, feedback::Feedback, trip::DayMove};

/// A failed store operation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no such thing, or it is not the caller's.
    #[error("not found")]
    NotFound,
    /// A turn is already running in the conversation.
    #[error("a turn is already running in this conversation")]
    Busy,
    /// A read took longer than its deadline, or found no connection within it.
    #[error("the database did not answer in time")]
    TimedOut,
    /// The database did not do it.
    #[error("the database failed: {0}")]
    Database(String),
    /// The proposal that a button belongs to has expired, was decided on, or was followed by another.
    #[error("the proposal is closed")]
    Closed,
    /// The message decided on a proposal: it is neither worded anew nor answered again.
    #[error("the message decided on a proposal")]
    Decided,
    /// The trip has had no change that could be taken back.
    #[error("there is nothing to take back")]
    NothingToTakeBack,
    /// The conversation has [`MAX_SHARES`] active links already.
    #[error("the conversation has as many links as it may have")]
    TooManyShares,
    /// The trip has no such day whose programme could be moved.
    #[error("there is no such day whose programme could be moved")]
    NoSuchDay,
    /// Another process works on the database.
    #[error(
        "the database file {file} is in use by another process ({owner}): stop that one, or choose another file"
    )]
    InUse {
        /// The file.
        file: String,
        /// The other process, as it signed.
        owner: String,
    },
    /// The database file was deleted or replaced: what would be stored now would be lost.
    #[error("the database file {file} was deleted or replaced while the server runs")]
    Lost {
        /// The file.
        file: String,
    },
    /// What the database holds cannot be read.
    #[error("a stored record cannot be read: {0}")]
    Corrupt(String),
}

impl StoreError {
    /// Whether it is an answer, and nothing failed.
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::NotFound
                | Self::Busy
                | Self::Closed
                | Self::Decided
                | Self::NothingToTakeBack
                | Self::TooManyShares
                | Self::NoSuchDay
        )
    }

    /// Whether the same may succeed later.
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        matches!(self, Self::Database(_) | Self::TimedOut | Self::Lost { .. })
    }
}

/// The store. Every read and write is on behalf of an owner, who sees nothing of anyone else.
#[async_trait]
pub trait Store: Send + Sync {
    /// Records the person's message, where it is new, and a running answer, durably: from here on it is
    /// acknowledged. [`StoreError::Closed`] when it presses a button of a proposal that is not live.
    async fn begin_turn(&self, turn: &NewTurn) -> Result<BegunTurn, StoreError>;

    /// Records how the turn ended, and adds what it cost to the sums of its UTC day; for one message
    /// it adds once, however often it is called.
    async fn finish_turn(&self, turn: &FinishedTurn) -> Result<(), StoreError>;

    /// Keeps the trace of a turn with its message.
    async fn attach_trace(&self, message: Uuid, trace: &str) -> Result<(), StoreError>;

    /// Ends the turns that a crash left running; returns how many.
    async fn recover(&self) -> Result<u64, StoreError>;

    /// Ends the turn that the store says is running in a conversation; only for a caller who knows
    /// that none is. Returns how many.
    async fn stop_abandoned(&self, conversation: Uuid) -> Result<u64, StoreError>;

    /// The running or finished answer of an agent's message.
    async fn answer(&self, owner: &Owner, message: Uuid) -> Result<Answer, StoreError>;

    /// Keeps what the owner thinks of a finished answer, in the place of what was kept before.
    async fn rate(
        &self,
        owner: &Owner,
        message: Uuid,
        feedback: &Feedback,
    ) -> Result<Rated, StoreError>;

    /// What was begun under an idempotency key within the last day.
    async fn replay(
        &self,
        owner: &Owner,
        key: &str,
        now: Timestamp,
    ) -> Result<Option<Replay>, StoreError>;

    /// A page of the owner's conversations.
    async fn conversations(
        &self,
        owner: &Owner,
        query: &ConversationQuery,
    ) -> Result<ConversationPage, StoreError>;

    /// A conversation with all its messages.
    async fn conversation(&self, owner: &Owner, id: Uuid) -> Result<Conversation, StoreError>;

    /// A page of the owner's conversations that may have a trip.
    async fn trips(&self, owner: &Owner, query: &TripQuery) -> Result<TripPage, StoreError>;

    /// Takes back the last change of the trip on the branch of the newest message, and answers the
    /// state from then on. [`StoreError::NothingToTakeBack`] where there was none,
    /// [`StoreError::Busy`] while a turn runs.
    async fn take_back(
        &self,
        owner: &Owner,
        conversation: Uuid,
        at: Timestamp,
    ) -> Result<ConversationState, StoreError>;

    /// Moves the programme of a day of that same trip, and answers the state from then on.
    /// [`StoreError::NoSuchDay`] where it cannot be moved, [`StoreError::Busy`] while a turn runs.
    async fn move_day(
        &self,
        owner: &Owner,
        conversation: Uuid,
        change: DayMove,
        at: Timestamp,
    ) -> Result<ConversationState, StoreError>;

    /// The state after a message, on its branch.
    async fn state_after(
        &self,
        owner: &Owner,
        conversation: Uuid,
        message: Uuid,
    ) -> Result<ConversationState, StoreError>;

    /// Whether the conversation is the owner's and holds the message.
    async fn owns(
        &self,
        owner: &Owner,
        conversation: Uuid,
        message: Option<Uuid>,
    ) -> Result<bool, StoreError>;

    /// Changes title or pin.
    async fn update_conversation(
        &self,
        owner: &Owner,
        id: Uuid,
        title: Option<&str>,
        pinned: Option<bool>,
    ) -> Result<ConversationSummary, StoreError>;

    /// Deletes a conversation and everything that hangs on it.
    async fn delete_conversation(&self, owner: &Owner, id: Uuid) -> Result<(), StoreError>;

    /// Makes a read-only link to a branch of the owner's conversation. [`StoreError::Busy`] while its
    /// last message is being written, [`StoreError::TooManyShares`] where there are enough.
    async fn share(&self, owner: &Owner, share: &NewShare) -> Result<Share, StoreError>;

    /// The active links of the owner's conversation, the newest first.
    async fn shares(
        &self,
        owner: &Owner,
        conversation: Uuid,
        now: Timestamp,
    ) -> Result<Vec<Share>, StoreError>;

    /// Ends a link at once.
    async fn unshare(
        &self,
        owner: &Owner,
        conversation: Uuid,
        share: Uuid,
    ) -> Result<(), StoreError>;

    /// What an active link shows, whoever asks: of all reads the one that is on behalf of nobody.
    async fn shared(
        &self,
        token: &TokenDigest,
        now: Timestamp,
    ) -> Result<SharedConversation, StoreError>;

    /// Forgets the links that no longer work; returns how many.
    async fn forget_expired_shares(&self, now: Timestamp) -> Result<u64, StoreError>;

    /// Stores a conversation that the owner brings along.
    async fn import(&self, owner: &Owner, import: &Import) -> Result<(), StoreError>;

    /// The conversation of a proposal.
    async fn conversation_of_proposal(
        &self,
        owner: &Owner,
        proposal: Uuid,
    ) -> Result<Uuid, StoreError>;

    /// The turns of a trace, oldest first (a client may run several in one); the caller checks whose
    /// they are.
    async fn trace(&self, trace_id: &str) -> Result<Vec<StoredTrace>, StoreError>;

    /// The turns of these traces, oldest first: their figures, whosever they are, and the question of
    /// those that are the owner's alone.
    async fn traced_turns(
        &self,
        owner: &Owner,
        trace_ids: &[String],
    ) -> Result<Vec<TracedTurn>, StoreError>;

    /// The turns of a conversation, oldest first, none where there is none; the caller checks whose they
    /// are.
    async fn turns(&self, conversation: Uuid) -> Result<Vec<AnsweredTurn>, StoreError>;

    /// What the owner chose last.
    async fn preferences(&self, owner: &Owner) -> Result<Preferences, StoreError>;

    /// Keeps what the owner chose; absent values stay as they are.
    async fn set_preferences(
        &self,
        owner: &Owner,
        preferences: &Preferences,
    ) -> Result<(), StoreError>;

    /// What the owner and all owners spent on a UTC day; days are forgotten after 400 more.
    async fn spent(&self, owner: &Owner, day: Date) -> Result<Spent, StoreError>;

    /// What all owners spent on a UTC day, in US dollars.
    async fn spent_in_total(&self, day: Date) -> Result<f64, StoreError>;

    /// Whether what is stored from now on is kept: [`StoreError::Lost`] when it would go into a file that
    /// is gone. Cheap enough for every turn.
    fn check_file(&self) -> Result<(), StoreError>;

    /// Whether the store takes what it is given: how the last change ended, and a probe of its own
    /// once a second at most.
    async fn ping(&self) -> Result<(), StoreError>;
}
