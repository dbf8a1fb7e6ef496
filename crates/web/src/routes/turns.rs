//! Running turns: resume and stop.

use agent::answer::AnswerStatus;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use uuid::Uuid;

use crate::{caller::visitor::Visitor, problem::Problem, sse, state::AppState, turns::abandoned};

/// Answers `GET /api/turns/{message_id}/events`: the events after `Last-Event-ID`.
pub async fn events(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(message): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let message = parse_id(&message)?;
    let after = match headers.get("last-event-id") {
        None => 0,
        Some(id) => id
            .to_str()
            .ok()
            .and_then(|id| id.parse().ok())
            .ok_or_else(|| {
                Problem::field("Last-Event-ID", "must be the id of an event of this turn")
            })?,
    };
    if let Some(turn) = state.turns.get(&visitor.owner, message) {
        let hold = turn.hold(Some(state.config.limits.resume_grace_seconds));
        return Ok(sse::respond(&turn, after, hold, state.streams.open()));
    }
    // It also says whose the turn is.
    let answer = state.store.answer(&visitor.owner, message).await?;
    let turn = state.turns.ended(message).ok_or_else(|| {
        Problem::new(
            StatusCode::GONE,
            "the events of this turn are no longer kept",
        )
    })?;
    Ok(sse::resume(&turn, after, &answer))
}

/// Answers `DELETE /api/turns/{message_id}`: stops a running turn and waits until it has ended.
pub async fn stop(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(message): Path<String>,
) -> Result<StatusCode, Problem> {
    let message = parse_id(&message)?;
    if let Some(turn) = state.turns.get(&visitor.owner, message) {
        turn.stop.cancel();
        turn.outcome().await;
        return Ok(StatusCode::NO_CONTENT);
    }
    let answer = abandoned::answer(&state, &visitor.owner, message).await?;
    match answer.status {
        AnswerStatus::Running if state.turns.ended(message).is_none() => Err(Problem::not_found()),
        _ => Ok(StatusCode::NO_CONTENT),
    }
}

/// Reads an id of a path; what is no id names nothing.
pub fn parse_id(text: &str) -> Result<Uuid, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}
