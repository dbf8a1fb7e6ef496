//! Questions that a capability answers: which ones there are, and the next step for each.

use super::{
    Brief, Progress, follow_up, info, problems,
    step::{Reply, Step},
    view::View,
};
use crate::{
    intent::Intent,
    language::{Manner, Problem, Question, Topic, question::speaks_of_flights},
};

/// The questions of the message that a capability answers, in order.
pub(super) fn of<'a>(view: &View<'a>) -> Vec<&'a Question> {
    let context = view.context;
    let only_named = match context.intent {
        Intent::TravelInfo | Intent::OutOfScope => true,
        Intent::Planning => !context.reading.change_trip(),
        Intent::Rejection
        | Intent::BookingManagement
        | Intent::SmallTalk
        | Intent::Confirmation => false,
    };
    let questions = context.reading.brought_up();
    let meant = questions.filter(|question| question.manner == Manner::Asked || only_named);
    // What the offers that are shown answer by themselves needs no look-up.
    let told = || !follow_up::asks(view).is_empty();
    meant
        .filter(|question| view.capability(question).is_some())
        .filter(|question| question.topic != Topic::OfferDetails || !told())
        .collect()
}

/// Whether the message wants flights as well: it says so, or gives both ends of a trip.
pub(super) fn wants_flights(view: &View<'_>) -> bool {
    let reading = &view.context.reading;
    let asks_for = |topics: &[Topic]| {
        let mut questions = reading.brought_up();
        questions.any(|question| topics.contains(&question.topic))
    };
    // These look for the flights themselves, and both ends of the trip are what they need.
    if asks_for(&[Topic::Package, Topic::Window]) {
        return false;
    }
    let both_ends = !asks_for(&[Topic::Cost, Topic::Relax]);
    speaks_of_flights(&view.message)
        || (both_ends && reading.origin.is_some() && reading.destination.is_some())
        || !reading.onward.is_empty()
}

/// The next steps for one of them: one for each place that it is about.
pub(super) fn steps<'a>(view: &View<'a>, question: &'a Question) -> Vec<Step> {
    let briefs = Brief::all(view, question);
    let steps = briefs.iter().map(|brief| step(view, question, brief));
    steps.collect()
}

fn step(view: &View<'_>, question: &Question, brief: &Brief<'_>) -> Step {
    // Nothing is looked up for one traveller where more were counted than a search takes.
    let uncounted = view.context.problems.contains(&Problem::BadParty);
    if uncounted
        && question.topic.takes_trip_facts()
        && let Some(reply) = problems::report(view)
    {
        return reply.into();
    }
    let progress = view
        .capability(question)
        .map_or(Progress::Unable, |capability| capability.step(view, brief));
    match progress {
        Progress::Call(call) => call.into(),
        Progress::Say(reply) => reply.into(),
        Progress::Unable => Reply::from(info::nothing_known(question.topic, view)).into(),
    }
}
