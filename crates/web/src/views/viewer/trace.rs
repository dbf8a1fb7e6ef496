//! One trace: its facts, and a tab for each way to look at it.

use agent::locale::Locale;
use askama::Template;
use axum::{http::StatusCode, response::Response};
use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;

use super::{
    critical::{CriticalPath, Share},
    log::LogLine,
    messages::{self, CallView},
    span::SpanView,
    tools::{self, ToolView},
    waterfall::{Extent, rows},
};
use crate::{
    i18n::{
        Texts,
        trace_page::TracePageTexts,
        viewer::{self, ViewerTexts},
    },
    traces::{
        lookup::Found,
        summary::{Status, Summary, root},
    },
    views::{Frame, format, grafana, respond},
};

/// Most bytes of raw JSON on the page.
const MAX_RAW: usize = 256 * 1024;

/// A way to look at a trace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tab {
    /// Facts, critical path, waterfall.
    #[default]
    Summary,
    /// What models were told and answered.
    Messages,
    /// Tool calls.
    Tools,
    /// Log lines.
    Logs,
    /// OTLP/JSON.
    Raw,
}

impl Tab {
    const ALL: [Self; 5] = [
        Self::Summary,
        Self::Messages,
        Self::Tools,
        Self::Logs,
        Self::Raw,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Messages => "messages",
            Self::Tools => "tools",
            Self::Logs => "logs",
            Self::Raw => "raw",
        }
    }

    const fn label(self, p: &TracePageTexts) -> &'static str {
        match self {
            Self::Summary => p.summary,
            Self::Messages => p.messages,
            Self::Tools => p.tools,
            Self::Logs => p.logs,
            Self::Raw => p.raw,
        }
    }
}

/// What the page is made from, besides the trace.
#[derive(Debug, Default)]
pub struct Around {
    /// The tab that is open.
    pub tab: Tab,
    /// Texts are recorded.
    pub captures_content: bool,
    /// A link to the conversation leads somewhere.
    pub owns_conversation: bool,
    /// A link to the session does.
    pub sees_session: bool,
    /// Address of Grafana, whose Tempo data source is called `tempo`.
    pub grafana_url: Option<String>,
    /// OTLP/JSON, where its tab is open.
    pub raw: String,
    /// The command that reads the trace.
    pub curl_read: String,
    /// The command that asks the same again, where the reader may know the question.
    pub curl_ask: Option<String>,
    /// Other traces, to compare with.
    pub others: Vec<Summary>,
}

