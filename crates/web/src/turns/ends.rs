//! Ends of turns that the store does not take: they are tried for a while, then they wait in memory
//! until the store is back.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use agent::store::{FinishedTurn, StoreError};
use tokio::{
    sync::Notify,
    time::{Instant, sleep, timeout, timeout_at},
};
use uuid::Uuid;

use crate::state::AppState;

/// How long the stream of a turn waits for its end to be stored.
const PATIENCE: Duration = Duration::from_secs(10);
/// The same when the process ends: clients are told before it is gone.
const LAST_PATIENCE: Duration = Duration::from_secs(2);
/// Pauses between tries, from the first to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// How many ends may wait. A store that takes no ends takes no new turns either, so that hardly more
/// wait than turns ran when it stopped.
const MAX_WAITING: usize = 1_024;
/// How much memory they may take, by their JSON.
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// Ends that wait.
#[derive(Debug, Default)]
pub struct Ends {
    waiting: Mutex<Waiting>,
    /// Told when one comes.
    news: Notify,
    /// Held while one is stored, lest an end be stored twice, the second time after a later turn.
    storing: tokio::sync::Mutex<()>,
}

/// By message, whose ids grow with time: oldest first.
#[derive(Debug, Default)]
struct Waiting {
    ends: BTreeMap<Uuid, (Arc<FinishedTurn>, usize)>,
    bytes: usize,
}

impl Waiting {
    /// Takes one in, unless that would be too much.
    fn insert(&mut self, mut end: FinishedTurn) -> bool {
        // It is written again for the store: what waits is not to be twice in memory.
        end.json.take();
        let bytes = size(&end);
        if self.ends.len() >= MAX_WAITING || self.bytes + bytes > MAX_BYTES {
            return false;
        }
        let message = end.answer.message_id;
        if let Some((_, before)) = self.ends.insert(message, (Arc::new(end), bytes)) {
            self.bytes -= before;
        }
        self.bytes += bytes;
        true
    }

    fn remove(&mut self, message: Uuid) {
        if let Some((_, bytes)) = self.ends.remove(&message) {
            self.bytes -= bytes;
        }
    }
}

/// About what an end takes in memory, in bytes.
fn size(end: &FinishedTurn) -> usize {
    let json = serde_json::to_vec(&(&end.answer, &end.state, &end.transcript));
    json.map_or(MAX_BYTES, |json| json.len())
}

impl Ends {
    /// Keeps an end until the store takes it; `false` when too many wait, and it is lost.
    pub(super) fn wait(&self, end: FinishedTurn) -> bool {
        let taken = self.lock().insert(end);
        self.news.notify_one();
        taken
    }

    /// Whether the end of a turn of this conversation waits.
    pub(super) fn holds(&self, conversation: Uuid) -> bool {
        !self.of(conversation).is_empty()
    }

    fn of(&self, conversation: Uuid) -> Vec<Arc<FinishedTurn>> {
        let waiting = self.lock();
        let ends = waiting.ends.values().map(|(end, _)| end);
        ends.filter(|end| end.answer.conversation_id == conversation)
            .cloned()
            .collect()
    }

    fn oldest(&self) -> Option<Arc<FinishedTurn>> {
        let waiting = self.lock();
        waiting.ends.values().next().map(|(end, _)| Arc::clone(end))
    }

