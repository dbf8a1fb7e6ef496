//! The body of a request. Pure: the same prompt gives the same bytes, which the cache of prompts
//! needs.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use super::turns::{Block, Role, Turn, turns};
use crate::{
    llm::{ChatRequest, ToolChoice, ToolSpec},
    message::Message,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_choice: Option<Choice>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tools: Vec<Tool<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    system: Option<[Block<'a>; 1]>,
    messages: Vec<Turn<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Choice {
    None,
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'a str,
    description: &'a str,
    input_schema: &'a Value,
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

/// The JSON body of a request for `model`.
///
/// # Errors
/// Never for what the agent sends: serialization is fallible by its type alone.
pub fn request_body(model: &str, request: &ChatRequest) -> serde_json::Result<Vec<u8>> {
    let mut messages = turns(&request.messages);
    mark(&mut messages);
    let forbidden = request.tool_choice == ToolChoice::None && !request.tools.is_empty();
    serde_json::to_vec(&Body {
        model,
        max_tokens: request.settings.max_tokens.unwrap_or(DEFAULT_MAX_TOKENS),
        stream: true,
        temperature: request.settings.temperature,
        tool_choice: forbidden.then_some(Choice::None),
        tools: tools(&request.tools),
        system: system(&request.messages),
        messages,
    })
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

/// The tools, the last one marked: tools come first in what is cached, before the system prompt.
fn tools(specs: &[ToolSpec]) -> Vec<Tool<'_>> {
    let mut tools: Vec<_> = specs
        .iter()
        .map(|spec| Tool {
            name: spec.name,
            description: spec.description,
            input_schema: &spec.parameters,
            cache_control: None,
        })
        .collect();
    if let Some(tool) = tools.last_mut() {
        tool.cache_control = Some(CacheControl::Ephemeral);
    }
    tools
}

/// All instructions in one marked block: the API has one place for them, outside of the messages.
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
    let mut block = Block::text(text);
    block.cache_control = Some(CacheControl::Ephemeral);
    Some([block])
}
