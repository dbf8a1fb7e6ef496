//! The list of traces with its filter, and the figures above it.

use agent::{intent::Intent, locale::Locale};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use jiff::tz::TimeZone;

use super::{
    metrics::{in_mebibytes, mebibytes},
    trace::{elapsed, moment, title},
    waterfall::AXIS,
};
use crate::{
    i18n::{viewer, viewer::ViewerTexts},
    problem::FieldError,
    routes::viewer::stats::Overview,
    traces::query::{DEFAULT_LIMIT, RawQuery, UNKNOWN_INTENT},
    traces::summary::{Status, Summary},
    views::{Frame, format, respond},
};

/// Choices for the number of lines.
const LIMITS: [&str; 3] = ["20", "50", "200"];

/// The list of traces.
#[derive(Debug, Template)]
#[template(path = "traces.html")]
pub struct TracesPage {
    frame: Frame,
    is_admin: bool,
    can_sign_out: bool,
    query: RawQuery,
    /// Label of the part of the filter that cannot be used.
    bad_field: Option<&'static str>,
    intents: Vec<Choice>,
    statuses: Vec<Choice>,
    limits: Vec<Choice>,
    tools: Vec<String>,
    models: Vec<String>,
    lines: Vec<Line>,
    /// There may be more than the lines that are shown.
    is_cut: bool,
    figures: Vec<Figure>,
}

/// What the page is made from.
#[derive(Debug)]
pub struct Listing {
    /// Sees everything.
    pub is_admin: bool,
    /// Sees everything by cookie, which can be given back.
    pub can_sign_out: bool,
    /// The filter as it was typed.
    pub query: RawQuery,
    /// What it lists, with one more where there is more, or what is wrong with it.
    pub traces: Result<Vec<Summary>, FieldError>,
    /// Names of all tools.
    pub tools: Vec<String>,
    /// Figures, for the admin.
    pub overview: Option<Overview>,
}

/// A choice of the filter.
#[derive(Debug)]
struct Choice {
    value: &'static str,
    label: &'static str,
    selected: bool,
}

/// A trace of the list.
#[derive(Debug)]
struct Line {
    trace_id: String,
    title: String,
    status: Status,
    status_label: &'static str,
    error_type: Option<String>,
    started_at: String,
    started: String,
    duration: String,
    /// Length of its bar, against the longest of the list.
    bar: f64,
    rounds: String,
    tools: String,
    model: String,
    door: String,
    spans: usize,
}

/// A figure with its name.
#[derive(Debug)]
struct Figure {
    name: &'static str,
    value: String,
}

impl TracesPage {
    /// The page in the frame, with times of the zone.
    #[must_use]
    pub fn new(frame: Frame, zone: &TimeZone, listing: Listing) -> Self {
        let locale = frame.locale;
        let v = ViewerTexts::of(locale);
        let (mut traces, bad_field) = match listing.traces {
            Ok(traces) => (traces, None),
            Err(error) => (Vec::new(), Some(label(&error.field, v))),
        };
        let query = listing.query;
        let limit = match query.limit.trim() {
            "" => DEFAULT_LIMIT.to_string(),
            limit => limit.to_owned(),
        };
        let most = limit.parse().unwrap_or(DEFAULT_LIMIT);
        let is_cut = traces.len() > most;
        traces.truncate(most);
        let longest = traces
            .iter()
            .fold(0.0, |most: f64, t| most.max(t.duration_ms));
        let mut models: Vec<String> = traces.iter().filter_map(|t| t.model.clone()).collect();
        models.sort_unstable();
        models.dedup();
        Self {
            is_admin: listing.is_admin,
            can_sign_out: listing.can_sign_out,
            bad_field,
            intents: Intent::ALL
                .map(Intent::as_str)
                .into_iter()
                .chain([UNKNOWN_INTENT])
                .map(|name| choice(name, viewer::intent(name, locale), &query.intent))
                .collect(),
            statuses: Status::ALL
                .map(|s| choice(s.as_str(), viewer::status(s, locale), &query.status))
                .into(),
            limits: LIMITS.map(|n| choice(n, n, &limit)).into(),
            is_cut,
            tools: listing.tools,
            models,
            lines: traces
                .into_iter()
                .map(|trace| Line::new(trace, longest, zone, locale))
                .collect(),
            figures: listing
                .overview
                .map_or_else(Vec::new, |o| figures(&o, v, locale)),
            query,
            frame,
        }
    }

