//! Tokens without a tokenizer: an estimate for budgets of the prompt, and for calls whose provider
//! never told (a stopped one, or a server that reports no usage).

use super::ChatRequest;
use crate::message::{Message, ToolCall};

/// Bytes of text in a token. OpenAI and Anthropic say about four characters of English; accents,
/// JSON and French cost more, and an estimate had better be too high.
const BYTES: u64 = 3;
/// What a message or a tool costs besides its text.
const FRAME: u64 = 6;

/// Tokens of a text of `bytes`.
#[must_use]
pub const fn of_bytes(bytes: usize) -> u64 {
    (bytes as u64).div_ceil(BYTES)
}

/// Tokens of a message.
#[must_use]
pub fn of_message(message: &Message) -> u64 {
    let bytes = match message {
        Message::System { text } => text.len(),
        Message::User { text, note } => text.len() + note.len(),
        Message::Assistant { text, tool_calls } => {
            let call = |call: &ToolCall| call.id.len() + call.name.len() + call.arguments.len();
            text.len() + tool_calls.iter().map(call).sum::<usize>()
        }
        Message::Tool {
            call_id,
            name,
            text,
            ..
        } => call_id.len() + name.len() + text.len(),
    };
    FRAME + of_bytes(bytes)
}

/// Tokens of a whole prompt, tools included.
#[must_use]
pub fn of_request(request: &ChatRequest) -> u64 {
    let messages: u64 = request.messages.iter().map(of_message).sum();
    let tools = request.tools.iter().map(|tool| {
        let schema = tool.parameters.to_string().len();
        FRAME + of_bytes(tool.name.len() + tool.description.len() + schema)
    });
    messages + tools.sum::<u64>()
}
