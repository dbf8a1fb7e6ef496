//! `POST /api/chat`: one turn, answered whole or as a stream.

use std::{sync::Arc, time::Duration};

use agent::{
    answer::{Answer, AnswerStatus},
    card_number,
    prompt::tier::Mode,
    store::{IdempotencyKey, Owner},
    travel::Currency,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::locale_field::LocaleField;
use crate::{
    admit::{Carrier, Wish, admit},
    caller::visitor::hex,
    extract::StrictJson,
    problem::Problem,
    sse,
    state::AppState,
    turns::{Outcome, Recalled, Resource, RunningTurn, abandoned},
};

/// Longest message, in characters after trimming.
pub const MAX_MESSAGE_CHARS: usize = 4_000;
const MAX_KEY_CHARS: usize = 255;

/// The body of a chat request.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ChatRequest {
    message: String,
    #[serde(default)]
    conversation_id: Option<Uuid>,
    #[serde(default)]
    parent_id: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    edits: Option<Uuid>,
    #[serde(default)]
    mode: Option<Mode>,
    #[serde(default)]
    locale: Option<LocaleField>,
    #[serde(default)]
    time_zone: Option<String>,
    #[serde(default)]
    currency: Option<String>,
    #[serde(default)]
    stream: Option<bool>,
}

/// Answers `POST /api/chat`.
pub async fn chat(
    State(state): State<AppState>,
    carrier: Carrier,
    StrictJson(request): StrictJson<ChatRequest>,
) -> Result<Response, Problem> {
    let streaming = streams(request.stream, &carrier.headers);
    let idempotency = idempotency(&carrier.headers, &request)?;
    run(&state, &carrier, wish(request, streaming)?, idempotency).await
}

/// Runs the turn that a client asks for, unless its key stands for one that has run, and answers it
/// as the client wants it.
pub async fn run(
    state: &AppState,
    carrier: &Carrier,
    mut wish: Wish,
    idempotency: Option<IdempotencyKey>,
) -> Result<Response, Problem> {
    let streaming = wish.streaming;
    wish.grace = if streaming {
        Some(state.config.limits.resume_grace_seconds)
    } else if idempotency.is_some() {
        // The client may come back for the answer.
        None
    } else {
        Some(Duration::ZERO)
    };
    if let Some(mut key) = idempotency {
        let owner = &carrier.visitor.owner;
        let resource = Resource::Key(owner.clone(), key.key.clone());
        let reserved = state.turns.reserve(resource);
        match earlier(state, owner, &key, streaming).await? {
            Earlier::Never => {}
            Earlier::Answered(replayed) => return Ok(replayed),
            Earlier::CameToNothing(answer) => {
                // The question is there already, and is answered once more.
                wish.conversation = Some(answer.conversation_id);
                wish.again = Some(answer.user_message_id);
                wish.edits = None;
                wish.parent = None;
                key.replaces = Some(answer.message_id);
            }
        }
        wish.reserved_key = Some(reserved?);
        wish.idempotency = Some(key);
    }
    let (turn, hold) = admit(state, wish, carrier).await?;
    if streaming {
        return Ok(sse::respond(&turn, 0, hold, state.streams.open()));
    }
    let response = answer(&turn).await;
    drop(hold);
    response
}

/// Waits for a turn and answers it whole.
pub async fn answer(turn: &Arc<RunningTurn>) -> Result<Response, Problem> {
    match turn.outcome().await {
        Some(Outcome::Answered(answer)) => {
            let json = HeaderValue::from_static("application/json");
            Ok(([(header::CONTENT_TYPE, json)], answer.to_string()).into_response())
        }
        Some(Outcome::Failed(problem)) => Err(problem),
        None => Err(Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the turn was lost",
        )),
    }
}

fn wish(request: ChatRequest, streaming: bool) -> Result<Wish, Problem> {
    let message = message(&request.message)?;
    Ok(Wish {
        conversation: request.conversation_id,
        parent: parent(request.conversation_id, request.parent_id)?,
        edits: edits(request.conversation_id, request.parent_id, request.edits)?,
        mode: request.mode.unwrap_or_default(),
        locale: request.locale.as_ref().and_then(LocaleField::chosen),
        language_tag: request.locale.as_ref().and_then(LocaleField::regional),
        time_zone: request.time_zone.map(time_zone).transpose()?,
        currency: request.currency.as_deref().map(currency).transpose()?,
        streaming,
        ..Wish::new(message)
    })
}

/// Trims a message and checks its length.
pub fn message(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::field("message", "must not be empty"));
    }
    if text.chars().count() > MAX_MESSAGE_CHARS {
        let limit = format!("must have at most {MAX_MESSAGE_CHARS} characters");
        return Err(Problem::field("message", limit));
    }
    Ok(text.to_owned())
}

