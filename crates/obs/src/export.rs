//! Watches the exporters: counts what they lose and says once when the collector is away.

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
    dropped::{Losses, Signal},
    points,
    queue::Waiting,
};

/// Whether the collector takes what it is sent, over all signals.
#[derive(Debug)]
pub(crate) struct Link {
    /// A bit for each signal whose last export failed.
    failing: AtomicU8,
    notices: UnboundedSender<Notice>,
    pub(crate) losses: Arc<Losses>,
}

/// A change that is worth a log line.
#[derive(Debug)]
pub(crate) enum Notice {
    Failing { signal: Signal, error: String },
    Working { lost: u64 },
}

impl Link {
    pub(crate) fn new(losses: Arc<Losses>) -> (Arc<Self>, UnboundedReceiver<Notice>) {
        let (notices, changes) = unbounded_channel();
        (
            Arc::new(Self {
                failing: AtomicU8::new(0),
                notices,
                losses,
            }),
            changes,
        )
    }

    /// Whether the last export of any signal failed.
    pub(crate) fn is_failing(&self) -> bool {
        self.failing.load(Ordering::Acquire) != 0
    }

    /// Takes note of an export of `count` items that has ended for good.
    fn ended(&self, signal: Signal, count: usize, result: &OTelSdkResult) {
        let notice = match result {
            Err(error) => {
                self.losses.add(signal, count);
                let before = self.failing.fetch_or(signal.bit(), Ordering::AcqRel);
                (before == 0).then(|| Notice::Failing {
                    signal,
                    error: error.to_string(),
                })
            }
            Ok(()) => {
                let before = self.failing.fetch_and(!signal.bit(), Ordering::AcqRel);
                (before == signal.bit()).then(|| Notice::Working {
                    lost: self.losses.total(),
                })
            }
        };
        if let Some(notice) = notice {
            // The receiver ends with the runtime; then nobody is left to read it.
            let _ = self.notices.send(notice);
        }
    }
}

/// Logs the notices, away from the exporter's thread, where telemetry is suppressed.
pub(crate) async fn announce(
    mut notices: UnboundedReceiver<Notice>,
    dispatch: WeakDispatch,
    endpoint: String,
) {
    while let Some(notice) = notices.recv().await {
        let Some(dispatch) = dispatch.upgrade() else {
            return;
        };
        dispatcher::with_default(&dispatch, || match notice {
            Notice::Failing { signal, error } => tracing::warn!(
                endpoint,
                signal = signal.name(),
                error,
                "telemetry cannot be exported; requests are not affected, \
                 and this is not repeated until it works again"
            ),
            Notice::Working { lost } => {
                tracing::info!(endpoint, lost, "telemetry is exported again");
            }
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
        let count = batch.len();
        self.waiting.leave(count);
        let result = self.inner.export(batch).await;
        self.link.ended(Signal::Traces, count, &result);
        result
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
        let count = batch.iter().count();
        self.waiting.leave(count);
        let result = self.inner.export(batch).await;
        self.link.ended(Signal::Logs, count, &result);
        result
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
