//! `GET /metrics-view`: the last hour as charts, for the admin alone.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use super::stats::{WINDOW, overview_of, traces_since, unix_ns};
use crate::{
    page_frame::PageFrame,
    reader::Reader,
    state::AppState,
    traces::series::{Buckets, series},
    views::{show, viewer::metrics::MetricsPage},
};

/// Length of a bucket, in nanoseconds.
const MINUTE_NS: u64 = 60_000_000_000;
/// Buckets of the hour.
const MINUTES: usize = 60;

/// Answers `GET /metrics-view`.
pub async fn metrics(State(state): State<AppState>, reader: Reader, page: PageFrame) -> Response {
    if !reader.is_admin {
        return Redirect::to("/admin/login?next=%2Fmetrics-view").into_response();
    }
    let now = state.clock.now();
    let traces = traces_since(&state, now - WINDOW);
    let overview = overview_of(&state, now, &traces);
    let buckets = Buckets::until(unix_ns(now), MINUTE_NS, MINUTES);
    let spans = traces.iter().flat_map(|trace| &trace.spans);
    let series = series(spans.map(AsRef::as_ref), buckets);
    show(&MetricsPage::new(
        page.frame, &page.zone, &overview, &series, buckets,
    ))
}
