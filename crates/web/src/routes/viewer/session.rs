//! `GET /traces/sessions/{id}`: all turns of a conversation.

use axum::{
    extract::{Path, State},
    response::Response,
};

use crate::{
    page_frame::PageFrame,
    problem::Problem,
    reader::Reader,
    routes::turns::parse_id,
    state::AppState,
    views::{show, viewer::session::SessionPage},
};

/// Answers `GET /traces/sessions/{id}`: for its owner, and for the admin, who sees figures and no text.
pub async fn session(
    State(state): State<AppState>,
    reader: Reader,
    page: PageFrame,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id = parse_id(&id)?;
    let owns = state.store.owns(&reader.owner, id, None).await?;
    if !owns && !reader.is_admin {
        return Err(Problem::not_found());
    }
    let turns = state.store.turns(id).await?;
    if turns.is_empty() {
        return Err(Problem::not_found());
    }
    Ok(show(&SessionPage::new(
        page.frame, &page.zone, id, &turns, owns,
    )))
}
