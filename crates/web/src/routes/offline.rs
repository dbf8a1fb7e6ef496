//! What a browser keeps for when there is no connection: the worker that watches for it, the page that
//! says it, and the copy of a conversation that someone asked to keep.

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};

use super::{branches, turns::parse_id};
use crate::{
    assets,
    caller::visitor::Visitor,
    page_frame::PageFrame,
    problem::Problem,
    sharing,
    state::AppState,
    turns::abandoned,
    views::{
        self,
        offline::OfflinePage,
        shared::{SharedPage, SharedThread},
    },
};

/// Answers `GET /sw.js`: the worker of this release. At the root, because a worker looks after what is
/// below its own address; without a digest in it, because a browser looks there for a newer one.
pub async fn worker() -> Result<Response, Problem> {
    let script = assets::worker().ok_or_else(Problem::not_found)?;
    let kind = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")];
    Ok((kind, script).into_response())
}

/// Answers `GET /offline`.
pub async fn page(reader: PageFrame) -> Response {
    views::show(&OfflinePage::new(reader.frame))
}

/// Answers `GET /c/{id}/offline`: the conversation as it can be read without a connection.
pub async fn copy(
    State(state): State<AppState>,
    visitor: Visitor,
    reader: PageFrame,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let open = abandoned::conversation(&state, &visitor.owner, parse_id(&id)?).await?;
    let branch = branches::shown(&open.messages, None);
    let (frame, zone, now) = (reader.frame, &reader.zone, state.clock.now());
    let messages = sharing::finished(&branch);
    let thread = SharedThread::new(messages, frame.locale, zone, now);
    let page = SharedPage::kept(frame, &open.summary.title, now, thread, zone);
    Ok(views::show(&page))
}
