//! One constructor per span. Every field is declared here; `record` on any other is lost.
//!
//! Fields are recorded once: a second `record` would export the attribute twice. Integers are `i64`,
//! because the OpenTelemetry layer turns other integers into strings.

use tracing::{Span, field::Empty, info_span};

use super::{SpanGuard, word::word};

/// Opens the root of a turn. The caller links it to a parent before anything enters it.
#[must_use]
pub fn turn(door: &'static str, input_chars: usize) -> Span {
    info_span!(
        parent: None,
        "agent.iteration",
        otel.kind = "server",
        otel.status_code = Empty,
        otel.status_description = Empty,
        error.type = Empty,
        agent.iteration = 0_i64,
        agent.door = door,
        agent.intent = Empty,
        agent.intent.confidence = Empty,
        agent.intent.source = Empty,
        agent.user_input_length = i64::try_from(input_chars).unwrap_or(i64::MAX),
        agent.response_length = Empty,
        agent.iterations = Empty,
        agent.fast_mode = Empty,
        agent.model_provider = Empty,
        agent.ungrounded_facts = Empty,
        agent.reading.left_over = Empty,
        agent.prompt_type = Empty,
        agent.locale = Empty,
        gen_ai.usage.input_tokens = Empty,
        gen_ai.usage.output_tokens = Empty,
        session.id = Empty,
        http.request.method = Empty,
        url.path = Empty,
        http.response.status_code = Empty,
    )
}

/// Opens the span of intent and reading.
#[must_use]
pub fn detect_intent() -> SpanGuard {
    SpanGuard::new(info_span!(
        "agent.detect_intent",
        otel.status_code = Empty,
        otel.status_description = Empty,
        error.type = Empty,
        agent.intent = Empty,
        agent.intent.confidence = Empty,
        agent.intent.source = Empty,
        agent.locale = Empty,
    ))
}

/// Opens the span of one request to a model.
#[must_use]
pub fn llm_call(provider: &str, model: &str, attempt: i64) -> SpanGuard {
    SpanGuard::new(info_span!(
        "llm.call",
        otel.kind = "client",
        otel.status_code = Empty,
        otel.status_description = Empty,
        error.type = Empty,
        llm.model = model,
        llm.provider = provider,
        llm.temperature = Empty,
        llm.response_length = Empty,
        llm.time_to_first_token_ms = Empty,
        llm.tokens.prompt = Empty,
        llm.tokens.completion = Empty,
        llm.tokens.total = Empty,
        llm.tokens.cached = Empty,
        llm.tokens.cache_written = Empty,
        llm.tokens.reasoning = Empty,
        llm.usage_estimated = Empty,
        llm.estimated_cost_usd = Empty,
        llm.attempt = attempt,
        llm.finish_reason = Empty,
        llm.purpose = Empty,
        llm.recovery = Empty,
        llm.error.code = Empty,
        llm.error.message = Empty,
        http.response.status_code = Empty,
        gen_ai.request.max_tokens = Empty,
        gen_ai.response.id = Empty,
        gen_ai.response.model = Empty,
        gen_ai.request.stream = true,
        gen_ai.conversation.id = Empty,
        gen_ai.system_instructions = Empty,
        gen_ai.input.messages = Empty,
        gen_ai.output.messages = Empty,
        gen_ai.tool.definitions = Empty,
        server.address = Empty,
        server.port = Empty,
    ))
}

/// Opens the span of one tool call.
#[must_use]
pub fn tool_call(name: &str, call_id: &str) -> SpanGuard {
    SpanGuard::new(info_span!(
        "tool.call",
        otel.status_code = Empty,
        otel.status_description = Empty,
        error.type = Empty,
        agent.door = Empty,
        tool.name = name,
        tool.success = Empty,
        tool.result_count = Empty,
        tool.source = Empty,
        tool.departure = Empty,
        tool.arrival = Empty,
        tool.date = Empty,
        tool.return_date = Empty,
        tool.city = Empty,
        tool.check_in = Empty,
        tool.check_out = Empty,
        tool.category = Empty,
        tool.nights = Empty,
        tool.pace = Empty,
        tool.kind = Empty,
        tool.airport_code = Empty,
        tool.cabin = Empty,
        tool.month = Empty,
        gen_ai.tool.call.id = word(call_id),
        gen_ai.tool.call.arguments = Empty,
        gen_ai.tool.call.result = Empty,
        gen_ai.conversation.id = Empty,
    ))
}

/// Opens the span of a question to a source, such as `source.hotels`.
#[must_use]
pub fn source(name: &'static str, operation: &'static str) -> SpanGuard {
    SpanGuard::new(info_span!(
        "source",
        otel.name = format!("{}.{operation}", super::names::SOURCE),
        otel.status_code = Empty,
        otel.status_description = Empty,
        error.type = Empty,
        tool.source = name,
        tool.result_count = Empty,
    ))
}

/// Opens the span of a database operation, such as `store.begin_turn`.
#[must_use]
pub fn store(system: &'static str, operation: &'static str) -> SpanGuard {
    SpanGuard::new(info_span!(
        "store",
        otel.name = format!("{}.{operation}", super::names::STORE),
        otel.kind = "client",
        otel.status_code = Empty,
        otel.status_description = Empty,
        error.type = Empty,
        db.system.name = system,
        db.operation.name = operation,
    ))
}
