//! Reads the prompt of a request into entries that are the same for both protocols, so that one
//! script serves both.

use serde_json::Value;

use super::Protocol;

/// One entry of a prompt.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Instructions.
    System(String),
    /// A person.
    User(String),
    /// The model.
    Assistant {
        /// What it said.
        text: String,
        /// Ids and names of the tools that it called.
        calls: Vec<(String, String)>,
    },
    /// A tool.
    Tool(ToolResult),
}

/// What a tool answered.
#[derive(Clone, Debug, PartialEq)]
pub struct ToolResult {
    /// The call.
    pub call_id: String,
    /// What the model is told.
    pub text: String,
}

/// The entries of a body; what is malformed is left out, as [`super::invariants`] speak of it.
pub(super) fn read(protocol: Protocol, body: &Value) -> Vec<Entry> {
    let messages = body["messages"].as_array().into_iter().flatten();
    match protocol {
        Protocol::OpenAi => messages.filter_map(openai).collect(),
        Protocol::Anthropic => {
            let system = text(&body["system"]);
            let system = (!system.is_empty()).then_some(Entry::System(system));
            system
                .into_iter()
                .chain(messages.flat_map(anthropic))
                .collect()
        }
    }
}

fn openai(message: &Value) -> Option<Entry> {
    let content = text(&message["content"]);
    Some(match message["role"].as_str()? {
        "system" | "developer" => Entry::System(content),
        "user" => Entry::User(content),
        "assistant" => Entry::Assistant {
            text: content,
            calls: message["tool_calls"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|call| (string(&call["id"]), string(&call["function"]["name"])))
                .collect(),
        },
        "tool" => Entry::Tool(ToolResult {
            call_id: string(&message["tool_call_id"]),
            text: content,
        }),
        _ => return None,
    })
}

fn anthropic(message: &Value) -> Vec<Entry> {
    let content = text(&message["content"]);
    let blocks = message["content"].as_array().map(Vec::as_slice);
    let blocks = blocks.unwrap_or_default().iter();
    match message["role"].as_str() {
        Some("user") => {
            let results = blocks
                .filter(|block| block["type"] == "tool_result")
                .map(|block| {
                    Entry::Tool(ToolResult {
                        call_id: string(&block["tool_use_id"]),
                        text: text(&block["content"]),
                    })
                });
            let user = (!content.is_empty()).then_some(Entry::User(content));
            results.chain(user).collect()
        }
        Some("assistant") => vec![Entry::Assistant {
            text: content,
            calls: blocks
                .filter(|block| block["type"] == "tool_use")
                .map(|block| (string(&block["id"]), string(&block["name"])))
                .collect(),
        }],
        _ => Vec::new(),
    }
}

/// The text of a content: a string, or the text parts of a list, a line each.
fn text(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => {
            let texts = parts.iter().filter_map(|part| part["text"].as_str());
            texts.collect::<Vec<_>>().join("\n")
        }
        _ => String::new(),
    }
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_same_prompt_reads_the_same_in_both_protocols() {
        let openai = json!({"messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": [{"type": "text", "text": "Lisbon?"}]},
            {"role": "assistant", "content": null, "tool_calls": [
                {"id": "a", "type": "function", "function": {"name": "find", "arguments": "{}"}}]},
            {"role": "tool", "tool_call_id": "a", "content": "2 flights"},
            {"role": "user", "content": "And?"},
        ]});
        let anthropic = json!({
            "system": [{"type": "text", "text": "Be brief."}],
            "messages": [
                {"role": "user", "content": "Lisbon?"},
                {"role": "assistant", "content": [
                    {"type": "tool_use", "id": "a", "name": "find", "input": {}}]},
                {"role": "user", "content": [
                    {"type": "tool_result", "tool_use_id": "a", "content": "2 flights"},
                    {"type": "text", "text": "And?"}]},
            ],
        });
        let entries = read(Protocol::OpenAi, &openai);
        assert_eq!(entries, read(Protocol::Anthropic, &anthropic));
        assert_eq!(
            entries[2],
            Entry::Assistant {
                text: String::new(),
                calls: vec![("a".into(), "find".into())],
            }
        );
        assert_eq!(entries.len(), 5);
    }
}