/// The message to go on from; it is one of a conversation.
pub(super) fn parent(open: Option<Uuid>, parent: Option<Uuid>) -> Result<Option<Uuid>, Problem> {
    match (open, parent) {
        (None, Some(_)) => Err(Problem::field("parent_id", "needs a conversation_id")),
        (_, parent) => Ok(parent),
    }
}

/// The message that is worded anew: where it goes on from is known.
pub(super) fn edits(
    open: Option<Uuid>,
    parent: Option<Uuid>,
    edits: Option<Uuid>,
) -> Result<Option<Uuid>, Problem> {
    match (open, parent, edits) {
        (None, _, Some(_)) => Err(Problem::field("edits", "needs a conversation_id")),
        (_, Some(_), Some(_)) => Err(Problem::field("edits", "excludes a parent_id")),
        (.., edits) => Ok(edits),
    }
}

fn time_zone(name: String) -> Result<(String, TimeZone), Problem> {
    match TimeZone::get(&name) {
        Ok(zone) => Ok((name, zone)),
        Err(_) => Err(Problem::field("time_zone", "is not an IANA time zone")),
    }
}

/// Reads a currency field.
pub fn currency(code: &str) -> Result<Currency, Problem> {
    code.parse()
        .map_err(|_| Problem::field("currency", "is not an ISO 4217 currency"))
}

/// Whether the client asks for a stream, by the field of that name or by its `Accept` header.
#[must_use]
pub fn streams(field: Option<bool>, headers: &HeaderMap) -> bool {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok());
    field.unwrap_or(false) || accept.is_some_and(|accept| accept.contains("text/event-stream"))
}

/// The client's key, with a digest of the request that it stands for.
pub fn idempotency(
    headers: &HeaderMap,
    request: &impl Serialize,
) -> Result<Option<IdempotencyKey>, Problem> {
    let Some(key) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let key = key
        .to_str()
        .ok()
        .filter(|key| (1..=MAX_KEY_CHARS).contains(&key.len()));
    let Some(key) = key else {
        return Err(Problem::field(
            "Idempotency-Key",
            "must have 1 to 255 visible characters",
        ));
    };
    if card_number::mask(key).is_some() {
        return Err(Problem::field(
            "Idempotency-Key",
            "must not hold a card number",
        ));
    }
    // Whoever has the digest could find a card number by trying them all.
    let body = card_number::without(serde_json::to_string(request).unwrap_or_default());
    Ok(Some(IdempotencyKey {
        key: key.to_owned(),
        digest: hex(&Sha256::digest(body)),
        replaces: None,
    }))
}

/// What became of an earlier request under the same key.
enum Earlier {
    /// There was none.
    Never,
    /// It has this answer.
    Answered(Response),
    /// Its run was cut off before it had anything to show, by a crash for instance: it counts as none.
    CameToNothing(Box<Answer>),
}

/// Looks for an earlier request under the same key.
async fn earlier(
    state: &AppState,
    owner: &Owner,
    key: &IdempotencyKey,
    streaming: bool,
) -> Result<Earlier, Problem> {
    let replay = state
        .store
        .replay(owner, &key.key, state.clock.now())
        .await?;
    let Some(replay) = replay else {
        return Ok(Earlier::Never);
    };
    if replay.digest != key.digest {
        let message = "was used for another request";
        return Err(Problem::field("Idempotency-Key", message));
    }
    if let Some(turn) = state.turns.get(owner, replay.message) {
        if !turn.log.is_closed() {
            return Err(Problem::busy());
        }
        if streaming {
            let hold = turn.hold(Some(state.config.limits.resume_grace_seconds));
            let replayed = sse::respond(&turn, 0, hold, state.streams.open());
            return Ok(Earlier::Answered(replayed));
        }
        return answer(&turn).await.map(Earlier::Answered);
    }
    let answer = abandoned::answer(state, owner, replay.message).await?;
    let ended = state.turns.ended(replay.message);
    // As a stream, a failure is an event.
    let failure = ended.as_ref().and_then(Recalled::failure);
    if let Some(problem) = failure.filter(|_| !streaming) {
        return Err(problem.clone());
    }
    if ended.is_none() {
        // Begun a moment ago.
        if answer.status == AnswerStatus::Running {
            return Err(Problem::busy());
        }
        if answer.came_to_nothing() && !decided(state, owner, &answer).await? {
            return Ok(Earlier::CameToNothing(Box::new(answer)));
        }
    }
    Ok(Earlier::Answered(match ended {
        Some(turn) if streaming => sse::resume(&turn, 0, &answer),
        None if streaming => sse::replay(&answer),
        _ => Json(answer).into_response(),
    }))
}

/// Whether the question of an answer decided on a proposal.
async fn decided(state: &AppState, owner: &Owner, answer: &Answer) -> Result<bool, Problem> {
    let conversation = state.store.conversation(owner, answer.conversation_id);
    Ok(conversation.await?.decided(answer.user_message_id))
}
