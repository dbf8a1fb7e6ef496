//! The buttons of a proposal: each runs a turn, so that the yes and its answer stand in the
//! conversation and in its trace.

use std::sync::Arc;

use agent::{
    booking::{Proposal, ProposalId},
    locale::Locale,
    turn::Decision,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use uuid::Uuid;

use super::{chat, turns::parse_id};
use crate::{
    admit::{Carrier, Wish, admit},
    problem::Problem,
    state::AppState,
    turns::{Hold, RunningTurn},
};

/// Answers `POST /api/proposals/{id}/confirm`.
pub async fn confirm(
    State(state): State<AppState>,
    carrier: Carrier,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (turn, hold) = decide(&state, &carrier, parse_id(&id)?, true).await?;
    let response = chat::answer(&turn).await;
    drop(hold);
    response
}

/// Answers `POST /api/proposals/{id}/reject`.
pub async fn reject(
    State(state): State<AppState>,
    carrier: Carrier,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (turn, hold) = decide(&state, &carrier, parse_id(&id)?, false).await?;
    let response = chat::answer(&turn).await;
    drop(hold);
    response
}

/// Starts the turn of a button: 404 for an unknown proposal, 409 for one that is no longer live. Here
/// that saves work, and tells the language; what counts is that the store looks again as it begins the
/// turn.
pub async fn decide(
    state: &AppState,
    carrier: &Carrier,
    id: Uuid,
    yes: bool,
) -> Result<(Arc<RunningTurn>, Hold), Problem> {
    if !carrier.visitor.door.is_person() {
        let detail = "only a person in a browser session can answer a proposal";
        return Err(Problem::new(StatusCode::FORBIDDEN, detail));
    }
    let owner = &carrier.visitor.owner;
    let conversation = state.store.conversation_of_proposal(owner, id).await?;
    let after = state.store.conversation(owner, conversation).await?.state;
    let id = ProposalId(id);
    let live = |proposal: &Proposal| proposal.id == id && proposal.is_live(state.clock.now());
    if !after.proposal.as_ref().is_some_and(live) {
        return Err(Problem::closed_proposal());
    }
    let locale = after.locale.unwrap_or_default();
    let wish = Wish {
        decision: Some(if yes {
            Decision::Confirm(id)
        } else {
            Decision::Reject(id)
        }),
        conversation: Some(conversation),
        locale: Some(locale),
        ..Wish::new(words(yes, locale).to_owned())
    };
    admit(state, wish, carrier).await
}

/// What a button says in the conversation.
const fn words(yes: bool, locale: Locale) -> &'static str {
    if yes {
        locale.pick("Je confirme cette offre.", "I confirm this offer.")
    } else {
        locale.pick("Non merci, pas cette offre.", "No thanks, not this offer.")
    }
}
