//! Links to conversations, for people: the page that makes them, its forms, and the page that a link
//! opens.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    branches,
    pages::home_of,
    shares::{self, Wanted},
    turns::parse_id,
};
use crate::{
    caller::{client::Client, visitor::Visitor},
    extract::{StrictForm, StrictQuery},
    i18n::share::ShareTexts,
    page_frame::PageFrame,
    problem::Problem,
    sharing::{self, Token},
    state::AppState,
    turns::abandoned,
    views::{
        self,
        share::{ShareLine, SharePage},
        shared::{SharedPage, SharedThread},
    },
};

/// Parameters of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BranchQuery {
    /// A message of the branch to share; without it, the newest one.
    pub(super) branch: Option<Uuid>,
}

fn home(conversation: Uuid) -> String {
    format!("{}/share", home_of(conversation))
}

/// Answers `GET /c/{id}/share`: a preview first.
pub async fn preview(
    State(state): State<AppState>,
    visitor: Visitor,
    reader: PageFrame,
    Path(id): Path<String>,
    StrictQuery(query): StrictQuery<BranchQuery>,
) -> Result<Response, Problem> {
    let page = page(&state, &visitor, &reader, parse_id(&id)?, query.branch).await?;
    Ok(views::show(&page))
}

async fn page(
    state: &AppState,
    visitor: &Visitor,
    reader: &PageFrame,
    conversation: Uuid,
    branch: Option<Uuid>,
) -> Result<SharePage, Problem> {
    let (owner, now) = (&visitor.owner, state.clock.now());
    let open = abandoned::conversation(state, owner, conversation).await?;
    let links = state.store.shares(owner, conversation, now).await?;
    let (frame, zone) = (&reader.frame, &reader.zone);
    let branch_shown = branches::shown(&open.messages, branch);
    let messages = sharing::finished(&branch_shown);
    let query = branch.map(|id| format!("?branch={id}"));
    Ok(SharePage {
        frame: frame
            .clone()
            .at(home(conversation) + &query.unwrap_or_default()),
        conversation,
        title: sharing::own(&open.summary.title),
        end: messages.last().map(|last| last.id()),
        thread: SharedThread::new(messages, frame.locale, zone, now),
        links: links
            .iter()
            .map(|share| ShareLine::new(share, frame, zone))
            .collect(),
        made: None,
        notice: None,
    })
}

/// Answers `POST /conversations/{id}/shares`: the page with the new link, which no other page shows.
pub async fn make_form(
    State(state): State<AppState>,
    client: Client,
    headers: HeaderMap,
    visitor: Visitor,
    reader: PageFrame,
    Path(id): Path<String>,
    StrictForm(wanted): StrictForm<Wanted>,
) -> Result<Response, Problem> {
    let id = parse_id(&id)?;
    let made = shares::make(&state, &client, &headers, &visitor, id, wanted).await;
    let (made, refused) = match made {
        Ok(made) => (Some(made.url), false),
        // The page says it, and lists the links that could be ended.
        Err(problem) if problem.status == 409 => (None, true),
        Err(problem) => return Err(problem),
    };
    let mut page = page(&state, &visitor, &reader, id, wanted.message_id).await?;
    let s = ShareTexts::of(reader.frame.locale);
    page.made = made;
    page.notice = refused.then_some(match page.end {
        Some(_) => s.too_many,
        None => s.nothing,
    });
    let status = if refused {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    Ok(views::respond(status, &page))
}

/// Answers `POST /conversations/{id}/shares/{share}/delete`.
pub async fn unshare_form(
    State(state): State<AppState>,
    visitor: Visitor,
    Path((id, share)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (id, share) = (parse_id(&id)?, parse_id(&share)?);
    match state.store.unshare(&visitor.owner, id, share).await {
        // Ended twice, it is ended; whether the conversation is the visitor's, its page says.
        Ok(()) | Err(agent::store::StoreError::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to(&home(id)).into_response())
}

/// Answers `GET /shared/{token}`. What is unknown, over or ended is the same 404.
pub async fn shared(
    State(state): State<AppState>,
    reader: PageFrame,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let token = Token::read(&token).ok_or_else(Problem::not_found)?;
    let shared = state
        .store
        .shared(&token.digest(), state.clock.now())
        .await?;
    let (frame, zone) = (reader.frame, &reader.zone);
    let times = [shared.created_at, shared.expires_at];
    let thread = SharedThread::new(&shared.messages, frame.locale, zone, shared.created_at);
    Ok(views::show(&SharedPage::new(
        frame,
        &shared.title,
        times,
        thread,
        zone,
    )))
}
