//! A request as the planner looks at it: the message, and what the turn's tools have answered.

use std::borrow::Cow;

use serde_json::Value;

use super::{
    step::{Call, Step},
    words::Words,
};
use crate::{
    capability::{self, Capability},
    context::{Handed, TurnContext},
    intent::Intent,
    language::{Pending, Question, SlotName},
    llm::{ChatRequest, ToolChoice, ToolSpec},
    locale::Locale,
    message::Message,
    tools::{Data, Tool, ToolData, ToolError, ToolResults},
    travel::Currency,
};

/// One answered tool call of this turn.
#[derive(Clone, Copy)]
pub(crate) struct Done<'a> {
    /// Tool.
    pub(crate) name: &'a str,
    /// Arguments as they were sent.
    pub(crate) arguments: &'a str,
    /// Data, or what went wrong.
    pub(crate) outcome: Result<&'a ToolData, &'a ToolError>,
}

impl<'a> Done<'a> {
    /// The results, if there are some of this type.
    pub(crate) fn found<D: Data>(&self) -> Option<&'a D> {
        self.outcome.ok()?.get()
    }

    fn is(&self, call: &Call) -> bool {
        let arguments = || serde_json::from_str::<Value>(self.arguments).ok();
        self.name == call.name && arguments().as_ref() == Some(&call.arguments)
    }
}

/// What the planner sees.
pub(crate) struct View<'a> {
    pub(crate) context: &'a TurnContext,
    /// The message, folded for keywords.
    pub(crate) words: Words,
    /// The message as typed.
    pub(crate) message: Cow<'a, str>,
    /// The tools that may be called now.
    tools: &'a [ToolSpec],
    /// The tools of the turn.
    offered: &'a [ToolSpec],
    done: Vec<Done<'a>>,
    /// One of several trips of the message: its answer is a part of a longer one.
    pub(crate) is_part: bool,
}

impl<'a> View<'a> {
    /// The request as `next`, which decides on steps, is to see it.
    ///
    /// Another model may have called tools in this turn before it failed. What those found may be of
    /// something else than what the person asked for, and the texts here name that. So an answered
    /// call counts where `next` would have made it too, at that point of the turn.
    pub(crate) fn new(
        request: &'a ChatRequest,
        handed: &'a Handed,
        next: fn(&View<'_>) -> Step,
    ) -> Self {
        let is_user = |message: &Message| matches!(message, Message::User { .. });
        let at = request.messages.iter().rposition(is_user);
        let turn = &request.messages[at.unwrap_or(0)..];
        let message = message(turn, &handed.context);
        let answered = turn
            .iter()
            .filter_map(|message| answered(turn, message, &handed.results));
        let mut view = Self {
            context: &handed.context,
            words: Words::new(&message),
            message,
            // As in the rounds that called them.
            tools: &request.tools,
            offered: &request.tools,
            done: Vec::new(),
            is_part: false,
        };
        view.count(answered, next);
        if request.tool_choice == ToolChoice::None {
            view.tools = &[];
        }
        view
    }

    fn count(&mut self, answered: impl Iterator<Item = Done<'a>>, next: fn(&View<'_>) -> Step) {
        // Calls of one step are answered together.
        let (mut expected, mut round) = (Vec::new(), Vec::new());
        for done in answered {
            if expected.is_empty() {
                match next(self) {
                    Step::Call(calls) => expected = calls,
                    Step::Say(_) => return,
                }
            }
            if let Some(at) = expected.iter().position(|call| done.is(call)) {
                expected.swap_remove(at);
                round.push(done);
                if expected.is_empty() {
                    self.done.append(&mut round);
                }
            }
        }
    }

    /// What is seen of one of several trips: its own context, and the calls that `next` made for it.
    pub(crate) fn part<'b>(&self, context: &'b TurnContext, next: fn(&View<'_>) -> Step) -> View<'b>
    where
        'a: 'b,
    {
        let mut part = View {
            context,
            words: Words::new(&self.message),
            message: self.message.clone(),
            tools: self.offered,
            offered: self.offered,
            done: Vec::new(),
            is_part: true,
        };
        // Every round answers one call at least.
        for _ in 0..self.done.len() {
            let Step::Call(calls) = next(&part) else {
                break;
            };
            let answered = calls
                .iter()
                .map(|call| self.done.iter().rfind(|done| done.is(call)));
            let Some(answered) = answered.collect::<Option<Vec<_>>>() else {
                break;
            };
            part.done.extend(answered.into_iter().copied());
        }
        part.tools = self.tools;
        part
    }

    /// Currency of prices.
    pub(crate) fn currency(&self) -> Currency {
        self.context.currency
    }

    pub(crate) fn locale(&self) -> Locale {
        self.context.locale
    }

    /// Whether the message may answer a question for this part of the trip.
    pub(crate) fn awaits(&self, slot: SlotName) -> bool {
        let asked = self.context.asked.as_ref();
        asked.and_then(Pending::awaited_slot) == Some(slot)
    }

    /// Whether `T` may be called now.
    pub(crate) fn can<T: Tool>(&self) -> bool {
        self.tools.iter().any(|tool| tool.name == T::NAME)
    }

    /// The capability that answers a question with the tools of this turn.
    pub(crate) fn capability(&self, question: &Question) -> Option<&'static dyn Capability> {
        let has = |name: &str| self.offered.iter().any(|tool| tool.name == name);
        let known = capability::about(question.topic, has);
        known.filter(|capability| capability.answers(self, question))
    }

    /// Whether the agent has `T` in this turn, whether or not it may be called any more.
    pub(crate) fn has<T: Tool>(&self) -> bool {
        self.offered.iter().any(|tool| tool.name == T::NAME)
    }

    /// What this very call was answered with.
    pub(crate) fn outcome(&self, call: &Call) -> Option<Result<&'a ToolData, &'a ToolError>> {
        let done = self.done.iter().rfind(|done| done.is(call));
        done.map(|done| done.outcome)
    }

    /// Answered calls of `T`, oldest first.
    pub(crate) fn done<T: Tool>(&self) -> impl DoubleEndedIterator<Item = Done<'a>> {
        self.done
            .iter()
            .filter(|done| done.name == T::NAME)
            .copied()
    }

    /// The last answered call of `T`.
    pub(crate) fn last<T: Tool>(&self) -> Option<Done<'a>> {
        self.done::<T>().next_back()
    }
}

/// What the person wrote; a place that was asked for belongs to the question before it.
fn message<'a>(turn: &'a [Message], context: &TurnContext) -> Cow<'a, str> {
    let Some(Message::User { text, .. }) = turn.first() else {
        return Cow::Borrowed("");
    };
    match &context.asked {
        Some(Pending::Topic { said, .. }) if context.intent == Intent::TravelInfo => {
            Cow::Owned(format!("{said} {text}"))
        }
        _ => Cow::Borrowed(text),
    }
}

fn answered<'a>(
    turn: &'a [Message],
    message: &'a Message,
    results: &'a ToolResults,
) -> Option<Done<'a>> {
    let Message::Tool { call_id, name, .. } = message else {
        return None;
    };
    // A call too many did not run.
    let result = results.of(call_id)?;
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
        outcome: result.as_ref().map(|output| &output.data),
    })
}
