//! The body of a request. Pure: the same prompt gives the same bytes, which the cache of prompts
//! needs.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{
    dialect::Dialect,
    turns::{Block, Role, Turn, turns},
};
use crate::{
    ChatRequest, Schema, ToolChoice, ToolSpec,
    extras::{Effort, Extras},
    message::Message,
    plain,
};

/// Most tokens to write where the settings do not say; Anthropic demands a number.
const DEFAULT_MAX_TOKENS: u32 = 4_096;

/// Breakpoints in the messages. With those after tools and system prompt these are all four that
/// Anthropic allows.
const MESSAGE_BREAKPOINTS: usize = 2;

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    max_tokens: u32,
    stream: bool,
    #[serde(flatten)]
    options: Map<String, Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tools: Vec<Tool<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    system: Option<[Block<'a>; 1]>,
    messages: Vec<Turn<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'a str,
    description: &'a str,
    input_schema: &'a Schema,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache_control: Option<CacheControl>,
}

/// A breakpoint: the prompt up to here is kept for five minutes, and read from there when a later
/// prompt begins with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum CacheControl {
    Ephemeral,
}

/// The JSON body of a request for `model`, to a server as Anthropic's own.
///
/// # Errors
/// Never for what the agent sends: serialization is fallible by its type alone.
pub fn request_body(model: &str, request: &ChatRequest) -> serde_json::Result<Vec<u8>> {
    render(&Dialect::default(), model, request, &Extras::default())
}

/// The body for a server of this dialect, with what the operator adds to it.
///
/// # Errors
/// As of [`request_body`].
pub(super) fn render(
    dialect: &Dialect,
    model: &str,
    request: &ChatRequest,
    extras: &Extras,
) -> serde_json::Result<Vec<u8>> {
    let with_tools = dialect.tools && !request.tools.is_empty();
    let calls = dialect.tools || request.tools.is_empty();
    let plain = plain::messages(&request.messages, calls, false);
    let mut messages = turns(&plain);
    let (mut system, mut tools) = (system(&plain), Vec::new());
    if with_tools {
        tools = self::tools(&request.tools);
    }
    if dialect.marks {
        mark(&mut messages);
        if let Some([block]) = &mut system {
            block.cache_control = Some(CacheControl::Ephemeral);
        }
        if let Some(tool) = tools.last_mut() {
            // Tools come first in what is cached, before the system prompt.
            tool.cache_control = Some(CacheControl::Ephemeral);
        }
    }
    let most = request.settings.max_tokens.unwrap_or(DEFAULT_MAX_TOKENS);
    let most = dialect.most_tokens.map_or(most, |known| known.min(most));
    let own = extras.body.get("max_tokens").and_then(Value::as_u64);
    let own = own.and_then(|most| u32::try_from(most).ok());
    serde_json::to_vec(&Body {
        model,
        max_tokens: own.unwrap_or(most),
        stream: true,
        options: options(dialect, request, with_tools, extras),
        tools,
        system,
        messages,
    })
}

/// Everything that is a matter of taste.
fn options(
    dialect: &Dialect,
    request: &ChatRequest,
    with_tools: bool,
    extras: &Extras,
) -> Map<String, Value> {
    let no_thinking = dialect.no_thinking || extras.effort == Some(Effort::None);
    let no_calls = with_tools && request.tool_choice == ToolChoice::None;
    let effort = extras.effort.and_then(effort);
    let given = [
        (
            "temperature",
            request.settings.temperature.map(|value| json!(value)),
        ),
        ("thinking", no_thinking.then(|| json!({"type": "disabled"}))),
        (
            "output_config",
            effort.map(|effort| json!({"effort": effort})),
        ),
        ("tool_choice", no_calls.then(|| json!({"type": "none"}))),
    ];
    let given = given
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let mut options = given.collect();
    extras.add_to(&mut options);
    // The limit is no option here: it stands for itself.
    options.retain(|name, _| name != "max_tokens" && !dialect.omitted.contains(name));
    options
}

/// Anthropic's name of an effort; it has none for none at all
/// (<https://platform.claude.com/docs/en/build-with-claude/effort>).
const fn effort(effort: Effort) -> Option<&'static str> {
    match effort {
        Effort::None => None,
        Effort::Minimal => Some("low"),
        other => Some(other.as_str()),
    }
}

/// Puts breakpoints at the end of the last user message, for the next request to read up to there,
/// and of the one before, which is where the last request wrote. Anthropic looks back only 20
/// blocks from a breakpoint for one that was written: a round of many parallel calls is longer.
/// (<https://platform.claude.com/docs/en/build-with-claude/prompt-caching>)
fn mark(turns: &mut [Turn<'_>]) {
    let users = turns.iter_mut().filter(|turn| turn.role == Role::User);
    for turn in users.rev().take(MESSAGE_BREAKPOINTS) {
        if let Some(block) = turn.content.last_mut() {
            block.cache_control = Some(CacheControl::Ephemeral);
        }
    }
}

fn tools(specs: &[ToolSpec]) -> Vec<Tool<'_>> {
    specs
        .iter()
        .map(|spec| Tool {
            name: spec.name,
            description: spec.description,
            input_schema: &spec.parameters,
            cache_control: None,
        })
        .collect()
}

/// All instructions in one block: the API has one place for them, outside of the messages.
fn system(messages: &[Message]) -> Option<[Block<'_>; 1]> {
    let mut texts = messages.iter().filter_map(|message| match message {
        Message::System { text } if !text.trim().is_empty() => Some(text.as_str()),
        _ => None,
    });
    let mut text = Cow::Borrowed(texts.next()?);
    for more in texts {
        text.to_mut().push_str("\n\n");
        text.to_mut().push_str(more);
    }
    Some([Block::text(text)])
}
