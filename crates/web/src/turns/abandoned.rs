//! Turns that the store says are running and that nobody runs: their end was lost, or their begin was
//! refused after it was stored. Whoever finds one ends it, so that its conversation goes on.

use std::time::Duration;

use agent::{
    answer::{Answer, AnswerStatus},
    store::{BegunTurn, Conversation, MessageRecord, NewTurn, Owner, StoreError},
};
use tokio::time::timeout;
use uuid::Uuid;

use super::{Resource, ends};
use crate::state::AppState;

/// Longest that a reader waits for it: what is read is the same but for its status.
const PATIENCE: Duration = Duration::from_secs(1);

/// Begins a turn; its conversation is reserved for it, so that no other one can be running there.
pub async fn begin(state: &AppState, turn: &NewTurn) -> Result<BegunTurn, StoreError> {
    let conversation = turn.ids.conversation;
    ends::settle(state, conversation).await?;
    let begun = state.store.begin_turn(turn).await;
    if begun == Err(StoreError::Busy) && stop(state, conversation).await? > 0 {
        return state.store.begin_turn(turn).await;
    }
    begun
}

/// A conversation as it is stored.
pub async fn conversation(
    state: &AppState,
    owner: &Owner,
    id: Uuid,
) -> Result<Conversation, StoreError> {
    let read = state.store.conversation(owner, id).await?;
    if read.messages.iter().any(MessageRecord::is_running) && found(state, id).await {
        return state.store.conversation(owner, id).await;
    }
    Ok(read)
}

/// An answer as it is stored.
pub async fn answer(state: &AppState, owner: &Owner, message: Uuid) -> Result<Answer, StoreError> {
    let read = state.store.answer(owner, message).await?;
    if read.status == AnswerStatus::Running && found(state, read.conversation_id).await {
        return state.store.answer(owner, message).await;
    }
    Ok(read)
}

/// Ends what is running in a conversation where nothing runs; whether it did.
async fn found(state: &AppState, conversation: Uuid) -> bool {
    let resource = Resource::Conversation(conversation);
    let Ok(_alone) = state.turns.reserve(resource) else {
        return false;
    };
    // It will be stored as it was.
    if state.ends.holds(conversation) {
        return false;
    }
    let stopped = timeout(PATIENCE, stop(state, conversation)).await;
    stopped.is_ok_and(|stopped| stopped.is_ok())
}

async fn stop(state: &AppState, conversation: Uuid) -> Result<u64, StoreError> {
    let stopped = state.store.stop_abandoned(conversation).await?;
    if stopped > 0 {
        tracing::warn!(%conversation, "a turn whose end was lost is marked stopped");
    }
    Ok(stopped)
}
