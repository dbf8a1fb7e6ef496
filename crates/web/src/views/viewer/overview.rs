//! The first tab of a trace: its facts, where its time went, its spans.

use std::sync::Arc;

use agent::locale::Locale;
use jiff::tz::TimeZone;
use obs::Span;

use super::{
    critical::{CriticalPath, Rest, Share},
    span::{SpanView, subject},
    trace::{Around, elapsed, moment, title},
    waterfall::{Extent, rows},
    zoom::Zoom,
};
use crate::{
    i18n::{
        trace_list::TraceListTexts,
        trace_page::TracePageTexts,
        viewer::{self, ViewerTexts},
    },
    traces::{
        curl::Credentials,
        lookup::Found,
        summary::{Summary, text},
    },
    views::format,
};

/// What the tab shows.
#[derive(Debug)]
pub(super) struct SummaryTab {
    pub(super) facts: Vec<(&'static str, String)>,
    /// What failed in it, in the order of time.
    pub(super) failures: Vec<Failure>,
    pub(super) shares: Vec<Share>,
    pub(super) rest: Option<Rest>,
    pub(super) ticks: Vec<String>,
    pub(super) zoom: Zoom,
    /// How many spans lie outside what is shown.
    pub(super) hidden: Option<String>,
    pub(super) spans: Vec<SpanView>,
    pub(super) curl_read: String,
    /// What stands in the variable of the command above.
    pub(super) curl_note: Option<&'static str>,
    pub(super) curl_ask: Option<String>,
    /// Ids and labels.
    pub(super) others: Vec<(String, String)>,
}

/// A span that failed.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) span_id: String,
    pub(super) name: String,
    pub(super) subject: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) message: Option<String>,
}

fn failures(spans: &[Arc<Span>]) -> Vec<Failure> {
    let mut failed: Vec<&Arc<Span>> = spans.iter().filter(|span| span.is_error()).collect();
    failed.sort_by_key(|span| span.start_ns);
    let failure = |span: &Arc<Span>| Failure {
        span_id: span.span_id.to_string(),
        name: span.name.to_string(),
        subject: subject(span),
        kind: text(span, "error.type"),
        message: match &span.status {
            obs::Status::Error(message) => Some(message.to_string()),
            _ => None,
        },
    };
    failed.into_iter().map(failure).collect()
}

impl SummaryTab {
    pub(super) fn new(
        found: &Found,
        summary: Option<&Summary>,
        around: Around,
        zone: &TimeZone,
        locale: Locale,
    ) -> Self {
        let p = TracePageTexts::of(locale);
        let spans = &found.trace.spans;
        let whole = Extent::of(spans);
        let zoom = Zoom::new(&around.stretch, whole, locale);
        let extent = zoom.shown;
        let mut path = CriticalPath::new(spans, extent, locale);
        let rows = rows(spans, extent);
        let hidden = spans.len() - rows.len();
        let rows = rows.into_iter().map(|row| {
            // Below a turn that runs every parent is still to come.
            let is_orphan = row.is_orphan && !found.is_running;
            SpanView {
                depth: row.depth,
                is_orphan,
                bar: row.bar,
                critical: path.stripes.remove(&row.span.span_id).unwrap_or_default(),
                ..SpanView::new(&row.span, whole, extent, locale)
            }
        });
        let failures = failures(spans);
        let spans = rows.collect();
        let other = |s: &Summary| {
            let status = viewer::status(s.status, locale);
            let model = s.model.as_deref().unwrap_or("–");
            let label = format!(
                "{} · {} · {status} · {model} · {}",
                moment(s.started_at, zone, locale),
                title(s, locale),
                elapsed(s.duration_ms, locale)
            );
            (s.trace_id.clone(), label)
        };
        Self {
            facts: summary.map_or_else(Vec::new, |s| facts(s, zone, locale)),
            failures,
            shares: path.shares,
            rest: path.rest,
            ticks: (0..=4)
                .map(|quarter| {
                    let from = whole.offset_ms(extent.start_ns);
                    elapsed(from + extent.ms() * f64::from(quarter) / 4.0, locale)
                })
                .collect(),
            hidden: (hidden > 0).then(|| {
                let text = TraceListTexts::of(locale).hidden;
                text.replace("{n}", &hidden.to_string())
            }),
            zoom,
            spans,
            curl_read: around.curl_read,
            curl_note: match around.credentials {
                Credentials::AdminKey => Some(p.curl_admin_key),
                Credentials::Cookie => Some(p.curl_visitor),
                Credentials::None => None,
            },
            curl_ask: around.curl_ask,
            others: around.others.iter().map(other).collect(),
        }
    }
}

fn facts(s: &Summary, zone: &TimeZone, locale: Locale) -> Vec<(&'static str, String)> {
    let v = ViewerTexts::of(locale);
    let tokens = u64::try_from(s.tokens).ok().filter(|tokens| *tokens > 0);
    let cost = match s.estimated_cost_usd {
        None => Some(v.unknown.to_owned()),
        Some(usd) => (usd > 0.0).then(|| format::usd(usd, locale)),
    };
    let facts = [
        (v.started, Some(moment(s.started_at, zone, locale))),
        (v.duration, Some(elapsed(s.duration_ms, locale))),
        (v.model, s.model.clone()),
        (v.rounds, s.iterations.map(|n| n.to_string())),
        (
            v.tools,
            Some(s.tools.join(", ")).filter(|tools| !tools.is_empty()),
        ),
        (v.tokens, tokens.map(|n| format::integer(n, locale))),
        (v.cost, cost),
        (v.door, s.door.clone()),
        (v.spans, Some(s.spans.to_string())),
    ];
    let known = facts
        .into_iter()
        .filter_map(|(name, fact)| Some((name, fact?)));
    known.collect()
}
