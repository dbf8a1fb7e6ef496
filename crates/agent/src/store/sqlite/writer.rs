//! The one writer: every change of the database is made by one connection in a thread of its own.
//!
//! Changes that wait at the same time are one transaction, each in a savepoint, and none is answered
//! before the commit (`writer/changes.rs`).

mod changes;
mod crowd;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use rusqlite::Connection;

use self::changes::{Change, Changes};
use super::{
    StoreError,
    connection::Opener,
    job::{job, spawn},
    queue::Queue,
    search::Unindexed,
};

/// How the last change ended, shared by all that write.
#[derive(Clone, Default)]
pub(super) struct LastWrite(Arc<Mutex<Last>>);

#[derive(Default)]
struct Last {
    failure: Option<StoreError>,
    succeeded: Option<Instant>,
}

impl LastWrite {
    fn lock(&self) -> MutexGuard<'_, Last> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Why it failed, if it did.
    pub(super) fn failure(&self) -> Option<StoreError> {
        self.lock().failure.clone()
    }

    /// Whether it succeeded, that long ago at most.
    pub(super) fn succeeded_within(&self, time: Duration) -> bool {
        let last = self.lock();
        last.failure.is_none() && last.succeeded.is_some_and(|at| at.elapsed() < time)
    }

    pub(super) fn set(&self, failure: Option<StoreError>) {
        let mut last = self.lock();
        if failure.is_none() {
            last.succeeded = Some(Instant::now());
        }
        last.failure = failure;
    }
}

/// Whoever changes the database goes through one of these.
#[derive(Clone)]
pub(super) struct Writer {
    thread: Arc<Thread>,
    /// How long a change waits for its turn, and for another process that holds the file.
    pub(super) patience: Duration,
    /// What became of the last one.
    pub(super) last: LastWrite,
    /// What the search is to learn of.
    pub(super) unindexed: Arc<Unindexed>,
}

/// The thread ends when nobody has it any more.
struct Thread(Arc<Queue<Change>>);

impl Drop for Thread {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Writer {
    /// Opens the connection, in its thread.
    pub(super) fn open(
        opener: Opener,
        patience: Duration,
        last: LastWrite,
    ) -> Result<Self, StoreError> {
        let (queue, unindexed) = (Arc::new(Queue::new()), Arc::new(Unindexed::default()));
        let thread = Arc::new(Thread(Arc::clone(&queue)));
        let changes = Changes::new(opener, queue, Arc::clone(&unindexed))?;
        spawn("store-writer", move || changes.run())?;
        Ok(Self {
            thread,
            patience,
            last,
            unindexed,
        })
    }

    /// Makes a change in a transaction, with others that come at the same time; it is on the disk when
    /// this answers `Ok`. A change that is refused, fails, or whose future is dropped before its end is
    /// undone, and no other one with it. It may be made twice, the first time undone.
    pub(super) async fn change<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.make(work, false).await
    }

    /// The same for what nobody waits for: it is made with the next change, or when there is none for
    /// a while, and then it may be lost in a power cut.
    pub(super) async fn change_later<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.make(work, true).await
    }

    async fn make<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection) -> Result<T, StoreError> + Send + 'static,
        later: bool,
    ) -> Result<T, StoreError> {
        let (job, waiting) = job(work);
        self.thread.0.push(Change { job, later });
        let result = waiting.answer(self.patience, || {
            let detail = "no change was possible in time: another process holds the file, or the disk does not answer";
            StoreError::Database(detail.to_owned())
        });
        let result = result.await;
        match &result {
            Ok(_) => self.last.set(None),
            Err(error) if error.is_refusal() => {}
            Err(error) => self.last.set(Some(error.clone())),
        }
        result
    }
}

#[cfg(test)]
mod tests;
