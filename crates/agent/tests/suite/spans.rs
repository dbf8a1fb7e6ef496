//! The spans: exactly these fields each, and an outcome only where there is one.

use agent::telemetry::spans;

use super::spans_recorder::Recorder;

const OUTCOME: [&str; 3] = ["otel.status_code", "otel.status_description", "error.type"];
const TURN: [&str; 21] = [
    "otel.kind",
    "agent.iteration",
    "agent.door",
    "agent.intent",
    "agent.intent.confidence",
    "agent.intent.source",
    "agent.user_input_length",
    "agent.response_length",
    "agent.iterations",
    "agent.fast_mode",
    "agent.model_provider",
    "agent.prompt_type",
    "agent.locale",
    "agent.ungrounded_facts",
    "agent.reading.left_over",
    "gen_ai.usage.input_tokens",
    "gen_ai.usage.output_tokens",
    "session.id",
    "http.request.method",
    "url.path",
    "http.response.status_code",
];
const DETECT_INTENT: [&str; 4] = [
    "agent.intent",
    "agent.intent.confidence",
    "agent.intent.source",
    "agent.locale",
];
const LLM_CALL: [&str; 32] = [
    "otel.kind",
    "llm.model",
    "llm.provider",
    "llm.temperature",
    "llm.response_length",
    "llm.time_to_first_token_ms",
    "llm.tokens.prompt",
    "llm.tokens.completion",
    "llm.tokens.total",
    "llm.tokens.cached",
    "llm.estimated_cost_usd",
    "llm.attempt",
    "llm.finish_reason",
    "llm.tokens.cache_written",
    "llm.tokens.reasoning",
    "llm.usage_estimated",
    "llm.purpose",
    "llm.recovery",
    "llm.error.code",
    "llm.error.message",
    "http.response.status_code",
    "gen_ai.request.max_tokens",
    "gen_ai.response.id",
    "gen_ai.response.model",
    "gen_ai.request.stream",
    "gen_ai.conversation.id",
    "gen_ai.system_instructions",
    "gen_ai.input.messages",
    "gen_ai.output.messages",
    "gen_ai.tool.definitions",
    "server.address",
    "server.port",
];
const TOOL_CALL: [&str; 23] = [
    "agent.door",
    "tool.name",
    "tool.success",
    "tool.result_count",
    "tool.source",
    "tool.departure",
    "tool.arrival",
    "tool.date",
    "tool.return_date",
    "tool.city",
    "tool.airport_code",
    "tool.cabin",
    "tool.month",
    "tool.check_in",
    "tool.check_out",
    "tool.category",
    "tool.nights",
    "tool.pace",
    "tool.kind",
    "gen_ai.tool.call.id",
    "gen_ai.tool.call.arguments",
    "gen_ai.tool.call.result",
    "gen_ai.conversation.id",
];
const SOURCE: [&str; 3] = ["otel.name", "tool.source", "tool.result_count"];
const STORE: [&str; 4] = [
    "otel.name",
    "otel.kind",
    "db.system.name",
    "db.operation.name",
];

#[test]
fn every_span_declares_exactly_its_fields() {
    let (recorder, _guard) = Recorder::install();
    drop(spans::turn("page", 12));
    spans::detect_intent().succeed();
    spans::llm_call("builtin", "planner-1", 1).succeed();
    spans::tool_call("search_flights", "call_0").succeed();
    spans::source("offline", "hotels").succeed();
    spans::store("sqlite", "begin_turn").succeed();
    let seen = recorder.spans();
    let expected: [(&str, &[&str]); 6] = [
        ("agent.iteration", &TURN),
        ("agent.detect_intent", &DETECT_INTENT),
        ("llm.call", &LLM_CALL),
        ("tool.call", &TOOL_CALL),
        ("source", &SOURCE),
        ("store", &STORE),
    ];
    assert_eq!(seen.len(), expected.len());
    for (span, (name, fields)) in seen.iter().zip(expected) {
        let mut fields = [fields, &OUTCOME].concat();
        let mut declared = span.declared.clone();
        fields.sort_unstable();
        declared.sort_unstable();
        assert_eq!((span.name, declared), (name, fields));
        assert!(span.closed);
    }
    assert_eq!(seen[4].value("otel.name"), Some("source.hotels"));
    assert_eq!(seen[5].value("otel.name"), Some("store.begin_turn"));
}

#[test]
fn arguments_of_tools_stand_on_declared_fields() {
    for field in agent::telemetry::names::SAFE_TOOL_FIELDS {
        assert!(TOOL_CALL.contains(&field), "{field}");
    }
}

#[test]
fn a_guard_marks_a_failure_and_a_panic_and_nothing_else() {
    let (recorder, _guard) = Recorder::install();
    spans::detect_intent().succeed();
    drop(spans::detect_intent());
    spans::detect_intent().fail("timeout", "too late");
    let panicked = std::panic::catch_unwind(|| {
        let _guard = spans::detect_intent();
        panic!("in a span");
    });
    assert!(panicked.is_err());
    let outcomes: Vec<_> = recorder
        .spans()
        .iter()
        .map(|span| OUTCOME.map(|field| span.value(field).map(str::to_owned)))
        .collect();
    let failed =
        |message: &str, kind: &str| ["ERROR", message, kind].map(|value| Some(value.to_owned()));
    let unset = || [const { None }; 3];
    let expected = [
        unset(),
        unset(),
        failed("too late", "timeout"),
        failed("panicked", "panic"),
    ];
    assert_eq!(outcomes, expected);
}
