//! The registry of running turns, and of the little that is kept of those that ended a moment ago.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use agent::{answer::TurnIds, store::Owner};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    EventLog,
    ended::{EndedTurns, Recalled},
};
use crate::{problem::Problem, sse};

/// What became of a turn.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It has an answer (perhaps cut short): its JSON, which is long and written but once.
    Answered(Arc<str>),
    /// It failed before it said anything.
    Failed(Problem),
}

/// One turn that runs.
#[derive(Debug)]
pub struct RunningTurn {
    /// Its ids.
    pub ids: TurnIds,
    /// Whose it is.
    pub owner: Owner,
    /// Its events.
    pub log: Arc<EventLog>,
    /// Cancelled to stop it.
    pub stop: CancellationToken,
    outcome: watch::Sender<Option<Outcome>>,
    holders: AtomicUsize,
    /// How often the last holder has left.
    departures: AtomicUsize,
}

impl RunningTurn {
    /// A turn without events yet.
    #[must_use]
    pub fn new(ids: TurnIds, owner: Owner) -> Self {
        Self {
            ids,
            owner,
            log: Arc::default(),
            stop: CancellationToken::new(),
            outcome: watch::Sender::new(None),
            holders: AtomicUsize::new(0),
            departures: AtomicUsize::new(0),
        }
    }

    /// Waits for the end.
    pub async fn outcome(&self) -> Option<Outcome> {
        let mut outcome = self.outcome.subscribe();
        let ended = outcome.wait_for(Option::is_some).await.ok()?;
        ended.clone()
    }

    /// Tells everyone of the end: readers of the log, and those who wait for the outcome.
    fn end(&self, outcome: Outcome) {
        match &outcome {
            Outcome::Answered(answer) => {
                let answer = Arc::clone(answer);
                self.log
                    .close("completed", answer.len(), move || answer.to_string());
            }
            Outcome::Failed(problem) => {
                let data = sse::failed(problem);
                self.log.close("failed", data.len(), || data);
            }
        }
        self.outcome.send_replace(Some(outcome));
    }

    /// Keeps the turn running while held; once nobody has held it for `grace`, it is stopped.
    /// Without a grace this holder never leaves, and the turn runs to its end.
    #[must_use]
    pub fn hold(self: &Arc<Self>, grace: Option<Duration>) -> Hold {
        self.holders.fetch_add(1, Ordering::SeqCst);
        Hold {
            turn: Arc::clone(self),
            grace,
        }
    }
}

/// A subscriber's interest in a turn.
#[derive(Debug)]
pub struct Hold {
    turn: Arc<RunningTurn>,
    grace: Option<Duration>,
}

impl Drop for Hold {
    fn drop(&mut self) {
        let Some(grace) = self.grace else { return };
        let left = self.turn.holders.fetch_sub(1, Ordering::SeqCst) == 1;
        if !left || self.turn.log.is_closed() {
            return;
        }
        let turn = Arc::clone(&self.turn);
        let departure = turn.departures.fetch_add(1, Ordering::SeqCst) + 1;
        if grace.is_zero() {
            turn.stop.cancel();
            return;
        }
        // Outside a runtime the process is ending anyway.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                // A turn that has ended is not held here for the rest of the grace.
                let ended = tokio::time::timeout(grace, turn.outcome()).await;
                if ended.is_ok() {
                    return;
                }
                // Whoever came and left meanwhile has a grace of its own.
                let is_last = turn.departures.load(Ordering::SeqCst) == departure;
                if is_last && turn.holders.load(Ordering::SeqCst) == 0 {
                    turn.stop.cancel();
                }
            });
        }
    }
}

/// What may be busy with one turn at a time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Resource {
    /// A conversation.
    Conversation(Uuid),
    /// A client's idempotency key.
    Key(Owner, String),
}

/// All turns of this process.
#[derive(Debug)]
pub struct Turns {
    turns: Mutex<Known>,
    busy: Mutex<HashSet<Resource>>,
    /// Number of turns by trace, until the trace is kept or lost.
    traces: Mutex<HashMap<String, usize>>,
}

#[derive(Debug)]
struct Known {
    running: HashMap<Uuid, Arc<RunningTurn>>,
    ended: EndedTurns,
}

/// A turn's trace, known as one of this process until dropped.
#[derive(Debug)]
pub(super) struct KnownTrace {
    turns: Arc<Turns>,
    trace: String,
}

impl Drop for KnownTrace {
    fn drop(&mut self) {
        let mut traces = lock(&self.turns.traces);
        if let Some(count) = traces.get_mut(&self.trace) {
            *count -= 1;
            if *count == 0 {
                traces.remove(&self.trace);
            }
        }
    }
}

/// A resource's one place for a running turn; given back when dropped.
#[derive(Debug)]
pub struct Reservation {
    turns: Arc<Turns>,
    resource: Resource,
}

impl Drop for Reservation {
    fn drop(&mut self) {
        lock(&self.turns.busy).remove(&self.resource);
    }
}

impl Turns {
    /// No turns yet; those that have ended may use `ended_bytes` of memory.
    #[must_use]
    pub fn new(ended_bytes: usize) -> Self {
        Self {
            turns: Mutex::new(Known {
                running: HashMap::new(),
                ended: EndedTurns::new(ended_bytes),
            }),
            busy: Mutex::default(),
            traces: Mutex::default(),
        }
    }

