//! Renders a request. Pure, and the same bytes for the same request: providers cache by prefix.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use super::dialect::Dialect;
use crate::{
    llm::{ChatRequest, ToolChoice, ToolSpec},
    message::{Message, ToolCall},
};

/// Longest function name that the protocol allows.
const MAX_NAME: usize = 64;

/// The body of `POST /chat/completions`.
#[derive(Debug, Serialize)]
pub(super) struct Body<'a> {
    model: &'a str,
    messages: Vec<WireMessage<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tools: Vec<Tool<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_choice: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning_effort: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_completion_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_options: Option<StreamOptions>,
}

#[derive(Debug, Serialize)]
struct StreamOptions {
    include_usage: bool,
}

#[derive(Debug, Serialize)]
#[serde(tag = "role", rename_all = "snake_case")]
enum WireMessage<'a> {
    System {
        content: &'a str,
    },
    User {
        content: Cow<'a, str>,
    },
    Assistant {
        /// `null` beside calls, never absent: some servers want the field.
        content: Option<&'a str>,
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
    parameters: &'a Value,
}

/// The body for a request.
pub(super) fn render<'a>(dialect: Dialect, model: &'a str, request: &'a ChatRequest) -> Body<'a> {
    let settings = &request.settings;
    let with_tools = !request.tools.is_empty();
    let (max_completion_tokens, max_tokens) = if dialect.max_completion_tokens {
        (settings.max_tokens, None)
    } else {
        (None, settings.max_tokens)
    };
    Body {
        model,
        messages: request
            .messages
            .iter()
            .map(|m| message(dialect, m))
            .collect(),
        tools: request.tools.iter().map(tool).collect(),
        tool_choice: (with_tools && request.tool_choice == ToolChoice::None).then_some("none"),
        reasoning_effort: (with_tools && dialect.no_reasoning_with_tools).then_some("none"),
        temperature: settings.temperature,
        max_completion_tokens,
        max_tokens,
        stream: true,
        stream_options: dialect.stream_options.then_some(StreamOptions {
            include_usage: true,
        }),
    }
}

fn message(dialect: Dialect, message: &Message) -> WireMessage<'_> {
    match message {
        Message::System { text } => WireMessage::System { content: text },
        Message::User { text, note } => WireMessage::User {
            content: if note.is_empty() {
                Cow::Borrowed(text)
            } else {
                Cow::Owned(format!("{text}\n\n{note}"))
            },
        },
        Message::Assistant { text, tool_calls } => WireMessage::Assistant {
            content: (!text.is_empty() || tool_calls.is_empty()).then_some(text),
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

fn call(dialect: Dialect, position: usize, call: &ToolCall) -> Call<'_> {
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
