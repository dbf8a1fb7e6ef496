//! `GET /traces/compare?a&b`: two traces beside each other.

use axum::{extract::State, response::Response};
use serde::Deserialize;

use crate::{
    extract::StrictQuery,
    page_frame::PageFrame,
    problem::Problem,
    reader::Reader,
    state::AppState,
    traces::lookup,
    views::{show, viewer::compare::ComparePage},
};

/// The parameters: two trace ids.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CompareQuery {
    a: String,
    b: String,
}

/// Answers `GET /traces/compare`: 404 where one of them is not there for the reader.
pub async fn compare(
    State(state): State<AppState>,
    reader: Reader,
    page: PageFrame,
    StrictQuery(query): StrictQuery<CompareQuery>,
) -> Result<Response, Problem> {
    for (field, id) in [("a", &query.a), ("b", &query.b)] {
        if id.parse::<obs::TraceId>().is_err() {
            let message = "must be the id of a trace: 32 hexadecimal digits";
            return Err(Problem::field(field, message));
        }
    }
    let a = lookup::find(&state, &reader, &query.a).await?;
    let b = lookup::find(&state, &reader, &query.b).await?;
    Ok(show(&ComparePage::new(
        page.frame, &page.zone, &a.trace, &b.trace,
    )))
}
