//! Conversations as files: taken along, and brought back as a conversation of the visitor's own.

use axum::{
    Json,
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use uuid::Uuid;

use super::{branches, pages, share_pages::BranchQuery, turns::parse_id};
use crate::{
    caller::{client::Client, visitor::Visitor},
    extract::{self, StrictQuery},
    i18n::Texts,
    page_frame::PageFrame,
    problem::Problem,
    sharing,
    state::AppState,
    transfer,
    turns::abandoned,
    views::{self, import::ImportPage},
};

/// What the form around a file adds to it.
const FORM_BYTES: usize = 4 * 1024;

/// Answers `GET /api/conversations/{id}/export`: one branch as a file.
pub async fn export(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    StrictQuery(query): StrictQuery<BranchQuery>,
) -> Result<Response, Problem> {
    let id = parse_id(&id)?;
    let open = abandoned::conversation(&state, &visitor.owner, id).await?;
    let branch = branches::shown(&open.messages, query.branch);
    let messages = sharing::finished(&branch);
    let document = transfer::export(&open.summary.title, messages, state.clock.now());
    let named = format!("attachment; filename=\"conversation-{id}.json\"");
    Ok(([(header::CONTENT_DISPOSITION, named)], Json(document)).into_response())
}

/// What became of a file.
#[derive(Debug, Serialize)]
pub struct Brought {
    conversation_id: Uuid,
    messages: usize,
}

/// Answers `POST /api/conversations/import`.
pub async fn import(
    State(state): State<AppState>,
    client: Client,
    visitor: Visitor,
    request: Request,
) -> Result<(StatusCode, Json<Brought>), Problem> {
    if !extract::is_json(request.headers()) {
        let detail = "the body must be application/json";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    let bytes = extract::body(request, transfer::MAX_BYTES).await?;
    let brought = bring(&state, &client, &visitor, &bytes).await?;
    Ok((StatusCode::CREATED, Json(brought)))
}

/// Stores what a file holds.
async fn bring(
    state: &AppState,
    client: &Client,
    visitor: &Visitor,
    bytes: &[u8],
) -> Result<Brought, Problem> {
    // As large as many turns, and not cheaper than one.
    state.limits.check_rate(&visitor.owner, client.key())?;
    let import = transfer::read(bytes, state.clock.now(), &mut Uuid::now_v7)?;
    state.store.import(&visitor.owner, &import).await?;
    Ok(Brought {
        conversation_id: import.id,
        messages: import.messages.len(),
    })
}

/// Answers `GET /import`.
pub async fn page(reader: PageFrame) -> Response {
    views::show(&ImportPage::new(reader.frame, None))
}

/// Answers `POST /conversations/import`: the new conversation, or the page that says why there is none.
pub async fn import_form(
    State(state): State<AppState>,
    client: Client,
    visitor: Visitor,
    reader: PageFrame,
    headers: HeaderMap,
    request: Request,
) -> Response {
    let brought = async {
        let kind = headers.get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let body = extract::body(request, transfer::MAX_BYTES + FORM_BYTES).await?;
        bring(&state, &client, &visitor, transfer::file(kind, &body)?).await
    };
    match brought.await {
        Ok(brought) => pages::to_conversation(brought.conversation_id),
        Err(problem) => {
            let (title, advice) = views::error::texts(Texts::of(reader.frame.locale), &problem);
            let frame = reader.frame.at("/import");
            let page = ImportPage::new(
                frame,
                Some((format!("{title} {advice}"), problem.detail.clone())),
            );
            problem.told_by(views::respond(problem.status_code(), &page))
        }
    }
}
