//! What became of proposals. The state of a message says it for its branch; that one was confirmed
//! holds on every branch, or a second answer to an older message would confirm it a second time.

use rusqlite::Connection;

use super::{StoreError, statements};
use crate::{
    booking::{ProposalId, ProposalStatus},
    conversation::ConversationState,
    store::FinishedTurn,
};

/// What the end of a turn says of proposals.
pub(super) struct Decisions {
    /// The one that it made.
    made: Option<ProposalId>,
    /// The one that is confirmed.
    confirmed: Option<ProposalId>,
}

impl Decisions {
    pub(super) fn of(turn: &FinishedTurn) -> Self {
        let last = turn
            .state
            .as_ref()
            .and_then(|state| state.proposal.as_ref());
        let confirmed = last.filter(|last| last.status == ProposalStatus::Confirmed);
        Self {
            made: turn.answer.proposal.as_ref().map(|proposal| proposal.id),
            confirmed: confirmed.map(|proposal| proposal.id),
        }
    }

    /// Records them, `user_message` being what confirmed.
    pub(super) fn record(
        &self,
        tx: &Connection,
        conversation: &str,
        user_message: &str,
    ) -> Result<(), StoreError> {
        if let Some(proposal) = self.made {
            // A conversation deleted meanwhile takes its proposals with it.
            statements::execute(
                tx,
                "INSERT INTO proposal (id, conversation_id) \
                 SELECT ?1, id FROM conversation WHERE id = ?2 ON CONFLICT (id) DO NOTHING",
                (proposal.to_string(), conversation),
            )?;
        }
        if let Some(proposal) = self.confirmed {
            // Later turns of the branch carry it on: the first message stays.
            statements::execute(
                tx,
                "UPDATE proposal SET confirmed_by = ?2 WHERE id = ?1 AND confirmed_by IS NULL",
                (proposal.to_string(), user_message),
            )?;
        }
        Ok(())
    }
}

/// The state of a branch, its proposal confirmed where that happened on another branch.
pub(super) fn settled(
    connection: &Connection,
    mut state: ConversationState,
) -> Result<ConversationState, StoreError> {
    let last = state.proposal.as_mut();
    if let Some(proposal) = last.filter(|last| last.status != ProposalStatus::Confirmed) {
        let confirmed = statements::optional(
            connection,
            "SELECT 1 FROM proposal WHERE id = ? AND confirmed_by IS NOT NULL",
            [proposal.id.to_string()],
            |_| Ok(()),
        )?;
        if confirmed.is_some() {
            proposal.status = ProposalStatus::Confirmed;
        }
    }
    Ok(state)
}
