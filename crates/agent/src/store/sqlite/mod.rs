//! The default store: one SQLite file in WAL mode, one writer, several readers.

mod address;
mod branch;
mod branches;
mod connection;
mod conversations;
mod feedback;
mod file;
mod health;
mod imports;
mod job;
mod lock;
mod migrations;
mod preferences;
mod proposals;
mod queue;
mod reader;
mod rows;
mod search;
mod session;
mod shares;
mod spend;
mod state;
mod statements;
#[cfg(test)]
mod testing;
mod traces;
mod trips;
mod turns;
mod writer;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};
use rusqlite::Connection;
use tracing::instrument::Instrument;
use uuid::Uuid;

use super::{
    AnsweredTurn, BegunTurn, Conversation, ConversationPage, ConversationQuery,
    ConversationSummary, FinishedTurn, Import, NewShare, NewTurn, Owner, Preferences, Rated,
    Replay, Share, SharedConversation, Spent, Store, StoreError, StoredTrace, TokenDigest,
    TracedTurn, TripPage, TripQuery,
};
use crate::{
    answer::Answer, conversation::ConversationState, feedback::Feedback, telemetry::spans,
    trip::DayMove,
};

use address::Address;
use branches::Branches;
use connection::{CACHE_KIB, Opener};
use file::{Claim, DatabaseFile};
use health::Health;
use reader::{Reader, Threads};
use writer::{LastWrite, Writer};

const READERS: usize = 4;
/// Of their own: however much is searched, whoever only reads finds a connection.
const SEARCHERS: usize = 2;
/// How long a statement waits for another process that holds the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// The same for a change, which is tried again when others had their turn.
const WRITER_BUSY_TIMEOUT: Duration = Duration::from_millis(100);
/// What the writer keeps of the file, in KiB: what running turns began with and end with, and what the index
/// reads half a second later. With SQLite's own 2 MB it read two pages a turn anew.
const WRITER_CACHE_KIB: u32 = 8_192;
/// How long a change waits for its turn, that of another process included.
const PATIENCE: Duration = Duration::from_secs(5);

/// A store in one SQLite file, or in memory.
pub struct SqliteStore {
    reader: Reader,
    searcher: Reader,
    writer: Writer,
    health: Health,
    branches: Branches,
    preferences: preferences::Known,
    /// `None` in memory.
    file: Option<DatabaseFile>,
    /// Keeps a database in memory when the connection of the writer is closed.
    _memory: Option<Mutex<Connection>>,
}

impl SqliteStore {
    /// Opens `sqlite://path` or `sqlite::memory:`, makes the file where it is missing, and migrates.
    /// The file belongs to this process for as long as the store lives.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process has the file, [`StoreError::Database`] when the
    /// address is wrong or the file cannot be used.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let address = Address::parse(url)?;
        // A migration takes as long as it takes, and nobody else's task is to wait for it.
        let opened = tokio::task::spawn_blocking(move || Self::open_at(address));
        opened
            .await
            .unwrap_or_else(|error| Err(StoreError::Database(error.to_string())))
    }

    fn open_at(address: Address) -> Result<Self, StoreError> {
        let claim = match &address {
            Address::File(path) => Some(Claim::on(path)?),
            Address::Memory(_) => None,
        };
        let opener = Opener {
            address,
            busy_timeout: BUSY_TIMEOUT,
            create: true,
            cache_kib: CACHE_KIB,
        };
        let mut first = opener.open()?;
        migrations::run(&mut first)?;
        search::catch_up(&mut first)?;
        let file = claim.map(Claim::opened).transpose()?;
        // A connection that is opened later must not make a new file in the place of a deleted one.
        let opener = Opener {
            create: false,
            ..opener
        };
        let writing = Opener {
            busy_timeout: WRITER_BUSY_TIMEOUT,
            cache_kib: WRITER_CACHE_KIB,
            ..opener.clone()
        };
        let last = LastWrite::default();
        let writer = Writer::open(writing.clone(), PATIENCE, last.clone())?;
        let probe = Writer::open(writing, health::PATIENCE, last)?;
        let readers = |size| match file {
            Some(_) => Threads::open(&opener, size, reader::DEADLINE).map(Reader::Threads),
            None => Ok(Reader::Writer(writer.clone())),
        };
        let (reader, searcher) = (readers(READERS)?, readers(SEARCHERS)?);
        Ok(Self {
            reader,
            searcher,
            writer,
            health: Health::new(probe, health::DEADLINE),
            branches: Branches::default(),
            preferences: preferences::Known::default(),
            _memory: file.is_none().then(|| Mutex::new(first)),
            file,
        })
    }

    /// The writer of a file that is still there.
    fn writer(&self) -> Result<&Writer, StoreError> {
        self.check_file()?;
        Ok(&self.writer)
    }
}

