//! The recent traces with their log lines, in bounded memory.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use opentelemetry_sdk::trace::SpanData;
use tokio::sync::{broadcast, oneshot};

use crate::{
    ids::{SpanRef, TraceId},
    trace::{Line, Span, Trace},
};

/// Spans and lines kept of one trace, so that one cannot push out all others.
const MAX_ITEMS: usize = 512;
/// Ends of roots that a slow follower may be behind before it misses some.
const FOLLOWED: usize = 256;
/// A trace may use this part of the memory (one eighth), and at most [`MAX_TRACE_BYTES`].
const TRACE_SHARE: usize = 8;
const MAX_TRACE_BYTES: usize = 1 << 20;
/// Memory of a trace beside its spans and lines, in bytes (estimated): its place in the map,
/// which is two thirds full on average, its place in the order, and lists with room to grow.
const TRACE_BYTES: usize =
    size_of::<(TraceId, Entry)>() * 3 / 2 + size_of::<TraceId>() * 3 / 2 + 4 * size_of::<Line>();

/// A ring of the recent traces, bounded by (estimated) bytes; the oldest trace goes first.
///
/// A clone is another handle to the same ring.
#[derive(Clone, Debug)]
pub struct Recent {
    ring: Arc<Mutex<Ring>>,
    ended: broadcast::Sender<SpanRef>,
    budget: usize,
}

#[derive(Debug, Default)]
struct Ring {
    traces: HashMap<TraceId, Entry>,
    /// Trace ids by age, oldest first.
    order: VecDeque<TraceId>,
    bytes: usize,
    /// Traces that had to go since the start.
    evicted: u64,
    /// The last end of a span among those, in nanoseconds since 1970.
    evicted_until_ns: u64,
    /// Who waits for which root span.
    waiting: HashMap<SpanRef, Vec<oneshot::Sender<()>>>,
}

#[derive(Debug, Default)]
struct Entry {
    spans: Vec<Arc<Span>>,
    lines: Vec<Line>,
    bytes: usize,
    truncated: u32,
}

impl Recent {
    pub(crate) fn new(budget: usize) -> Self {
        Self {
            ring: Arc::default(),
            ended: broadcast::Sender::new(FOLLOWED),
            budget,
        }
    }

    /// What is known of a trace; `None` when it is unknown or was pushed out.
    pub fn get(&self, trace_id: TraceId) -> Option<Trace> {
        self.lock()
            .traces
            .get(&trace_id)
            .map(|entry| entry.trace(trace_id))
    }

    /// The newest traces that `wanted` accepts, newest first, at most `limit`.
    ///
    /// `wanted` sees the finished spans and is called under the ring's lock: keep it short.
    pub fn list(&self, limit: usize, mut wanted: impl FnMut(&[Arc<Span>]) -> bool) -> Vec<Trace> {
        let ring = self.lock();
        let newest_first = ring.order.iter().rev();
        newest_first
            .filter_map(|id| ring.traces.get(id).map(|entry| (id, entry)))
            .filter(|(_, entry)| !entry.spans.is_empty() && wanted(&entry.spans))
            .take(limit)
            .map(|(id, entry)| entry.trace(*id))
            .collect()
    }

    /// Memory in use, in bytes (estimated).
    pub fn bytes(&self) -> usize {
        self.lock().bytes
    }

    /// Memory that it may use, in bytes.
    pub fn budget(&self) -> usize {
        self.budget
    }

    /// Traces that had to make room since the start, and the last end of a span among them, in
    /// nanoseconds since 1970.
    pub fn evicted(&self) -> (u64, u64) {
        let ring = self.lock();
        (ring.evicted, ring.evicted_until_ns)
    }

    /// The root spans that end from now on. Whoever is slow misses some, and is told so.
    pub fn follow(&self) -> broadcast::Receiver<SpanRef> {
        self.ended.subscribe()
    }

    /// Number of traces that are kept.
    pub fn len(&self) -> usize {
        self.lock().order.len()
    }

