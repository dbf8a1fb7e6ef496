//! Anthropic's Messages.

use serde_json::Value;

use super::{has_text, items, pairing::Pairing, tools};

/// Most marks of the prompt cache in a request.
const MOST_CACHE_MARKS: usize = 4;

/// Fields that the API knows without a beta header; it refuses others.
const FIELDS: [&str; 20] = [
    "cache_control",
    "container",
    "diagnostics",
    "inference_geo",
    "max_tokens",
    "messages",
    "metadata",
    "model",
    "output_config",
    "service_tier",
    "speed",
    "stop_sequences",
    "stream",
    "system",
    "temperature",
    "thinking",
    "tool_choice",
    "tools",
    "top_k",
    "top_p",
];

/// Checks a body.
pub(super) fn check(body: &Value, wrong: &mut Vec<String>) {
    let fields = body
        .as_object()
        .into_iter()
        .flat_map(|fields| fields.keys());
    for field in fields.filter(|field| !FIELDS.contains(&&***field)) {
        wrong.push(format!("{field} is no field of a request"));
    }
    if body["max_tokens"].as_u64().is_none_or(|most| most == 0) {
        wrong.push("max_tokens is not a positive number".into());
    }
    match &body["system"] {
        Value::Null => {}
        Value::String(_) if has_text(&body["system"]) => {}
        Value::Array(blocks) if !blocks.is_empty() && blocks.iter().all(is_text) => {}
        _ => wrong.push("system is neither text nor text blocks".into()),
    }
    messages(items(&body["messages"]), wrong);
    offered(body, wrong);
    let marks = cache_marks(body, wrong);
    if marks > MOST_CACHE_MARKS {
        wrong.push(format!("{marks} cache_control marks"));
    }
}

fn is_text(block: &Value) -> bool {
    block["type"] == "text" && has_text(&block["text"])
}

fn messages(messages: &[Value], wrong: &mut Vec<String>) {
    let mut pairing = Pairing::default();
    let mut expected = "user";
    for (at, message) in messages.iter().enumerate() {
        let role = message["role"].as_str().unwrap_or_default();
        if role != expected {
            wrong.push(format!("message {at}: {role:?} where {expected} speaks"));
        }
        expected = if role == "user" { "assistant" } else { "user" };
        let content = &message["content"];
        let blocks = items(content);
        if blocks.is_empty() && !has_text(content) {
            wrong.push(format!("message {at}: no content"));
        }
        if role == "user" {
            user(blocks, at, &mut pairing, wrong);
        } else {
            pairing.end_of_results(wrong);
            assistant(blocks, at, &mut pairing, wrong);
        }
    }
    pairing.end_of_results(wrong);
    // An answer begun for the model is refused by Claude 4.6 and later.
    if messages
        .last()
        .is_none_or(|message| message["role"] != "user")
    {
        wrong.push("the last message is not the user's".into());
    }
}

fn user<'a>(blocks: &'a [Value], at: usize, pairing: &mut Pairing<'a>, wrong: &mut Vec<String>) {
    let mut past_results = false;
    for block in blocks {
        match block["type"].as_str() {
            Some("tool_result") => {
                if past_results {
                    wrong.push(format!("message {at}: a tool_result after other blocks"));
                }
                let content = &block["content"];
                if !(content.is_null() || content.is_string() || content.is_array()) {
                    wrong.push(format!("message {at}: a tool_result has no content"));
                }
                pairing.result(block["tool_use_id"].as_str().unwrap_or_default(), wrong);
            }
            Some("text") => text(block, at, wrong),
            Some("image" | "document") => {}
            _ => wrong.push(format!(
                "message {at}: {} is no block of a user",
                block["type"]
            )),
        }
        past_results |= block["type"] != "tool_result";
    }
    pairing.end_of_results(wrong);
}

fn assistant<'a>(
    blocks: &'a [Value],
    at: usize,
    pairing: &mut Pairing<'a>,
    wrong: &mut Vec<String>,
) {
    for block in blocks {
        match block["type"].as_str() {
            Some("tool_use") => {
                let name = block["name"].as_str().unwrap_or_default();
                if !tools::is_name(name) {
                    wrong.push(format!("message {at}: {name:?} is no name for a tool"));
                }
                if !block["input"].is_object() {
                    wrong.push(format!("message {at}: the input of {name} is no object"));
                }
                let id = block["id"].as_str().unwrap_or_default();
                if !id
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
                {
                    wrong.push(format!("message {at}: {id:?} is no id of a tool call"));
                }
                pairing.call(id, wrong);
            }
            Some("text") => text(block, at, wrong),
            Some("thinking") if block["signature"].is_string() => {}
            Some("redacted_thinking") => {}
            _ => wrong.push(format!(
                "message {at}: {} is no block of the assistant",
                block["type"]
            )),
        }
    }
}

