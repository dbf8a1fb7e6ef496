//! Turns that ended a moment ago: what is kept of them, so that a reader can still come back.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::{Duration, Instant},
};

use uuid::Uuid;

use super::{EventLog, offsets::TextOffsets};
use crate::problem::Problem;

/// How long a reader of an ended turn can come back.
const KEPT: Duration = Duration::from_secs(600);
/// The newest turns are kept with all their events, in this part of the memory (one sixteenth):
/// whoever lost a connection mostly comes back within a second.
const LOGS_SHARE: usize = 16;
/// Memory of a turn beside its offsets, in bytes (estimated): its place in map and order.
const TURN_BYTES: usize = 160;
/// Capacity that no list gives back.
const SPARE: usize = 64;

/// A turn that has ended, without its events: the text is in the store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndedTurn {
    /// Id of its last event.
    pub last_event: u64,
    /// Which event brought how much of the text.
    pub offsets: TextOffsets,
    /// Why it failed, where it did.
    pub failure: Option<Box<Problem>>,
}

impl EndedTurn {
    fn bytes(&self) -> usize {
        let failure = self.failure.as_ref().map_or(0, |problem| {
            size_of::<Problem>() + problem.detail.len() + problem.trace_id.len()
        });
        TURN_BYTES + self.offsets.bytes() + failure
    }
}

/// What is known of an ended turn.
#[derive(Clone, Debug)]
pub enum Recalled {
    /// All its events, and what is left without them.
    Whole(Arc<EventLog>, Arc<EndedTurn>),
    /// What is left without its events.
    Brief(Arc<EndedTurn>),
}

impl Recalled {
    /// Why the turn failed, where it did.
    #[must_use]
    pub fn failure(&self) -> Option<&Problem> {
        let (Self::Whole(_, turn) | Self::Brief(turn)) = self;
        turn.failure.as_deref()
    }
}

/// The turns that ended within the last ten minutes, bounded by (estimated) bytes; the oldest goes
/// first.
#[derive(Debug)]
pub(super) struct EndedTurns {
    budget: usize,
    turns: HashMap<Uuid, Arc<EndedTurn>>,
    /// By end, oldest first.
    order: VecDeque<(Instant, Uuid)>,
    bytes: usize,
    /// The newest ones' events, oldest first.
    logs: VecDeque<(Uuid, Arc<EventLog>)>,
    log_bytes: usize,
}

impl EndedTurns {
    /// Keeps turns in at most `budget` bytes.
    pub(super) fn new(budget: usize) -> Self {
        Self {
            budget,
            turns: HashMap::new(),
            order: VecDeque::new(),
            bytes: 0,
            logs: VecDeque::new(),
            log_bytes: 0,
        }
    }

    /// Keeps a turn that ended just now; its log is closed.
    pub(super) fn insert(
        &mut self,
        message: Uuid,
        log: Arc<EventLog>,
        failure: Option<Problem>,
        now: Instant,
    ) {
        let turn = EndedTurn {
            failure: failure.map(Box::new),
            ..log.brief()
        };
        self.bytes += turn.bytes();
        self.log_bytes += log.bytes();
        self.turns.insert(message, Arc::new(turn));
        self.order.push_back((now, message));
        self.logs.push_back((message, log));
        self.make_room();
    }

    /// What is known of a turn.
    pub(super) fn get(&self, message: Uuid) -> Option<Recalled> {
        let turn = self.turns.get(&message)?;
        let mut logs = self.logs.iter().rev();
        let log = logs.find(|(id, _)| *id == message);
        Some(match log {
            Some((_, log)) => Recalled::Whole(Arc::clone(log), Arc::clone(turn)),
            None => Recalled::Brief(Arc::clone(turn)),
        })
    }

    /// Forgets one turn.
    pub(super) fn remove(&mut self, message: Uuid) {
        if let Some(turn) = self.turns.remove(&message) {
            self.bytes -= turn.bytes();
            self.order.retain(|(_, id)| *id != message);
        }
        if let Some(at) = self.logs.iter().position(|(id, _)| *id == message)
            && let Some((_, log)) = self.logs.remove(at)
        {
            self.log_bytes -= log.bytes();
        }
    }

