//! `GET /traces` and `GET /traces/{trace_id}`: the built-in trace viewer.

use agent::llm::prompts::Tier;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
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
    trace_lookup,
    trace_query::{Filter, RawQuery},
    trace_summary::{root, text},
    views::{
        error::ErrorPage,
        trace::TracePage,
        traces::{Listing, TracesPage},
    },
    visitor::cookie,
};

/// Answers `GET /traces`.
pub async fn list(
    State(state): State<AppState>,
    reader: Reader,
    PageFrame { frame, zone }: PageFrame,
    headers: HeaderMap,
    StrictQuery(query): StrictQuery<RawQuery>,
) -> Response {
    let filter = Filter::parse(&query);
    if filter.as_ref().is_ok_and(|filter| filter.all_kinds) && !reader.is_admin {
        return Redirect::to("/admin/login?next=%2Ftraces%3Fkind%3Dall").into_response();
    }
    let traces = match filter {
        Ok(filter) => match trace_lookup::list(&state, &reader, &filter).await {
            Ok(traces) => Ok(traces),
            Err(problem) => return error_page(PageFrame { frame, zone }, problem),
        },
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
    TracesPage::new(frame, &zone, listing).respond()
}

fn tools(state: &AppState) -> Vec<String> {
    let names = state.agent.tools().specs(Tier::Full);
    names.iter().map(|spec| spec.name.to_string()).collect()
}

/// Answers `GET /traces/{trace_id}`.
pub async fn read(
    State(state): State<AppState>,
    reader: Reader,
    page: PageFrame,
    Path(id): Path<String>,
) -> Response {
    let found = match trace_lookup::find(&state, &reader, &id).await {
        Ok(found) => found,
        Err(problem) => return error_page(page, problem),
    };
    let conversation = root(&found.trace.spans, true)
        .and_then(|root| text(root, "session.id"))
        .and_then(|id| Uuid::parse_str(&id).ok());
    let owns = match conversation {
        Some(conversation) => state.store.owns(&reader.owner, conversation, None).await,
        None => Ok(false),
    };
    match owns {
        Ok(owns) => TracePage::new(page.frame, &page.zone, &found, owns).respond(),
        Err(error) => error_page(page, error.into()),
    }
}

fn error_page(page: PageFrame, problem: Problem) -> Response {
    // A 404 needs no explanation, and does not say whether the trace is someone else's.
    let status = problem.status_code();
    let detail = (status != StatusCode::NOT_FOUND).then_some(problem.detail);
    let trace_id = obs::http::trace_id(&tracing::Span::current()).map(|id| id.to_string());
    ErrorPage::new(page.frame, status, detail, trace_id).respond()
}
