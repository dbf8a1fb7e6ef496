//! A request as the planner looks at it: the message, and what the turn's tools have answered.

use std::borrow::Cow;

use super::{info, words::Words};
use crate::{
    intent::Intent,
    llm::{ChatRequest, ToolChoice, ToolSpec, TurnContext},
    locale::Locale,
    message::Message,
    tools::{Tool, ToolData},
};

/// One answered tool call of this turn.
#[derive(Clone, Copy)]
pub(super) struct Done<'a> {
    /// Tool.
    pub(super) name: &'a str,
    /// Arguments as they were sent.
    pub(super) arguments: &'a str,
    /// Data, or what went wrong.
    pub(super) outcome: Result<&'a ToolData, &'a str>,
}

/// What the planner sees.
pub(super) struct View<'a> {
    pub(super) context: &'a TurnContext,
    /// The message, folded for keywords.
    pub(super) words: Words,
    /// The message as typed.
    pub(super) message: Cow<'a, str>,
    tools: &'a [ToolSpec],
    done: Vec<Done<'a>>,
}

impl<'a> View<'a> {
    pub(super) fn new(request: &'a ChatRequest) -> Self {
        let is_user = |message: &Message| matches!(message, Message::User { .. });
        let at = request.messages.iter().rposition(is_user);
        let (earlier, turn) = request.messages.split_at(at.unwrap_or(0));
        let message = message(earlier, turn, request.context.intent);
        Self {
            context: &request.context,
            words: Words::new(&message),
            message,
            tools: match request.tool_choice {
                ToolChoice::Auto => &request.tools,
                ToolChoice::None => &[],
            },
            done: turn
                .iter()
                .filter_map(|message| answered(turn, message))
                .collect(),
        }
    }

    pub(super) fn locale(&self) -> Locale {
        self.context.locale
    }

    /// Whether `T` may be called now.
    pub(super) fn can<T: Tool>(&self) -> bool {
        self.tools.iter().any(|tool| tool.name == T::NAME)
    }

    /// Answered calls of `T`, oldest first.
    pub(super) fn done<T: Tool>(&self) -> impl DoubleEndedIterator<Item = Done<'a>> {
        self.done
            .iter()
            .filter(|done| done.name == T::NAME)
            .copied()
    }

    /// The last answered call of `T`.
    pub(super) fn last<T: Tool>(&self) -> Option<Done<'a>> {
        self.done::<T>().next_back()
    }
}

/// What the person wrote; a place that was asked for belongs to the question before it.
fn message<'a>(earlier: &'a [Message], turn: &'a [Message], intent: Intent) -> Cow<'a, str> {
    let Some(Message::User { text, .. }) = turn.first() else {
        return Cow::Borrowed("");
    };
    let question = earlier.iter().rev().find_map(|message| match message {
        Message::User { text, .. } => Some(text),
        _ => None,
    });
    match (question, earlier.last()) {
        (Some(question), Some(Message::Assistant { text: asked, .. }))
            if intent == Intent::TravelInfo && info::asks_which_place(asked) =>
        {
            Cow::Owned(format!("{question} {text}"))
        }
        _ => Cow::Borrowed(text),
    }
}

fn answered<'a>(turn: &'a [Message], message: &'a Message) -> Option<Done<'a>> {
    let Message::Tool {
        call_id,
        name,
        text,
        output,
        ..
    } = message
    else {
        return None;
    };
    let calls = turn.iter().flat_map(|message| match message {
        Message::Assistant { tool_calls, .. } => tool_calls.as_slice(),
        _ => &[],
    });
    let arguments = calls
        .filter(|call| call.id == *call_id)
        .map(|call| call.arguments.as_str())
        .next_back();
    Some(Done {
        name,
        arguments: arguments.unwrap_or_default(),
        outcome: match output {
            Some(output) => Ok(&output.data),
            None => Err(text),
        },
    })
}
