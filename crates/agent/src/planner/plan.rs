//! The decision: from a request to the next step. Pure and total.

use super::{
    agenda, ask, compare, confirm, flights, phrases, problems, scope,
    step::{Reply, Step},
    typography::spaced,
    view::View,
};
use crate::{
    context::Handed,
    intent::Intent,
    llm::ChatRequest,
    locale::Locale,
    understanding::{Place, SlotName},
};

/// Decides the next step of the turn that `request` is a round of.
///
/// It only calls tools that the request offers, and a text is never empty.
#[must_use]
pub fn plan(request: &ChatRequest, handed: &Handed) -> Step {
    let view = View::new(request, handed, decide);
    match decide(&view) {
        Step::Say(Reply { text, asks }) => {
            let notes = left_over(&view).into_iter().chain(further_trips(&view));
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
    let words = view.context.left_over.iter();
    let words: Vec<_> = words.map(|text| phrases::quoted(text, locale)).collect();
    let words = phrases::list(&words, locale.pick("et", "and"));
    (is_wish && only_trip && !words.is_empty()).then(|| match locale {
        Locale::Fr => format!("Je n’ai pas tenu compte de : {words}."),
        Locale::En => format!("I have not taken into account: {words}."),
    })
}

/// Trips of the message that have nothing to do with the first: they are searched when they are asked for.
fn further_trips(view: &View<'_>) -> Option<String> {
    let locale = view.locale();
    let trips = view.context.slots.also.iter().filter_map(|trip| {
        let leg = trip.legs.first()?;
        let name = |place: &Option<Place>| Some(phrases::place(place.as_ref()?, locale));
        let route = format!("{} → {}", name(&leg.origin)?, name(&leg.destination)?);
        Some(match &leg.date {
            Some(date) => format!("{route} {}", phrases::when(date, locale)),
            None => route,
        })
    });
    let trips = phrases::list(&trips.collect::<Vec<_>>(), locale.pick("et", "and"));
    (!trips.is_empty()).then(|| match locale {
        Locale::Fr => format!(
            "Je cherche un voyage à la fois : voici le premier ; demandez-moi ensuite {trips}."
        ),
        Locale::En => {
            format!("I search one trip at a time: here is the first; ask me next for {trips}.")
        }
    })
}

fn decide(view: &View<'_>) -> Step {
    agenda::step(view, &agenda::of(view))
}

/// A wish for a trip, or an answer to a question about one.
pub(super) fn planning(view: &View<'_>) -> Step {
    let context = view.context;
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
    if let Some(slot) = needed(view) {
        return ask::missing(view, slot, aside).into();
    }
    match aside {
        // Nothing new was said about the flights: searching them again would answer nothing.
        Some(aside) if !context.slots.change_trip() && !scope::mentions_flights(view) => {
            scope::back_to_flights(view, &aside).into()
        }
        aside => flights::find(view, aside),
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
    match needed(view) {
        Some(slot) => ask::missing(view, slot, Some(nothing_to_confirm)).into(),
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
