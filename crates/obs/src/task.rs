//! Background work that stays in the trace that started it.

use std::{future::Future, time::Duration};

use tokio::task::JoinHandle;
use tokio_util::task::TaskTracker;
use tracing::instrument::{Instrument, WithSubscriber};

/// Spawns tasks and waits for them at the end.
///
/// A bare `tokio::spawn` starts a new trace; this keeps the current span (and subscriber).
#[derive(Clone, Debug, Default)]
pub struct Tasks(TaskTracker);

impl Tasks {
    /// Runs `future` in the background, inside the span that is current now.
    pub fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.spawn_in_no_span(future.in_current_span())
    }

    /// Runs `future` in the background, in no span: it enters its own, and to enter one more at each
    /// of its polls would cost more than the poll.
    pub fn spawn_in_no_span<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.0.spawn(future.with_current_subscriber())
    }

    /// Number of tasks that have not ended.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether every task has ended.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Waits until every task has ended; `false` when some still run after `budget`.
    pub async fn drained(&self, budget: Duration) -> bool {
        self.0.close();
        tokio::time::timeout(budget, self.0.wait()).await.is_ok()
    }
}
