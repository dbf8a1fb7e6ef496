//! Counts telemetry that was lost, whatever the reason.

use std::sync::{
    OnceLock,
    atomic::{AtomicU64, Ordering},
};

use opentelemetry::{
    KeyValue,
    metrics::{Counter, Meter},
};

/// A kind of telemetry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    Traces,
    Metrics,
    Logs,
}

impl Signal {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Traces => "traces",
            Self::Metrics => "metrics",
            Self::Logs => "logs",
        }
    }

    /// A bit for each signal.
    pub(crate) const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The counter of lost spans, log records and metric points.
///
/// Metrics are cumulative, so a lost point costs resolution and no count.
#[derive(Debug, Default)]
pub(crate) struct Losses {
    /// Set once the meter exists: the exporters exist before it.
    counter: OnceLock<Counter<u64>>,
    total: AtomicU64,
}

impl Losses {
    pub(crate) fn count_with(&self, meter: &Meter, name: &'static str) {
        self.counter.get_or_init(|| {
            meter
                .u64_counter(name)
                .with_unit("{item}")
                .with_description("Telemetry that was lost: queue full or export failed")
                .build()
        });
    }

    pub(crate) fn add(&self, signal: Signal, count: usize) {
        let count = count as u64;
        self.total.fetch_add(count, Ordering::Relaxed);
        if let Some(counter) = self.counter.get() {
            counter.add(count, &[KeyValue::new("signal", signal.name())]);
        }
    }

    /// Everything lost since the start.
    pub(crate) fn total(&self) -> u64 {
        self.total.load(Ordering::Relaxed)
    }
}