    /// The page as a response.
    #[must_use]
    pub fn respond(&self) -> Response {
        let status = match self.bad_field {
            None => StatusCode::OK,
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        respond(status, self)
    }

    /// The filter is in use.
    fn is_filtered(&self) -> bool {
        let query = &self.query;
        [
            &query.intent,
            &query.status,
            &query.min_ms,
            &query.tool,
            &query.model,
            &query.q,
        ]
        .into_iter()
        .any(|field| !field.trim().is_empty())
    }
}

/// The label of a field of the form.
fn label(field: &str, v: &'static ViewerTexts) -> &'static str {
    match field {
        "intent" => v.intent,
        "status" => v.status,
        "min_ms" => v.min_ms,
        "tool" => v.tool,
        "model" => v.model,
        "limit" => v.limit,
        "q" => v.search,
        _ => v.all_kinds,
    }
}

fn choice(value: &'static str, label: &'static str, chosen: &str) -> Choice {
    let selected = value == chosen.trim();
    Choice {
        value,
        label,
        selected,
    }
}

impl Line {
    fn new(trace: Summary, longest: f64, zone: &TimeZone, locale: Locale) -> Self {
        let title = title(&trace, locale);
        let dash = || "–".to_owned();
        Self {
            title,
            status: trace.status,
            status_label: viewer::status(trace.status, locale),
            error_type: trace.error_type,
            started_at: trace.started_at.to_string(),
            started: moment(trace.started_at, zone, locale),
            duration: elapsed(trace.duration_ms, locale),
            bar: (trace.duration_ms / longest.max(f64::MIN_POSITIVE) * AXIS)
                .max(4.0)
                .round(),
            rounds: trace.iterations.map_or_else(dash, |n| n.to_string()),
            tools: trace.tools.join(", "),
            model: trace.model.unwrap_or_else(dash),
            door: trace.door.unwrap_or_else(dash),
            spans: trace.spans,
            trace_id: trace.trace_id,
        }
    }
}

fn figures(overview: &Overview, v: &'static ViewerTexts, locale: Locale) -> Vec<Figure> {
    let stats = &overview.stats;
    let errors = stats.requests.by_status.get(&Status::Error).copied();
    let count = |n: u64| format::integer(n, locale);
    let mut figures = vec![
        (v.turns, count(stats.requests.total)),
        (v.errors, count(errors.unwrap_or_default())),
        (v.running, count(overview.running_turns as u64)),
    ];
    if let Some(latency) = &stats.latency_ms {
        figures.push(("p50", elapsed(latency.p50, locale)));
        figures.push(("p95", elapsed(latency.p95, locale)));
        figures.push(("p99", elapsed(latency.p99, locale)));
    }
    let recent = &overview.recent;
    let budget = mebibytes(recent.budget_bytes, locale);
    let memory = format!("{} / {budget}", in_mebibytes(recent.bytes, locale));
    let tokens = stats.llm.tokens.total.unsigned_abs();
    figures.push((v.tokens, count(tokens)));
    // Tokens without a price make the sum a lower bound.
    let at_least = if stats.llm.unpriced_calls > 0 {
        "≥ "
    } else {
        ""
    };
    let cost = format::usd(stats.llm.estimated_cost_usd);
    figures.push((v.cost, format!("{at_least}{cost}")));
    figures.push((v.memory, memory));
    figures
        .into_iter()
        .map(|(name, value)| Figure { name, value })
        .collect()
}
