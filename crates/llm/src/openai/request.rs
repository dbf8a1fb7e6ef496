//! Renders a request. Pure, and the same bytes for the same request: providers cache by prefix.

use std::{borrow::Cow, sync::Arc};

use serde::Serialize;
use serde_json::{Map, Value, json, value::RawValue};

use super::dialect::{Dialect, Instructions, Limit, NoText};
use crate::{
    ChatRequest, Schema, Thoughts, ToolChoice, ToolSpec,
    extras::{Effort, Extras},
    message::{Message, ToolCall},
    plain,
};

/// Longest function name that the protocol allows.
const MAX_NAME: usize = 64;
/// The names of the limit.
pub(super) const LIMITS: [&str; 2] = ["max_tokens", "max_completion_tokens"];
/// Stands for the text of an answer that only calls tools, where a server wants one.
const CALLING: &str = "(calls tools)";
/// Stands for thoughts of earlier turns, which are not kept: not every server takes an empty text.
const FORGOTTEN: &str = ".";

/// The body of `POST /chat/completions`. What a chat template may print as it stands, messages and
/// tools, keeps the order that models have learnt.
#[derive(Debug, Serialize)]
pub(super) struct Body<'a> {
    model: &'a str,
    messages: Vec<WireMessage<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tools: Option<&'a RawValue>,
    stream: bool,
    #[serde(flatten)]
    options: Map<String, Value>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "role", rename_all = "snake_case")]
enum WireMessage<'a> {
    System {
        content: &'a str,
    },
    Developer {
        content: &'a str,
    },
    User {
        content: Cow<'a, str>,
    },
    Assistant {
        content: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        reasoning_content: Option<&'a str>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        tool_calls: Vec<Call<'a>>,
    },
    Tool {
        tool_call_id: Cow<'a, str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<Cow<'a, str>>,
        content: &'a str,
    },
}

#[derive(Debug, Serialize)]
struct Call<'a> {
    id: Cow<'a, str>,
    r#type: &'static str,
    function: CallFunction<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra_content: Option<ExtraContent>,
}

#[derive(Debug, Serialize)]
struct CallFunction<'a> {
    name: Cow<'a, str>,
    arguments: &'a str,
}

#[derive(Debug, Serialize)]
struct ExtraContent {
    google: GoogleContent,
}

#[derive(Debug, Serialize)]
struct GoogleContent {
    thought_signature: &'static str,
}

#[derive(Debug, Serialize)]
struct Tool<'a> {
    r#type: &'static str,
    function: Function<'a>,
}

#[derive(Debug, Serialize)]
struct Function<'a> {
    name: &'a str,
    description: &'a str,
    parameters: &'a Schema,
}

/// The messages of a request, as far as the server knows their kinds.
pub(super) fn messages<'a>(dialect: &Dialect, request: &'a ChatRequest) -> Cow<'a, [Message]> {
    plain::messages(
        &request.messages,
        dialect.tools || request.tools.is_empty(),
        dialect.instructions == Instructions::User,
    )
}

/// The tools as they stand in a body.
pub(super) fn written(tools: &[ToolSpec]) -> Arc<RawValue> {
    let tools: Vec<_> = tools.iter().map(tool).collect();
    // Texts for keys and no infinite numbers: it can be written.
    let written = serde_json::value::to_raw_value(&tools).unwrap_or_default();
    written.into()
}

/// The body for a request with these [`messages`] and its tools as [`written`], and with what the operator
/// adds to it.
pub(super) fn render<'a>(
    dialect: &Dialect,
    model: &'a str,
    request: &'a ChatRequest,
    (messages, tools): (&'a [Message], &'a RawValue),
    extras: &Extras,
) -> Body<'a> {
    let with_tools = dialect.tools && !request.tools.is_empty();
    Body {
        model,
        messages: messages
            .iter()
            .map(|m| message(dialect, &request.thoughts, m))
            .collect(),
        tools: with_tools.then_some(tools),
        stream: true,
        options: options(dialect, request, with_tools, extras),
    }
}

