//! Answers as Anthropic's Messages send them.

use serde_json::{Value, json};

use super::{Answer, Finish, LlmRequest, Noise, Usage, errors, plan::Event};

/// The events of a stream.
pub(super) fn events(answer: &Answer, request: &LlmRequest) -> Vec<Event> {
    let mut events = Vec::new();
    let mut push = |data: Value, is_piece| {
        events.push(Event {
            bytes: sse(&data),
            is_piece,
        })
    };

    let mut message = message(answer, request);
    message["content"] = json!([]);
    message["stop_reason"] = Value::Null;
    // The start knows the prompt; the first token is counted.
    message["usage"]["output_tokens"] = json!(1);
    push(json!({"type": "message_start", "message": message}), false);
    let mut pinged = false;
    let mut index = 0;
    let mut block = |start: Value, deltas: Vec<Value>| {
        push(
            json!({"type": "content_block_start", "index": index, "content_block": start}),
            false,
        );
        if !std::mem::replace(&mut pinged, true) {
            push(json!({"type": "ping"}), false);
        }
        for delta in deltas {
            push(
                json!({"type": "content_block_delta", "index": index, "delta": delta}),
                true,
            );
        }
        push(json!({"type": "content_block_stop", "index": index}), false);
        index += 1;
    };
    if !answer.text.is_empty() {
        let deltas = answer.text.iter();
        let deltas = deltas
            .map(|text| json!({"type": "text_delta", "text": text}))
            .collect();
        block(json!({"type": "text", "text": ""}), deltas);
    }
    for (position, call) in answer.calls.iter().enumerate() {
        let id = answer.call_id("toolu", request.number, position);
        let deltas = call.arguments.iter();
        let deltas = deltas
            .map(|piece| json!({"type": "input_json_delta", "partial_json": piece}))
            .collect();
        block(
            json!({"type": "tool_use", "id": id, "name": call.name, "input": {}}),
            deltas,
        );
    }
    push(
        json!({
            "type": "message_delta",
            "delta": {"stop_reason": stop_reason(answer), "stop_sequence": null},
            "usage": {"output_tokens": answer.usage.map_or(1, |usage| usage.completion)},
        }),
        false,
    );
    push(json!({"type": "message_stop"}), false);
    events
}

/// The answer to a request that wants no stream.
pub(super) fn whole(answer: &Answer, request: &LlmRequest) -> Value {
    let mut message = message(answer, request);
    let mut content = Vec::new();
    if !answer.text.is_empty() {
        content.push(json!({"type": "text", "text": answer.text.concat()}));
    }
    for (position, call) in answer.calls.iter().enumerate() {
        // Unlike OpenAI, Anthropic parses the arguments itself where it does not stream.
        let input = serde_json::from_str(&call.arguments.concat()).unwrap_or(json!({}));
        let id = answer.call_id("toolu", request.number, position);
        content.push(json!({"type": "tool_use", "id": id, "name": call.name, "input": input}));
    }
    message["content"] = content.into();
    message
}

/// The bytes of a noise.
pub(super) fn noise(noise: Noise) -> Vec<u8> {
    match noise {
        Noise::Malformed => {
            b"event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\n\n".to_vec()
        }
        Noise::Comment => b": keep-alive\n\n".to_vec(),
        Noise::UnknownEvent => sse(&json!({"type": "telemetry", "queue_ms": 3})),
        Noise::EmptyChoices => sse(&json!({"type": "ping"})),
    }
}

/// An error inside a stream.
pub(super) fn error_event() -> Vec<u8> {
    sse(&errors::anthropic_error(
        "overloaded_error",
        "scripted error in the stream",
    ))
}

fn sse(data: &Value) -> Vec<u8> {
    let event = data["type"].as_str().unwrap_or_default();
    format!("event: {event}\ndata: {data}\n\n").into_bytes()
}

fn message(answer: &Answer, request: &LlmRequest) -> Value {
    let id = answer.id.clone();
    let usage = answer.usage.unwrap_or(Usage {
        prompt: 1,
        completion: 1,
        cached: 0,
        cache_write: 0,
        reasoning: 0,
    });
    json!({
        "id": id.unwrap_or_else(|| format!("msg_{}", request.number)),
        "type": "message",
        "role": "assistant",
        "model": answer.model.as_deref().unwrap_or(request.model()),
        "stop_reason": stop_reason(answer),
        "stop_sequence": null,
        "usage": {
            // What the cache gave or took is not counted as input.
            "input_tokens": usage.prompt.saturating_sub(usage.cached + usage.cache_write),
            "cache_creation_input_tokens": usage.cache_write,
            "cache_read_input_tokens": usage.cached,
            "cache_creation": {
                "ephemeral_5m_input_tokens": usage.cache_write, "ephemeral_1h_input_tokens": 0,
            },
            "output_tokens": usage.completion,
            "service_tier": "standard",
        },
    })
}

fn stop_reason(answer: &Answer) -> &'static str {
    match answer.finish_reason() {
        Finish::Stop => "end_turn",
        Finish::ToolCalls => "tool_use",
        Finish::Length => "max_tokens",
        Finish::ContentFilter => "refusal",
    }
}
