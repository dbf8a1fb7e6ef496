use serde_json::json;

use super::*;

mod messages;

/// A request in the second round of a turn, with everything that may be refused.
fn sent() -> Value {
    json!({
        "model": "m", "stream": true, "stream_options": {"include_usage": true},
        "temperature": 0.7, "max_tokens": 8192, "tool_choice": "none", "reasoning_effort": "low",
        "tools": [{"type": "function", "function": {"name": "search_flights"}}],
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "My model does not support tools, nor temperature."},
            {"role": "assistant", "content": null, "tool_calls": [{"id": "a"}]},
            {"role": "tool", "tool_call_id": "a", "content": "2 offers"},
        ],
    })
}

fn omit(name: &str) -> Option<Switch> {
    Some(Switch::Omit(name.to_owned()))
}

/// The shape of OpenAI and of most others.
fn error(message: &str, param: Option<&str>) -> Value {
    json!({"error": {"message": message, "type": "invalid_request_error", "param": param, "code": null}})
}

#[track_caller]
fn check(status: u16, body: &Value, switch: Option<Switch>) {
    assert_eq!(
        refused(status, body.to_string().as_bytes(), &sent()),
        switch,
        "{body}"
    );
}

#[test]
fn parameters_are_left_out_where_they_are_named() {
    for (message, param, name) in [
        (
            "Unknown parameter: 'stream_options'.",
            Some("stream_options"),
            "stream_options",
        ),
        (
            "Unrecognized request argument supplied: stream_options",
            None,
            "stream_options",
        ),
        (
            "Unrecognized key(s) in object: 'include_usage'",
            None,
            "stream_options",
        ),
        (
            "stream_options.include_usage is not supported",
            None,
            "stream_options",
        ),
        (
            "Unsupported value: 'temperature' does not take 0.7 with this model. Only the default (1) \
             value is supported.",
            Some("temperature"),
            "temperature",
        ),
        (
            "`temperature` is deprecated for this model.",
            None,
            "temperature",
        ),
        (
            "invalid temperature: only 1 is allowed for this model",
            None,
            "temperature",
        ),
        (
            "deepseek-reasoner does not support this tool_choice",
            None,
            "tool_choice",
        ),
        (
            "Thinking mode does not support this tool_choice",
            None,
            "tool_choice",
        ),
        (
            "reasoning_effort is not supported by this model",
            None,
            "reasoning_effort",
        ),
        (
            "Unsupported parameter: 'parallel_tool_calls' is not supported with this model.",
            Some("parallel_tool_calls"),
            "parallel_tool_calls",
        ),
        (
            "Unrecognized request argument supplied: metadata",
            None,
            "metadata",
        ),
        (
            "tools.0.function.strict: Extra inputs are not permitted",
            None,
            "strict",
        ),
    ] {
        check(400, &error(message, param), omit(name));
    }
    check(
        404,
        &json!({"error": {"code": 404,
            "message": "No endpoints found that support the provided 'tool_choice' value."}}),
        omit("tool_choice"),
    );
}

#[test]
fn validators_name_parameters_by_their_place() {
    let place = |path: Value| {
        json!({"detail": [{"type": "extra_forbidden", "loc": path,
            "msg": "Extra inputs are not permitted", "input": {"include_usage": true}}]})
    };
    check(
        422,
        &place(json!(["body", "stream_options"])),
        omit("stream_options"),
    );
    check(
        422,
        &place(json!(["body", "tool_choice"])),
        omit("tool_choice"),
    );
    let nested = json!({"object": "error", "message": place(json!(["body", "stream_options"])),
        "type": "invalid_request_error"});
    check(422, &nested, omit("stream_options"));
    let printed = json!({"object": "error", "code": 400, "message":
        "[{'type': 'extra_forbidden', 'loc': ('body', 'stream_options'), 'msg': 'Extra inputs are not \
         permitted', 'input': {'include_usage': True}}]"});
    check(400, &printed, omit("stream_options"));
    let wrapped = json!({"error": {"message": "Provider returned error", "code": 400,
        "metadata": {"raw": error("Unknown parameter: 'stream_options'.", None).to_string()}}});
    check(400, &wrapped, omit("stream_options"));
}

#[test]
fn the_limit_has_another_name_or_is_lower() {
    let new = Some(Switch::Limit(Limit::MaxCompletionTokens));
    check(
        400,
        &error(
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use \
             'max_completion_tokens' instead.",
            Some("max_tokens"),
        ),
        new.clone(),
    );
    check(400, &error("max_tokens: unknown field", None), new);
    for (message, most) in [
        (
            "max_tokens is too large: 8192. This model supports at most 4096 completion tokens",
            4_096,
        ),
        (
            "Invalid max_tokens value, the valid range of max_tokens is [1, 4096]",
            4_096,
        ),
        (
            "`max_tokens` must be less than or equal to `2048`, the maximum for this model",
            2_048,
        ),
    ] {
        check(400, &error(message, None), Some(Switch::MostTokens(most)));
    }
    check(
        400,
        &error(
            "'max_tokens' or 'max_completion_tokens' is too large: 8192. This model's maximum context \
             length is 4096 tokens and your request has 900 input tokens",
            None,
        ),
        omit("max_tokens"),
    );
    let mut mistral = sent();
    mistral.as_object_mut().unwrap().remove("max_tokens");
    mistral["max_completion_tokens"] = json!(8192);
    let body = json!({"detail": [{"type": "extra_forbidden", "loc": ["body", "max_completion_tokens"],
        "msg": "Extra inputs are not permitted", "input": 8192}]});
    assert_eq!(
        refused(422, body.to_string().as_bytes(), &mistral),
        Some(Switch::Limit(Limit::MaxTokens))
    );
}

