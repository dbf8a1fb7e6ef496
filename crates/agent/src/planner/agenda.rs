//! The tasks of a message: what it asks about the offers, what else it asks, the trip that it wants.
//!
//! Each task has a step of its own. The calls of all of them run side by side; when nothing is left
//! to call, their answers are joined, with one question at the end.

use super::{
    confirm, follow_up, info, plan, planned, scope,
    step::{Reply, Step},
    talk,
    view::View,
};
use crate::{
    intent::Intent,
    language::{Pending, Question, Topic},
};

/// One thing that the message wants.
pub(super) enum Task<'a> {
    /// Answers about the offers that are there.
    Offers(Vec<follow_up::Ask>),
    /// Answers for travellers.
    Questions(Vec<info::Question>),
    /// Questions that a capability answers.
    Plan(Vec<&'a Question>),
    /// What the message wants besides; it ends with its own question where it has one.
    Rest(fn(&View<'_>) -> Step),
}

/// The tasks of the message, in the order in which they are answered; at least one.
pub(super) fn of<'a>(view: &View<'a>) -> Vec<Task<'a>> {
    let context = view.context;
    if context.confirmed {
        return vec![Task::Rest(confirm::confirmed)];
    }
    let plans = planned::of(view);
    // A tool tells the whole of it: what the shown offers say of it is not said besides.
    let told = |question: &&Question| matches!(question.topic, Topic::Cost | Topic::Relax);
    let asks = match context.intent {
        _ if plans.iter().any(told) => Vec::new(),
        Intent::Planning | Intent::TravelInfo => follow_up::asks(view),
        Intent::Confirmation | Intent::SmallTalk | Intent::OutOfScope => follow_up::asks(view),
        Intent::Rejection | Intent::BookingManagement => Vec::new(),
    };
    let questions = match context.intent {
        Intent::Planning => info::beside_a_trip(view),
        Intent::TravelInfo if asks.is_empty() && !follow_up::wants_more(view) => {
            match info::all(view) {
                none if none.is_empty() && plans.is_empty() => info::of_message(view),
                all => all,
            }
        }
        Intent::OutOfScope => info::needs(view),
        _ => Vec::new(),
    };
    let answers = !asks.is_empty() || !questions.is_empty() || !plans.is_empty();
    let rest: Option<fn(&View<'_>) -> Step> = match context.intent {
        Intent::TravelInfo | Intent::Rejection if follow_up::wants_more(view) => {
            Some(plan::planning)
        }
        // What only asks changes nothing of the trip.
        Intent::Planning if answers && !context.reading.change_trip() => None,
        Intent::Planning if !plans.is_empty() && !planned::wants_flights(view) => None,
        Intent::Planning => Some(plan::planning),
        _ if answers => None,
        Intent::Confirmation => Some(plan::confirmation),
        Intent::Rejection => Some(|view| confirm::rejected(view).into()),
        Intent::BookingManagement => Some(|view| scope::booking_management(view).into()),
        Intent::SmallTalk => Some(|view| talk::small_talk(view).into()),
        Intent::OutOfScope => Some(|view| scope::out_of_scope(view).into()),
        Intent::TravelInfo => None,
    };
    let mut tasks = Vec::new();
    tasks.extend((!asks.is_empty()).then_some(Task::Offers(asks)));
    tasks.extend((!questions.is_empty()).then_some(Task::Questions(questions)));
    let plans = Some(plans).filter(|plans| !plans.is_empty());
    tasks.extend(rest.map(Task::Rest));
    tasks.extend(plans.map(Task::Plan));
    tasks
}

/// The next step of all tasks together.
pub(super) fn step<'a>(view: &View<'a>, tasks: &[Task<'a>]) -> Step {
    let only = tasks.len() == 1;
    let ends_with_trip = tasks.iter().any(|task| matches!(task, Task::Rest(_)));
    let (mut calls, mut texts, mut question) = (Vec::new(), Vec::new(), None);
    let mut asks = Pending::Nothing;
    let mut add = |step| match step {
        Step::Call(more) => {
            for call in more {
                if !calls.contains(&call) {
                    calls.push(call);
                }
            }
        }
        Step::Say(reply) => {
            // Two questions may have one answer.
            if !texts.contains(&reply.text) {
                texts.push(reply.text);
            }
            if !reply.asks.is_nothing() {
                asks = reply.asks;
            }
        }
    };
    for task in tasks {
        match task {
            Task::Offers(asks) => match follow_up::answer(view, asks) {
                follow_up::Answer::Step(step) => add(step),
                follow_up::Answer::Text {
                    text,
                    question: last,
                } => {
                    add(text.into());
                    question = Some(last);
                }
            },
            Task::Questions(questions) => match info::answer(view, questions, only) {
                info::Answer::Calls(calls) => add(Step::Call(calls)),
                info::Answer::Text(reply) => add(reply.into()),
            },
            Task::Plan(questions) => {
                let steps = questions
                    .iter()
                    .flat_map(|asked| planned::steps(view, asked));
                steps.for_each(&mut add);
            }
            Task::Rest(next) => add(next(view)),
        }
    }
    if !calls.is_empty() {
        return Step::Call(calls);
    }
    if let Some(last) = question.filter(|_| !ends_with_trip) {
        texts.push(last.text);
        asks = last.asks;
    }
    Reply::asking(texts.join("\n\n"), asks).into()
}
