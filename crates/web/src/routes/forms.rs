//! Forms of the page besides its input, for browsers without script: what a chip puts into the input,
//! a proposal's buttons, a conversation's title and its end.

use axum::{
    extract::{Path, State},
    response::{Redirect, Response},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    conversations,
    pages::{self, ChatForm, Place, to_answer, to_conversation},
    proposals,
    turns::parse_id,
};
use crate::{
    admit::Carrier, caller::visitor::Visitor, extract::StrictForm, page_frame::PageFrame,
    problem::Problem, state::AppState,
};

/// Answers `POST /draft`: the page with this text in its input, to be edited and sent.
pub async fn draft_form(
    State(state): State<AppState>,
    visitor: Visitor,
    reader: PageFrame,
    StrictForm(form): StrictForm<ChatForm>,
) -> Result<Response, Problem> {
    let place = Place {
        open: form.conversation_id,
        branch: form.parent_id,
    };
    pages::with_draft(&state, &visitor, &reader, place, form.message).await
}

/// A proposal's button.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecideForm {
    conversation_id: Uuid,
}

/// Answers `POST /proposals/{id}/confirm`.
pub async fn confirm_form(
    State(state): State<AppState>,
    carrier: Carrier,
    Path(id): Path<String>,
    StrictForm(form): StrictForm<DecideForm>,
) -> Result<Response, Problem> {
    decide(&state, &carrier, &id, true, form.conversation_id).await
}

/// Answers `POST /proposals/{id}/reject`.
pub async fn reject_form(
    State(state): State<AppState>,
    carrier: Carrier,
    Path(id): Path<String>,
    StrictForm(form): StrictForm<DecideForm>,
) -> Result<Response, Problem> {
    decide(&state, &carrier, &id, false, form.conversation_id).await
}

async fn decide(
    state: &AppState,
    carrier: &Carrier,
    id: &str,
    yes: bool,
    conversation: Uuid,
) -> Result<Response, Problem> {
    match proposals::decide(state, carrier, parse_id(id)?, yes).await {
        Ok((turn, hold)) => {
            turn.outcome().await;
            drop(hold);
            Ok(to_answer(&turn.ids))
        }
        // The conversation shows that the proposal is closed.
        Err(problem) if problem.status == 409 => Ok(to_conversation(conversation)),
        Err(problem) => Err(problem),
    }
}

/// The form of a new title.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenameForm {
    title: String,
}

/// Answers `POST /conversations/{id}/rename`.
pub async fn rename_form(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    StrictForm(form): StrictForm<RenameForm>,
) -> Result<Response, Problem> {
    let (id, title) = (parse_id(&id)?, conversations::title(&form.title)?);
    state
        .store
        .update_conversation(&visitor.owner, id, Some(&title), None)
        .await?;
    Ok(to_conversation(id))
}

/// Answers `POST /conversations/{id}/delete`.
pub async fn delete_form(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Redirect, Problem> {
    state
        .store
        .delete_conversation(&visitor.owner, parse_id(&id)?)
        .await?;
    Ok(Redirect::to("/"))
}
