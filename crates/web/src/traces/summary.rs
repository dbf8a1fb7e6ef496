//! A trace in one line: what the viewer lists, and what it filters by.

use std::sync::Arc;

use agent::telemetry::names::{LLM_CALL, TOOL_CALL, TURN};
use jiff::Timestamp;
use obs::{Span, SpanId, Value};
use serde::Serialize;
use uuid::Uuid;

/// How a trace ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It did not fail.
    Ok,
    /// It failed.
    Error,
    /// It was stopped before its end.
    Stopped,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Ok, Self::Error, Self::Stopped];

    /// The name in queries and answers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Error => "error",
            Self::Stopped => "stopped",
        }
    }

    /// How the root of a trace ended.
    #[must_use]
    pub fn of(root: &Span) -> Self {
        if root.is_error() {
            Self::Error
        } else if root
            .attributes
            .get("agent.stopped")
            .and_then(Value::as_bool)
            == Some(true)
        {
            Self::Stopped
        } else {
            Self::Ok
        }
    }
}

/// A line of the list of traces.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// The trace, 32 hexadecimal digits.
    pub trace_id: String,
    /// Its root span.
    #[serde(skip)]
    pub root: SpanId,
    /// Name of its root span.
    pub name: String,
    /// When its root began.
    pub started_at: Timestamp,
    /// Time from the root's start to its end, in milliseconds.
    pub duration_ms: f64,
    /// How it ended.
    pub status: Status,
    /// Intent of the message; absent where the root is no turn.
    pub intent: Option<String>,
    /// Rounds of model and tools.
    pub iterations: Option<i64>,
    /// Names of the tools that were called, in the order of their first call.
    pub tools: Vec<String>,
    /// Model of the last call.
    pub model: Option<String>,
    /// Where the turn came in.
    pub door: Option<String>,
    /// Conversation of the turn.
    pub conversation_id: Option<String>,
    /// Finished spans that are kept.
    pub spans: usize,
    /// Tokens of all model calls.
    pub tokens: i64,
    /// Estimated cost of all model calls, in US dollars; `None` where tokens have no known price.
    pub estimated_cost_usd: Option<f64>,
    /// Why it failed, from a closed set.
    pub error_type: Option<String>,
    /// Route of a request that is no turn.
    pub route: Option<String>,
    /// HTTP status of the request.
    pub http_status: Option<i64>,
}

impl Summary {
    /// Sums up a trace by its root, which is one of `spans`.
    #[must_use]
    pub fn new(root: &Span, spans: &[Arc<Span>]) -> Self {
        let calls = by_start(spans, LLM_CALL);
        Self {
            trace_id: root.trace_id.to_string(),
            root: root.span_id,
            name: root.name.to_string(),
            started_at: timestamp(root.start_ns),
            duration_ms: root.duration_ms(),
            status: Status::of(root),
            intent: text(root, "agent.intent"),
            iterations: integer(root, "agent.iterations"),
            tools: tools(spans),
            model: calls.last().and_then(|call| text(call, "llm.model")),
            door: text(root, "agent.door"),
            conversation_id: text(root, "session.id"),
            spans: spans.len(),
            tokens: calls
                .iter()
                .filter_map(|call| integer(call, "llm.tokens.total"))
                .sum(),
            estimated_cost_usd: calls.iter().map(|call| cost(call)).sum(),
            error_type: text(root, "error.type"),
            route: text(root, "http.route"),
            http_status: integer(root, "http.response.status_code"),
        }
    }
}

/// The span that a trace is listed by: its turn, or with `any` its topmost span here.
#[must_use]
pub fn root(spans: &[Arc<Span>], any: bool) -> Option<&Arc<Span>> {
    // From the back: a root ends last.
    let turn = spans.iter().rev().find(|span| span.name == TURN);
    let topmost = |span: &&Arc<Span>| span.parent.is_none() || span.remote_parent;
    turn.or_else(|| spans.iter().rev().find(topmost).filter(|_| any))
}

/// The spans of one name.
pub fn named<'a>(spans: &'a [Arc<Span>], name: &'a str) -> impl Iterator<Item = &'a Span> {
    spans
        .iter()
        .map(Arc::as_ref)
        .filter(move |span| span.name == name)
}

