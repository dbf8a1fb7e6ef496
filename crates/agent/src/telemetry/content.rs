//! What people, models and tools say, in the JSON shapes of the GenAI conventions.
//!
//! Built only where the operator wants it. Nothing is redacted here: that is done for all of it in one
//! place, before anyone sees the span.

use serde_json::{Value, json};

use crate::{
    llm::{Answer, ChatRequest, FinishReason, ToolSpec},
    message::{Message, ToolCall},
    telemetry::SpanGuard,
};

/// Records what a model is told.
pub fn record_request(guard: &SpanGuard, request: &ChatRequest) {
    let instructions = system_instructions(&request.messages);
    if !instructions.is_empty() {
        record(guard, "gen_ai.system_instructions", instructions.into());
    }
    let messages = input_messages(&request.messages);
    record(guard, "gen_ai.input.messages", messages.into());
    if !request.tools.is_empty() {
        let tools: Vec<_> = request.tools.iter().map(definition).collect();
        record(guard, "gen_ai.tool.definitions", tools.into());
    }
}

/// Records what a model has answered, as far as it came.
pub fn record_answer(guard: &SpanGuard, answer: &Answer) {
    if answer.text.is_empty() && answer.tool_calls.is_empty() {
        return;
    }
    let message = json!([{
        "role": "assistant",
        "parts": said(&answer.text, &answer.tool_calls),
        "finish_reason": finish_reason(answer.finish),
    }]);
    record(guard, "gen_ai.output.messages", message);
}

/// Records what a tool is asked.
pub fn record_arguments(guard: &SpanGuard, call: &ToolCall) {
    record(guard, "gen_ai.tool.call.arguments", arguments(call));
}

/// Records what a tool has answered.
pub fn record_result(guard: &SpanGuard, text: &str) {
    record(guard, "gen_ai.tool.call.result", json_or_text(text));
}

fn record(guard: &SpanGuard, field: &'static str, value: Value) {
    guard.record(field, value.to_string().as_str());
}

fn system_instructions(messages: &[Message]) -> Vec<Value> {
    let texts = messages.iter().filter_map(|message| match message {
        Message::System { text } => Some(text_part(text)),
        Message::User { .. } | Message::Assistant { .. } | Message::Tool { .. } => None,
    });
    texts.collect()
}

fn input_messages(messages: &[Message]) -> Vec<Value> {
    let told = messages.iter().filter_map(|message| {
        let (role, parts) = match message {
            Message::System { .. } => return None,
            Message::User { text, note } => {
                let texts = [text, note].into_iter().filter(|text| !text.is_empty());
                ("user", texts.map(|text| text_part(text)).collect())
            }
            Message::Assistant { text, tool_calls } => ("assistant", said(text, tool_calls)),
            Message::Tool { call_id, text, .. } => {
                let response = json_or_text(text);
                let part =
                    json!({"type": "tool_call_response", "id": call_id, "response": response});
                ("tool", vec![part])
            }
        };
        Some(json!({"role": role, "parts": parts}))
    });
    told.collect()
}

fn said(text: &str, calls: &[ToolCall]) -> Vec<Value> {
    let text = (!text.is_empty()).then(|| text_part(text));
    let calls = calls.iter().map(|call| {
        json!({"type": "tool_call", "id": call.id, "name": call.name, "arguments": arguments(call)})
    });
    text.into_iter().chain(calls).collect()
}

fn text_part(text: &str) -> Value {
    json!({"type": "text", "content": text})
}

fn definition(tool: &ToolSpec) -> Value {
    json!({
        "type": "function",
        "name": tool.name,
        "description": tool.description,
        "parameters": tool.parameters,
    })
}

/// What a model wrote, even where it is no JSON.
fn arguments(call: &ToolCall) -> Value {
    call.json()
        .unwrap_or_else(|_| Value::from(call.arguments.as_str()))
}

fn json_or_text(text: &str) -> Value {
    let json = serde_json::from_str(text).ok();
    let json = json.filter(|value: &Value| value.is_object() || value.is_array());
    json.unwrap_or_else(|| Value::from(text))
}

/// The convention's words; one that broke off or was stopped is an `error`.
const fn finish_reason(finish: Option<FinishReason>) -> &'static str {
    match finish {
        None => "error",
        Some(FinishReason::ToolCalls) => "tool_call",
        Some(other) => other.as_str(),
    }
}
