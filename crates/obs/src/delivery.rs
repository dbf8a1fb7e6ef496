//! Delivers what is left, within a budget.

use std::time::Duration;

use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use tokio::{
    sync::oneshot,
    time::{Instant, timeout_at},
};
use tracing::dispatcher;

use crate::{dropped::Signal, telemetry::Telemetry};

type Job = Box<dyn FnOnce() -> OTelSdkResult + Send>;

impl Telemetry {
    /// Exports what is finished now; `false` when not all of it arrived within `budget`.
    pub async fn flush(&self, budget: Duration) -> bool {
        let (traces, metrics) = (self.traces.clone(), self.metrics.clone());
        let logs = self.logs.clone();
        self.deliver(
            budget,
            [
                (Signal::Traces, Box::new(move || traces.force_flush())),
                (Signal::Metrics, Box::new(move || metrics.force_flush())),
                (
                    Signal::Logs,
                    Box::new(move || logs.map_or(Ok(()), |logs| logs.force_flush())),
                ),
            ],
        )
        .await
    }

    /// Exports what is left and stops; `false` when not all of it arrived within `budget`.
    ///
    /// Call it when servers and tasks have ended: spans that end later are lost.
    pub async fn shutdown(&self, budget: Duration) -> bool {
        let (traces, metrics) = (self.traces.clone(), self.metrics.clone());
        let logs = self.logs.clone();
        self.deliver(
            budget,
            [
                (
                    Signal::Traces,
                    Box::new(move || traces.shutdown_with_timeout(budget)),
                ),
                (
                    Signal::Metrics,
                    Box::new(move || metrics.shutdown_with_timeout(budget)),
                ),
                (
                    Signal::Logs,
                    Box::new(move || {
                        logs.map_or(Ok(()), |logs| logs.shutdown_with_timeout(budget))
                    }),
                ),
            ],
        )
        .await
    }

    /// Runs the jobs side by side: one after the other, three that time out would take
    /// three times as long.
    async fn deliver(&self, budget: Duration, jobs: [(Signal, Job); 3]) -> bool {
        let deadline = Instant::now() + budget;
        let mut complete = true;
        for (signal, ended) in jobs.map(|(signal, job)| (signal, run(job))) {
            let result = match timeout_at(deadline, ended).await {
                Ok(Ok(result)) => result,
                Ok(Err(_)) => Err(OTelSdkError::InternalFailure("its thread ended".into())),
                Err(_) => Err(OTelSdkError::Timeout(budget)),
            };
            if let Err(error) = result
                && !matches!(error, OTelSdkError::AlreadyShutdown)
            {
                complete = false;
                // The announcer has said so already if exports were failing before.
                if !self.link.is_failing() {
                    let signal = signal.name();
                    dispatcher::with_default(&self.dispatch, || {
                        tracing::warn!(%error, signal, "telemetry was not delivered in time");
                    });
                }
            }
        }
        complete
    }
}

/// The providers block, so they need a thread. Not one of the runtime's: when the runtime is
/// dropped it would wait for a job that has outlived its budget.
fn run(job: Job) -> oneshot::Receiver<OTelSdkResult> {
    let (sender, ended) = oneshot::channel();
    let work = move || {
        // Past the budget nobody waits for the result.
        let _ = sender.send(job());
    };
    // Without a thread the sender is dropped, and that is reported as a failure.
    let _ = std::thread::Builder::new()
        .name("telemetry-flush".into())
        .spawn(work);
    ended
}
