//! A span of the waterfall, as it is shown.

use agent::{
    locale::Locale,
    telemetry::names::{DETECT_INTENT, LLM_CALL, SOURCE, STORE, TOOL_CALL, TURN},
};
use obs::{Attributes, Span, Value};

use super::{
    trace::elapsed,
    waterfall::{Bar, Extent},
    zoom::around,
};
use crate::traces::summary::text;

/// A span of the waterfall.
#[derive(Debug)]
pub(super) struct SpanView {
    pub(super) id: String,
    pub(super) parent: Option<String>,
    pub(super) name: String,
    /// Which one of its kind: a tool's name, a model.
    pub(super) subject: Option<String>,
    /// Names its colour.
    pub(super) category: &'static str,
    pub(super) kind: String,
    pub(super) depth: usize,
    pub(super) is_orphan: bool,
    pub(super) is_error: bool,
    pub(super) is_sampled: bool,
    pub(super) message: Option<String>,
    pub(super) offset: String,
    pub(super) duration: String,
    pub(super) bar: Bar,
    /// The address of its own stretch of time, in this page.
    pub(super) zoom_to: String,
    /// Where the turn waited for it.
    pub(super) critical: Vec<Bar>,
    /// Moments of its events on the axis.
    pub(super) marks: Vec<Bar>,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) events: Vec<EventView>,
    pub(super) links: Vec<String>,
}

#[derive(Debug)]
pub(super) struct EventView {
    pub(super) name: String,
    pub(super) offset: String,
    pub(super) attributes: Vec<(String, String)>,
}

impl SpanView {
    /// Shown at the top until it has its row; times count from the start of `whole`, and bars lie in
    /// `shown`.
    pub(super) fn new(span: &Span, whole: Extent, shown: Extent, locale: Locale) -> Self {
        let at = |at_ns: u64| elapsed(whole.offset_ms(at_ns), locale);
        let event = |event: &obs::Event| EventView {
            name: event.name.to_string(),
            offset: at(event.at_ns),
            attributes: pairs(&event.attributes),
        };
        let message = match &span.status {
            obs::Status::Error(message) => Some(message.to_string()),
            _ => None,
        };
        Self {
            id: span.span_id.to_string(),
            parent: span.parent.map(|id| id.to_string()),
            name: span.name.to_string(),
            subject: subject(span),
            category: category(&span.name),
            kind: format!("{:?}", span.kind).to_lowercase(),
            depth: 0,
            is_orphan: false,
            is_error: span.is_error(),
            is_sampled: span.sampled,
            message,
            offset: at(span.start_ns),
            duration: elapsed(span.duration_ms(), locale),
            bar: shown.bar(span.start_ns, span.end_ns),
            zoom_to: around(
                whole.offset_ms(span.start_ns),
                span.duration_ms(),
                whole.ms(),
            ),
            critical: Vec::new(),
            marks: span
                .events
                .iter()
                .filter(|e| shown.meets(e.at_ns, e.at_ns))
                .map(|e| shown.bar(e.at_ns, e.at_ns))
                .collect(),
            attributes: pairs(&span.attributes),
            events: span.events.iter().map(event).collect(),
            links: span
                .links
                .iter()
                .map(|link| link.trace_id.to_string())
                .collect(),
        }
    }
}

pub(super) fn category(name: &str) -> &'static str {
    match name {
        TURN => "turn",
        DETECT_INTENT => "intent",
        LLM_CALL => "llm",
        TOOL_CALL => "tool",
        _ if name.starts_with(SOURCE) => "source",
        _ if name.starts_with(STORE) => "store",
        _ => "http",
    }
}

pub(super) fn subject(span: &Span) -> Option<String> {
    let key = match category(&span.name) {
        "tool" => "tool.name",
        "llm" => "llm.model",
        "intent" => "agent.intent",
        "source" => "tool.source",
        "http" if span.name == "http.server" => "http.route",
        "http" => "server.address",
        _ => return None,
    };
    text(span, key)
}

pub(super) fn pairs(attributes: &Attributes) -> Vec<(String, String)> {
    let mut pairs: Vec<_> = attributes
        .iter()
        .map(|(k, v)| (k.to_owned(), value(v)))
        .collect();
    pairs.sort_unstable();
    pairs
}

fn value(value: &Value) -> String {
    match value {
        Value::Float(number) if number.abs() >= 1e-6 => {
            // A duration of 12.300000000000001 helps nobody; a small cost keeps its digits.
            let digits = if number.abs() < 0.1 { 6 } else { 3 };
            let text = format!("{number:.digits$}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        Value::Array(values) => {
            let texts: Vec<String> = values.iter().map(self::value).collect();
            texts.join(", ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_people_read_them() {
        let shown = |json: &str| value(&serde_json::from_str(json).unwrap());
        assert_eq!(shown("12.300000000000001"), "12.3");
        assert_eq!(shown("0.000199968"), "0.0002");
        assert_eq!(shown("1e-9"), "0.000000001");
        assert_eq!(shown("100.0"), "100");
        assert_eq!(shown("0.0"), "0");
        assert_eq!(shown(r#"["stop", "length"]"#), "stop, length");
        assert_eq!(shown("true"), "true");
    }
}
