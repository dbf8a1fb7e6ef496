//! What the spans of each kind carry: the table, and the check of a span against it.

use serde_json::Value;
use testkit::ReceivedSpan;

/// Attributes that exist only where content is captured.
pub(super) const CONTENT: [&str; 6] = [
    "gen_ai.input.messages",
    "gen_ai.output.messages",
    "gen_ai.system_instructions",
    "gen_ai.tool.definitions",
    "gen_ai.tool.call.arguments",
    "gen_ai.tool.call.result",
];

#[derive(Clone, Copy, Debug)]
enum Type {
    Text,
    /// One word of a closed set.
    Word(&'static [&'static str]),
    Int,
    Float,
    Bool,
    Texts,
}

use Type::{Bool, Float, Int, Text, Texts, Word};

/// When a span must have an attribute.
#[derive(Clone, Copy, Debug, PartialEq)]
enum When {
    Always,
    /// Where the span failed, and only there.
    Failed,
    /// Where the span did not fail and was not stopped.
    Done,
    /// Where another attribute is there, and only there.
    With(&'static str),
    /// Where it is known.
    Known,
}

use When::{Always, Done, Failed, Known, With};

struct Kind {
    span: &'static str,
    kind: &'static str,
    rows: &'static [(&'static str, Type, When)],
}

const TABLE: [Kind; 7] = [
    Kind {
        span: "agent.iteration",
        kind: "Server",
        rows: &[
            ("agent.iteration", Int, Always),
            ("agent.door", Word(&["page", "api"]), Always),
            ("agent.intent", Text, Always),
            ("agent.intent.confidence", Float, Done),
            ("agent.intent.source", Text, Known),
            ("agent.user_input_length", Int, Always),
            ("agent.response_length", Int, Done),
            ("agent.latency_ms", Float, Always),
            ("agent.iterations", Int, Always),
            ("agent.fast_mode", Bool, Always),
            ("agent.model_provider", Text, Done),
            ("agent.ungrounded_facts", Int, Known),
            ("agent.reading.left_over", Int, Done),
            ("agent.prompt_type", Word(&["light", "fast", "full"]), Done),
            ("agent.locale", Word(&["fr", "en"]), Done),
            ("agent.stopped", Bool, Known),
            ("session.id", Text, Always),
            ("gen_ai.usage.input_tokens", Int, Known),
            (
                "gen_ai.usage.output_tokens",
                Int,
                With("gen_ai.usage.input_tokens"),
            ),
            ("gen_ai.operation.name", Word(&["invoke_agent"]), Always),
            ("gen_ai.agent.name", Word(&["travel-agent"]), Always),
            ("gen_ai.conversation.id", Text, Always),
            ("http.request.method", Word(&["POST"]), Always),
            ("url.path", Text, Always),
            ("http.response.status_code", Int, Known),
            ("error.type", Text, Failed),
        ],
    },
    Kind {
        span: "agent.detect_intent",
        kind: "Internal",
        rows: &[
            ("agent.intent", Text, Done),
            ("agent.intent.confidence", Float, Done),
            ("agent.intent.source", Text, Known),
            ("agent.locale", Word(&["fr", "en"]), Done),
            ("error.type", Text, Failed),
        ],
    },
    Kind {
        span: "llm.call",
        kind: "Client",
        rows: &[
            ("llm.model", Text, Always),
            ("llm.provider", Text, Always),
            ("llm.temperature", Float, Known),
            ("llm.response_length", Int, Always),
            ("llm.latency_ms", Float, Always),
            ("llm.time_to_first_token_ms", Float, Done),
            ("llm.tokens.prompt", Int, Known),
            ("llm.tokens.completion", Int, With("llm.tokens.prompt")),
            ("llm.tokens.total", Int, With("llm.tokens.prompt")),
            ("llm.tokens.cached", Int, With("llm.tokens.prompt")),
            ("llm.tokens.cache_written", Int, Known),
            ("llm.tokens.reasoning", Int, Known),
            ("llm.usage_estimated", Bool, Known),
            ("llm.estimated_cost_usd", Float, Known),
            ("llm.attempt", Int, Always),
            ("llm.finish_reason", Text, Done),
            ("llm.purpose", Text, Always),
            ("llm.recovery", Word(&["retry", "adapt", "fallback"]), Known),
            ("llm.error.code", Text, Known),
            ("llm.error.message", Text, Known),
            ("http.response.status_code", Int, Known),
            ("gen_ai.operation.name", Word(&["chat"]), Always),
            ("gen_ai.provider.name", Text, Always),
            ("gen_ai.request.model", Text, Always),
            ("gen_ai.request.stream", Bool, Always),
            ("gen_ai.request.max_tokens", Int, Known),
            ("gen_ai.request.temperature", Float, With("llm.temperature")),
            ("gen_ai.response.id", Text, Known),
            ("gen_ai.response.model", Text, Done),
            (
                "gen_ai.response.finish_reasons",
                Texts,
                With("llm.time_to_first_token_ms"),
            ),
            (
                "gen_ai.response.time_to_first_chunk",
                Float,
                With("llm.time_to_first_token_ms"),
            ),
            ("gen_ai.usage.input_tokens", Int, With("llm.tokens.prompt")),
            (
                "gen_ai.usage.output_tokens",
                Int,
                With("llm.tokens.completion"),
            ),
            (
                "gen_ai.usage.cache_read.input_tokens",
                Int,
                With("llm.tokens.cached"),
            ),
            (
                "gen_ai.usage.cache_write.input_tokens",
                Int,
                With("llm.tokens.cache_written"),
            ),
            (
                "gen_ai.usage.reasoning.output_tokens",
                Int,
                With("llm.tokens.reasoning"),
            ),
            ("gen_ai.conversation.id", Text, Always),
            (
                "gen_ai.system_instructions",
                Text,
                With("gen_ai.input.messages"),
            ),
            ("gen_ai.input.messages", Text, Known),
            ("gen_ai.output.messages", Text, Known),
            ("gen_ai.tool.definitions", Text, Known),
            ("server.address", Text, Known),
            ("server.port", Int, With("server.address")),
            ("error.type", Text, Failed),
        ],
    },
    Kind {
        span: "tool.call",
        kind: "Internal",
        rows: &[
            ("agent.door", Word(&["page", "api"]), Known),
            ("tool.name", Text, Always),
            ("tool.success", Bool, Always),
            ("tool.latency_ms", Float, Always),
            ("tool.result_count", Int, Done),
            ("tool.source", Text, Known),
            ("tool.departure", Text, Known),
            ("tool.arrival", Text, Known),
            ("tool.date", Text, Known),
            ("tool.return_date", Text, Known),
            ("tool.city", Text, Known),
            ("tool.airport_code", Text, Known),
            ("tool.cabin", Text, Known),
            ("tool.month", Text, Known),
            ("gen_ai.operation.name", Word(&["execute_tool"]), Always),
            ("gen_ai.tool.name", Text, Always),
            ("gen_ai.tool.type", Word(&["function"]), Always),
            ("gen_ai.tool.call.id", Text, Always),
            ("gen_ai.tool.call.arguments", Text, Known),
            (
                "gen_ai.tool.call.result",
                Text,
                With("gen_ai.tool.call.arguments"),
            ),
            ("gen_ai.conversation.id", Text, Known),
            ("error.type", Text, Failed),
        ],
    },
    Kind {
        span: "source.",
        kind: "Internal",
        rows: &[
            ("tool.source", Text, Always),
            ("tool.result_count", Int, Done),
            ("error.type", Text, Failed),
        ],
    },
    Kind {
        span: "store.",
        kind: "Client",
        rows: &[
            ("db.system.name", Word(&["sqlite"]), Always),
            ("db.operation.name", Text, Always),
            ("error.type", Text, Failed),
        ],
    },
    Kind {
        span: "http.server",
        kind: "Server",
        rows: &[
            ("http.request.method", Text, Always),
            ("http.route", Text, Always),
            ("url.path", Text, Always),
            ("http.response.status_code", Int, Always),
            ("error.type", Text, Failed),
        ],
    },
];