    /// Nothing panics while it holds this lock, so a poisoned one is still sound.
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Stores an end, and tries again for as long as a client can be left waiting.
pub(super) async fn store(state: &AppState, end: &FinishedTurn) -> Result<(), StoreError> {
    let mut pause = FIRST_PAUSE;
    let mut last = Ok(());
    let tries = async {
        loop {
            match state.store.finish_turn(end).await {
                Err(error) if error.may_pass() => {
                    if last.is_ok() {
                        tracing::warn!(%error, message_id = %end.answer.message_id, "the end of a turn is not stored yet");
                    }
                    last = Err(error);
                }
                result => return result,
            }
            sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    };
    let given_up = async {
        state.draining.cancelled().await;
        sleep(LAST_PATIENCE).await;
    };
    tokio::select! {
        stored = timeout(PATIENCE, tries) => stored.unwrap_or(last),
        () = given_up => last,
    }
}

/// Stores what waits of a conversation: its next turn goes on from there.
pub(super) async fn settle(state: &AppState, conversation: Uuid) -> Result<(), StoreError> {
    for end in state.ends.of(conversation) {
        put(state, &end).await?;
    }
    Ok(())
}

/// Stores what waits as soon as the store takes it, for as long as the process runs.
pub async fn keep_storing(state: AppState) {
    loop {
        state.ends.news.notified().await;
        put_all(&state).await;
    }
}

/// A last try before the process ends, until `deadline`.
pub async fn store_last(state: &AppState, deadline: Instant) {
    if timeout_at(deadline, put_all(state)).await.is_err() {
        let lost = state.ends.lock().ends.len();
        tracing::error!(
            turns = lost,
            "the ends of turns could not be stored and are lost"
        );
    }
}

async fn put_all(state: &AppState) {
    while let Some(end) = state.ends.oldest() {
        if put(state, &end).await.is_err() {
            sleep(LONGEST_PAUSE).await;
        }
    }
}

/// Stores one end that waits, unless someone else has by now.
async fn put(state: &AppState, end: &FinishedTurn) -> Result<(), StoreError> {
    let message_id = end.answer.message_id;
    let _one_at_a_time = state.ends.storing.lock().await;
    if !state.ends.lock().ends.contains_key(&message_id) {
        return Ok(());
    }
    let stored = state.store.finish_turn(end).await;
    match &stored {
        Ok(()) => tracing::info!(%message_id, "the end of a turn that waited is stored"),
        Err(error) if error.may_pass() => return stored,
        Err(error) => {
            tracing::error!(%error, %message_id, "the end of a turn cannot be stored and is lost")
        }
    }
    state.ends.lock().remove(message_id);
    // Whoever asks again is told what is stored, and not that it is not.
    state.turns.forget(message_id);
    stored
}

#[cfg(test)]
mod tests {
    use agent::{
        answer::{AnswerBuilder, TurnIds},
        locale::Locale,
        store::Owner,
    };

    use super::*;

    fn end(message: u128, conversation: u128, chars: usize) -> FinishedTurn {
        let ids = TurnIds {
            conversation: Uuid::from_u128(conversation),
            user_message: Uuid::nil(),
            message: Uuid::from_u128(message),
            trace: String::new(),
        };
        let mut answer = AnswerBuilder::new(ids, Locale::En).finish(1.0);
        answer.reply = "x".repeat(chars);
        FinishedTurn::new(
            Owner("anna".to_owned()),
            answer,
            jiff::Timestamp::UNIX_EPOCH,
        )
    }

    fn waiting(ends: &Ends) -> Vec<u128> {
        let waiting = ends.lock();
        waiting.ends.keys().map(|id| id.as_u128()).collect()
    }

    #[test]
    fn the_oldest_end_is_first_whenever_it_came() {
        let ends = Ends::default();
        for (message, conversation) in [(3, 1), (1, 2), (2, 1)] {
            assert!(ends.wait(end(message, conversation, 10)));
        }
        assert_eq!(ends.oldest().unwrap().answer.message_id, Uuid::from_u128(1));
        assert_eq!(ends.of(Uuid::from_u128(1)).len(), 2);
        assert!(ends.holds(Uuid::from_u128(2)) && !ends.holds(Uuid::from_u128(3)));
        ends.lock().remove(Uuid::from_u128(1));
        assert_eq!(waiting(&ends), [2, 3]);
    }

    #[test]
    fn no_more_wait_than_may() {
        let ends = Ends::default();
        let most = MAX_WAITING as u128;
        for message in 0..most {
            assert!(ends.wait(end(message, 1, 10)));
        }
        assert!(!ends.wait(end(most, 1, 10)));
        ends.lock().remove(Uuid::from_u128(7));
        assert!(ends.wait(end(most, 1, 10)), "there is room again");
    }

    #[test]
    fn they_take_no_more_memory_than_they_may() {
        let ends = Ends::default();
        let third = MAX_BYTES / 3 + 1;
        assert!(ends.wait(end(1, 1, third)));
        assert!(ends.wait(end(2, 1, third)));
        assert!(!ends.wait(end(3, 1, third)));
        assert!(ends.wait(end(4, 1, 10)), "a small one has room");
        // The same one again counts once.
        assert!(ends.wait(end(4, 1, 10)));
        for message in [1, 2, 4] {
            ends.lock().remove(Uuid::from_u128(message));
        }
        assert_eq!(ends.lock().bytes, 0);
    }
}
