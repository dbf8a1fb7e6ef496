//! The tool calls of a trace as a list.

use std::sync::Arc;

use agent::{locale::Locale, telemetry::names::TOOL_CALL};
use obs::{Span, Value as Attribute};

use super::{messages::readable, span::pairs, trace::elapsed, waterfall::Extent};
use crate::{
    i18n::trace_page::TracePageTexts,
    traces::summary::{by_start, integer, text},
};

/// Attributes that have a place of their own, or say nothing of what was asked.
const SHOWN: [&str; 5] = [
    "tool.name",
    "tool.success",
    "tool.latency_ms",
    "tool.result_count",
    "tool.source",
];

/// A tool call.
#[derive(Debug, PartialEq)]
pub(super) struct ToolView {
    pub(super) span_id: String,
    pub(super) name: String,
    /// Names its colour.
    pub(super) class: &'static str,
    pub(super) outcome: &'static str,
    /// Why it failed, from a closed set.
    pub(super) error: Option<String>,
    pub(super) offset: String,
    pub(super) duration: String,
    pub(super) results: Option<i64>,
    pub(super) source: Option<String>,
    /// What it was asked, as far as that is on the span.
    pub(super) asked: Vec<(String, String)>,
    /// The whole of what it was asked and answered, where texts are recorded.
    pub(super) arguments: Option<String>,
    pub(super) result: Option<String>,
}

/// The tool calls in the order of time.
pub(super) fn tools(spans: &[Arc<Span>], extent: Extent, locale: Locale) -> Vec<ToolView> {
    by_start(spans, TOOL_CALL)
        .into_iter()
        .map(|call| view(call, extent, locale))
        .collect()
}

fn view(call: &Span, extent: Extent, locale: Locale) -> ToolView {
    let t = TracePageTexts::of(locale);
    let succeeded = call
        .attributes
        .get("tool.success")
        .and_then(Attribute::as_bool);
    let (class, outcome) = match succeeded {
        Some(true) => ("ok", t.succeeded),
        None if !call.is_error() => ("stopped", t.stopped),
        _ => ("error", t.failed),
    };
    let content = |key: &str| {
        let json = text(call, key)?;
        Some(serde_json::from_str(&json).map_or(json, |value| readable(&value)))
    };
    ToolView {
        span_id: call.span_id.to_string(),
        name: text(call, "tool.name").unwrap_or_default(),
        class,
        outcome,
        error: text(call, "error.type"),
        offset: elapsed(extent.offset_ms(call.start_ns), locale),
        duration: elapsed(call.duration_ms(), locale),
        results: integer(call, "tool.result_count"),
        source: text(call, "tool.source"),
        asked: pairs(&call.attributes)
            .into_iter()
            .filter(|(key, _)| key.starts_with("tool.") && !SHOWN.contains(&key.as_str()))
            .collect(),
        arguments: content("gen_ai.tool.call.arguments"),
        result: content("gen_ai.tool.call.result"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traces::samples::{span, turn};

    #[test]
    fn calls_are_listed_with_what_became_of_them() {
        let mut spans = turn();
        let failed = r#"{"tool.name": "check_price", "tool.success": false, "error.type": "timeout",
            "gen_ai.tool.call.arguments": "{\"offer\":\"off_1\"}"}"#;
        spans.push(span("b6", Some("a1"), TOOL_CALL, 71, 73, failed));
        let stopped = r#"{"tool.name": "check_price"}"#;
        spans.push(span("b7", Some("a1"), TOOL_CALL, 72, 73, stopped));
        let tools = tools(&spans, Extent::of(&spans), Locale::En);
        let shown = tools.iter().map(|t| (t.name.as_str(), t.outcome));
        assert_eq!(
            shown.collect::<Vec<_>>(),
            [
                ("get_airport_code", "succeeded"),
                ("search_flights", "succeeded"),
                ("check_price", "failed"),
                ("check_price", "stopped")
            ]
        );
        assert_eq!(tools[1].asked, [("tool.departure".into(), "LYS".into())]);
        assert_eq!(tools[2].error.as_deref(), Some("timeout"));
        assert_eq!(
            tools[2].arguments.as_deref(),
            Some("{\n  \"offer\": \"off_1\"\n}")
        );
    }
}