    /// Reserves a resource for one turn: 409 when another one has it.
    pub fn reserve(self: &Arc<Self>, resource: Resource) -> Result<Reservation, Problem> {
        if lock(&self.busy).insert(resource.clone()) {
            Ok(Reservation {
                turns: Arc::clone(self),
                resource,
            })
        } else {
            Err(Problem::busy())
        }
    }

    /// Enters a turn that begins. Its trace is known until the value is dropped.
    pub(super) fn insert(self: &Arc<Self>, turn: Arc<RunningTurn>) -> KnownTrace {
        let trace = turn.ids.trace.clone();
        *lock(&self.traces).entry(trace.clone()).or_default() += 1;
        lock(&self.turns).running.insert(turn.ids.message, turn);
        KnownTrace {
            turns: Arc::clone(self),
            trace,
        }
    }

    /// Ends a turn: from here on little is kept of it.
    pub(super) fn end(&self, turn: &RunningTurn, outcome: Outcome) {
        let failure = match &outcome {
            Outcome::Answered(_) => None,
            Outcome::Failed(problem) => Some(problem.clone()),
        };
        turn.end(outcome);
        let (message, log) = (turn.ids.message, Arc::clone(&turn.log));
        let mut known = lock(&self.turns);
        known.running.remove(&message);
        known.ended.insert(message, log, failure, Instant::now());
    }

    /// The running turn that answers with this message, if it is the owner's.
    #[must_use]
    pub fn get(&self, owner: &Owner, message: Uuid) -> Option<Arc<RunningTurn>> {
        lock(&self.turns)
            .running
            .get(&message)
            .filter(|turn| turn.owner == *owner)
            .cloned()
    }

    /// Forgets an ended turn: what is stored of it says more by now.
    pub(super) fn forget(&self, message: Uuid) {
        lock(&self.turns).ended.remove(message);
    }

    /// What is kept of a turn that ended a moment ago. Whose it is, the store says: ask it first.
    #[must_use]
    pub fn ended(&self, message: Uuid) -> Option<Recalled> {
        lock(&self.turns).ended.get(message)
    }

    /// Whether a turn of this trace runs, or its trace is being kept.
    #[must_use]
    pub fn knows_trace(&self, trace: &str) -> bool {
        lock(&self.traces).contains_key(trace)
    }

    /// Number of running turns.
    #[must_use]
    pub fn running(&self) -> usize {
        let busy = lock(&self.busy);
        busy.iter()
            .filter(|resource| matches!(resource, Resource::Conversation(_)))
            .count()
    }

    /// Forgets turns that ended long ago.
    pub fn forget_ended(&self) {
        lock(&self.turns).ended.forget(Instant::now());
    }
}

/// Nothing panics while it holds one of these locks, so a poisoned one is still sound.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRACE: Duration = Duration::from_secs(30);

    fn turn() -> Arc<RunningTurn> {
        let ids = TurnIds {
            conversation: Uuid::nil(),
            user_message: Uuid::nil(),
            message: Uuid::nil(),
            trace: String::new(),
        };
        Arc::new(RunningTurn::new(ids, Owner("visitor:a".to_owned())))
    }

    async fn seconds(seconds: u64) {
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    }

    #[tokio::test(start_paused = true)]
    async fn the_grace_begins_with_the_last_departure() {
        let turn = turn();
        drop(turn.hold(Some(GRACE)));
        seconds(20).await;
        let back = turn.hold(Some(GRACE));
        seconds(20).await;
        assert!(!turn.stop.is_cancelled(), "someone reads");
        drop(back);
        seconds(29).await;
        assert!(!turn.stop.is_cancelled());
        seconds(2).await;
        assert!(turn.stop.is_cancelled());
    }

    #[tokio::test(start_paused = true)]
    async fn a_short_visit_starts_the_grace_anew() {
        let turn = turn();
        drop(turn.hold(Some(GRACE)));
        seconds(20).await;
        drop(turn.hold(Some(GRACE)));
        seconds(20).await;
        assert!(!turn.stop.is_cancelled(), "left 20 seconds ago");
        seconds(11).await;
        assert!(turn.stop.is_cancelled());
    }

    #[tokio::test]
    async fn nothing_holds_a_turn_that_has_ended() {
        let (turns, turn) = (Arc::new(Turns::new(1 << 20)), turn());
        let known = turns.insert(Arc::clone(&turn));
        let (owner, message) = (turn.owner.clone(), turn.ids.message);
        assert!(turns.get(&owner, message).is_some() && turns.ended(message).is_none());
        // Its reader has left, and its grace has begun.
        drop(turn.hold(Some(GRACE)));
        turns.end(&turn, Outcome::Failed(Problem::not_found()));
        let ended = turns.ended(message).unwrap();
        assert_eq!(ended.failure().unwrap().status, 404);
        assert!(turns.get(&owner, message).is_none());
        let left = Arc::downgrade(&turn);
        drop(turn);
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        assert!(left.upgrade().is_none(), "the grace is over with the turn");

        assert!(turns.knows_trace(""), "it is being kept");
        drop(known);
        assert!(!turns.knows_trace(""));
    }
}
