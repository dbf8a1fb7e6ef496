//! The places of all connections, and the one that a connection holds while it lasts.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{sync::Notify, time::Instant};
use tokio_util::sync::CancellationToken;

use super::{
    Rules,
    gate::{Gate, Id},
    pace::Pace,
    seldom::Seldom,
};

/// Connections that were told to go and are not gone, before no more are taken in: each still holds
/// its descriptor.
const MOST_LEAVING: usize = 16;

/// All places.
pub(super) struct Places {
    rules: Rules,
    taken: Mutex<Taken>,
    /// Someone who was told to go has gone.
    left: Notify,
    full: Seldom,
}

struct Taken {
    gate: Gate,
    /// How each is told to go.
    told: HashMap<Id, CancellationToken>,
}

impl Places {
    pub(super) fn new(rules: Rules) -> Arc<Self> {
        let gate = Gate::new(rules.most, rules.most_per_address);
        Arc::new(Self {
            rules,
            taken: Mutex::new(Taken {
                gate,
                told: HashMap::new(),
            }),
            left: Notify::new(),
            full: Seldom::default(),
        })
    }

    /// Waits until those who were told to go have gone, but for a few.
    pub(super) async fn settled(&self) {
        while self.taken().gate.leaving() >= MOST_LEAVING {
            self.left.notified().await;
        }
    }

    /// A place for a connection from there; `None` where it cannot have one.
    pub(super) fn take(self: &Arc<Self>, address: IpAddr) -> Option<Arc<Place>> {
        let address = address.to_canonical();
        let is_exempt = self.rules.exempt.iter().any(|net| net.contains(&address));
        let mut taken = self.taken();
        let decision = taken.gate.enter((!is_exempt).then_some(address));
        for told in decision.evicted.iter().filter_map(|id| taken.told.get(id)) {
            told.cancel();
        }
        let told = CancellationToken::new();
        if let Some(id) = decision.admitted {
            taken.told.insert(id, told.clone());
        }
        drop(taken);
        let now = Instant::now();
        if decision.is_full && self.full.is_time(now) {
            tracing::warn!(
                most = self.rules.most,
                "as many connections as MAX_CONNECTIONS: the oldest without a request make room"
            );
        }
        Some(Arc::new(Place {
            id: decision.admitted?,
            pace: Mutex::new(Pace::new(now)),
            told,
            places: Arc::clone(self),
        }))
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of one connection; free again when dropped.
pub(super) struct Place {
    id: Id,
    pace: Mutex<Pace>,
    told: CancellationToken,
    places: Arc<Places>,
}

impl Place {
    /// Takes note of what the connection does.
    pub(super) fn note(&self, change: impl FnOnce(&mut Pace)) {
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        let before = pace.standing();
        change(&mut pace);
        let after = pace.standing();
        if before != after {
            self.places.taken().gate.stands(self.id, after);
        }
    }

    /// What it is doing.
    pub(super) fn pace(&self) -> Pace {
        *self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the connection is told to make room.
    pub(super) async fn told_to_go(&self) {
        self.told.cancelled().await;
    }

    /// Counts a request until the result is dropped.
    pub(super) fn begin(self: &Arc<Self>, is_http2: bool) -> OpenRequest {
        self.note(|pace| pace.began(is_http2));
        OpenRequest(Arc::clone(self))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        taken.gate.leave(self.id);
        taken.told.remove(&self.id);
        drop(taken);
        self.places.left.notify_one();
    }
}

/// A request, from the end of its head to the end of its answer.
pub(super) struct OpenRequest(Arc<Place>);

impl Drop for OpenRequest {
    fn drop(&mut self) {
        self.0.note(|pace| pace.ended(Instant::now()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connections::pace::Due;

    #[tokio::test]
    async fn whoever_makes_room_is_told_and_counts_until_gone() {
        let mut rules = Rules::new(MOST_LEAVING, &[]);
        rules.most_per_address = 1;
        let timeouts = rules.timeouts;
        let places = Places::new(rules);
        let take = || places.take([127, 0, 0, 1].into());
        let old: Vec<_> = (0..MOST_LEAVING).map(|_| take().unwrap()).collect();
        let served = old[0].begin(false);
        let new: Vec<_> = (1..MOST_LEAVING).map(|_| take().unwrap()).collect();
        for place in &old[1..] {
            place.told_to_go().await;
        }
        assert!(!old[0].told.is_cancelled(), "it is being served");
        drop(served);
        assert_eq!(old[0].pace().due(&timeouts).unwrap().0, Due::LastCall);
        let last = take().unwrap();
        assert!(new[0].told.is_cancelled() && !old[0].told.is_cancelled());
        // Sixteen were told, and one of them goes.
        let settled = tokio::time::timeout(std::time::Duration::ZERO, places.settled());
        assert!(settled.await.is_err());
        drop(old);
        places.settled().await;
        drop(last);
    }
}
