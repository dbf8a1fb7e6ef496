//! What became of proposals. The state of a message says it for its branch; a decision holds on every
//! branch, or a second wording of an older message would confirm a second time, or open again what was
//! declined.

use rusqlite::Connection;

use super::{StoreError, rows, statements};
use crate::{
    booking::{ProposalId, ProposalStatus},
    conversation::ConversationState,
    store::FinishedTurn,
};

/// What the end of a turn says of proposals.
pub(super) struct Decisions {
    /// The one that it made.
    made: Option<ProposalId>,
    /// The one that is decided on, and how.
    decided: Option<(ProposalId, &'static str)>,
}

impl Decisions {
    pub(super) fn of(turn: &FinishedTurn) -> Self {
        let last = turn
            .state
            .as_ref()
            .and_then(|state| state.proposal.as_ref());
        Self {
            made: turn.answer.proposal.as_ref().map(|proposal| proposal.id),
            decided: last.and_then(|last| Some((last.id, name(last.status)?))),
        }
    }

    /// Records them, `user_message` being what decided.
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
        if let Some((proposal, decision)) = self.decided {
            // Later turns of the branch carry it on: the first message stays.
            statements::execute(
                tx,
                "UPDATE proposal SET decided_by = ?2, decision = ?3 \
                 WHERE id = ?1 AND decided_by IS NULL",
                (proposal.to_string(), user_message, decision),
            )?;
        }
        Ok(())
    }
}

/// A decision, as it is stored.
const fn name(status: ProposalStatus) -> Option<&'static str> {
    match status {
        ProposalStatus::Pending => None,
        ProposalStatus::Confirmed => Some("confirmed"),
        ProposalStatus::Rejected => Some("rejected"),
    }
}

/// The state of a branch, its proposal decided on where that happened on another branch.
pub(super) fn settled(
    connection: &Connection,
    mut state: ConversationState,
) -> Result<ConversationState, StoreError> {
    let last = state.proposal.as_mut();
    if let Some(proposal) = last.filter(|last| last.status == ProposalStatus::Pending) {
        let decision = statements::optional(
            connection,
            "SELECT decision FROM proposal WHERE id = ? AND decision IS NOT NULL",
            [proposal.id.to_string()],
            |row| rows::text(row, "decision"),
        )?;
        match decision.as_deref() {
            Some("confirmed") => proposal.status = ProposalStatus::Confirmed,
            Some(_) => proposal.status = ProposalStatus::Rejected,
            None => {}
        }
    }
    Ok(state)
}

/// Whether a person's message decided on a proposal, by a button or in words.
pub(super) fn decided(connection: &Connection, message: &str) -> Result<bool, StoreError> {
    let found = statements::optional(
        connection,
        "SELECT 1 FROM message m WHERE id = ? AND (button OR EXISTS \
         (SELECT 1 FROM proposal p WHERE p.decided_by = m.id))",
        [message],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}
