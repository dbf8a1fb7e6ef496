//! One trace: its facts, the waterfall of its spans, its log lines.

use agent::locale::Locale;
use askama::Template;
use axum::{http::StatusCode, response::Response};
use jiff::{Timestamp, tz::TimeZone};

use super::{
    log::LogLine,
    span::SpanView,
    waterfall::{Extent, rows},
};
use crate::{
    i18n::{Texts, viewer, viewer::ViewerTexts},
    traces::lookup::Found,
    traces::summary::{Status, Summary, root},
    views::{Frame, format, grafana, respond},
};

/// A trace.
#[derive(Debug, Template)]
#[template(path = "trace.html")]
pub struct TracePage {
    frame: Frame,
    trace_id: String,
    title: String,
    status: Option<(Status, &'static str)>,
    error: Option<String>,
    facts: Vec<(&'static str, String)>,
    /// The conversation, where it is the reader's.
    conversation: Option<String>,
    /// The same trace in Grafana, where the operator has one.
    grafana: Option<String>,
    is_running: bool,
    truncated: u32,
    ticks: Vec<String>,
    spans: Vec<SpanView>,
    logs: Vec<LogLine>,
}

impl TracePage {
    /// The page of a trace; `owns_conversation` says whether a link to it leads anywhere.
    #[must_use]
    pub fn new(frame: Frame, zone: &TimeZone, found: &Found, owns_conversation: bool) -> Self {
        let locale = frame.locale;
        let trace = &found.trace;
        let extent = Extent::of(&trace.spans);
        let summary = root(&trace.spans, true).map(|root| Summary::new(root, &trace.spans));
        let title = summary.as_ref().map(|s| match (&s.intent, &s.route) {
            (Some(intent), _) => viewer::intent(intent, locale).to_owned(),
            (None, Some(route)) => route.clone(),
            (None, None) => s.name.clone(),
        });
        let is_running = found.is_running;
        let spans = rows(&trace.spans).into_iter().map(|row| {
            // Below a turn that runs every parent is still to come.
            let is_orphan = row.is_orphan && !is_running;
            SpanView {
                depth: row.depth,
                is_orphan,
                bar: row.bar,
                ..SpanView::new(&row.span, extent, locale)
            }
        });
        let span_name = |id| trace.spans.iter().find(|span| span.span_id == id);
        let logs = trace.lines.iter().map(|line| {
            let span = span_name(line.span_id).map(|span| span.name.to_string());
            LogLine::new(line, span, elapsed(extent.offset_ms(line.at_ns), locale))
        });
        Self {
            trace_id: trace.trace_id.to_string(),
            title: title.unwrap_or_else(|| ViewerTexts::of(locale).trace.to_owned()),
            status: summary
                .as_ref()
                .map(|s| (s.status, viewer::status(s.status, locale))),
            error: summary.as_ref().and_then(|s| s.error_type.clone()),
            facts: summary
                .as_ref()
                .map_or_else(Vec::new, |s| facts(s, zone, locale)),
            conversation: summary
                .and_then(|s| s.conversation_id)
                .filter(|_| owns_conversation),
            grafana: None,
            is_running,
            truncated: trace.truncated,
            ticks: (0..=4)
                .map(|quarter| elapsed(extent.ms() * f64::from(quarter) / 4.0, locale))
                .collect(),
            spans: spans.collect(),
            logs: logs.collect(),
            frame,
        }
    }

    /// Adds a link to the same trace in Grafana, whose Tempo data source is called `tempo`.
    #[must_use]
    pub fn with_grafana(mut self, url: Option<&str>) -> Self {
        self.grafana = url.map(|url| grafana::trace(url, &self.trace_id));
        self
    }

    /// The page as a response.
    #[must_use]
    pub fn respond(&self) -> Response {
        respond(StatusCode::OK, self)
    }

    fn t(&self) -> &'static Texts {
        self.frame.t()
    }

    fn v(&self) -> &'static ViewerTexts {
        ViewerTexts::of(self.frame.locale)
    }
}

fn facts(s: &Summary, zone: &TimeZone, locale: Locale) -> Vec<(&'static str, String)> {
    let v = ViewerTexts::of(locale);
    let tokens = u64::try_from(s.tokens).ok().filter(|tokens| *tokens > 0);
    let cost = Some(s.estimated_cost_usd).filter(|usd| *usd > 0.0);
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
        (v.cost, cost.map(|usd| format!("${usd:.4}"))),
        (v.door, s.door.clone()),
        (v.spans, Some(s.spans.to_string())),
    ];
    let known = facts
        .into_iter()
        .filter_map(|(name, fact)| Some((name, fact?)));
    known.collect()
}

/// A time that may be far below a millisecond.
pub(super) fn elapsed(ms: f64, locale: Locale) -> String {
    if ms != 0.0 && ms.abs() < 0.9995 {
        format!("{:.0}\u{a0}µs", ms * 1e3)
    } else {
        format::latency(ms, locale)
    }
}

/// A moment to the second, on the clocks of the zone.
pub(super) fn moment(at: Timestamp, zone: &TimeZone, locale: Locale) -> String {
    let seconds = zone.to_datetime(at).strftime(":%S");
    format!("{}{seconds}", format::moment(at, zone, locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_below_a_millisecond_keep_their_digits() {
        assert_eq!(elapsed(0.0, Locale::En), "0\u{a0}ms");
        assert_eq!(elapsed(0.2224, Locale::En), "222\u{a0}µs");
        assert_eq!(elapsed(12.34, Locale::Fr), "12,3\u{a0}ms");
        assert_eq!(elapsed(2500.0, Locale::En), "2.5\u{a0}s");
    }
}
