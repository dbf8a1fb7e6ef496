//! The conversation in the shape that Anthropic demands: user and assistant in turn, a user first,
//! no empty text, and the results of all calls of a message together at the head of the next.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    call_id::{call_id, tool_name},
    request::CacheControl,
};
use crate::message::{Message, ToolCall};

/// Stands where a conversation begins with an answer, because its beginning was left out: the answer
/// may hold what was found, so it is not dropped.
const LEFT_OUT: &str = "(Earlier messages are left out.)";

/// Stands for the text of a result that has none.
const NO_TEXT: &str = "(no text)";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Role {
    User,
    Assistant,
}

/// One message of the API.
#[derive(Debug, Serialize)]
pub(super) struct Turn<'a> {
    pub(super) role: Role,
    pub(super) content: Vec<Block<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct Block<'a> {
    #[serde(flatten)]
    content: Content<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cache_control: Option<CacheControl>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Content<'a> {
    Text {
        text: Cow<'a, str>,
    },
    ToolUse {
        id: Cow<'a, str>,
        name: Cow<'a, str>,
        input: Map<String, Value>,
    },
    ToolResult {
        tool_use_id: Cow<'a, str>,
        content: &'a str,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        is_error: bool,
    },
}

impl<'a> Block<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::from(Content::Text { text: text.into() })
    }

    fn is_result(&self) -> bool {
        matches!(self.content, Content::ToolResult { .. })
    }
}

impl<'a> From<Content<'a>> for Block<'a> {
    fn from(content: Content<'a>) -> Self {
        Self {
            content,
            cache_control: None,
        }
    }
}

/// The conversation without its instructions. What follows a message never changes how it is
/// rendered, so a longer conversation begins with the blocks of a shorter one.
pub(super) fn turns(messages: &[Message]) -> Vec<Turn<'_>> {
    let mut turns = Vec::with_capacity(messages.len());
    for message in messages {
        match message {
            Message::System { .. } => {}
            Message::User { text, note } => {
                if let Some(text) = with_note(text, note) {
                    blocks_of(&mut turns, Role::User).push(Block::text(text));
                }
            }
            Message::Assistant { text, tool_calls } => {
                if !text.trim().is_empty() {
                    blocks_of(&mut turns, Role::Assistant).push(Block::text(text));
                }
                for call in tool_calls {
                    blocks_of(&mut turns, Role::Assistant).push(tool_use(call));
                }
            }
            Message::Tool {
                call_id: id,
                text,
                failed,
                ..
            } => {
                let result = tool_result(id, text, *failed);
                let blocks = blocks_of(&mut turns, Role::User);
                let at = blocks.partition_point(Block::is_result);
                blocks.insert(at, result);
            }
        }
    }
    turns
}

/// The blocks of the message that is being written: the last one, or a new one where the role
/// changes.
fn blocks_of<'t, 'a>(turns: &'t mut Vec<Turn<'a>>, role: Role) -> &'t mut Vec<Block<'a>> {
    let begin = |role| Turn {
        role,
        content: Vec::new(),
    };
    if turns.is_empty() && role == Role::Assistant {
        let mut user = begin(Role::User);
        user.content.push(Block::text(LEFT_OUT));
        turns.push(user);
    }
    if turns.last().is_none_or(|turn| turn.role != role) {
        turns.push(begin(role));
    }
    let last = turns.len() - 1;
    &mut turns[last].content
}

/// A person's text and the note after it; `None` where both are blank.
fn with_note<'a>(text: &'a str, note: &'a str) -> Option<Cow<'a, str>> {
    match (text.trim().is_empty(), note.trim().is_empty()) {
        (true, true) => None,
        (true, false) => Some(note.into()),
        (false, true) => Some(text.into()),
        (false, false) => Some(format!("{text}\n\n{note}").into()),
    }
}

fn tool_use(call: &ToolCall) -> Block<'_> {
    // The API takes nothing but an object; what was wrong with the call stands in its result.
    let input = match call.json() {
        Ok(Value::Object(input)) => input,
        _ => Map::new(),
    };
    Block::from(Content::ToolUse {
        id: call_id(&call.id),
        name: tool_name(&call.name),
        input,
    })
}