/// Runs a statement of a turn in its span.
async fn in_span<T>(
    operation: &'static str,
    work: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    let guard = spans::store("sqlite", operation);
    let result = work.instrument(guard.span().clone()).await;
    match &result {
        // A refusal is an answer too.
        Ok(_) => guard.succeed(),
        Err(error) if error.is_refusal() => guard.succeed(),
        Err(error) => guard.fail("store", &error.to_string()),
    }
    result
}

#[async_trait]
impl Store for SqliteStore {
    async fn begin_turn(&self, turn: &NewTurn) -> Result<BegunTurn, StoreError> {
        in_span(
            "begin_turn",
            turns::begin(self.writer()?, &self.branches, turn),
        )
        .await
    }

    async fn finish_turn(&self, turn: &FinishedTurn) -> Result<(), StoreError> {
        in_span("finish_turn", turns::finish(self.writer()?, turn)).await
    }

    async fn attach_trace(&self, message: Uuid, trace: &str) -> Result<(), StoreError> {
        traces::attach(self.writer()?, message, trace).await
    }

    async fn recover(&self) -> Result<u64, StoreError> {
        turns::recover(self.writer()?).await
    }

    async fn stop_abandoned(&self, conversation: Uuid) -> Result<u64, StoreError> {
        turns::stop_abandoned(self.writer()?, conversation).await
    }

    async fn answer(&self, owner: &Owner, message: Uuid) -> Result<Answer, StoreError> {
        turns::answer(&self.reader, owner, message).await
    }

    async fn rate(
        &self,
        owner: &Owner,
        message: Uuid,
        feedback: &Feedback,
    ) -> Result<Rated, StoreError> {
        feedback::rate(self.writer()?, owner, message, feedback).await
    }

    async fn replay(
        &self,
        owner: &Owner,
        key: &str,
        now: Timestamp,
    ) -> Result<Option<Replay>, StoreError> {
        turns::replay(&self.reader, owner, key, now).await
    }

    async fn conversations(
        &self,
        owner: &Owner,
        query: &ConversationQuery,
    ) -> Result<ConversationPage, StoreError> {
        let reader = match query.search.is_empty() {
            true => &self.reader,
            false => &self.searcher,
        };
        let unindexed = Arc::clone(&self.writer.unindexed);
        conversations::list(reader, unindexed, owner, query).await
    }

    async fn conversation(&self, owner: &Owner, id: Uuid) -> Result<Conversation, StoreError> {
        conversations::read(&self.reader, owner, id).await
    }

    async fn trips(&self, owner: &Owner, query: &TripQuery) -> Result<TripPage, StoreError> {
        trips::list(&self.reader, owner, query).await
    }

    async fn take_back(
        &self,
        owner: &Owner,
        conversation: Uuid,
        at: Timestamp,
    ) -> Result<ConversationState, StoreError> {
        trips::take_back(self.writer()?, owner, conversation, at).await
    }

    async fn move_day(
        &self,
        owner: &Owner,
        conversation: Uuid,
        change: DayMove,
        at: Timestamp,
    ) -> Result<ConversationState, StoreError> {
        trips::move_day(self.writer()?, owner, conversation, change, at).await
    }

