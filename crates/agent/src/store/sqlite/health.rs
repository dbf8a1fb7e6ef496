//! Whether the store takes what it is given: it is asked to store something.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use super::{StoreError, statements, writer::Writer};

/// Shortest time between two probes, whoever asks.
const BETWEEN: Duration = Duration::from_secs(1);
/// Longest that a probe waits for its turn.
pub(super) const PATIENCE: Duration = Duration::from_millis(500);
/// Longest that a probe takes: what asks for health rarely waits longer for an answer.
pub(super) const DEADLINE: Duration = Duration::from_secs(1);
/// What a probe writes after a failed change, in bytes: more than most turns do. A disk that is full
/// often has place for one more page.
const LARGE: i64 = 64 * 1024;

/// Probes the store on a connection of its own, so that no visitor keeps it from answering.
pub(super) struct Health {
    writer: Writer,
    deadline: Duration,
    probed: Mutex<Option<Instant>>,
}

impl Health {
    pub(super) fn new(writer: Writer, deadline: Duration) -> Self {
        Self {
            writer,
            deadline,
            probed: Mutex::default(),
        }
    }

    /// How the last change ended, a visitor's or a probe's; the latter is made when the last one is
    /// some time ago. Who asks meanwhile waits for it. Where visitors write all the time, a probe would
    /// wait long for its turn, and say nothing new.
    pub(super) async fn check(&self) -> Result<(), StoreError> {
        let mut probed = self.probed.lock().await;
        let is_known = self.writer.last.succeeded_within(BETWEEN);
        if !is_known && probed.is_none_or(|at| at.elapsed() >= BETWEEN) {
            // Before it: a caller that hangs up must not make the next one probe again.
            *probed = Some(Instant::now());
            let probe = tokio::time::timeout(self.deadline, self.probe());
            if probe.await.is_err() {
                let detail = "the disk does not answer in time".to_owned();
                self.writer.last.set(Some(StoreError::Database(detail)));
            }
        }
        self.writer.last.failure().map_or(Ok(()), Err)
    }

    async fn probe(&self) -> Result<(), StoreError> {
        let size = self.writer.last.failure().map_or(0, |_| LARGE);
        self.writer
            .change(move |tx| {
                let probe = "UPDATE probe SET writes = writes + 1, payload = zeroblob(?)";
                statements::execute(tx, probe, [size]).map(drop)
            })
            .await
    }
}

#[cfg(test)]
mod tests;
