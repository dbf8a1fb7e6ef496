//! The list of traces with its filter, and the figures above it.

use agent::{intent::Intent, locale::Locale};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use jiff::tz::TimeZone;

use super::{
    columns::{Heading, SortChoice, headings, sort_choices},
    figures::{Figure, figures},
    line::Line,
};
use crate::{
    i18n::{
        trace_list::TraceListTexts,
        viewer::{self, ViewerTexts},
    },
    problem::FieldError,
    routes::viewer::stats::Overview,
    traces::{
        order::Order,
        query::{DEFAULT_LIMIT, RawQuery, UNKNOWN_INTENT},
        range::{SPANS, typed},
        summary::Status,
        table::Entry,
    },
    views::{Frame, respond},
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
    periods: Vec<Choice>,
    sorts: Vec<SortChoice>,
    headings: Vec<Heading>,
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
    pub traces: Result<Vec<Entry>, FieldError>,
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

impl TracesPage {
    /// The page in the frame, with times of the zone.
    #[must_use]
    pub fn new(frame: Frame, zone: &TimeZone, listing: Listing) -> Self {
        let locale = frame.locale;
        let (mut traces, bad_field) = match listing.traces {
            Ok(traces) => (traces, None),
            Err(error) => (Vec::new(), Some(label(&error.field, locale))),
        };
        let mut query = listing.query;
        query.from = typed(&query.from, zone);
        query.to = typed(&query.to, zone);
        let order = Order::parse(&query.sort).unwrap_or_default();
        let l = TraceListTexts::of(locale);
        let limit = match query.limit.trim() {
            "" => DEFAULT_LIMIT.to_string(),
            limit => limit.to_owned(),
        };
        let most = limit.parse().unwrap_or(DEFAULT_LIMIT);
        let is_cut = traces.len() > most;
        traces.truncate(most);
        let longest = traces
            .iter()
            .fold(0.0, |most: f64, t| most.max(t.summary.duration_ms));
        let models = traces.iter().filter_map(|t| t.summary.model.clone());
        let mut models: Vec<String> = models.collect();
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
            periods: SPANS
                .map(|(name, _)| choice(name, l.period_of(name), &query.since))
                .into(),
            sorts: sort_choices(order, locale),
            headings: headings(&query, order, locale),
            limits: LIMITS.map(|n| choice(n, n, &limit)).into(),
            is_cut,
            tools: listing.tools,
            models,
            lines: traces
                .into_iter()
                .map(|entry| Line::new(entry, longest, zone, locale))
                .collect(),
            figures: listing
                .overview
                .map_or_else(Vec::new, |o| figures(&o, locale)),
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
            &query.since,
            &query.from,
            &query.to,
        ]
        .into_iter()
        .any(|field| !field.trim().is_empty())
    }

    /// Another order than the newest first.
    fn is_sorted(&self) -> bool {
        Order::parse(&self.query.sort).is_ok_and(|order| order != Order::default())
    }

    /// An exact stretch of time is typed.
    fn is_exact(&self) -> bool {
        !self.query.from.trim().is_empty() || !self.query.to.trim().is_empty()
    }

    /// What the list shows of more.
    fn cut_note(&self) -> String {
        let note = match self.is_sorted() {
            true => self.l().more_sorted,
            false => self.frame.v().more_lines,
        };
        note.replace("{n}", &self.lines.len().to_string())
    }

    fn l(&self) -> &'static TraceListTexts {
        TraceListTexts::of(self.frame.locale)
    }
}

/// The label of a field of the form.
fn label(field: &str, locale: Locale) -> &'static str {
    let (v, l) = (ViewerTexts::of(locale), TraceListTexts::of(locale));
    match field {
        "intent" => v.intent,
        "status" => v.status,
        "min_ms" => v.min_ms,
        "tool" => v.tool,
        "model" => v.model,
        "limit" => v.limit,
        "q" => v.search,
        "since" => l.period,
        "from" => l.from,
        "to" => l.to,
        "sort" => l.sort_by,
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
