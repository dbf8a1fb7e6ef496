//! The default store: one SQLite file in WAL mode, one writer, several readers.

mod conversations;
mod feedback;
mod file;
mod health;
mod lock;
mod proposals;
mod reader;
mod rows;
mod session;
mod spend;
#[cfg(test)]
mod testing;
mod trips;
mod turns;
mod writer;

use std::{str::FromStr, time::Duration};

use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};
use sqlx::{
    ConnectOptions, Connection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tracing::{
    instrument::{Instrument, WithSubscriber},
    subscriber::NoSubscriber,
};
use uuid::Uuid;

use super::{
    AnsweredTurn, BegunTurn, Conversation, ConversationPage, ConversationQuery,
    ConversationSummary, FinishedTurn, NewTurn, Owner, Preferences, Rated, Replay, Spent, Store,
    StoreError, StoredTrace, TripPage, TripQuery,
};
use crate::{
    answer::Answer, conversation::ConversationState, feedback::Feedback, telemetry::spans,
};

use file::{Claim, DatabaseFile};
use health::Health;
use writer::{LastWrite, Writer};

const READERS: u32 = 4;
/// Of their own: however much is searched, whoever only reads finds a connection.
const SEARCHERS: u32 = 2;
/// How long a statement waits for another process that holds the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// The same for a change, which is tried again when others had their turn.
const WRITER_BUSY_TIMEOUT: Duration = Duration::from_millis(100);
/// How long a change waits for its turn, that of another process included.
const PATIENCE: Duration = Duration::from_secs(5);

/// A store in one SQLite file, or in memory.
pub struct SqliteStore {
    reader: SqlitePool,
    searcher: SqlitePool,
    writer: Writer,
    health: Health,
    /// `None` in memory.
    file: Option<DatabaseFile>,
}

impl SqliteStore {
    /// Opens `sqlite://path` or `sqlite::memory:`, makes the file where it is missing, and migrates.
    /// The file belongs to this process for as long as the store lives.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process has the file, [`StoreError::Database`] when the
    /// address is wrong or the file cannot be used.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        // FULL: an acknowledged message survives a power cut, not only a killed process.
        let options = SqliteConnectOptions::from_str(url)
            .map_err(database)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT);
        let in_memory = url.contains(":memory:") || url.contains("mode=memory");
        let claim = (!in_memory).then(|| Claim::on(options.get_filename()));
        let claim = claim.transpose()?;
        let mut first = options.connect().await.map_err(database)?;
        sqlx::migrate!("./migrations/sqlite")
            .run(&mut first)
            .await
            .map_err(|error| StoreError::Database(error.to_string()))?;
        let file = claim.map(Claim::opened).transpose()?;
        // A connection that is opened later must not make a new file in the place of a deleted one.
        let options = options.create_if_missing(in_memory);
        let pool = |size, options: &SqliteConnectOptions| {
            let pool = SqlitePoolOptions::new().max_connections(size);
            pool.idle_timeout(None)
                .max_lifetime(None)
                .connect_with(options.clone())
        };
        let writing = options.clone().busy_timeout(WRITER_BUSY_TIMEOUT);
        let last = LastWrite::default();
        let writer = |pool, patience| Writer {
            pool,
            patience,
            last: last.clone(),
        };
        // In memory this connection also keeps the database when that of the writer is closed.
        let probe = pool(1, &writing).await.map_err(database)?;
        let change = pool(1, &writing).await.map_err(database)?;
        // In memory readers and writers would lock each other out, and reads have no deadline, since an
        // interrupted write could lose the whole database.
        let [reader, searcher] = if in_memory {
            [change.clone(), change.clone()]
        } else {
            let readers = |size| reader::pool(options.clone(), size, reader::DEADLINE);
            [
                readers(READERS).await.map_err(database)?,
                readers(SEARCHERS).await.map_err(database)?,
            ]
        };
        first.close().await.map_err(database)?;
        Ok(Self {
            reader,
            searcher,
            writer: writer(change, PATIENCE),
            health: Health::new(writer(probe, health::PATIENCE), health::DEADLINE),
            file,
        })
    }

    /// The writer of a file that is still there.
    fn writer(&self) -> Result<&Writer, StoreError> {
        self.check_file()?;
        Ok(&self.writer)
    }
}

pub(super) fn database(error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::RowNotFound => StoreError::NotFound,
        error if reader::is_late(&error) => StoreError::TimedOut,
        sqlx::Error::Database(error) if error.is_unique_violation() => StoreError::Busy,
        error => StoreError::Database(error.to_string()),
    }
}

/// Runs a statement of a turn in its span.
async fn in_span<T>(
    operation: &'static str,
    work: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    let guard = spans::store("sqlite", operation);
    // The driver's thread enters the current span again while it tidies up, which would stretch
    // the span over what the turn does next: it gets to see none.
    let unseen = work.with_subscriber(NoSubscriber::default());
    let result = unseen.instrument(guard.span().clone()).await;
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
        in_span("begin_turn", turns::begin(self.writer()?, turn)).await
    }

    async fn finish_turn(&self, turn: &FinishedTurn) -> Result<(), StoreError> {
        in_span("finish_turn", turns::finish(self.writer()?, turn)).await
    }

    async fn attach_trace(&self, message: Uuid, trace: &str) -> Result<(), StoreError> {
        turns::attach_trace(self.writer()?, message, trace).await
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
        let pool = match query.search.is_empty() {
            true => &self.reader,
            false => &self.searcher,
        };
        conversations::list(pool, owner, query).await
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
        conversations::delete(self.writer()?, owner, id).await
    }

    async fn conversation_of_proposal(
        &self,
        owner: &Owner,
        proposal: Uuid,
    ) -> Result<Uuid, StoreError> {
        conversations::of_proposal(&self.reader, owner, proposal).await
    }

    async fn trace(&self, trace_id: &str) -> Result<Vec<StoredTrace>, StoreError> {
        turns::trace(&self.reader, trace_id).await
    }

    async fn turns(&self, conversation: Uuid) -> Result<Vec<AnsweredTurn>, StoreError> {
        session::turns(&self.reader, conversation).await
    }

    async fn preferences(&self, owner: &Owner) -> Result<Preferences, StoreError> {
        conversations::preferences(&self.reader, owner).await
    }

    async fn set_preferences(
        &self,
        owner: &Owner,
        preferences: &Preferences,
    ) -> Result<(), StoreError> {
        conversations::set_preferences(self.writer()?, owner, preferences).await
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