/// A trace.
#[derive(Debug, Template)]
#[template(path = "trace.html")]
pub struct TracePage {
    frame: Frame,
    trace_id: String,
    title: String,
    status: Option<(Status, &'static str)>,
    error: Option<String>,
    conversation: Option<String>,
    session: Option<String>,
    grafana: Option<String>,
    is_running: bool,
    truncated: u32,
    captures_content: bool,
    tabs: Vec<TabLink>,
    body: Body,
}

#[derive(Debug)]
struct TabLink {
    href: String,
    label: &'static str,
    is_open: bool,
}

/// What the open tab shows.
#[derive(Debug)]
enum Body {
    Summary(Box<SummaryTab>),
    Messages(Vec<CallView>),
    Tools(Vec<ToolView>),
    Logs(Vec<LogLine>),
    Raw { json: String, is_cut: bool },
}

#[derive(Debug)]
struct SummaryTab {
    facts: Vec<(&'static str, String)>,
    shares: Vec<Share>,
    ticks: Vec<String>,
    spans: Vec<SpanView>,
    curl_read: String,
    curl_ask: Option<String>,
    /// Ids and labels.
    others: Vec<(String, String)>,
}

impl TracePage {
    /// The page of a trace, with times of the zone.
    #[must_use]
    pub fn new(frame: Frame, zone: &TimeZone, found: &Found, around: Around) -> Self {
        let locale = frame.locale;
        let trace = &found.trace;
        let extent = Extent::of(&trace.spans);
        let summary = root(&trace.spans, true).map(|root| Summary::new(root, &trace.spans));
        let title = summary.as_ref().map(|s| title(s, locale));
        let conversation = summary.as_ref().and_then(|s| s.conversation_id.clone());
        let trace_id = trace.trace_id.to_string();
        Self {
            title: title.unwrap_or_else(|| ViewerTexts::of(locale).trace.to_owned()),
            status: summary
                .as_ref()
                .map(|s| (s.status, viewer::status(s.status, locale))),
            error: summary.as_ref().and_then(|s| s.error_type.clone()),
            session: conversation.clone().filter(|_| around.sees_session),
            conversation: conversation.filter(|_| around.owns_conversation),
            grafana: around
                .grafana_url
                .as_deref()
                .map(|url| grafana::trace(url, &trace_id)),
            is_running: found.is_running,
            truncated: trace.truncated,
            captures_content: around.captures_content,
            tabs: tabs(found, &around, TracePageTexts::of(locale)),
            body: match around.tab {
                Tab::Summary => Body::Summary(Box::new(SummaryTab::new(
                    found,
                    summary.as_ref(),
                    around,
                    zone,
                    locale,
                ))),
                Tab::Messages => Body::Messages(messages::calls(&trace.spans, extent, locale)),
                Tab::Tools => Body::Tools(tools::tools(&trace.spans, extent, locale)),
                Tab::Logs => Body::Logs(logs(found, extent, locale)),
                Tab::Raw => raw(around.raw),
            },
            trace_id,
            frame,
        }
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

    fn p(&self) -> &'static TracePageTexts {
        TracePageTexts::of(self.frame.locale)
    }
}

impl SummaryTab {
    fn new(
        found: &Found,
        summary: Option<&Summary>,
        around: Around,
        zone: &TimeZone,
        locale: Locale,
    ) -> Self {
        let spans = &found.trace.spans;
        let extent = Extent::of(spans);
        let mut path = CriticalPath::new(spans, extent, locale);
        let rows = rows(spans).into_iter().map(|row| {
            // Below a turn that runs every parent is still to come.
            let is_orphan = row.is_orphan && !found.is_running;
            SpanView {
                depth: row.depth,
                is_orphan,
                bar: row.bar,
                critical: path.stripes.remove(&row.span.span_id).unwrap_or_default(),
                ..SpanView::new(&row.span, extent, locale)
            }
        });
        let spans = rows.collect();
        let other = |s: &Summary| {
            let label = format!(
                "{} · {} · {}",
                moment(s.started_at, zone, locale),
                title(s, locale),
                elapsed(s.duration_ms, locale)
            );
            (s.trace_id.clone(), label)
        };
        Self {
            facts: summary.map_or_else(Vec::new, |s| facts(s, zone, locale)),
            shares: path.shares,
            ticks: (0..=4)
                .map(|quarter| elapsed(extent.ms() * f64::from(quarter) / 4.0, locale))
                .collect(),
            spans,
            curl_read: around.curl_read,
            curl_ask: around.curl_ask,
            others: around.others.iter().map(other).collect(),
        }
    }
}

/// All, or all but the messages where there is none to be seen.
fn tabs(found: &Found, around: &Around, p: &'static TracePageTexts) -> Vec<TabLink> {
    let has_messages = around.captures_content || messages::are_in(&found.trace.spans);
    let shown = |tab: &Tab| has_messages || *tab != Tab::Messages || around.tab == *tab;
    let id = found.trace.trace_id;
    let link = |tab: Tab| TabLink {
        href: match tab {
            Tab::Summary => format!("/traces/{id}"),
            _ => format!("/traces/{id}?tab={}", tab.as_str()),
        },
        label: tab.label(p),
        is_open: tab == around.tab,
    };
    Tab::ALL.into_iter().filter(shown).map(link).collect()
}

/// The intent of a turn, the route of another request.
pub(super) fn title(s: &Summary, locale: Locale) -> String {
    match (&s.intent, &s.route) {
        (Some(intent), _) => viewer::intent(intent, locale).to_owned(),
        (None, Some(route)) => route.clone(),
        (None, None) => s.name.clone(),
    }
}

fn logs(found: &Found, extent: Extent, locale: Locale) -> Vec<LogLine> {
    let spans = &found.trace.spans;
    let lines = found.trace.lines.iter().map(|line| {
        let span = spans.iter().find(|span| span.span_id == line.span_id);
        let name = span.map(|span| span.name.to_string());
        LogLine::new(line, name, elapsed(extent.offset_ms(line.at_ns), locale))
    });
    lines.collect()
}

fn raw(mut json: String) -> Body {
    let is_cut = json.len() > MAX_RAW;
    if is_cut {
        json.truncate(json.floor_char_boundary(MAX_RAW));
    }
    Body::Raw { json, is_cut }
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

    #[test]
    fn much_raw_json_is_cut_between_characters() {
        let Body::Raw { json, is_cut } = raw("é".repeat(MAX_RAW)) else {
            unreachable!()
        };
        assert!(is_cut && json.len() <= MAX_RAW);
    }
}
