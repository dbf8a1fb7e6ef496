//! OpenAI's chat completions.

use serde_json::Value;

use super::{has_text, items, pairing::Pairing, tools};

/// Checks a body.
pub(super) fn check(body: &Value, wrong: &mut Vec<String>) {
    messages(items(&body["messages"]), wrong);
    offered(body, wrong);
    if body["stream"] != true && !body["stream_options"].is_null() {
        wrong.push("stream_options without stream".into());
    }
    for key in ["max_tokens", "max_completion_tokens"] {
        if body
            .get(key)
            .is_some_and(|most| most.as_u64().is_none_or(|most| most == 0))
        {
            wrong.push(format!("{key} is not a positive number"));
        }
    }
}

fn messages(messages: &[Value], wrong: &mut Vec<String>) {
    let mut pairing = Pairing::default();
    let mut past_system = false;
    for (at, message) in messages.iter().enumerate() {
        let role = message["role"].as_str().unwrap_or_default();
        if role != "tool" {
            pairing.end_of_results(wrong);
        }
        match role {
            "system" | "developer" => {
                if past_system {
                    wrong.push(format!("message {at}: {role} after others"));
                }
                content(message, at, wrong);
            }
            "user" => content(message, at, wrong),
            "assistant" => {
                let calls = &message["tool_calls"];
                if calls.is_null() {
                    content(message, at, wrong);
                } else if items(calls).is_empty() {
                    wrong.push(format!("message {at}: tool_calls without a call"));
                }
                for call in items(calls) {
                    tool_call(call, at, wrong);
                    pairing.call(call["id"].as_str().unwrap_or_default(), wrong);
                }
            }
            "tool" => {
                content(message, at, wrong);
                pairing.result(message["tool_call_id"].as_str().unwrap_or_default(), wrong);
            }
            _ => wrong.push(format!("message {at}: {} is no role", message["role"])),
        }
        past_system |= !matches!(role, "system" | "developer");
    }
    pairing.end_of_results(wrong);
    let last = messages.last().map(|message| &message["role"]);
    // OpenAI takes any, but Mistral only these.
    if !last.is_some_and(|role| role == "user" || role == "tool") {
        wrong.push("the last message is neither the user's nor a tool's".into());
    }
}

fn content(message: &Value, at: usize, wrong: &mut Vec<String>) {
    let parts = items(&message["content"]);
    let is_good = match &message["content"] {
        // A tool may answer nothing.
        Value::String(text) => !text.is_empty() || message["role"] == "tool",
        Value::Array(_) => {
            !parts.is_empty()
                && parts
                    .iter()
                    .all(|part| part["type"] != "text" || has_text(&part["text"]))
        }
        _ => false,
    };
    if !is_good {
        wrong.push(format!("message {at}: no content"));
    }
}

fn tool_call(call: &Value, at: usize, wrong: &mut Vec<String>) {
    if call["type"] != "function" {
        wrong.push(format!("message {at}: a tool call is of no type"));
    }
    let function = &call["function"];
    let name = function["name"].as_str().unwrap_or_default();
    if !tools::is_name(name) {
        wrong.push(format!("message {at}: {name:?} is no name for a tool"));
    }
    match function["arguments"].as_str() {
        None => wrong.push(format!(
            "message {at}: the arguments of {name} are no string"
        )),
        // OpenAI takes any string, but vLLM and llama.cpp parse it for the model's template.
        Some(text) if serde_json::from_str::<Value>(text).is_ok_and(|json| json.is_object()) => {}
        Some(_) => wrong.push(format!(
            "message {at}: the arguments of {name} hold no JSON object"
        )),
    }
}