/// Everything that is a matter of taste.
fn options(
    dialect: &Dialect,
    request: &ChatRequest,
    with_tools: bool,
    extras: &Extras,
) -> Map<String, Value> {
    let settings = &request.settings;
    let effort = match with_tools && dialect.no_reasoning_with_tools {
        true => Some(Effort::None),
        false => extras.effort,
    };
    let most = settings.max_tokens;
    let most = most.map(|most| dialect.most_tokens.map_or(most, |known| known.min(most)));
    let limit = match dialect.limit {
        Limit::MaxTokens => LIMITS[0],
        Limit::MaxCompletionTokens => LIMITS[1],
    };
    // An operator who sets one of the two means it.
    let own_limit = LIMITS.iter().any(|name| extras.body.contains_key(*name));
    let no_calls = with_tools && request.tool_choice == ToolChoice::None;
    let given = [
        ("tool_choice", no_calls.then(|| json!("none"))),
        (
            "reasoning_effort",
            effort.map(|effort| json!(effort.as_str())),
        ),
        (
            "temperature",
            settings.temperature.map(|value| json!(value)),
        ),
        (limit, most.filter(|_| !own_limit).map(|most| json!(most))),
        ("stream_options", Some(json!({"include_usage": true}))),
    ];
    let given = given
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let mut options = given.collect();
    extras.add_to(&mut options);
    options.retain(|name, _| !dialect.omitted.contains(name));
    options
}

fn message<'a>(dialect: &Dialect, thoughts: &'a Thoughts, message: &'a Message) -> WireMessage<'a> {
    match message {
        Message::System { text } => match dialect.instructions {
            Instructions::Developer => WireMessage::Developer { content: text },
            Instructions::System | Instructions::User => WireMessage::System { content: text },
        },
        Message::User { text, note } => WireMessage::User {
            content: if note.is_empty() {
                Cow::Borrowed(text)
            } else {
                Cow::Owned(format!("{text}\n\n{note}"))
            },
        },
        Message::Assistant { text, tool_calls } => WireMessage::Assistant {
            content: match dialect.no_text {
                _ if !text.is_empty() || tool_calls.is_empty() => Some(text),
                NoText::Null => None,
                NoText::Empty => Some(""),
                NoText::Words => Some(CALLING),
            },
            reasoning_content: dialect.thoughts.then(|| {
                let first = tool_calls.first();
                first
                    .and_then(|call| thoughts.get(&call.id))
                    .map_or(FORGOTTEN, String::as_str)
            }),
            tool_calls: tool_calls
                .iter()
                .enumerate()
                .map(|(position, of)| call(dialect, position, of))
                .collect(),
        },
        Message::Tool {
            call_id,
            name,
            text,
            ..
        } => WireMessage::Tool {
            tool_call_id: dialect.call_id(call_id),
            name: dialect.named_results.then(|| function_name(name)),
            content: text,
        },
    }
}

fn call<'a>(dialect: &Dialect, position: usize, call: &'a ToolCall) -> Call<'a> {
    Call {
        id: dialect.call_id(&call.id),
        r#type: "function",
        function: CallFunction {
            name: function_name(&call.name),
            arguments: arguments(call),
        },
        // Of calls made together, Gemini signs the first.
        extra_content: dialect.thought_signature.filter(|_| position == 0).map(
            |thought_signature| ExtraContent {
                google: GoogleContent { thought_signature },
            },
        ),
    }
}

/// Servers that parse the arguments of the history refuse the whole request where a model once
/// wrote no JSON object; what was wrong with it stands in the tool's result.
fn arguments(call: &ToolCall) -> &str {
    match serde_json::from_str::<serde::de::IgnoredAny>(&call.arguments) {
        Ok(_) if call.arguments.trim_start().starts_with('{') => &call.arguments,
        _ => "{}",
    }
}

/// A name that fits `[a-zA-Z0-9_-]{1,64}`: one that a model made up need not, and would make every
/// later request of the conversation invalid.
fn function_name(name: &str) -> Cow<'_, str> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !name.is_empty() && name.len() <= MAX_NAME && name.chars().all(allowed) {
        return Cow::Borrowed(name);
    }
    let fitted: String = name
        .chars()
        .take(MAX_NAME)
        .map(|c| if allowed(c) { c } else { '_' })
        .collect();
    Cow::Owned(if fitted.is_empty() {
        "_".to_owned()
    } else {
        fitted
    })
}

fn tool(spec: &ToolSpec) -> Tool<'_> {
    Tool {
        r#type: "function",
        function: Function {
            name: spec.name,
            description: spec.description,
            parameters: &spec.parameters,
        },
    }
}

#[cfg(test)]
mod tests;
