//! Answers as OpenAI's chat completions send them.

use serde_json::{Map, Value, json};

use super::{Answer, Finish, LlmRequest, Noise, Usage, plan::Event};

/// When every scripted answer was made, in seconds since 1970: 2026-11-22.
const CREATED: u64 = 1_795_305_600;

/// The chunks of a stream, and its end mark.
pub(super) fn events(answer: &Answer, request: &LlmRequest) -> Vec<Event> {
    let wants_usage = request.wants_usage();
    let chunk = |choices: Value, usage: Option<Usage>| {
        let mut chunk = base("chat.completion.chunk", answer, request);
        chunk.insert("choices".into(), choices);
        if wants_usage {
            // Null in every chunk but the last.
            chunk.insert("usage".into(), usage.map_or(Value::Null, tokens));
        }
        sse(&Value::Object(chunk))
    };
    let delta = |delta: Value, finish: Option<&str>| {
        chunk(
            json!([{"index": 0, "delta": delta, "logprobs": null, "finish_reason": finish}]),
            None,
        )
    };
    let mut events = Vec::new();
    let mut push = |bytes, is_piece| events.push(Event { bytes, is_piece });

    let content = if answer.text.is_empty() {
        Value::Null
    } else {
        json!("")
    };
    push(
        delta(
            json!({"role": "assistant", "content": content, "refusal": null}),
            None,
        ),
        false,
    );
    for text in &answer.text {
        push(delta(json!({"content": text}), None), true);
    }
    for (index, call) in answer.calls.iter().enumerate() {
        let id = answer.call_id("call", request.number, index);
        let first = json!({"tool_calls": [{
            "index": index, "id": id, "type": "function",
            "function": {"name": call.name, "arguments": ""},
        }]});
        push(delta(first, None), false);
        for piece in &call.arguments {
            let more = json!({"tool_calls": [{"index": index, "function": {"arguments": piece}}]});
            push(delta(more, None), true);
        }
    }
    push(delta(json!({}), Some(finish(answer))), false);
    if let (true, Some(usage)) = (wants_usage, answer.usage) {
        push(chunk(json!([]), Some(usage)), false);
    }
    push(b"data: [DONE]\n\n".to_vec(), false);
    events
}

/// The answer to a request that wants no stream.
pub(super) fn whole(answer: &Answer, request: &LlmRequest) -> Value {
    let mut whole = base("chat.completion", answer, request);
    let text = answer.text.concat();
    let mut message = json!({
        "role": "assistant",
        "content": if text.is_empty() { Value::Null } else { text.into() },
        "refusal": null,
    });
    if !answer.calls.is_empty() {
        let calls = answer.calls.iter().enumerate().map(|(index, call)| {
            json!({
                "id": answer.call_id("call", request.number, index), "type": "function",
                "function": {"name": call.name, "arguments": call.arguments.concat()},
            })
        });
        message["tool_calls"] = calls.collect();
    }
    whole.insert(
        "choices".into(),
        json!([{"index": 0, "message": message, "logprobs": null, "finish_reason": finish(answer)}]),
    );
    if let Some(usage) = answer.usage {
        whole.insert("usage".into(), tokens(usage));
    }
    Value::Object(whole)
}

/// The bytes of a noise.
pub(super) fn noise(noise: Noise, answer: &Answer, request: &LlmRequest) -> Vec<u8> {
    match noise {
        Noise::Malformed => b"data: {\"id\":\"chatcmpl-\n\n".to_vec(),
        Noise::Comment => b": keep-alive\n\n".to_vec(),
        Noise::UnknownEvent => {
            let mut bytes = b"event: telemetry\n".to_vec();
            bytes.extend(sse(&json!({"object": "telemetry", "queue_ms": 3})));
            bytes
        }
        Noise::EmptyChoices => {
            let mut chunk = base("chat.completion.chunk", answer, request);
            chunk.insert("choices".into(), json!([]));
            sse(&Value::Object(chunk))
        }
    }
}

/// An error inside a stream.
pub(super) fn error_event() -> Vec<u8> {
    sse(&json!({"error": {
        "message": "scripted error in the stream", "type": "server_error",
        "param": null, "code": null,
    }}))
}

fn sse(data: &Value) -> Vec<u8> {
    format!("data: {data}\n\n").into_bytes()
}

fn base(object: &str, answer: &Answer, request: &LlmRequest) -> Map<String, Value> {
    let id = answer.id.clone();
    let model = answer.model.as_deref().unwrap_or(request.model());
    let fields = [
        (
            "id",
            json!(id.unwrap_or_else(|| format!("chatcmpl-{}", request.number))),
        ),
        ("object", json!(object)),
        ("created", json!(CREATED)),
        ("model", json!(model)),
        ("service_tier", json!("default")),
        ("system_fingerprint", json!("fp_scripted")),
    ];
    fields
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}

fn tokens(usage: Usage) -> Value {
    json!({
        "prompt_tokens": usage.prompt,
        "completion_tokens": usage.completion,
        "total_tokens": usage.prompt + usage.completion,
        "prompt_tokens_details": {"cached_tokens": usage.cached, "audio_tokens": 0},
        "completion_tokens_details": {
            "reasoning_tokens": usage.reasoning, "audio_tokens": 0,
            "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0,
        },
    })
}

fn finish(answer: &Answer) -> &'static str {
    match answer.finish_reason() {
        Finish::Stop => "stop",
        Finish::ToolCalls => "tool_calls",
        Finish::Length => "length",
        Finish::ContentFilter => "content_filter",
    }
}