fn offered(body: &Value, wrong: &mut Vec<String>) {
    if body["tools"].is_null() {
        for key in ["tool_choice", "parallel_tool_calls"] {
            if !body[key].is_null() {
                wrong.push(format!("{key} without tools"));
            }
        }
        return;
    }
    let offered = items(&body["tools"]);
    if offered.is_empty() {
        wrong.push("tools without a tool".into());
    }
    if offered.iter().any(|tool| tool["type"] != "function") {
        wrong.push("a tool is of no type".into());
    }
    let functions = offered.iter().map(|tool| &tool["function"]);
    tools::check(functions.clone(), "parameters", wrong);
    match &body["tool_choice"] {
        Value::Null => {}
        Value::String(choice) if ["auto", "none", "required"].contains(&&**choice) => {}
        choice => {
            let name = &choice["function"]["name"];
            if !functions.clone().any(|function| &function["name"] == name) {
                wrong.push(format!("tool_choice {choice} is none of the tools"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::llm::{Protocol, invariants::invariants};

    use super::*;

    fn call(id: &str) -> Value {
        json!({"id": id, "type": "function", "function": {"name": "find", "arguments": "{}"}})
    }

    fn result(id: &str) -> Value {
        json!({"role": "tool", "tool_call_id": id, "content": "2 flights"})
    }

    fn calls(calls: &[Value]) -> Value {
        json!({"role": "assistant", "content": null, "tool_calls": calls})
    }

    fn user(text: &str) -> Value {
        json!({"role": "user", "content": text})
    }

    fn tool() -> Value {
        json!({"type": "function", "function": {
            "name": "find", "description": "Finds.",
            "parameters": {"type": "object", "properties": {}}}})
    }

    fn of_messages(messages: &[Value]) -> Vec<String> {
        invariants(
            Protocol::OpenAi,
            &json!({"model": "m", "messages": messages}),
        )
    }

    #[test]
    fn a_good_request_passes() {
        let body = json!({
            "model": "gpt", "stream": true, "stream_options": {"include_usage": true},
            "max_completion_tokens": 500,
            "messages": [
                {"role": "system", "content": "Be brief."},
                user("Lisbon?"),
                calls(&[call("a"), call("b")]), result("b"), result("a"),
                {"role": "assistant", "content": "Here."},
                {"role": "user", "content": [{"type": "text", "text": "And?"}]},
                calls(&[call("c")]), result("c"),
            ],
            "tools": [tool()],
            "tool_choice": {"type": "function", "function": {"name": "find"}},
            "parallel_tool_calls": true,
        });
        assert_eq!(invariants(Protocol::OpenAi, &body), [""; 0]);
    }

    #[test]
    fn each_fault_of_the_messages_is_named() {
        let system = json!({"role": "system", "content": "s"});
        for (messages, what) in [
            (
                vec![],
                "the last message is neither the user's nor a tool's",
            ),
            (
                vec![user("a"), json!({"role": "assistant", "content": "b"})],
                "the last message is neither the user's nor a tool's",
            ),
            (
                vec![user("a"), system, user("b")],
                "message 1: system after others",
            ),
            (
                vec![json!({"role": "bot", "content": "a"}), user("a")],
                "message 0: \"bot\" is no role",
            ),
            (vec![user("")], "message 0: no content"),
            (
                vec![json!({"role": "user", "content": [{"type": "text", "text": ""}]})],
                "message 0: no content",
            ),
            (
                vec![json!({"role": "assistant", "content": null}), user("a")],
                "message 0: no content",
            ),
            (
                vec![calls(&[]), user("a")],
                "message 0: tool_calls without a call",
            ),
            (
                vec![calls(&[call("a")]), user("a")],
                "the tool call a is not answered",
            ),
            (
                vec![calls(&[call("a"), call("b")]), result("a")],
                "the tool call b is not answered",
            ),
            (
                vec![calls(&[call("a")]), result("a"), result("a")],
                "the tool call a is answered twice",
            ),
            (
                vec![calls(&[call("a")]), result("a"), user("x"), result("a")],
                "the tool result a answers no call of the assistant message before it",
            ),
            (
                vec![user("x"), result("z")],
                "the tool result z answers no call of the assistant message before it",
            ),
            (
                vec![calls(&[call("a"), call("a")]), result("a")],
                "the id a is used by two tool calls",
            ),
            (
                vec![
                    calls(&[call("a")]),
                    result("a"),
                    calls(&[call("a")]),
                    result("a"),
                ],
                "the id a is used by two tool calls",
            ),
            (
                vec![calls(&[call("")]), result("")],
                "a tool call has no id",
            ),
            (
                vec![calls(&[
                    json!({"id": "a", "function": {"name": "find", "arguments": "{}"}}),
                ])],
                "message 0: a tool call is of no type",
            ),
            (
                vec![calls(&[json!({"id": "a", "type": "function",
                    "function": {"name": "find", "arguments": {}}})])],
                "message 0: the arguments of find are no string",
            ),
            (
                vec![calls(&[json!({"id": "a", "type": "function",
                    "function": {"name": "find", "arguments": "{\"to\":"}})])],
                "message 0: the arguments of find hold no JSON object",
            ),
        ] {
            let wrong = of_messages(&messages);
            assert!(wrong.iter().any(|it| it == what), "{what}: {wrong:?}");
        }
    }

    #[test]
    fn each_fault_of_the_options_is_named() {
        for (options, what) in [
            (json!({"model": ""}), "model is not a name"),
            (
                json!({"stream_options": {}}),
                "stream_options without stream",
            ),
            (
                json!({"max_tokens": 0}),
                "max_tokens is not a positive number",
            ),
            (json!({"tool_choice": "auto"}), "tool_choice without tools"),
            (
                json!({"parallel_tool_calls": true}),
                "parallel_tool_calls without tools",
            ),
            (json!({"tools": []}), "tools without a tool"),
            (json!({"tools": [{"function": {}}]}), "a tool is of no type"),
            (
                json!({"tools": [tool(), tool()]}),
                "two tools are named find",
            ),
            (
                json!({"tools": [tool()], "tool_choice": "any"}),
                "tool_choice \"any\" is none of the tools",
            ),
        ] {
            let mut body = json!({"model": "m", "messages": [user("a")]});
            for (key, value) in options.as_object().unwrap() {
                body[key] = value.clone();
            }
            let wrong = invariants(Protocol::OpenAi, &body);
            assert!(wrong.iter().any(|it| it == what), "{what}: {wrong:?}");
        }
    }
}
