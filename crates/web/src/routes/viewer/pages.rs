//! `GET /traces` and `GET /traces/{trace_id}`: the built-in trace viewer.

use agent::llm::prompts::Tier;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use uuid::Uuid;

use super::stats::overview;
use crate::{
    access::ADMIN_COOKIE,
    extract::StrictQuery,
    page_frame::PageFrame,
    problem::Problem,
    reader::Reader,
    state::AppState,
    traces::{
        lookup,
        query::{Filter, RawQuery},
        summary::{root, text},
    },
    views::viewer::{
        list::{Listing, TracesPage},
        trace::TracePage,
    },
    visitor::cookie,
};

/// Answers `GET /traces`.
pub async fn list(
    State(state): State<AppState>,
    reader: Reader,
    page: PageFrame,
    headers: HeaderMap,
    StrictQuery(query): StrictQuery<RawQuery>,
) -> Result<Response, Problem> {
    let traces = match Filter::parse(&query) {
        Ok(filter) if filter.all_kinds && !reader.is_admin => {
            let login = Redirect::to("/admin/login?next=%2Ftraces%3Fkind%3Dall");
            return Ok(login.into_response());
        }
        Ok(filter) => Ok(lookup::list(&state, &reader, &filter).await?),
        Err(error) => Err(error),
    };
    let listing = Listing {
        is_admin: reader.is_admin,
        can_sign_out: reader.is_admin && cookie(&headers, ADMIN_COOKIE).is_some(),
        query,
        traces,
        tools: tools(&state),
        overview: reader.is_admin.then(|| overview(&state)),
    };
    Ok(TracesPage::new(page.frame, &page.zone, listing).respond())
}

fn tools(state: &AppState) -> Vec<String> {
    let specs = state.agent.tools().specs(Tier::Full);
    specs.iter().map(|spec| spec.name.to_string()).collect()
}

/// Answers `GET /traces/{trace_id}`.
pub async fn read(
    State(state): State<AppState>,
    reader: Reader,
    page: PageFrame,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let found = lookup::find(&state, &reader, &id).await?;
    let conversation = root(&found.trace.spans, true)
        .and_then(|root| text(root, "session.id"))
        .and_then(|id| Uuid::parse_str(&id).ok());
    let owns = match conversation {
        Some(conversation) => state.store.owns(&reader.owner, conversation, None).await?,
        None => false,
    };
    let grafana = state.config.grafana_url.as_deref();
    let page = TracePage::new(page.frame, &page.zone, &found, owns).with_grafana(grafana);
    Ok(page.respond())
}
