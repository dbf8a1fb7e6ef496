//! A bounded way into an SDK batch processor that counts what finds no place.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use crate::dropped::{Losses, Signal};

/// Number of spans or records that may wait for export.
pub(crate) const CAPACITY: usize = 2048;
/// Number of spans or records in one export.
pub(crate) const BATCH: usize = 512;

/// What waits between a batch processor and its exporter.
///
/// The SDK drops silently when its queue is full. This count is never below the SDK's own
/// and has the same limit, so it refuses first and every refusal is counted.
#[derive(Debug)]
pub(crate) struct Waiting {
    signal: Signal,
    count: AtomicUsize,
    losses: Arc<Losses>,
}

impl Waiting {
    pub(crate) fn new(signal: Signal, losses: Arc<Losses>) -> Arc<Self> {
        Arc::new(Self {
            signal,
            count: AtomicUsize::new(0),
            losses,
        })
    }

    /// Takes a place, or counts a loss.
    fn enter(&self) -> bool {
        let admitted = self.count.fetch_add(1, Ordering::AcqRel) < CAPACITY;
        if !admitted {
            self.count.fetch_sub(1, Ordering::AcqRel);
            self.losses.add(self.signal, 1);
        }
        admitted
    }

    /// The exporter has taken `count` of them out.
    pub(crate) fn leave(&self, count: usize) {
        self.count.fetch_sub(count, Ordering::AcqRel);
    }
}

/// A batch processor behind its [`Waiting`] count.
#[derive(Debug)]
pub(crate) struct Queued<P> {
    pub(crate) inner: P,
    pub(crate) waiting: Arc<Waiting>,
}

impl<P> Queued<P> {
    /// Hands over if there is place.
    pub(crate) fn offer(&self, hand_over: impl FnOnce(&P)) {
        if self.waiting.enter() {
            hand_over(&self.inner);
        }
    }
}
