//! What people think of answers: stored, counted, and told to whoever evaluates the traces.

use agent::{
    card_number,
    feedback::{Feedback, Score},
    store::Rated,
    telemetry::names::LLM_CALL,
};
use axum::{
    Json,
    extract::{Path, State},
    response::Response,
};
use obs::{SpanRef, Trace, TraceId};
use serde::Deserialize;
use uuid::Uuid;

use super::{pages, turns::parse_id};
use crate::{
    caller::visitor::Visitor,
    extract::{StrictForm, StrictJson},
    problem::Problem,
    state::AppState,
    telemetry::EVALUATION,
    traces::{
        query::UNKNOWN_INTENT,
        summary::{named, root, text},
    },
};

/// Longest comment, in characters.
const MAX_COMMENT: usize = 1_000;

/// The body.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedbackRequest {
    score: i64,
    #[serde(default)]
    comment: Option<String>,
}

/// Answers `POST /api/messages/{id}/feedback`, where `id` is the agent's message.
pub async fn rate(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    StrictJson(request): StrictJson<FeedbackRequest>,
) -> Result<Json<Feedback>, Problem> {
    let (feedback, _) = keep(&state, &visitor, parse_id(&id)?, request).await?;
    Ok(Json(feedback))
}

/// Answers `POST /messages/{id}/feedback`: the buttons.
pub async fn rate_form(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    StrictForm(request): StrictForm<FeedbackRequest>,
) -> Result<Response, Problem> {
    let (_, rated) = keep(&state, &visitor, parse_id(&id)?, request).await?;
    Ok(pages::to_message(
        rated.answer.conversation_id,
        rated.answer.message_id,
    ))
}

async fn keep(
    state: &AppState,
    visitor: &Visitor,
    message: Uuid,
    request: FeedbackRequest,
) -> Result<(Feedback, Rated), Problem> {
    let score = Score::try_from(request.score);
    let feedback = Feedback {
        score: score.map_err(|error| Problem::field("score", error.to_string()))?,
        comment: request.comment.map(comment).transpose()?.flatten(),
        created_at: state.clock.now(),
    };
    state.limits.check_rating(&visitor.owner)?;
    let rated = state.store.rate(&visitor.owner, message, &feedback).await?;
    tell(state, &rated, feedback.score);
    Ok((feedback, rated))
}

/// What is kept of a comment: nothing of an empty one.
fn comment(text: String) -> Result<Option<String>, Problem> {
    // A form sends two characters for the end of a line, where its field counts one.
    let text = text.replace("\r\n", "\n");
    if text.trim().is_empty() {
        return Ok(None);
    }
    match text.chars().count() <= MAX_COMMENT && !text.contains('\0') {
        true => Ok(Some(card_number::without(text))),
        false => Err(Problem::field(
            "comment",
            format!("must have at most {MAX_COMMENT} characters and no NUL"),
        )),
    }
}

/// Counts the rating, and logs it with the trace of the answer that it is about.
fn tell(state: &AppState, rated: &Rated, score: Score) {
    let intent = rated.answer.intent.map(|intent| intent.name.as_str());
    let intent = intent.unwrap_or(UNKNOWN_INTENT);
    let labels = [("score", score.as_str()), ("intent", intent)];
    state.feedback.add(1, &labels);
    let (traceparent, response) = origin(state, rated);
    obs::about(&traceparent.unwrap_or_default(), || {
        tracing::event!(
            name: EVALUATION,
            tracing::Level::INFO,
            gen_ai.evaluation.name = "user_feedback",
            gen_ai.evaluation.score.value = i64::from(score) as f64,
            gen_ai.evaluation.score.label = score.as_str(),
            gen_ai.conversation.id = %rated.answer.conversation_id,
            gen_ai.response.id = response,
        );
    });
}

/// The root span of the turn that gave the answer (W3C), and the id that the model gave its response.
fn origin(state: &AppState, rated: &Rated) -> (Option<String>, Option<String>) {
    let stored = rated.trace.as_deref();
    let stored = stored.and_then(|json| serde_json::from_str::<Trace>(json).ok());
    // It is stored just after the turn has ended.
    let recent = || {
        let id: TraceId = rated.answer.trace_id.parse().ok()?;
        state.telemetry.recent().get(id)
    };
    let trace = stored.or_else(recent);
    let spans = trace.as_ref().map_or(&[][..], |trace| &trace.spans);
    // Answers from before it was stored with its message have it in their stored trace alone.
    let from_trace = || root(spans, false).map(|turn| turn.address().traceparent(turn.sampled));
    let traceparent = rated.traceparent.clone().or_else(from_trace);
    let turn = traceparent.as_deref().and_then(SpanRef::of_traceparent);
    let response = named(spans, LLM_CALL)
        .filter(|call| call.parent == turn.map(|turn| turn.span_id))
        .max_by_key(|call| call.end_ns)
        .and_then(|call| text(call, "gen_ai.response.id"));
    (traceparent, response)
}
