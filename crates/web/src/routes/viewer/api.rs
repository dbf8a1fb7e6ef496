//! `GET /api/traces` and `GET /api/traces/{trace_id}`.

use axum::{
    Json,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::{Timestamp, tz::TimeZone};
use obs::{Attributes, Kind, Line, Span, SpanId, SpanRef, TraceId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    extract::StrictQuery,
    problem::{FieldError, Problem},
    reader::Reader,
    state::AppState,
    traces::{
        lookup::{self, Found},
        query::{Filter, RawQuery},
        range::Here,
        summary::{Summary, timestamp},
        table,
    },
};

/// The list of traces.
#[derive(Debug, Serialize)]
pub struct TraceList {
    traces: Vec<Summary>,
}

/// Answers `GET /api/traces`: newest first, or as `sort` says.
pub async fn list(
    State(state): State<AppState>,
    reader: Reader,
    StrictQuery(query): StrictQuery<RawQuery>,
) -> Result<Json<TraceList>, Problem> {
    let filter = filter(&state, &query, &reader)?;
    let entries = table::read(&state, &reader, &filter).await?;
    let traces = entries.into_iter().map(|entry| entry.summary).collect();
    Ok(Json(TraceList { traces }))
}

/// What the reader asks for, if it may; times that say no zone are UTC.
pub(super) fn filter(
    state: &AppState,
    query: &RawQuery,
    reader: &Reader,
) -> Result<Filter, Problem> {
    let here = Here {
        now: state.clock.now(),
        zone: TimeZone::UTC,
    };
    let FieldError { field, message } = match Filter::parse(query, &here) {
        Ok(filter) if filter.all_kinds && !reader.is_admin => {
            return Err(reader.refused("requests that are no turn need the admin key"));
        }
        Ok(filter) => return Ok(filter),
        Err(error) => error,
    };
    Err(Problem::field(field, message))
}

/// A trace in full.
#[derive(Debug, Serialize)]
pub struct TraceBody {
    trace_id: TraceId,
    /// Its turn has not ended: more is to come.
    running: bool,
    spans: Vec<SpanBody>,
    logs: Vec<Value>,
    /// Spans and lines that were not kept.
    truncated: u32,
}

#[derive(Debug, Serialize)]
struct SpanBody {
    span_id: SpanId,
    parent: Option<SpanId>,
    remote_parent: bool,
    name: String,
    kind: Kind,
    started_at: Timestamp,
    ended_at: Timestamp,
    duration_ms: f64,
    status: &'static str,
    status_message: Option<String>,
    attributes: Attributes,
    events: Vec<EventBody>,
    links: Vec<SpanRef>,
    sampled: bool,
}

#[derive(Debug, Serialize)]
struct EventBody {
    name: String,
    at: Timestamp,
    attributes: Attributes,
}

/// The form in which a trace is wanted.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Format {
    /// As the viewer has it, with log lines.
    #[default]
    Plain,
    /// OTLP/JSON, as `POST /v1/traces` of a collector takes it.
    Otlp,
}

/// The parameters.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReadQuery {
    format: Format,
}

/// Answers `GET /api/traces/{trace_id}`.
pub async fn read(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<String>,
    StrictQuery(query): StrictQuery<ReadQuery>,
) -> Result<Response, Problem> {
    let found = lookup::find(&state, &reader, &id).await?;
    match query.format {
        Format::Plain => Ok(Json(TraceBody::from(found)).into_response()),
        Format::Otlp => {
            let json = otlp(&state, &found)?;
            Ok(([(header::CONTENT_TYPE, "application/json")], json).into_response())
        }
    }
}

/// The trace as OTLP/JSON.
pub(super) fn otlp(state: &AppState, found: &Found) -> Result<String, Problem> {
    state.telemetry.otlp_json(&found.trace).map_err(|error| {
        tracing::error!(%error, "a trace could not be written as OTLP/JSON");
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "this trace cannot be written",
        )
    })
}

impl From<Found> for TraceBody {
    fn from(found: Found) -> Self {
        let trace = found.trace;
        let mut spans: Vec<SpanBody> = trace.spans.iter().map(|span| (&**span).into()).collect();
        spans.sort_by_key(|span| span.started_at);
        Self {
            trace_id: trace.trace_id,
            running: found.is_running,
            spans,
            logs: trace.lines.iter().map(log).collect(),
            truncated: trace.truncated,
        }
    }
}

impl From<&Span> for SpanBody {
    fn from(span: &Span) -> Self {
        let (status, status_message) = match &span.status {
            obs::Status::Unset => ("unset", None),
            obs::Status::Ok => ("ok", None),
            obs::Status::Error(message) => ("error", Some(message.to_string())),
        };
        let event = |event: &obs::Event| EventBody {
            name: event.name.to_string(),
            at: timestamp(event.at_ns),
            attributes: event.attributes.clone(),
        };
        Self {
            span_id: span.span_id,
            parent: span.parent,
            remote_parent: span.remote_parent,
            name: span.name.to_string(),
            kind: span.kind,
            started_at: timestamp(span.start_ns),
            ended_at: timestamp(span.end_ns),
            duration_ms: span.duration_ms(),
            status,
            status_message,
            attributes: span.attributes.clone(),
            events: span.events.iter().map(event).collect(),
            links: span.links.clone(),
            sampled: span.sampled,
        }
    }
}

/// The line as it was written; wrapped where it is not the JSON that it should be.
fn log(line: &Line) -> Value {
    serde_json::from_str(&line.json).unwrap_or_else(|_| json!({ "message": &*line.json }))
}