    async fn state_after(
        &self,
        owner: &Owner,
        conversation: Uuid,
        message: Uuid,
    ) -> Result<ConversationState, StoreError> {
        trips::state_after(&self.reader, owner, conversation, message).await
    }

    async fn owns(
        &self,
        owner: &Owner,
        conversation: Uuid,
        message: Option<Uuid>,
    ) -> Result<bool, StoreError> {
        conversations::owns(&self.reader, owner, conversation, message).await
    }

    async fn update_conversation(
        &self,
        owner: &Owner,
        id: Uuid,
        title: Option<&str>,
        pinned: Option<bool>,
    ) -> Result<ConversationSummary, StoreError> {
        conversations::update(self.writer()?, owner, id, title, pinned).await
    }

    async fn delete_conversation(&self, owner: &Owner, id: Uuid) -> Result<(), StoreError> {
        conversations::delete(self.writer()?, owner, id).await?;
        self.branches.take(id);
        Ok(())
    }

    async fn share(&self, owner: &Owner, share: &NewShare) -> Result<Share, StoreError> {
        shares::add(self.writer()?, owner, share).await
    }

    async fn shares(
        &self,
        owner: &Owner,
        conversation: Uuid,
        now: Timestamp,
    ) -> Result<Vec<Share>, StoreError> {
        shares::list(&self.reader, owner, conversation, now).await
    }

    async fn unshare(
        &self,
        owner: &Owner,
        conversation: Uuid,
        share: Uuid,
    ) -> Result<(), StoreError> {
        shares::remove(self.writer()?, owner, conversation, share).await
    }

    async fn shared(
        &self,
        token: &TokenDigest,
        now: Timestamp,
    ) -> Result<SharedConversation, StoreError> {
        shares::open(&self.reader, token, now).await
    }

    async fn forget_expired_shares(&self, now: Timestamp) -> Result<u64, StoreError> {
        shares::forget_expired(self.writer()?, now).await
    }

    async fn import(&self, owner: &Owner, import: &Import) -> Result<(), StoreError> {
        imports::add(self.writer()?, owner, import).await
    }

    async fn conversation_of_proposal(
        &self,
        owner: &Owner,
        proposal: Uuid,
    ) -> Result<Uuid, StoreError> {
        conversations::of_proposal(&self.reader, owner, proposal).await
    }

    async fn traced_turns(
        &self,
        owner: &Owner,
        trace_ids: &[String],
    ) -> Result<Vec<TracedTurn>, StoreError> {
        traces::turns(&self.reader, owner, trace_ids).await
    }

    async fn trace(&self, trace_id: &str) -> Result<Vec<StoredTrace>, StoreError> {
        traces::of(&self.reader, trace_id).await
    }

    async fn turns(&self, conversation: Uuid) -> Result<Vec<AnsweredTurn>, StoreError> {
        session::turns(&self.reader, conversation).await
    }

    async fn preferences(&self, owner: &Owner) -> Result<Preferences, StoreError> {
        preferences::read(&self.reader, &self.preferences, owner).await
    }

    async fn set_preferences(
        &self,
        owner: &Owner,
        preferences: &Preferences,
    ) -> Result<(), StoreError> {
        preferences::set(self.writer()?, &self.preferences, owner, preferences).await
    }

    async fn spent(&self, owner: &Owner, day: Date) -> Result<Spent, StoreError> {
        spend::read(&self.reader, owner, day).await
    }

    async fn spent_in_total(&self, day: Date) -> Result<f64, StoreError> {
        spend::total(&self.reader, day).await
    }

    fn check_file(&self) -> Result<(), StoreError> {
        self.file.as_ref().map_or(Ok(()), DatabaseFile::check)
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.check_file()?;
        // Memory has no disk that could fail.
        match self.file {
            Some(_) => self.health.check().await,
            None => Ok(()),
        }
    }
}
