//! Links to conversations, for programs: made, listed, ended.

use agent::store::{NewShare, Share, StoreError};
use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{branches, turns::parse_id};
use crate::{
    caller::{client::Client, visitor::Visitor},
    extract::StrictJson,
    problem::Problem,
    sharing::{self, Token},
    state::AppState,
    turns::abandoned,
};

/// A link that is wanted.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// For how many days it works.
    pub(super) expires_in_days: Option<u32>,
    /// The last message that it shows; without it, the newest that is finished.
    pub(super) message_id: Option<Uuid>,
}

/// A new link. Its address is told here and nowhere else.
#[derive(Serialize)]
pub struct Made {
    #[serde(flatten)]
    share: Share,
    /// What to give to others.
    pub(super) url: String,
}

/// The links of a conversation.
#[derive(Debug, Serialize)]
pub struct List {
    shares: Vec<Share>,
}

/// Answers `POST /api/conversations/{id}/shares`.
pub async fn add(
    State(state): State<AppState>,
    client: Client,
    headers: HeaderMap,
    visitor: Visitor,
    Path(id): Path<String>,
    wanted: Option<StrictJson<Wanted>>,
) -> Result<(StatusCode, Json<Made>), Problem> {
    let wanted = wanted.map(|StrictJson(wanted)| wanted).unwrap_or_default();
    let made = make(&state, &client, &headers, &visitor, parse_id(&id)?, wanted).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Makes a link.
pub(super) async fn make(
    state: &AppState,
    client: &Client,
    headers: &HeaderMap,
    visitor: &Visitor,
    conversation: Uuid,
    wanted: Wanted,
) -> Result<Made, Problem> {
    let now = state.clock.now();
    let days = wanted.expires_in_days.unwrap_or(sharing::DEFAULT_DAYS);
    let expires_at = sharing::end(now, days)
        .ok_or_else(|| Problem::field("expires_in_days", "must be 1, 7 or 30"))?;
    let open = abandoned::conversation(state, &visitor.owner, conversation).await?;
    let end = match wanted.message_id {
        Some(id) if open.messages.iter().any(|message| message.id() == id) => id,
        Some(_) => {
            let detail = "must be a message of this conversation";
            return Err(Problem::field("message_id", detail));
        }
        None => {
            let branch = branches::shown(&open.messages, None);
            let finished = sharing::finished(&branch);
            finished.last().ok_or(StoreError::Busy)?.id()
        }
    };
    let token = Token::new().ok_or_else(|| {
        let status = StatusCode::SERVICE_UNAVAILABLE;
        Problem::new(status, "no randomness is available").retry_after(5)
    })?;
    let share = NewShare {
        id: Uuid::now_v7(),
        token: token.digest(),
        conversation,
        end,
        created_at: now,
        expires_at,
    };
    let share = state.store.share(&visitor.owner, &share).await?;
    let url = format!("{}{}", origin(client, headers), sharing::path(&token));
    Ok(Made { share, url })
}

/// `https://host`, as the caller addresses this server; which hosts may be is checked at the door.
fn origin(client: &Client, headers: &HeaderMap) -> String {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let scheme = if client.is_tls { "https" } else { "http" };
    host.map_or_else(String::new, |host| format!("{scheme}://{host}"))
}

/// Answers `GET /api/conversations/{id}/shares`.
pub async fn list(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Json<List>, Problem> {
    let (id, now) = (parse_id(&id)?, state.clock.now());
    let shares = state.store.shares(&visitor.owner, id, now).await?;
    Ok(Json(List { shares }))
}

/// Answers `DELETE /api/conversations/{id}/shares/{share}`.
pub async fn remove(
    State(state): State<AppState>,
    visitor: Visitor,
    Path((id, share)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let (id, share) = (parse_id(&id)?, parse_id(&share)?);
    state.store.unshare(&visitor.owner, id, share).await?;
    Ok(StatusCode::NO_CONTENT)
}
