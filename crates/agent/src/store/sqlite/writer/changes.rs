//! The thread that writes: a group of changes is one transaction.
//!
//! After some errors (disk full, I/O) SQLite has rolled back by itself, and whoever counts transactions
//! beside it goes on inside one that never commits. So a connection on which something failed is closed,
//! and the next group opens another one; the changes that were undone with the one that failed are then
//! made one by one, since they are not to blame.

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use rusqlite::Connection;

use super::crowd::Crowd;
use crate::store::sqlite::{
    StoreError,
    connection::{Opener, database, is_busy},
    job::Job,
    queue::{Queue, Taken},
    search::{self, Unindexed},
    statements,
};

/// Pause before the next try while another process writes.
const PAUSE: Duration = Duration::from_millis(20);
/// How long the changes of a group that failed are tried for, one by one, while another process writes.
const PATIENCE: Duration = Duration::from_secs(5);
/// Most changes of a transaction: the first of them waits for the last.
const GROUP: usize = 128;
/// How long nothing has come when changes that can wait are made without others.
const IDLE: Duration = Duration::from_millis(50);
/// Documents that are indexed in one transaction.
const DOCUMENTS: usize = 512;
/// Pause after the index could not be written.
const INDEX_AGAIN: Duration = Duration::from_secs(2);

/// A change that waits.
pub(super) struct Change {
    pub(super) job: Box<dyn Job>,
    /// Nobody waits for it.
    pub(super) later: bool,
}

/// The thread's state.
pub(super) struct Changes {
    opener: Opener,
    /// Outside of any transaction; `None` after a failure.
    connection: Option<Connection>,
    queue: Arc<Queue<Change>>,
    waiting: VecDeque<Box<dyn Job>>,
    later: VecDeque<Box<dyn Job>>,
    unindexed: Arc<Unindexed>,
    /// Until when the index is left alone.
    index_after: Option<Instant>,
    /// Whether changes come one by one or together.
    crowd: Crowd,
}

/// What became of one change of a transaction.
enum Step {
    Done,
    /// It was refused, or nobody waits for it any more.
    Undone(StoreError),
    /// The transaction cannot go on.
    Failed(StoreError),
}

