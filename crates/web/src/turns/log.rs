//! The event log of one turn: appended by its runner, read by any number of subscribers.

use std::{
    fmt,
    sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError},
};

use futures::{Stream, stream};
use tokio::sync::watch;

use super::{EndedTurn, offsets::TextOffsets};

/// Memory of an event beside its data, in bytes (estimated): itself, its counters, its place in the
/// list, and what the allocator adds.
const EVENT_BYTES: usize = size_of::<LoggedEvent>() + 48;

/// One event as it goes over the wire.
pub struct LoggedEvent {
    /// Position, from 1.
    pub id: u64,
    /// Name.
    pub name: &'static str,
    /// Written when somebody reads it: of most turns that are answered as a whole, nobody does.
    data: LazyLock<String, Write>,
}

type Write = Box<dyn FnOnce() -> String + Send>;

impl LoggedEvent {
    /// An event whose data `data` writes.
    pub fn new(
        id: u64,
        name: &'static str,
        data: impl FnOnce() -> String + Send + 'static,
    ) -> Self {
        let data = LazyLock::new(Box::new(data) as Write);
        Self { id, name, data }
    }

    /// JSON.
    #[must_use]
    pub fn data(&self) -> &str {
        &self.data
    }
}

impl fmt::Debug for LoggedEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.id, self.name, self.data())
    }
}

/// What an event takes, in bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct EventSize {
    /// Its data (estimated).
    pub bytes: usize,
    /// What it brings of the answer's text.
    pub text: usize,
}

/// The events of a turn. Subscribers read at their own pace; the runner never waits for them.
#[derive(Debug)]
pub struct EventLog {
    kept: Mutex<Kept>,
    /// Number of events, and whether the last one has come.
    progress: watch::Sender<(usize, bool)>,
}

#[derive(Debug, Default)]
struct Kept {
    events: Vec<Arc<LoggedEvent>>,
    offsets: TextOffsets,
    bytes: usize,
}

impl Default for EventLog {
    fn default() -> Self {
        Self {
            kept: Mutex::default(),
            progress: watch::Sender::new((0, false)),
        }
    }
}

impl EventLog {
    /// Appends an event.
    pub fn push(
        &self,
        name: &'static str,
        size: EventSize,
        data: impl FnOnce() -> String + Send + 'static,
    ) {
        self.append(name, size, data, false);
    }

    /// Appends the last event, whose data takes so many bytes.
    pub fn close(
        &self,
        name: &'static str,
        bytes: usize,
        data: impl FnOnce() -> String + Send + 'static,
    ) {
        self.append(name, EventSize { bytes, text: 0 }, data, true);
    }

    fn append(
        &self,
        name: &'static str,
        size: EventSize,
        data: impl FnOnce() -> String + Send + 'static,
        last: bool,
    ) {
        let len = {
            let mut kept = self.kept();
            let id = kept.events.len() as u64 + 1;
            if size.text > 0 {
                kept.offsets.push(id, size.text);
            }
            kept.bytes += EVENT_BYTES + size.bytes;
            let event = LoggedEvent::new(id, name, data);
            kept.events.push(Arc::new(event));
            kept.events.len()
        };
        self.progress.send_replace((len, last));
    }

    /// What outlives the events.
    #[must_use]
    pub fn brief(&self) -> EndedTurn {
        let kept = self.kept();
        let mut offsets = kept.offsets.clone();
        offsets.shrink();
        EndedTurn {
            last_event: kept.events.len() as u64,
            offsets,
            failure: None,
        }
    }

    /// Memory in use, in bytes (estimated).
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.kept().bytes
    }

    /// The events after the one with id `after`, as they come, up to the last.
    pub fn after(self: &Arc<Self>, after: u64) -> impl Stream<Item = Arc<LoggedEvent>> + use<> {
        let start = (
            Arc::clone(self),
            self.progress.subscribe(),
            usize::try_from(after).unwrap_or(usize::MAX),
        );
        stream::unfold(start, |(log, mut progress, at)| async move {
            loop {
                let (len, closed) = *progress.borrow_and_update();
                if at < len {
                    let event = log.get(at)?;
                    return Some((event, (log, progress, at + 1)));
                }
                if closed || progress.changed().await.is_err() {
                    return None;
                }
            }
        })
    }

    fn get(&self, at: usize) -> Option<Arc<LoggedEvent>> {
        self.kept().events.get(at).cloned()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All events so far.
    #[cfg(test)]
    pub(super) fn snapshot(&self) -> Vec<Arc<LoggedEvent>> {
        self.kept().events.clone()
    }

    /// Whether the last event has come.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.progress.borrow().1
    }
}

#[cfg(test)]
mod tests {
    use futures::StreamExt;

    use super::*;

    #[tokio::test]
    async fn subscribers_see_every_event_from_where_they_ask() {
        let log = Arc::new(EventLog::default());
        log.push("a", EventSize::default(), || "1".into());
        let early: Vec<_> = {
            let stream = log.after(0);
            let log = Arc::clone(&log);
            let (events, ()) = tokio::join!(stream.collect::<Vec<_>>(), async move {
                log.push("b", EventSize::default(), || "2".into());
                tokio::task::yield_now().await;
                log.close("c", 1, || "3".into());
            });
            events.iter().map(|event| (event.id, event.name)).collect()
        };
        assert_eq!(early, [(1, "a"), (2, "b"), (3, "c")]);
        let late: Vec<_> = log.after(2).map(|event| event.id).collect().await;
        assert_eq!(late, [3]);
        assert_eq!(log.after(9).count().await, 0);
    }
}
