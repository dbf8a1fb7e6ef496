//! What became of proposals. The state of a message says it for its branch; that one was confirmed
//! holds on every branch, or a second answer to an older message would confirm it a second time.

use sqlx::{SqliteConnection, SqliteExecutor};

use super::{StoreError, database};
use crate::{booking::ProposalStatus, conversation::ConversationState, store::FinishedTurn};

/// Records the proposal that a turn made, and the one that its message confirmed.
pub(super) async fn record(
    tx: &mut SqliteConnection,
    turn: &FinishedTurn,
) -> Result<(), StoreError> {
    let answer = &turn.answer;
    if let Some(proposal) = &answer.proposal {
        // A conversation deleted meanwhile takes its proposals with it.
        sqlx::query(
            "INSERT INTO proposal (id, conversation_id) \
             SELECT ?1, id FROM conversation WHERE id = ?2 ON CONFLICT (id) DO NOTHING",
        )
        .bind(proposal.id.to_string())
        .bind(answer.conversation_id.to_string())
        .execute(&mut *tx)
        .await
        .map_err(database)?;
    }
    let last = turn
        .state
        .as_ref()
        .and_then(|state| state.proposal.as_ref());
    if let Some(proposal) = last.filter(|last| last.status == ProposalStatus::Confirmed) {
        // Later turns of the branch carry it on: the first message stays.
        sqlx::query("UPDATE proposal SET confirmed_by = ?2 WHERE id = ?1 AND confirmed_by IS NULL")
            .bind(proposal.id.to_string())
            .bind(answer.user_message_id.to_string())
            .execute(&mut *tx)
            .await
            .map_err(database)?;
    }
    Ok(())
}

/// The state of a branch, its proposal confirmed where that happened on another branch.
pub(super) async fn settled(
    store: impl SqliteExecutor<'_>,
    mut state: ConversationState,
) -> Result<ConversationState, StoreError> {
    let last = state.proposal.as_mut();
    if let Some(proposal) = last.filter(|last| last.status != ProposalStatus::Confirmed) {
        let confirmed: Option<i64> =
            sqlx::query_scalar("SELECT 1 FROM proposal WHERE id = ? AND confirmed_by IS NOT NULL")
                .bind(proposal.id.to_string())
                .fetch_optional(store)
                .await
                .map_err(database)?;
        if confirmed.is_some() {
            proposal.status = ProposalStatus::Confirmed;
        }
    }
    Ok(state)
}
