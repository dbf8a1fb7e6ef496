//! `planner-1`: the built-in chat model. Deterministic, in this process, without weights: it reads
//! the typed context and the typed tool results of a request and decides the next step.
//!
//! [`plan`] is a pure function from a request to a [`Step`]; the rest of this file streams it.

mod about;
mod advice;
mod agenda;
mod answer;
mod ask;
mod brief;
mod calendar;
mod clauses;
mod compare;
mod confirm;
mod days;
mod flights;
mod follow_up;
mod info;
mod legs;
mod more;
pub(crate) mod offer_text;
pub(crate) mod phrases;

mod plan;
mod planned;
mod problems;
mod progress;
pub(crate) mod quarter;
mod read_as;
mod relax;
mod retry;
mod scope;
mod search;
mod step;
mod talk;
mod trips;
mod trouble;
mod typography;
mod view;
mod ways;
pub(crate) mod wish_text;
mod words;

use std::sync::Arc;

use futures::{StreamExt, stream};

pub use answer::{beside_a_card, beside_a_proposal};
pub(crate) use brief::Brief;
pub(crate) use follow_up::named_offer;
pub use plan::plan;
pub(crate) use progress::{LookUp, Progress};
pub use step::{Call, Reply, Step};
pub(crate) use view::View;
pub(crate) use words::Words;

use llm::{
    Beside, ChatModel, ChatRequest, FinishReason, ModelError, ModelErrorKind, ModelEvent,
    ModelStream, Usage,
};

use crate::context::Handed;

/// Whether a message is by itself a question about offers that were shown, or asks for more of them:
/// "is that per person?". It then belongs to the trip, whatever else it looks like.
#[must_use]
pub fn is_about_shown_offers(message: &str) -> bool {
    follow_up::is_follow_up(&words::Words::new(message))
}

/// The built-in model.
#[derive(Clone, Copy, Debug, Default)]
pub struct Planner;

impl ChatModel for Planner {
    fn provider(&self) -> &str {
        "builtin"
    }

    fn name(&self) -> &str {
        "planner-1"
    }

    fn is_grounded(&self) -> bool {
        true
    }

    fn cost_usd(&self, _usage: Usage) -> Option<f64> {
        Some(0.0)
    }

    fn stream(&self, request: Arc<ChatRequest>) -> ModelStream {
        let Some(handed) = Handed::of(&request) else {
            let detail = "the request carries no turn";
            let error = ModelError::new(ModelErrorKind::BadRequest, detail);
            return stream::iter([Err(error)]).boxed();
        };
        stream::iter(events(plan(&request, handed)).into_iter().map(Ok)).boxed()
    }
}

/// A step as the events of a model.
fn events(step: Step) -> Vec<ModelEvent> {
    let (mut events, finish) = match step {
        Step::Say(Reply { text, asks }) => {
            let pieces = pieces(&text).map(|piece| ModelEvent::Text(piece.to_owned()));
            let events = pieces.chain([ModelEvent::Beside(Beside::new(asks))]);
            (events.collect::<Vec<_>>(), FinishReason::Stop)
        }
        Step::Call(calls) => {
            let calls = (0..).zip(calls).map(|(index, call)| ModelEvent::ToolCall {
                index,
                id: Some(format!("call_{index}")),
                name: Some(call.name.to_owned()),
                arguments: call.arguments.to_string(),
            });
            (calls.collect(), FinishReason::ToolCalls)
        }
    };
    events.push(ModelEvent::Usage(Usage::default()));
    events.push(ModelEvent::Finish(finish));
    events
}

/// Words with the blanks after them; a no-break space does not part words.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive([' ', '\n'])
}