/// Names of the span kinds.
pub(super) fn kinds() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|kind| kind.span)
}

/// Everything in which a span differs from its row of the table.
pub(super) fn differences(span: &ReceivedSpan, capture_content: bool) -> Vec<String> {
    let wanted = TABLE.iter().find(|kind| {
        span.name == kind.span || (kind.span.ends_with('.') && span.name.starts_with(kind.span))
    });
    let Some(wanted) = wanted else {
        return vec![format!("{}: no such span in the table", span.name)];
    };
    let name = &span.name;
    let mut wrong = Vec::new();
    let mut complain = |text: String| wrong.push(format!("{name}: {text}"));
    if format!("{:?}", span.kind) != wanted.kind {
        complain(format!("is {:?}, not {}", span.kind, wanted.kind));
    }
    for twice in span.attributes.duplicates() {
        complain(format!("{twice} twice"));
    }
    for (attribute, value) in &span.attributes.0 {
        match wanted.rows.iter().find(|(row, ..)| row == attribute) {
            None => complain(format!("{attribute} is not in the table")),
            Some((_, kind, _)) if !is(value, *kind) => {
                complain(format!("{attribute}={value} is no {kind:?}"));
            }
            Some(_) if CONTENT.contains(&attribute.as_str()) && !capture_content => {
                complain(format!("{attribute} although no content is captured"));
            }
            Some(_) => {}
        }
    }
    let has = |attribute: &str| span.attributes.get(attribute).is_some();
    let failed = span.error.is_some();
    let stopped =
        has("agent.stopped") || (*name == "llm.call" && !failed && !has("llm.finish_reason"));
    for (attribute, _, when) in wanted.rows {
        let (must, may) = match when {
            Always => (true, true),
            Failed => (failed, failed),
            Done => (!failed && !stopped, true),
            With(other) => (has(other), has(other)),
            Known => (false, true),
        };
        if must && !has(attribute) {
            complain(format!("{attribute} is missing ({when:?})"));
        }
        if !may && has(attribute) {
            complain(format!("{attribute} must not be there ({when:?})"));
        }
    }
    wrong
}

fn is(value: &Value, kind: Type) -> bool {
    match kind {
        Text => value.as_str().is_some_and(|text| !text.is_empty()),
        Word(words) => value.as_str().is_some_and(|text| words.contains(&text)),
        Int => value.is_i64() || value.is_u64(),
        Float => value.is_f64(),
        Bool => value.is_boolean(),
        Texts => value
            .as_array()
            .is_some_and(|list| !list.is_empty() && list.iter().all(Value::is_string)),
    }
}