    /// Forgets turns that ended too long ago, and gives their memory back.
    pub(super) fn forget(&mut self, now: Instant) {
        while let Some((ended, _)) = self.order.front()
            && now.saturating_duration_since(*ended) >= KEPT
        {
            self.drop_oldest();
        }
        let few = 2 * self.turns.len() + SPARE;
        if self.turns.capacity() > 2 * few {
            self.turns.shrink_to(few);
            self.order.shrink_to(few);
            self.logs.shrink_to(few);
        }
    }

    fn make_room(&mut self) {
        let of_logs = self.budget / LOGS_SHARE;
        while self.log_bytes > of_logs && !self.logs.is_empty() {
            self.drop_oldest_log();
        }
        while self.bytes > self.budget - of_logs && !self.order.is_empty() {
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        let Some((_, message)) = self.order.pop_front() else {
            return;
        };
        if self.logs.front().is_some_and(|(id, _)| *id == message) {
            self.drop_oldest_log();
        }
        if let Some(turn) = self.turns.remove(&message) {
            self.bytes -= turn.bytes();
        }
    }

    fn drop_oldest_log(&mut self) {
        if let Some((_, log)) = self.logs.pop_front() {
            self.log_bytes -= log.bytes();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::EventSize, *};

    fn log(deltas: usize, text: &str) -> Arc<EventLog> {
        let log = EventLog::default();
        log.push("started", EventSize::default(), || "{}".into());
        let (bytes, whole) = (text.len(), deltas * text.len());
        for _ in 0..deltas {
            let data = text.to_owned();
            log.push("delta", EventSize { bytes, text: bytes }, || data);
        }
        log.close("completed", whole, String::new);
        Arc::new(log)
    }

    fn keep(ended: &mut EndedTurns, id: u128, now: Instant) {
        ended.insert(Uuid::from_u128(id), log(50, "ten bytes "), None, now);
    }

    #[test]
    fn a_turn_costs_little_and_all_of_them_no_more_than_their_budget() {
        let (now, budget) = (Instant::now(), 256 << 10);
        let mut ended = EndedTurns::new(budget);
        for id in 0..10_000 {
            keep(&mut ended, id, now);
            assert!(ended.bytes + ended.log_bytes <= budget);
            assert!(ended.log_bytes <= budget / LOGS_SHARE);
        }
        assert!(ended.turns.len() > budget / 512, "{}", ended.turns.len());
        assert_eq!(ended.turns.len(), ended.order.len());
        let counted: usize = ended.turns.values().map(|turn| turn.bytes()).sum();
        assert_eq!(ended.bytes, counted);
        assert!(ended.get(Uuid::from_u128(0)).is_none(), "the oldest goes");
        let newest = ended.get(Uuid::from_u128(9_999));
        assert!(matches!(newest, Some(Recalled::Whole(..))), "{newest:?}");
        let earlier = ended.get(Uuid::from_u128(9_980));
        assert!(matches!(earlier, Some(Recalled::Brief(_))), "{earlier:?}");
    }

    #[test]
    fn ten_minutes_later_nothing_is_left() {
        let now = Instant::now();
        let mut ended = EndedTurns::new(32 << 20);
        for id in 0..5_000 {
            keep(&mut ended, id, now);
        }
        ended.forget(now + KEPT - Duration::from_secs(1));
        assert_eq!(ended.turns.len(), 5_000);
        keep(&mut ended, 5_000, now + KEPT);
        ended.forget(now + KEPT);
        assert_eq!(ended.turns.len(), 1, "the last one has just ended");
        assert!(ended.turns.capacity() < 1_000, "memory is given back");
        ended.forget(now + 2 * KEPT);
        let left = (ended.bytes, ended.log_bytes, ended.logs.len());
        assert_eq!(left, (0, 0, 0));
    }

    #[test]
    fn without_memory_nothing_is_kept() {
        let mut ended = EndedTurns::new(0);
        keep(&mut ended, 1, Instant::now());
        assert!(ended.get(Uuid::from_u128(1)).is_none());
        assert_eq!((ended.bytes, ended.log_bytes), (0, 0));
    }
}
