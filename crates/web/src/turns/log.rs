//! The event log of one turn: appended by its runner, read by any number of subscribers.

use std::sync::{Arc, Mutex, PoisonError};

use futures::{Stream, stream};
use tokio::sync::watch;

/// One event as it goes over the wire.
#[derive(Debug, PartialEq, Eq)]
pub struct LoggedEvent {
    /// Position, from 1.
    pub id: u64,
    /// Name.
    pub name: &'static str,
    /// JSON.
    pub data: String,
}

/// The events of a turn. Subscribers read at their own pace; the runner never waits for them.
#[derive(Debug)]
pub struct EventLog {
    events: Mutex<Vec<Arc<LoggedEvent>>>,
    /// Number of events, and whether the last one has come.
    progress: watch::Sender<(usize, bool)>,
}

impl Default for EventLog {
    fn default() -> Self {
        Self {
            events: Mutex::default(),
            progress: watch::Sender::new((0, false)),
        }
    }
}

impl EventLog {
    /// Appends an event.
    pub fn push(&self, name: &'static str, data: String) {
        self.append(name, data, false);
    }

    /// Appends the last event.
    pub fn close(&self, name: &'static str, data: String) {
        self.append(name, data, true);
    }

    fn append(&self, name: &'static str, data: String, last: bool) {
        let len = {
            let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
            let id = events.len() as u64 + 1;
            events.push(Arc::new(LoggedEvent { id, name, data }));
            events.len()
        };
        self.progress.send_replace((len, last));
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
        self.events
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(at)
            .cloned()
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
        log.push("a", "1".into());
        let early: Vec<_> = {
            let stream = log.after(0);
            let log = Arc::clone(&log);
            let (events, ()) = tokio::join!(stream.collect::<Vec<_>>(), async move {
                log.push("b", "2".into());
                tokio::task::yield_now().await;
                log.close("c", "3".into());
            });
            events.iter().map(|event| (event.id, event.name)).collect()
        };
        assert_eq!(early, [(1, "a"), (2, "b"), (3, "c")]);
        let late: Vec<_> = log.after(2).map(|event| event.id).collect().await;
        assert_eq!(late, [3]);
        assert_eq!(log.after(9).count().await, 0);
    }
}
