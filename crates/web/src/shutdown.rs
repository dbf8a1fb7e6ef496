//! The end: no new turns, a while for the running ones, then telemetry is flushed.

use std::time::Duration;

use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    time::{Instant, timeout_at},
};

use crate::{state::AppState, turns};

/// How long running turns may go on after the signal.
const DRAIN: Duration = Duration::from_secs(10);
/// How long turns that were told to end may take to store their answers, those included that wait for
/// the store.
const SETTLE: Duration = Duration::from_secs(5);
/// How long connections may last once the turns have ended: a client that never sends the rest of
/// its request must not keep the process.
pub const LINGER: Duration = Duration::from_secs(2);
/// How long telemetry may take to be delivered.
pub const FLUSH: Duration = Duration::from_secs(5);

/// Waits for SIGTERM or SIGINT, then for the running turns; their streams end with them.
pub async fn requested(signals: Signals, state: &AppState) {
    signals.received().await;
    tracing::info!(turns = state.turns.running(), "shutting down");
    state.closing.cancel();
    let drained = state.tasks.drained(DRAIN).await;
    let settled = Instant::now() + SETTLE;
    if !drained {
        state.draining.cancel();
        // Whether or not all have ended, it is over then.
        let _ = timeout_at(settled, state.tasks.drained(SETTLE)).await;
    }
    turns::store_last(state, settled).await;
}

/// SIGTERM and SIGINT, which from its making on no longer end the process at once.
pub struct Signals([Option<Signal>; 2]);

impl Signals {
    /// Listens for them: before anyone is told that the server is there, who may send one at once.
    #[must_use]
    pub fn listen() -> Self {
        let kinds = [SignalKind::terminate(), SignalKind::interrupt()];
        Self(kinds.map(|kind| signal(kind).ok()))
    }

    /// Waits for one of them.
    async fn received(self) {
        let [terminate, interrupt] = self.0.map(|signal| async {
            match signal {
                Some(mut signal) => signal.recv().await,
                None => std::future::pending().await,
            }
        });
        tokio::select! {
            _ = terminate => {}
            _ = interrupt => {}
        }
    }
}
