//! Work that a task hands to a thread, and waits for.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::StoreError;

/// Work on a connection. A change may be done a second time, when what was done with it in a group was
/// undone.
type Work<T> = Box<dyn Fn(&Connection) -> Result<T, StoreError> + Send>;

/// Work with its answer; what it answers is its own affair.
pub(super) trait Job: Send {
    /// Whether the caller still waits; from here on it waits until it is answered. To be asked once.
    fn begin(&self) -> bool;
    /// Whether the caller is still there.
    fn is_wanted(&self) -> bool;
    /// Does the work and keeps what came of it.
    fn run(&mut self, connection: &Connection) -> Result<(), StoreError>;
    /// Answers what came of it, or why nothing did.
    fn answer(self: Box<Self>, outcome: Result<(), StoreError>);
}

struct Waited<T> {
    work: Work<T>,
    done: Option<T>,
    answer: oneshot::Sender<Result<T, StoreError>>,
    taken: Arc<AtomicBool>,
}

/// The caller's side.
pub(super) struct Waiting<T> {
    answer: oneshot::Receiver<Result<T, StoreError>>,
    taken: Arc<AtomicBool>,
}

/// Both sides of some work.
pub(super) fn job<T: Send + 'static>(
    work: impl Fn(&Connection) -> Result<T, StoreError> + Send + 'static,
) -> (Box<dyn Job>, Waiting<T>) {
    let (sender, receiver) = oneshot::channel();
    let taken = Arc::new(AtomicBool::new(false));
    let job = Waited {
        work: Box::new(work),
        done: None,
        answer: sender,
        taken: Arc::clone(&taken),
    };
    let waiting = Waiting {
        answer: receiver,
        taken,
    };
    (Box::new(job), waiting)
}

impl<T: Send> Job for Waited<T> {
    fn begin(&self) -> bool {
        self.is_wanted() && !self.taken.swap(true, Ordering::AcqRel)
    }

    fn is_wanted(&self) -> bool {
        !self.answer.is_closed()
    }

    fn run(&mut self, connection: &Connection) -> Result<(), StoreError> {
        // The thread serves everyone: it outlives a defect in one job.
        let done = catch_unwind(AssertUnwindSafe(|| (self.work)(connection)));
        let done = done.unwrap_or_else(|_| Err(StoreError::Database("a job panicked".to_owned())));
        self.done = Some(done?);
        Ok(())
    }

    fn answer(self: Box<Self>, outcome: Result<(), StoreError>) {
        let outcome = match (outcome, self.done) {
            (Ok(()), Some(done)) => Ok(done),
            (Ok(()), None) => Err(ended()),
            (Err(error), _) => Err(error),
        };
        // Whoever is gone needs no answer.
        let _ = self.answer.send(outcome);
    }
}

impl<T> Waiting<T> {
    /// The answer, or `late` when the work has not begun after `patience`. What has begun is waited
    /// for, however long it takes.
    pub(super) async fn answer(
        mut self,
        patience: Duration,
        late: impl FnOnce() -> StoreError,
    ) -> Result<T, StoreError> {
        let answered = match tokio::time::timeout(patience, &mut self.answer).await {
            Ok(answered) => answered,
            Err(_) if !self.taken.swap(true, Ordering::AcqRel) => return Err(late()),
            Err(_) => self.answer.await,
        };
        answered.unwrap_or_else(|_| Err(ended()))
    }
}

/// A thread for jobs, which ends when its queue is closed.
pub(super) fn spawn(
    name: &'static str,
    run: impl FnOnce() + Send + 'static,
) -> Result<(), StoreError> {
    let spawned = std::thread::Builder::new().name(name.to_owned()).spawn(run);
    spawned
        .map(drop)
        .map_err(|error| StoreError::Database(format!("no thread for the database: {error}")))
}

/// The thread of the connection is gone.
fn ended() -> StoreError {
    StoreError::Database("the store has ended".to_owned())
}
