//! `GET /api/stats`: figures of the last hour.

use axum::{Json, extract::State};
use jiff::{SignedDuration, Timestamp};
use obs::Trace;
use serde::Serialize;

use crate::{problem::Problem, reader::Reader, state::AppState, traces::stats::Stats};

/// How far back the figures go.
pub(super) const WINDOW: SignedDuration = SignedDuration::from_hours(1);

/// Figures of the last hour, as far as its traces are still kept, and of the process.
#[derive(Clone, Debug, Serialize)]
pub struct Overview {
    /// What the figures cover.
    pub window: Window,
    /// The figures.
    #[serde(flatten)]
    pub stats: Stats,
    /// The recent traces in memory.
    pub recent: Recent,
    /// Spans, log records and metric points lost since the start.
    pub telemetry_lost: u64,
    /// Turns that run now.
    pub running_turns: usize,
    /// Time since the start of the process, in seconds.
    pub uptime_seconds: u64,
}

/// A stretch of time.
#[derive(Clone, Debug, Serialize)]
pub struct Window {
    /// Its start; what was pushed out of memory since then is not counted.
    pub from: Timestamp,
    /// Its end.
    pub to: Timestamp,
    /// What is counted.
    pub covers: &'static str,
}

/// The ring of recent traces.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Recent {
    /// Number of traces.
    pub traces: usize,
    /// Their estimated memory.
    pub bytes: usize,
    /// The memory that they may use.
    pub budget_bytes: usize,
    /// Traces that had to make room since the start.
    pub evicted: u64,
    /// Traces of the window were among those.
    #[serde(skip)]
    pub is_window_cut: bool,
}

/// Answers `GET /api/stats`, for the admin alone.
pub async fn stats(
    State(state): State<AppState>,
    reader: Reader,
) -> Result<Json<Overview>, Problem> {
    if !reader.is_admin {
        return Err(reader.refused("statistics need the admin key"));
    }
    Ok(Json(overview(&state)))
}

/// The figures now.
#[must_use]
pub fn overview(state: &AppState) -> Overview {
    let to = state.clock.now();
    let traces = traces_since(state, to - WINDOW);
    overview_of(state, to, &traces)
}

/// The traces with spans that ended at a moment or later.
#[must_use]
pub fn traces_since(state: &AppState, from: Timestamp) -> Vec<Trace> {
    let since_ns = unix_ns(from);
    // Only references are taken under the ring's lock.
    state.telemetry.recent().list(usize::MAX, |spans| {
        spans.iter().any(|span| span.end_ns >= since_ns)
    })
}

/// Nanoseconds since 1970.
#[must_use]
pub fn unix_ns(at: Timestamp) -> u64 {
    u64::try_from(at.as_nanosecond()).unwrap_or_default()
}

/// The figures of traces that were listed at `to`.
#[must_use]
pub fn overview_of(state: &AppState, to: Timestamp, traces: &[Trace]) -> Overview {
    let from = to - WINDOW;
    let ring = state.telemetry.recent();
    let (evicted, evicted_until_ns) = ring.evicted();
    let spans = traces.iter().flat_map(|trace| &trace.spans);
    let uptime = to.duration_since(state.started_at).as_secs();
    Overview {
        window: Window {
            from,
            to,
            covers: "the traces of the window that are still in memory",
        },
        stats: Stats::of(spans.map(AsRef::as_ref), unix_ns(from)),
        recent: Recent {
            traces: ring.len(),
            bytes: ring.bytes(),
            budget_bytes: ring.budget(),
            evicted,
            is_window_cut: evicted_until_ns >= unix_ns(from),
        },
        telemetry_lost: state.telemetry.lost(),
        running_turns: state.turns.running(),
        uptime_seconds: u64::try_from(uptime).unwrap_or_default(),
    }
}