fn text(block: &Value, at: usize, wrong: &mut Vec<String>) {
    if !has_text(&block["text"]) {
        wrong.push(format!("message {at}: an empty text block"));
    }
}

fn offered(body: &Value, wrong: &mut Vec<String>) {
    let offered = items(&body["tools"]);
    if offered.is_empty() {
        if !body["tool_choice"].is_null() {
            wrong.push("tool_choice without tools".into());
        }
        let mut blocks = items(&body["messages"])
            .iter()
            .flat_map(|message| items(&message["content"]));
        if blocks.any(|block| block["type"] == "tool_use" || block["type"] == "tool_result") {
            wrong.push("tool calls in the history, and no tools".into());
        }
    }
    tools::check(offered.iter(), "input_schema", wrong);
    let choice = &body["tool_choice"];
    let is_good = match choice["type"].as_str() {
        Some("auto" | "any" | "none") => true,
        Some("tool") => offered.iter().any(|tool| tool["name"] == choice["name"]),
        _ => choice.is_null(),
    };
    if !is_good {
        wrong.push(format!("tool_choice {choice} is none of the tools"));
    }
}

/// Counts the marks of the prompt cache, those in tool results included.
fn cache_marks(body: &Value, wrong: &mut Vec<String>) -> usize {
    let blocks = items(&body["messages"])
        .iter()
        .flat_map(|message| items(&message["content"]));
    let nested = blocks.clone().flat_map(|block| items(&block["content"]));
    let marked = items(&body["tools"])
        .iter()
        .chain(items(&body["system"]))
        .chain(blocks)
        .chain(nested)
        .chain([body])
        .filter(|holder| !holder["cache_control"].is_null());
    let mut count = 0;
    for holder in marked {
        count += 1;
        if holder["cache_control"]["type"] != "ephemeral" {
            wrong.push(format!(
                "{} is no mark of the cache",
                holder["cache_control"]
            ));
        }
        if holder["type"] == "thinking" {
            wrong.push("a mark of the cache on a thinking block".into());
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::llm::{Protocol, invariants::invariants};

    use super::*;

    fn user(content: Value) -> Value {
        json!({"role": "user", "content": content})
    }

    fn assistant(content: Value) -> Value {
        json!({"role": "assistant", "content": content})
    }

    fn call(id: &str) -> Value {
        json!({"type": "tool_use", "id": id, "name": "find", "input": {}})
    }

    fn result(id: &str) -> Value {
        json!({"type": "tool_result", "tool_use_id": id, "content": "2 flights"})
    }

    fn tool() -> Value {
        json!({"name": "find", "description": "Finds.",
            "input_schema": {"type": "object", "properties": {}}})
    }

    fn marked() -> Value {
        json!({"type": "text", "text": "a", "cache_control": {"type": "ephemeral"}})
    }

    fn of_messages(messages: &[Value]) -> Vec<String> {
        let body = json!({
            "model": "m", "max_tokens": 9, "tools": [tool()], "messages": messages,
        });
        invariants(Protocol::Anthropic, &body)
    }

    #[test]
    fn a_good_request_passes() {
        let body = json!({
            "model": "claude", "max_tokens": 500, "stream": true,
            "system": [{"type": "text", "text": "Be brief.",
                "cache_control": {"type": "ephemeral"}}],
            "tools": [tool()],
            "tool_choice": {"type": "none"},
            "messages": [
                user(json!("Lisbon?")),
                assistant(json!([
                    {"type": "thinking", "thinking": "", "signature": "c2ln"},
                    {"type": "text", "text": "Let me see."}, call("a"), call("b")])),
                user(json!([result("b"), result("a"), {"type": "text", "text": "Quick!"}])),
                assistant(json!("Here.")),
                user(json!([marked()])),
            ],
        });
        assert_eq!(invariants(Protocol::Anthropic, &body), [""; 0]);
    }

    #[test]
    fn each_fault_of_the_messages_is_named() {
        let hello = || user(json!("hello"));
        for (messages, what) in [
            (vec![], "the last message is not the user's"),
            (
                vec![hello(), assistant(json!("a"))],
                "the last message is not the user's",
            ),
            (
                vec![assistant(json!("a")), hello()],
                "message 0: \"assistant\" where user speaks",
            ),
            (
                vec![hello(), hello()],
                "message 1: \"user\" where assistant speaks",
            ),
            (
                vec![json!({"role": "system", "content": "a"}), hello()],
                "message 0: \"system\" where user speaks",
            ),
            (vec![user(json!([]))], "message 0: no content"),
            (vec![user(json!(" "))], "message 0: no content"),
            (
                vec![user(json!([{"type": "text", "text": ""}]))],
                "message 0: an empty text block",
            ),
            (
                vec![
                    hello(),
                    assistant(json!([{"type": "text", "text": "\n"}])),
                    hello(),
                ],
                "message 1: an empty text block",
            ),
            (
                vec![hello(), assistant(json!([call("a")])), hello()],
                "the tool call a is not answered",
            ),
            (
                vec![
                    hello(),
                    assistant(json!([call("a"), call("b")])),
                    user(json!([result("a")])),
                ],
                "the tool call b is not answered",
            ),
            (
                vec![
                    hello(),
                    assistant(json!([call("a")])),
                    user(json!([result("a"), result("a")])),
                ],
                "the tool call a is answered twice",
            ),
            (
                vec![user(json!([result("a")]))],
                "the tool result a answers no call of the assistant message before it",
            ),
            (
                vec![
                    hello(),
                    assistant(json!([call("a")])),
                    user(json!([{"type": "text", "text": "x"}, result("a")])),
                ],
                "message 2: a tool_result after other blocks",
            ),
            (
                vec![
                    hello(),
                    assistant(json!([call("a"), call("a")])),
                    user(json!([result("a")])),
                ],
                "the id a is used by two tool calls",
            ),
            (
                vec![
                    hello(),
                    assistant(json!([call("a b")])),
                    user(json!([result("a b")])),
                ],
                "message 1: \"a b\" is no id of a tool call",
            ),
            (
                vec![
                    hello(),
                    assistant(json!([{"type": "tool_use", "id": "a", "name": "find",
                    "input": "{}"}])),
                    user(json!([result("a")])),
                ],
                "message 1: the input of find is no object",
            ),
            (
                vec![hello(), assistant(json!([result("a")])), hello()],
                "message 1: \"tool_result\" is no block of the assistant",
            ),
            (
                vec![user(json!([call("a")]))],
                "message 0: \"tool_use\" is no block of a user",
            ),
            (
                vec![
                    hello(),
                    assistant(json!([{"type": "thinking", "thinking": "x"}])),
                    hello(),
                ],
                "message 1: \"thinking\" is no block of the assistant",
            ),
        ] {
            let wrong = of_messages(&messages);
            assert!(wrong.iter().any(|it| it == what), "{what}: {wrong:?}");
        }
    }

    #[test]
    fn each_fault_of_the_options_is_named() {
        for (options, what) in [
            (json!({"model": 4}), "model is not a name"),
            (
                json!({"max_tokens": null}),
                "max_tokens is not a positive number",
            ),
            (
                json!({"stream_options": {}}),
                "stream_options is no field of a request",
            ),
            (
                json!({"system": ""}),
                "system is neither text nor text blocks",
            ),
            (
                json!({"system": [{"type": "text", "text": ""}]}),
                "system is neither text nor text blocks",
            ),
            (
                json!({"tool_choice": {"type": "auto"}}),
                "tool_choice without tools",
            ),
            (
                json!({"tools": [tool()], "tool_choice": {"type": "tool", "name": "x"}}),
                "tool_choice {\"name\":\"x\",\"type\":\"tool\"} is none of the tools",
            ),
            (
                json!({"tools": [tool(), tool()]}),
                "two tools are named find",
            ),
            (
                json!({"messages": [user(json!("a")), assistant(json!([call("a")])),
                    user(json!([result("a")]))]}),
                "tool calls in the history, and no tools",
            ),
            (
                json!({"system": [marked(), marked(), marked()],
                    "messages": [user(json!([marked(), marked()]))]}),
                "5 cache_control marks",
            ),
            (
                json!({"system": [{"type": "text", "text": "a", "cache_control": true}]}),
                "true is no mark of the cache",
            ),
        ] {
            let mut body = json!({"model": "m", "max_tokens": 9, "messages": [user(json!("a"))]});
            for (key, value) in options.as_object().unwrap() {
                body[key] = value.clone();
            }
            let wrong = invariants(Protocol::Anthropic, &body);
            assert!(wrong.iter().any(|it| it == what), "{what}: {wrong:?}");
        }
    }
}