fn tool_result<'a>(id: &'a str, text: &'a str, failed: bool) -> Block<'a> {
    let blank = text.trim().is_empty();
    Block::from(Content::ToolResult {
        tool_use_id: call_id(id),
        content: if blank { NO_TEXT } else { text },
        is_error: failed,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rendered(messages: &[Message]) -> Value {
        serde_json::to_value(turns(messages)).unwrap()
    }

    fn call(id: &str, arguments: &str) -> ToolCall {
        ToolCall {
            id: id.to_owned(),
            name: "search".to_owned(),
            arguments: arguments.to_owned(),
        }
    }

    fn calls(text: &str, tool_calls: Vec<ToolCall>) -> Message {
        let text = text.to_owned();
        Message::Assistant { text, tool_calls }
    }

    fn result(id: &str, text: &str, failed: bool) -> Message {
        Message::Tool {
            call_id: id.to_owned(),
            name: "search".to_owned(),
            text: text.to_owned(),
            failed,
        }
    }

    #[test]
    fn results_and_the_message_after_them_are_one_user_message() {
        let messages = [
            Message::user("Go"),
            calls(
                " \n",
                vec![call("a.1", r#"{"b":1,"a":"é"}"#), call("b", "[1]")],
            ),
            result("a.1", "", false),
            result("b", "no object", true),
            Message::user("And?"),
        ];
        let expected = json!([
            {"role": "user", "content": [{"type": "text", "text": "Go"}]},
            {"role": "assistant", "content": [
                {"type": "tool_use", "id": "a_2e1", "name": "search", "input": {"a": "é", "b": 1}},
                {"type": "tool_use", "id": "b", "name": "search", "input": {}},
            ]},
            {"role": "user", "content": [
                {"type": "tool_result", "tool_use_id": "a_2e1", "content": "(no text)"},
                {"type": "tool_result", "tool_use_id": "b", "content": "no object",
                    "is_error": true},
                {"type": "text", "text": "And?"},
            ]},
        ]);
        assert_eq!(rendered(&messages), expected);
    }

    #[test]
    fn messages_of_one_role_are_merged_and_blank_ones_left_out() {
        let messages = [
            Message::system("Be brief."),
            Message::user("One"),
            Message::assistant(""),
            Message::user("Two"),
            Message::assistant("Three"),
            Message::user(" "),
            Message::assistant("Four"),
        ];
        let expected = json!([
            {"role": "user", "content": [
                {"type": "text", "text": "One"}, {"type": "text", "text": "Two"},
            ]},
            {"role": "assistant", "content": [
                {"type": "text", "text": "Three"}, {"type": "text", "text": "Four"},
            ]},
        ]);
        assert_eq!(rendered(&messages), expected);
    }

    #[test]
    fn results_stand_before_text_in_whatever_order_they_come() {
        let messages = [
            Message::user("Go"),
            calls("", vec![call("a", ""), call("b", "")]),
            result("a", "1", false),
            Message::user("Wait"),
            result("b", "2", false),
        ];
        let turns = rendered(&messages);
        let blocks = turns[2]["content"].as_array().unwrap().iter();
        let kinds: Vec<_> = blocks
            .map(|block| block["type"].as_str().unwrap())
            .collect();
        assert_eq!(kinds, ["tool_result", "tool_result", "text"]);
    }

    #[test]
    fn a_conversation_that_begins_with_an_answer_gets_a_user_message_first() {
        let turns = rendered(&[Message::assistant("Found: AF1."), Message::user("Thanks")]);
        assert_eq!(turns[0]["role"], "user");
        assert_eq!(turns[0]["content"][0]["text"], LEFT_OUT);
        assert_eq!(turns[1]["content"][0]["text"], "Found: AF1.");
    }

    #[test]
    fn a_note_stands_after_the_text_in_the_same_block() {
        let user = |text: &str, note: &str| Message::User {
            text: text.to_owned(),
            note: note.to_owned(),
        };
        let text = |message| rendered(&[message])[0]["content"][0]["text"].clone();
        assert_eq!(text(user("Hi", "It is Sunday.")), "Hi\n\nIt is Sunday.");
        assert_eq!(text(user("Hi", "")), "Hi");
        assert_eq!(text(user("", "It is Sunday.")), "It is Sunday.");
        assert_eq!(rendered(&[user(" ", "\n")]), json!([]));
    }
}
