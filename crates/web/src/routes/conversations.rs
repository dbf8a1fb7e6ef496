//! Conversations: list, read, rename, pin, delete.

use agent::{
    card_number,
    store::{Conversation, ConversationQuery, ConversationSummary, Cursor, Search},
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use serde::{Deserialize, Serialize};

use super::turns::parse_id;
use crate::{
    caller::visitor::Visitor,
    extract::{StrictJson, StrictQuery},
    problem::Problem,
    state::AppState,
    turns::abandoned,
};

/// Lines of a page of the list where the client says nothing.
pub const DEFAULT_LIMIT: u32 = 30;
/// Most lines of a page of the list.
pub const MAX_LIMIT: u32 = 100;
const MAX_TITLE_CHARS: usize = 200;

/// Parameters of the list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    limit: Option<u32>,
    cursor: Option<String>,
    q: Option<String>,
}

/// A page of the list.
#[derive(Debug, Serialize)]
pub struct ListPage {
    conversations: Vec<ConversationSummary>,
    next_cursor: Option<String>,
}

/// Answers `GET /api/conversations`.
pub async fn list(
    State(state): State<AppState>,
    visitor: Visitor,
    StrictQuery(query): StrictQuery<ListQuery>,
) -> Result<Json<ListPage>, Problem> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_LIMIT).contains(&limit) {
        return Err(Problem::field("limit", "must be from 1 to 100"));
    }
    let search = Search::parse(&query.q.unwrap_or_default())
        .map_err(|error| Problem::field("q", error.to_string()))?;
    let after = query.cursor.as_deref().map(parse_cursor).transpose()?;
    let query = ConversationQuery {
        limit,
        after,
        search,
    };
    let page = state.store.conversations(&visitor.owner, &query).await?;
    let next_cursor = page.next.map(|next| format_cursor(&next));
    Ok(Json(ListPage {
        conversations: page.conversations,
        next_cursor,
    }))
}

/// Answers `GET /api/conversations/{id}`.
pub async fn read(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Json<Conversation>, Problem> {
    let id = parse_id(&id)?;
    let read = abandoned::conversation(&state, &visitor.owner, id).await?;
    Ok(Json(read))
}

/// What can be changed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    title: Option<String>,
    pinned: Option<bool>,
}

/// Answers `PATCH /api/conversations/{id}`.
pub async fn update(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    StrictJson(change): StrictJson<Change>,
) -> Result<Json<ConversationSummary>, Problem> {
    let title = change.title.as_deref().map(title).transpose()?;
    let id = parse_id(&id)?;
    let store = &state.store;
    Ok(Json(
        store
            .update_conversation(&visitor.owner, id, title.as_deref(), change.pinned)
            .await?,
    ))
}

/// Trims a title and checks its length; no card number is kept whole.
pub fn title(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > MAX_TITLE_CHARS {
        return Err(Problem::field("title", "must have 1 to 200 characters"));
    }
    Ok(card_number::without(text.to_owned()))
}

/// Answers `DELETE /api/conversations/{id}`.
pub async fn delete(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    state
        .store
        .delete_conversation(&visitor.owner, parse_id(&id)?)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A place in the list, as clients send it back.
pub fn format_cursor(cursor: &Cursor) -> String {
    format!(
        "{}.{}.{}",
        u8::from(cursor.pinned),
        cursor.updated_at,
        cursor.id
    )
}

/// Reads a place in the list.
pub fn parse_cursor(text: &str) -> Result<Cursor, Problem> {
    let parse = || {
        let mut parts = text.splitn(3, '.');
        Some(Cursor {
            pinned: parts.next()? == "1",
            updated_at: parts.next()?.parse().ok()?,
            id: parts.next()?.parse().ok()?,
        })
    };
    parse().ok_or_else(|| Problem::field("cursor", "must be a next_cursor of this list"))
}