#[test]
fn a_server_without_tools_says_so_in_many_ways() {
    for (status, message) in [
        (
            400,
            "registry.ollama.ai/library/gemma3:12b does not support tools",
        ),
        (
            400,
            "\"auto\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set",
        ),
        (500, "tools param requires --jinja flag"),
        (500, "Unsupported param: tools"),
        (
            404,
            "No endpoints found that support tool use. Try disabling \"search_flights\".",
        ),
        (400, "`tool calling` is not supported with this model"),
        (400, "`tools` is not supported with this model"),
        (400, "Function calling is not enabled for this model"),
        (400, "tool use is not supported"),
        (400, "Unrecognized request argument supplied: tools"),
    ] {
        check(status, &error(message, None), Some(Switch::NoTools));
    }
    check(
        400,
        &json!({"error": "registry.ollama.ai/library/phi:2 does not support tools"}),
        Some(Switch::NoTools),
    );
    check(
        400,
        &error("Unsupported parameter", Some("tools")),
        Some(Switch::NoTools),
    );
    let mut bare = sent();
    bare.as_object_mut().unwrap().remove("tools");
    let body = error("this model does not support tools", None).to_string();
    assert_eq!(refused(400, body.as_bytes(), &bare), None);
}

#[test]
fn reasoning_does_not_go_with_tools() {
    let message = "Function tools with reasoning_effort are not supported for gpt-5.6 in \
        /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.";
    check(
        400,
        &error(message, Some("reasoning_effort")),
        Some(Switch::NoReasoningWithTools),
    );
}

#[test]
fn thoughts_and_signatures_are_wanted_back() {
    for body in [
        error(
            "The `reasoning_content` in the thinking mode must be passed back to the API.",
            None,
        ),
        error(
            "thinking is enabled but reasoning_content is missing in assistant tool call message at \
            index 2",
            None,
        ),
        json!({"error": {"code": "400", "message": "Param Incorrect", "type": "",
            "param": "The reasoning_content in the thinking mode must be passed back to the API."}}),
        json!({"error": {"message": "思考模式下 reasoning_content 必须返回给 API"}}),
    ] {
        check(400, &body, Some(Switch::Thoughts(true)));
    }
    let as_event = b"data:{\"error\":{\"code\":\"400\",\"message\":\"Param Incorrect\",\"param\":\
        \"The reasoning_content in the thinking mode must be passed back to the API.\"}}";
    assert_eq!(
        refused(400, as_event, &sent()),
        Some(Switch::Thoughts(true))
    );
    check(
        400,
        &json!([{"error": {"code": 400, "status": "INVALID_ARGUMENT",
            "message": "Function call is missing a thought_signature in functionCall parts."}}]),
        Some(Switch::ThoughtSignature(true)),
    );
    let mut given = sent();
    given["messages"][2]["reasoning_content"] = json!("I search.");
    let body = error("reasoning_content is not allowed in the input", None).to_string();
    assert_eq!(
        refused(400, body.as_bytes(), &given),
        Some(Switch::Thoughts(false))
    );
}

#[test]
fn what_is_no_matter_of_dialect_is_left_alone() {
    for (status, body) in [
        (401, error("temperature: invalid key", None)),
        (
            429,
            error("max_tokens per minute exceeded: unsupported", None),
        ),
        (
            400,
            error(
                "This model's maximum context length is 4096 tokens. However, you requested 8192 \
            output tokens and your prompt contains at least 4991 input tokens.",
                Some("input_tokens"),
            ),
        ),
        (
            400,
            json!({"error": {"code": "content_filter", "param": "prompt", "message":
            "The response was filtered due to the prompt triggering a content management policy."}}),
        ),
        (
            400,
            json!({"error": {"code": "tool_use_failed", "message": "Failed to call a function.",
            "failed_generation": "temperature is not supported, tools are not supported"}}),
        ),
        (
            404,
            json!({"error": {"message": "The model `m` does not exist", "code": "model_not_found"}}),
        ),
        (500, error("Internal server error", None)),
        // What a validator quotes is what people wrote.
        (
            422,
            json!({"detail": [{"loc": ["body", "seed"], "msg": "not an integer",
            "input": {"content": "My model does not support tools, nor temperature."}}]}),
        ),
    ] {
        check(status, &body, None);
    }
    assert_eq!(refused(404, b"404 page not found", &sent()), None);
    assert_eq!(refused(500, b"", &sent()), None);
}
