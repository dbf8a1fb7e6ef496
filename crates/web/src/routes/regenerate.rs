//! A question that is answered once more: the new answer takes the place of one that broke off.

use agent::{answer::Answer, prompt::tier::Mode, store::MessageRecord};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    chat,
    locale_field::LocaleField,
    pages::{self, Place},
    turns::parse_id,
};
use crate::{
    admit::{Carrier, Wish, admit},
    extract::StrictJson,
    page_frame::PageFrame,
    problem::Problem,
    state::AppState,
};

/// The body; every field, and the body itself, may be left out.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RegenerateRequest {
    #[serde(default)]
    mode: Option<Mode>,
    #[serde(default)]
    locale: Option<LocaleField>,
    #[serde(default)]
    stream: Option<bool>,
}

/// Answers `POST /api/messages/{id}/regenerate`, where `id` is the agent's message.
pub async fn regenerate(
    State(state): State<AppState>,
    carrier: Carrier,
    Path(id): Path<String>,
    request: Option<StrictJson<RegenerateRequest>>,
) -> Result<Response, Problem> {
    let id = parse_id(&id)?;
    let request = request
        .map(|StrictJson(request)| request)
        .unwrap_or_default();
    // One key must not stand for two messages.
    let idempotency = chat::idempotency(&carrier.headers, &(id, &request))?;
    let wish = Wish {
        mode: request.mode.unwrap_or_default(),
        locale: request.locale.as_ref().and_then(LocaleField::chosen),
        language_tag: request.locale.as_ref().and_then(LocaleField::regional),
        streaming: chat::streams(request.stream, &carrier.headers),
        ..wish(&state, &carrier, id).await?
    };
    chat::run(&state, &carrier, wish, idempotency).await
}

/// Answers `POST /messages/{id}/regenerate`: the button without script.
pub async fn regenerate_form(
    State(state): State<AppState>,
    carrier: Carrier,
    reader: PageFrame,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id = parse_id(&id)?;
    let wish = wish(&state, &carrier, id).await?;
    let place = Place {
        open: wish.conversation,
        branch: Some(id),
    };
    match admit(&state, wish, &carrier).await {
        Ok((turn, hold)) => {
            turn.outcome().await;
            drop(hold);
            Ok(pages::to_answer(&turn.ids))
        }
        Err(problem) => {
            pages::refused(
                &state,
                &carrier.visitor,
                &reader,
                place,
                String::new(),
                &problem,
            )
            .await
        }
    }
}

/// The turn that answers the question of this answer once more.
async fn wish(state: &AppState, carrier: &Carrier, id: Uuid) -> Result<Wish, Problem> {
    let owner = &carrier.visitor.owner;
    let Answer {
        conversation_id,
        user_message_id,
        ..
    } = state.store.answer(owner, id).await?;
    let conversation = state.store.conversation(owner, conversation_id).await?;
    if conversation.decided(user_message_id) {
        return Err(Problem::decided());
    }
    let question = conversation
        .messages
        .into_iter()
        .find_map(|message| match message {
            MessageRecord::User { id, text, .. } if id == user_message_id => Some(text),
            _ => None,
        });
    Ok(Wish {
        again: Some(user_message_id),
        conversation: Some(conversation_id),
        ..Wish::new(question.ok_or_else(Problem::not_found)?)
    })
}
