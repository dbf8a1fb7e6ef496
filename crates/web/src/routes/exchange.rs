//! An answer and its question, as the page shows them: what its script puts in the place of a draft.

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{
    branches,
    pages::{agent_message, messages},
    turns::parse_id,
};
use crate::{
    caller::visitor::Visitor,
    page_frame::PageFrame,
    problem::Problem,
    state::AppState,
    turns::abandoned,
    views::{self, chat::MessageView, message::Exchange},
};

/// Answers `GET /fragments/messages/{id}`: one answer as the page shows it.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    reader: PageFrame,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let owner = &visitor.owner;
    let answer = abandoned::answer(&state, owner, parse_id(&id)?).await?;
    let open = state
        .store
        .conversation(owner, answer.conversation_id)
        .await?;
    let branch = branches::shown(&open.messages, Some(answer.message_id));
    let last = branch.last().map(|shown| shown.message);
    let question = last
        .filter(|last| last.id() == answer.message_id)
        .and_then(|last| open.question_of(last));
    let ids = [answer.user_message_id, answer.message_id];
    let (mut exchange, _) = branch
        .into_iter()
        .partition::<Vec<_>, _>(|shown| ids.contains(&shown.message.id()));
    let place = exchange.pop().and_then(|shown| shown.siblings);
    let feedback = open.feedback(answer.message_id);
    let answer = agent_message(&state, &reader, &open, &answer, feedback)
        .placed(place)
        .continued_by(question);
    let question = messages(&state, &reader, &open, &exchange).pop();
    let question = question.and_then(|message| match message {
        MessageView::User(question) => Some(question),
        MessageView::Agent(_) => None,
    });
    Ok(views::show(&Exchange { question, answer }))
}