    /// Whether no trace is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Waits until the root span has ended, then gives it with everything below it.
    ///
    /// A span ends after its children, so they are there. `None` when the root has not ended
    /// within `timeout`, or was pushed out. The span must be one of the vocabulary's roots.
    pub async fn finished(&self, root: SpanRef, timeout: Duration) -> Option<Trace> {
        let (sender, ended) = oneshot::channel();
        {
            let mut ring = self.lock();
            if ring.has(root) {
                drop(sender);
            } else {
                ring.waiting.entry(root).or_default().push(sender);
            }
        }
        // Either it was sent, or the sender is gone because the root was there already.
        let in_time = tokio::time::timeout(timeout, ended).await.is_ok();
        let mut ring = self.lock();
        if !in_time && let Some(senders) = ring.waiting.get_mut(&root) {
            senders.retain(|sender| !sender.is_closed());
            if senders.is_empty() {
                ring.waiting.remove(&root);
            }
        }
        let found = ring
            .has(root)
            .then(|| ring.traces.get(&root.trace_id))
            .flatten();
        found
            .map(|entry| entry.trace(root.trace_id))
            .map(|trace| trace.below([root.span_id]))
    }

    /// Keeps a finished span; `root` ends the waiting for it.
    pub(crate) fn push(&self, data: &SpanData, root: bool) {
        // Converted outside the lock.
        let span = Arc::new(Span::from(data));
        let (trace_id, size) = (span.trace_id, span.size());
        let mut ring = self.lock();
        let address = span.address();
        // A root is what one looks for: it may exceed the trace's share by one half.
        let slack = if root { 2 } else { 0 };
        if let Some(entry) = ring.room(trace_id, size, slack, self.budget) {
            entry.spans.push(span);
        }
        ring.evict(self.budget);
        if root && let Some(senders) = ring.waiting.remove(&address) {
            for sender in senders {
                // Nobody waits any more: no harm.
                let _ = sender.send(());
            }
        }
        drop(ring);
        if root {
            // Nobody follows: no harm.
            let _ = self.ended.send(address);
        }
    }

    /// Keeps a log line of a trace.
    pub(crate) fn push_line(&self, trace_id: TraceId, line: Line) {
        let size = line.size();
        let mut ring = self.lock();
        if let Some(entry) = ring.room(trace_id, size, 0, self.budget) {
            entry.lines.push(line);
        }
        ring.evict(self.budget);
    }

    fn lock(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ring {
    fn has(&self, span: SpanRef) -> bool {
        let entry = self.traces.get(&span.trace_id);
        // From the back: a root ends last.
        entry.is_some_and(|entry| entry.spans.iter().rev().any(|s| s.span_id == span.span_id))
    }

    /// The trace's entry with `size` bytes more, unless the trace has had its share.
    fn room(
        &mut self,
        trace_id: TraceId,
        size: usize,
        slack: usize,
        budget: usize,
    ) -> Option<&mut Entry> {
        let entry = self.traces.entry(trace_id).or_insert_with(|| {
            self.order.push_back(trace_id);
            self.bytes += TRACE_BYTES;
            Entry {
                bytes: TRACE_BYTES,
                ..Entry::default()
            }
        });
        let share = (budget / TRACE_SHARE).min(MAX_TRACE_BYTES);
        let items = MAX_ITEMS + slack * MAX_ITEMS / 4;
        let full = entry.spans.len().max(entry.lines.len()) >= items
            || entry.bytes + size > share + slack * share / 4;
        if full {
            entry.truncated = entry.truncated.saturating_add(1);
            return None;
        }
        entry.bytes += size;
        self.bytes += size;
        Some(entry)
    }

    fn evict(&mut self, budget: usize) {
        while self.bytes > budget
            && let Some(oldest) = self.order.pop_front()
        {
            let Some(entry) = self.traces.remove(&oldest) else {
                continue;
            };
            self.bytes = self.bytes.saturating_sub(entry.bytes);
            self.evicted += 1;
            let ends = entry.spans.iter().map(|span| span.end_ns);
            self.evicted_until_ns = ends.fold(self.evicted_until_ns, u64::max);
        }
    }
}

impl Entry {
    fn trace(&self, trace_id: TraceId) -> Trace {
        Trace {
            trace_id,
            spans: self.spans.clone(),
            lines: self.lines.clone(),
            truncated: self.truncated,
        }
    }
}