impl Changes {
    pub(super) fn new(
        opener: Opener,
        queue: Arc<Queue<Change>>,
        unindexed: Arc<Unindexed>,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            connection: Some(opener.open()?),
            opener,
            queue,
            waiting: VecDeque::new(),
            later: VecDeque::new(),
            unindexed,
            index_after: None,
            crowd: Crowd::default(),
        })
    }

    pub(super) fn run(mut self) {
        loop {
            match self.queue.wait(self.pause()) {
                Taken::Items(changes) => self.sort(changes),
                Taken::Nothing => self.relaxed(|changes| {
                    changes.group(true);
                    if changes.is_index_due() {
                        changes.index();
                    }
                }),
                Taken::Closed => return,
            }
            while !self.waiting.is_empty() {
                if self.waiting.len() < GROUP
                    && let Some(pause) = self.crowd.pause(Instant::now())
                {
                    // Nobody who comes meanwhile has to wake this thread.
                    std::thread::sleep(pause);
                }
                self.group(false);
                if self.is_index_due() {
                    self.relaxed(Self::index);
                }
                let more = self.queue.take();
                self.sort(more);
            }
        }
    }

    /// How long to wait for a change before what can wait is done; `None` where there is nothing to do.
    fn pause(&self) -> Option<Duration> {
        if !self.later.is_empty() {
            return Some(IDLE);
        }
        let due = self.unindexed.due()?;
        let due = self.index_after.map_or(due, |after| due.max(after));
        Some(due.saturating_duration_since(Instant::now()))
    }

    fn sort(&mut self, changes: VecDeque<Change>) {
        for Change { job, later } in changes {
            let queue = if later {
                &mut self.later
            } else {
                &mut self.waiting
            };
            queue.push_back(job);
        }
    }

    /// Does what may be lost in a power cut: its commits do not wait for the disk.
    fn relaxed(&mut self, work: impl FnOnce(&mut Self)) {
        let synchronous = |changes: &mut Self, value: &str| {
            let set = changes
                .connection
                .as_ref()
                .map(|connection| connection.pragma_update(None, "synchronous", value));
            if matches!(set, Some(Err(_))) {
                // A new one has what is right.
                changes.connection = None;
            }
        };
        synchronous(self, "NORMAL");
        work(self);
        synchronous(self, "FULL");
    }

    /// One transaction for what waits, with what can wait; or for that alone.
    fn group(&mut self, later_only: bool) {
        let connection = match self.lock(later_only) {
            Ok(Some(connection)) => connection,
            Ok(None) => return,
            Err(error) => return self.refuse(&error),
        };
        let begun = Instant::now();
        let mut group: Vec<(Box<dyn Job>, Result<(), StoreError>)> = Vec::new();
        let ended = loop {
            let Some(mut job) = self.next(group.len(), later_only) else {
                break end(&connection, "COMMIT");
            };
            // What is done first needs no savepoint: to undo it is to undo the transaction.
            let first = group.is_empty();
            match step(&connection, &mut *job, first) {
                Step::Done => group.push((job, Ok(()))),
                Step::Undone(error) => {
                    group.push((job, Err(error)));
                    if first {
                        break end(&connection, "ROLLBACK");
                    }
                }
                Step::Failed(error) => {
                    group.push((job, Err(error.clone())));
                    break Err(error);
                }
            }
        };
        self.crowd.end(begun, Instant::now());
        match ended {
            Ok(()) => {
                self.connection = Some(connection);
                for (job, outcome) in group {
                    job.answer(outcome);
                }
            }
            Err(error) => {
                // Closing undoes it.
                drop(connection);
                let alone = group.len() == 1;
                for (job, outcome) in group {
                    if alone {
                        job.answer(outcome.and(Err(error.clone())));
                    } else {
                        self.alone(job);
                    }
                }
            }
        }
    }

    /// The connection with a transaction begun; `None` when nobody waits any more.
    fn lock(&mut self, later_only: bool) -> Result<Option<Connection>, StoreError> {
        loop {
            let more = self.queue.take();
            self.sort(more);
            self.waiting.retain(|job| job.is_wanted());
            self.later.retain(|job| job.is_wanted());
            let wanted = !self.later.is_empty() || (!later_only && !self.waiting.is_empty());
            if !wanted {
                return Ok(None);
            }
            if let Some(connection) = self.begin()? {
                return Ok(Some(connection));
            }
            if later_only {
                return Ok(None);
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// The connection with a transaction begun; `None` while another process writes. The lock is taken
    /// at once: one that is needed later could be refused without waiting.
    fn begin(&mut self) -> Result<Option<Connection>, StoreError> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.opener.open()?,
        };
        let begun = connection
            .prepare_cached("BEGIN IMMEDIATE")
            .and_then(|mut begin| begin.execute([]));
        match begun {
            Ok(_) => Ok(Some(connection)),
            Err(error) if is_busy(&error) => {
                self.connection = Some(connection);
                Ok(None)
            }
            Err(error) => Err(database(error)),
        }
    }

    /// The next change of a group that has `size`.
    fn next(&mut self, size: usize, later_only: bool) -> Option<Box<dyn Job>> {
        if size >= GROUP {
            return None;
        }
        if !later_only && self.waiting.is_empty() {
            let more = self.queue.take();
            self.sort(more);
        }
        while !later_only && let Some(job) = self.waiting.pop_front() {
            if job.begin() {
                self.crowd.join();
                return Some(job);
            }
        }
        std::iter::from_fn(|| self.later.pop_front()).find(|job| job.begin())
    }

    /// Nothing can be written.
    fn refuse(&mut self, error: &StoreError) {
        let waiting = self.waiting.drain(..).chain(self.later.drain(..));
        for job in waiting.filter(|job| job.begin()) {
            job.answer(Err(error.clone()));
        }
    }

    /// A transaction for a change whose group failed.
    fn alone(&mut self, mut job: Box<dyn Job>) {
        let outcome = self.try_alone(&mut *job);
        job.answer(outcome);
    }

    fn try_alone(&mut self, job: &mut dyn Job) -> Result<(), StoreError> {
        let until = Instant::now() + PATIENCE;
        let connection = loop {
            if let Some(connection) = self.begin()? {
                break connection;
            }
            if Instant::now() >= until {
                let detail = "another process holds the file".to_owned();
                return Err(StoreError::Database(detail));
            }
            std::thread::sleep(PAUSE);
        };
        let (sql, outcome) = match step(&connection, job, true) {
            Step::Done => ("COMMIT", Ok(())),
            Step::Undone(error) => ("ROLLBACK", Err(error)),
            Step::Failed(error) => return Err(error),
        };
        let ended = end(&connection, sql);
        if ended.is_ok() {
            self.connection = Some(connection);
        }
        outcome.and(ended)
    }

    fn is_index_due(&self) -> bool {
        let now = Instant::now();
        self.unindexed.due().is_some_and(|due| due <= now)
            && self.index_after.is_none_or(|after| after <= now)
    }

    /// Brings the index up to what is stored, a piece at a time.
    fn index(&mut self) {
        self.index_after = None;
        let (documents, all) = self.unindexed.some(DOCUMENTS);
        if documents.is_empty() {
            return;
        }
        match self.write_index(&documents, all) {
            Ok(true) => self.unindexed.forget(&documents),
            // Another process writes.
            Ok(false) => self.index_after = Some(Instant::now() + PAUSE),
            Err(error) => {
                tracing::warn!(%error, "the search index could not be written");
                self.index_after = Some(Instant::now() + INDEX_AGAIN);
            }
        }
    }

    fn write_index(
        &mut self,
        documents: &[search::Document],
        all: bool,
    ) -> Result<bool, StoreError> {
        let Some(connection) = self.begin()? else {
            return Ok(false);
        };
        search::write(&connection, documents, all)?;
        end(&connection, "COMMIT")?;
        self.connection = Some(connection);
        Ok(true)
    }
}

fn end(connection: &Connection, sql: &str) -> Result<(), StoreError> {
    statements::execute(connection, sql, []).map(drop)
}

fn step(connection: &Connection, job: &mut dyn Job, first: bool) -> Step {
    let savepoint = |sql| match first {
        true => Ok(()),
        false => end(connection, sql),
    };
    if let Err(error) = savepoint("SAVEPOINT change") {
        return Step::Failed(error);
    }
    let outcome = match job.run(connection) {
        Err(error) if !error.is_refusal() => return Step::Failed(error),
        Ok(()) if connection.is_autocommit() => {
            let detail = "the transaction ended by itself".to_owned();
            return Step::Failed(StoreError::Database(detail));
        }
        // Nobody hears why.
        Ok(()) if !job.is_wanted() => Err(StoreError::NotFound),
        outcome => outcome,
    };
    let undone = match &outcome {
        Ok(()) => Ok(()),
        Err(_) => savepoint("ROLLBACK TO change"),
    };
    match (undone.and_then(|()| savepoint("RELEASE change")), outcome) {
        (Err(error), _) => Step::Failed(error),
        (Ok(()), Err(refusal)) => Step::Undone(refusal),
        (Ok(()), Ok(())) => Step::Done,
    }
}
