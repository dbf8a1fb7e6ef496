//! One trace: its facts, and a tab for each way to look at it.

use agent::locale::Locale;
use askama::Template;
use jiff::{Timestamp, tz::TimeZone};

use super::{
    log::LogLine,
    messages::{self, CallView},
    overview::SummaryTab,
    tab::{Tab, TabLink, tabs},
    tools::{self, ToolView},
    waterfall::Extent,
    zoom::Asked,
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
        summary::{Status, Summary, root},
    },
    views::{Frame, format, grafana},
};

/// Most bytes of raw JSON on the page.
const MAX_RAW: usize = 256 * 1024;

/// What the page is made from, besides the trace.
#[derive(Debug, Default)]
pub struct Around {
    /// The tab that is open.
    pub tab: Tab,
    /// The stretch of time that the waterfall is to show.
    pub stretch: Asked,
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
    /// How it shows who asks.
    pub credentials: Credentials,
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

/// What the open tab shows.
#[derive(Debug)]
enum Body {
    Summary(Box<SummaryTab>),
    Messages(Vec<CallView>),
    Tools(Vec<ToolView>),
    Logs(Vec<LogLine>),
    Raw { json: String, is_cut: bool },
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
            tabs: tabs(found, &around, locale),
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

    fn l(&self) -> &'static TraceListTexts {
        TraceListTexts::of(self.frame.locale)
    }

    fn p(&self) -> &'static TracePageTexts {
        TracePageTexts::of(self.frame.locale)
    }
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
