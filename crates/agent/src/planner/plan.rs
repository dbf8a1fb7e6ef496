//! The decision: from a request to the next step. Pure and total.

use super::{
    agenda, ask, compare, confirm, flights, legs, phrases, problems, scope,
    step::{Reply, Step},
    trips,
    typography::spaced,
    view::View,
};
use crate::{
    context::Handed,
    intent::Intent,
    language::{Place, SlotName},
    llm::ChatRequest,
    locale::Locale,
};

/// Decides the next step of the turn that `request` is a round of.
///
/// It only calls tools that the request offers, and a text is never empty.
#[must_use]
pub fn plan(request: &ChatRequest, handed: &Handed) -> Step {
    let view = View::new(request, handed, decide);
    match decide(&view) {
        Step::Say(Reply { text, asks }) => {
            let notes = left_over(&view).into_iter().chain(assumed(&view));
            let notes: Vec<_> = notes.collect();
            let text = match notes.join(" ") {
                notes if notes.is_empty() => text,
                notes => format!("{notes}\n\n{text}"),
            };
            Reply::asking(spaced(text, view.locale()), asks).into()
        }
        calls @ Step::Call(_) => calls,
    }
}

/// What of a wish was not understood, in the visitor's words.
fn left_over(view: &View<'_>) -> Option<String> {
    let tasks = agenda::of(view);
    let is_wish = view.context.intent == Intent::Planning;
    let only_trip = matches!(tasks.as_slice(), [agenda::Task::Rest(_)]);
    let locale = view.locale();
    let words = view.context.left_over().filter(|_| is_wish && only_trip);
    phrases::not_taken_into_account(words, locale)
}

/// Which of the places that share a name was taken for a leg.
fn assumed(view: &View<'_>) -> Option<String> {
    let locale = view.locale();
    let names = view.context.reading.assumed.iter().filter_map(|ambiguity| {
        let (taken, others) = ambiguity.options.split_first()?;
        let label = |place: &Place| {
            let codes: Vec<_> = place.codes.iter().map(ToString::to_string).collect();
            format!("{} ({})", phrases::label(place, locale), codes.join(", "))
        };
        let others: Vec<_> = others.iter().map(label).collect();
        let (name, taken) = (phrases::quoted(&ambiguity.surface, locale), label(taken));
        Some(match locale {
            Locale::Fr => format!(
                "Par {name}, j’ai compris {taken} ; dites-moi si vous pensiez à {}.",
                phrases::list(&others, "ou")
            ),
            Locale::En => format!(
                "I took {name} for {taken}; tell me if you meant {}.",
                phrases::list(&others, "or")
            ),
        })
    });
    let names: Vec<_> = names.collect();
    (!names.is_empty()).then(|| names.join(" "))
}

fn decide(view: &View<'_>) -> Step {
    agenda::step(view, &agenda::of(view))
}

/// A wish for a trip, or an answer to a question about one.
pub(super) fn planning(view: &View<'_>) -> Step {
    let context = view.context;
    if !context.reading.also.is_empty() {
        return trips::step(view);
    }
    if let Some(reply) = problems::report(view) {
        return reply.into();
    }
    if let Some(ambiguity) = &context.trip.open_ambiguity {
        return ask::which(view, ambiguity).into();
    }
    if let Some(step) = compare::choose(view) {
        return step;
    }
    let aside = scope::other_service(view);
    if let Some(question) = question(view, aside.clone()) {
        return question.into();
    }
    match aside {
        // Nothing new was said about the flights: searching them again would answer nothing.
        Some(aside) if !context.reading.change_trip() && !scope::mentions_flights(view) => {
            scope::back_to_flights(view, &aside).into()
        }
        aside => trips::then_ask(view, flights::find(view, aside)),
    }
}

/// The question for what a search still needs; `note` comes before it.
pub(super) fn question(view: &View<'_>, note: Option<String>) -> Option<Reply> {
    match needed(view) {
        Some(slot) => Some(ask::missing(view, slot, note)),
        None => legs::question(view, note),
    }
}

/// A yes that passed no gate.
pub(super) fn confirmation(view: &View<'_>) -> Step {
    let proposed = view
        .context
        .live_proposal()
        .map(|proposal| &proposal.offer.id);
    let names_it = compare::meant(view).is_some_and(|offer| Some(&offer.id) == proposed);
    if !names_it && let Some(step) = compare::choose(view) {
        return step;
    }
    if let Some(text) = confirm::not_now(view) {
        return text.into();
    }
    let nothing_to_confirm = confirm::nothing_to_confirm(view);
    if let Some(reply) = problems::report(view) {
        return reply.into();
    }
    match question(view, Some(nothing_to_confirm.clone())) {
        Some(question) => question.into(),
        None => flights::find(view, Some(nothing_to_confirm)),
    }
}

/// What a search still needs. The return date is one only when a return was asked for.
pub(super) fn needed(view: &View<'_>) -> Option<SlotName> {
    let trip = &view.context.trip;
    trip.missing().or_else(|| {
        let open_return =
            trip.one_way == Some(false) && trip.return_date.is_none() && trip.stay_days.is_none();
        open_return.then_some(SlotName::ReturnDate)
    })
}
