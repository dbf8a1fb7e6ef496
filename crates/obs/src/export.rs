//! Watches the exporters: counts what they lose and says once when a collector is away.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::Duration,
};

use opentelemetry_sdk::{
    Resource,
    error::OTelSdkResult,
    logs::{LogBatch, LogExporter},
    metrics::{Temporality, data::ResourceMetrics, exporter::PushMetricExporter},
    trace::{SpanData, SpanExporter},
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tracing::dispatcher::{self, WeakDispatch};

use crate::{
    batch,
    dropped::{Losses, Signal},
    points,
    queue::Waiting,
};

/// Longest message of a collector that is logged, in bytes.
const MAX_MESSAGE: usize = 300;

/// Whether the collectors take what they are sent, over all signals.
#[derive(Debug)]
pub(crate) struct Link {
    /// A bit for each signal whose last attempt failed.
    failing: AtomicU8,
    /// A bit for each signal of which a collector has rejected a part.
    rejecting: AtomicU8,
    notices: UnboundedSender<Notice>,
    pub(crate) losses: Arc<Losses>,
}

/// A change that is worth a log line.
#[derive(Debug)]
pub(crate) enum Notice {
    Failing {
        signal: Signal,
        error: String,
    },
    Working {
        signal: Signal,
        lost: u64,
    },
    Rejecting {
        signal: Signal,
        rejected: usize,
        message: String,
    },
}

impl Link {
    pub(crate) fn new(losses: Arc<Losses>) -> (Arc<Self>, UnboundedReceiver<Notice>) {
        let (notices, changes) = unbounded_channel();
        (
            Arc::new(Self {
                failing: AtomicU8::new(0),
                rejecting: AtomicU8::new(0),
                notices,
                losses,
            }),
            changes,
        )
    }

    /// Whether the last attempt of any signal failed.
    pub(crate) fn is_failing(&self) -> bool {
        self.failing.load(Ordering::Acquire) != 0
    }

    /// Takes note of an export that is tried again: nothing is lost yet.
    pub(crate) fn tries_again(&self, signal: Signal) {
        self.fails(signal, || "no attempt has succeeded yet".to_owned());
    }

    /// Takes note of a collector that did not take all of an export, for good (OTLP, partial success).
    pub(crate) fn took_a_part(&self, signal: Signal, rejected: usize, mut message: String) {
        self.losses.add(signal, rejected);
        let before = self.rejecting.fetch_or(signal.bit(), Ordering::AcqRel);
        if before & signal.bit() == 0 {
            message.truncate(message.floor_char_boundary(MAX_MESSAGE));
            self.notify(Notice::Rejecting {
                signal,
                rejected,
                message,
            });
        }
    }

    /// Takes note of an export of `count` items that has ended for good.
    fn ended(&self, signal: Signal, count: usize, result: &OTelSdkResult) {
        match result {
            Err(error) => {
                self.losses.add(signal, count);
                self.fails(signal, || error.to_string());
            }
            Ok(()) => {
                let before = self.failing.fetch_and(!signal.bit(), Ordering::AcqRel);
                if before == signal.bit() {
                    let lost = self.losses.total();
                    self.notify(Notice::Working { signal, lost });
                }
            }
        }
    }

    /// Says so if no signal failed until now.
    fn fails(&self, signal: Signal, error: impl FnOnce() -> String) {
        let before = self.failing.fetch_or(signal.bit(), Ordering::AcqRel);
        if before == 0 {
            let error = error();
            self.notify(Notice::Failing { signal, error });
        }
    }

    fn notify(&self, notice: Notice) {
        // The receiver ends with the runtime; then nobody is left to read it.
        let _ = self.notices.send(notice);
    }
}

/// Logs the notices, away from the exporter's thread, where telemetry is suppressed. `endpoints`:
/// those of traces, metrics and logs.
pub(crate) async fn announce(
    mut notices: UnboundedReceiver<Notice>,
    dispatch: WeakDispatch,
    endpoints: [String; 3],
) {
    let endpoint = |signal: Signal| endpoints[signal as usize].as_str();
    while let Some(notice) = notices.recv().await {
        let Some(dispatch) = dispatch.upgrade() else {
            return;
        };
        dispatcher::with_default(&dispatch, || match notice {
            Notice::Failing { signal, error } => tracing::warn!(
                endpoint = endpoint(signal),
                signal = signal.name(),
                error,
                "telemetry cannot be exported; requests are not affected, \
                 and this is not repeated until it works again"
            ),
            Notice::Working { signal, lost } => {
                tracing::info!(
                    endpoint = endpoint(signal),
                    lost,
                    "telemetry is exported again"
                );
            }
            Notice::Rejecting {
                signal,
                rejected,
                message,
            } => tracing::warn!(
                endpoint = endpoint(signal),
                signal = signal.name(),
                rejected,
                error = message,
                "the collector rejected a part of the telemetry; what it rejects is counted, \
                 and this is not repeated"
            ),
        });
    }
}

/// An exporter under watch.
#[derive(Debug)]
pub(crate) struct Watched<E> {
    pub(crate) inner: E,
    pub(crate) link: Arc<Link>,
    pub(crate) waiting: Arc<Waiting>,
}

impl<E: SpanExporter> SpanExporter for Watched<E> {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        self.waiting.leave(batch.len());
        let mut all = Ok(());
        for part in batch::parts(batch, batch::of_span) {
            let count = part.len();
            let result = self.inner.export(part).await;
            self.link.ended(Signal::Traces, count, &result);
            all = all.and(result);
        }
        all
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.inner.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.inner.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.inner.set_resource(resource);
    }
}

impl<E: LogExporter> LogExporter for Watched<E> {
    async fn export(&self, batch: LogBatch<'_>) -> OTelSdkResult {
        let records: Vec<_> = batch.iter().collect();
        self.waiting.leave(records.len());
        let mut all = Ok(());
        for part in batch::parts(records, |(record, _)| batch::of_record(record)) {
            let result = self.inner.export(LogBatch::new(&part)).await;
            self.link.ended(Signal::Logs, part.len(), &result);
            all = all.and(result);
        }
        all
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.inner.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.inner.set_resource(resource);
    }
}

/// A metric exporter under watch. Metrics wait in no queue: they are collected on export.
#[derive(Debug)]
pub(crate) struct WatchedMetrics<E> {
    pub(crate) inner: E,
    pub(crate) link: Arc<Link>,
}

impl<E: PushMetricExporter> PushMetricExporter for WatchedMetrics<E> {
    async fn export(&self, metrics: &ResourceMetrics) -> OTelSdkResult {
        let result = self.inner.export(metrics).await;
        let lost = if result.is_err() {
            points::of(metrics).len()
        } else {
            0
        };
        self.link.ended(Signal::Metrics, lost, &result);
        result
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.inner.force_flush()
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.inner.shutdown_with_timeout(timeout)
    }

    fn temporality(&self) -> Temporality {
        self.inner.temporality()
    }
}