/// The spans of one name in the order in which they began; they are kept by their end.
pub fn by_start<'a>(spans: &'a [Arc<Span>], name: &'a str) -> Vec<&'a Span> {
    let mut spans: Vec<&Span> = named(spans, name).collect();
    spans.sort_by_key(|span| span.start_ns);
    spans
}

/// The conversation of a turn.
#[must_use]
pub fn conversation(turn: &Span) -> Option<Uuid> {
    text(turn, "session.id")?.parse().ok()
}

fn tools(spans: &[Arc<Span>]) -> Vec<String> {
    let calls = by_start(spans, TOOL_CALL).into_iter();
    first_of_each(calls.filter_map(|call| text(call, "tool.name")))
}

/// Each value once, where it came first.
pub fn first_of_each<T: PartialEq>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen
}

/// What a model call cost, in US dollars; `None` where its tokens have no known price.
#[must_use]
pub fn cost(call: &Span) -> Option<f64> {
    let has_tokens = integer(call, "llm.tokens.total").is_some_and(|tokens| tokens > 0);
    number(call, "llm.estimated_cost_usd").or((!has_tokens).then_some(0.0))
}

/// A text attribute.
#[must_use]
pub fn text(span: &Span, key: &str) -> Option<String> {
    span.attributes.get(key)?.as_str().map(str::to_owned)
}

/// A numeric attribute.
#[must_use]
pub fn number(span: &Span, key: &str) -> Option<f64> {
    span.attributes.get(key)?.as_f64()
}

/// A whole-number attribute.
#[must_use]
pub fn integer(span: &Span, key: &str) -> Option<i64> {
    span.attributes.get(key)?.as_i64()
}

/// A moment in nanoseconds since 1970, which every span has.
#[must_use]
pub fn timestamp(unix_ns: u64) -> Timestamp {
    Timestamp::from_nanosecond(i128::from(unix_ns)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traces::samples::{request, span, turn};

    #[test]
    fn a_turn_is_summed_up() {
        let spans = turn();
        let summary = Summary::new(root(&spans, false).unwrap(), &spans);
        assert_eq!(summary.name, "agent.iteration");
        assert_eq!(summary.intent.as_deref(), Some("planning"));
        assert_eq!(summary.tools, ["get_airport_code", "search_flights"]);
        assert_eq!(summary.model.as_deref(), Some("planner-1"));
        assert_eq!(summary.tokens, 30);
        assert_eq!(summary.estimated_cost_usd, None, "tokens without a price");
        assert_eq!(summary.status, Status::Ok);
        assert_eq!(summary.duration_ms, 100.0);
        assert_eq!(summary.started_at.to_string(), "2026-11-22T10:00:00Z");
    }

    #[test]
    fn a_cost_is_known_where_each_call_has_one_or_no_tokens() {
        let call = |attributes: &str| span("b1", Some("a1"), LLM_CALL, 0, 1, attributes);
        let priced = r#"{"llm.tokens.total": 9, "llm.estimated_cost_usd": 0.5}"#;
        let root = span("a1", None, TURN, 0, 9, "{}");
        let cost = |calls: &[&str]| {
            let mut spans: Vec<_> = calls.iter().map(|attributes| call(attributes)).collect();
            spans.push(Arc::clone(&root));
            Summary::new(&root, &spans).estimated_cost_usd
        };
        assert_eq!(cost(&[priced, priced]), Some(1.0));
        assert_eq!(cost(&[priced, r#"{"error.type": "timeout"}"#]), Some(0.5));
        assert_eq!(cost(&[priced, r#"{"llm.tokens.total": 9}"#]), None);
        assert_eq!(cost(&[]), Some(0.0));
    }

    #[test]
    fn only_turns_are_roots_unless_all_are_wanted() {
        let request = request();
        assert!(root(&request, false).is_none());
        assert_eq!(root(&request, true).unwrap().name, "http.server");
        let unfinished = [span("b1", Some("a1"), "llm.call", 0, 1, "{}")];
        assert!(root(&unfinished, true).is_none());
    }

    #[test]
    fn a_stopped_turn_is_no_error() {
        let stopped = span("a1", None, TURN, 0, 1, r#"{"agent.stopped": true}"#);
        assert_eq!(Status::of(&stopped), Status::Stopped);
    }
}
