//! Spans for the tests of the viewer.

use std::sync::Arc;

use obs::Span;

/// Id of every sample trace.
pub(crate) const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
/// 2026-11-22T10:00:00Z in nanoseconds since 1970.
const START_NS: u64 = 1_795_341_600_000_000_000;

/// A span from `start` to `end` in milliseconds; `id` and `parent` are hexadecimal.
pub(crate) fn span(
    id: &str,
    parent: Option<&str>,
    name: &str,
    start: u64,
    end: u64,
    attributes: &str,
) -> Arc<Span> {
    let padded = |id: &str| format!("{id:0>16}");
    let attributes: serde_json::Value = serde_json::from_str(attributes).unwrap();
    let failed = attributes.get("error.type").is_some();
    let span = serde_json::json!({
        "trace_id": TRACE,
        "span_id": padded(id),
        "parent": parent.map(padded),
        "name": name,
        "kind": "internal",
        "start_ns": START_NS + start * 1_000_000,
        "end_ns": START_NS + end * 1_000_000,
        "attributes": attributes,
        "status": if failed { serde_json::json!({"error": "it broke"}) } else { "unset".into() },
        "sampled": true,
    });
    serde_json::from_value(span).unwrap()
}

/// A turn of 100 ms: intent, model, two parallel tools, model.
pub(crate) fn turn() -> Vec<Arc<Span>> {
    let llm = r#"{"llm.model": "planner-1", "llm.tokens.total": 15, "llm.tokens.prompt": 10,
        "llm.tokens.completion": 5}"#;
    vec![
        span(
            "b1",
            Some("a1"),
            "agent.detect_intent",
            0,
            5,
            r#"{"agent.intent": "planning"}"#,
        ),
        span("b2", Some("a1"), "llm.call", 5, 25, llm),
        span(
            "b3",
            Some("a1"),
            "tool.call",
            26,
            40,
            r#"{"tool.name": "get_airport_code", "tool.success": true}"#,
        ),
        span(
            "b4",
            Some("a1"),
            "tool.call",
            27,
            70,
            r#"{"tool.name": "search_flights", "tool.success": true, "tool.departure": "LYS"}"#,
        ),
        span("b5", Some("a1"), "llm.call", 75, 95, llm),
        span(
            "a1",
            None,
            "agent.iteration",
            0,
            100,
            r#"{"agent.intent": "planning", "agent.door": "page", "agent.iterations": 2,
                "session.id": "0197a7c0-0000-7000-8000-000000000001"}"#,
        ),
    ]
}

/// A request that is no turn.
pub(crate) fn request() -> Vec<Arc<Span>> {
    let attributes = r#"{"http.route": "/api/airports", "http.response.status_code": 200}"#;
    vec![span("c1", None, "http.server", 0, 3, attributes)]
}
