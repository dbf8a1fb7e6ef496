//! Several independent trips in one message: searched side by side, answered one after the other.

use super::{
    offer_text, phrases, plan,
    step::{Call, Reply, Step},
    view::View,
};
use crate::{
    capability::flights::{FlightsFound, search_flights::SearchFlights},
    context::TurnContext,
    language::{Pending, Place, Route},
    locale::Locale,
    tools::Tool,
};

/// Most trips of a message that are searched at once.
const MOST_TRIPS: usize = 3;

/// The next step of all trips of the message together.
pub(super) fn step(view: &View<'_>) -> Step {
    let contexts = contexts(view.context);
    let parts: Vec<_> = contexts
        .iter()
        .map(|context| view.part(context, plan::planning))
        .collect();
    let (mut calls, mut blocks) = (Vec::new(), Vec::new());
    let mut question: Option<Reply> = None;
    for part in &parts {
        match plan::planning(part) {
            Step::Call(more) => calls.extend(more),
            // One question at a time: the first one.
            Step::Say(reply) if !reply.asks.is_nothing() => {
                question = question.or_else(|| Some(about(part, reply)));
            }
            Step::Say(reply) => blocks.push(reply.text),
        }
    }
    if !calls.is_empty() {
        return Step::Call(together(calls));
    }
    blocks.extend(parts.iter().find_map(provenance));
    blocks.extend(rest(view));
    let asks = match question {
        Some(Reply { text, asks }) => {
            blocks.push(text);
            asks
        }
        None => {
            blocks.push(goes_on(view));
            Pending::WhichOffer
        }
    };
    Reply::asking(blocks.join("\n\n"), asks).into()
}

/// A question about a further trip that an earlier message has named, after the answer for this one.
pub(super) fn then_ask(view: &View<'_>, step: Step) -> Step {
    let route = view.context.trip.waiting.as_ref().filter(|_| !view.is_part);
    let (Some(route), Step::Say(reply)) = (route, &step) else {
        return step;
    };
    let context = further(view.context, route);
    let part = view.part(&context, plan::planning);
    let Some(question) = plan::question(&part, None) else {
        return step;
    };
    let Reply { text, asks } = about(&part, question);
    Reply::asking(format!("{}\n\n{text}", reply.text), asks).into()
}

/// The trips, the conversation's own first, each as if it were alone.
fn contexts(context: &TurnContext) -> Vec<TurnContext> {
    let mut own = context.clone();
    own.reading.also.clear();
    own.trip.waiting = None;
    let others = context.reading.also.iter().take(MOST_TRIPS - 1);
    let others: Vec<_> = others.map(|route| further(context, route)).collect();
    std::iter::once(own).chain(others).collect()
}

fn further(context: &TurnContext, route: &Route) -> TurnContext {
    let mut other = context.clone();
    other.trip = context.trip.along(route);
    other.reading.also.clear();
    // Those are of the conversation's trip.
    other.reading.choice = None;
    other.reading.stay_days = None;
    other.problems.clear();
    other.offers.clear();
    other.proposal = None;
    other
}

/// The calls of one round. The searches come last, and together: the offers of the first trip are
/// then those that the conversation goes on with.
fn together(calls: Vec<Call>) -> Vec<Call> {
    let mut unique: Vec<Call> = Vec::new();
    for call in calls {
        if !unique.contains(&call) {
            unique.push(call);
        }
    }
    let is_search = |call: &Call| call.name == SearchFlights::NAME;
    if unique.iter().all(is_search) {
        return unique;
    }
    unique.retain(|call| !is_search(call));
    unique
}

/// A question, after the trip that it is about.
fn about(part: &View<'_>, reply: Reply) -> Reply {
    let route = phrases::route(&part.context.trip, part.locale());
    let text = match (route, part.locale()) {
        (Some(route), Locale::Fr) => format!("Pour **{route}** : {}", reply.text),
        (Some(route), Locale::En) => format!("For **{route}**: {}", reply.text),
        (None, _) => reply.text,
    };
    Reply::asking(text, reply.asks)
}

fn provenance(part: &View<'_>) -> Option<String> {
    let done = part.last::<SearchFlights>()?;
    let found: &FlightsFound = done.found()?;
    Some(offer_text::provenance(found.offers.first()?, part.locale()))
}

/// Which of the trips the conversation goes on with.
fn goes_on(view: &View<'_>) -> String {
    let route = phrases::route(&view.context.trip, view.locale()).unwrap_or_default();
    match view.locale() {
        Locale::Fr => format!(
            "Nous continuons avec le premier voyage, **{route}** : quelle offre préférez-vous ? \
             Pour reprendre un autre voyage, redonnez-moi son trajet."
        ),
        Locale::En => format!(
            "We go on with the first trip, **{route}**: which offer do you prefer? To come back to \
             another trip, give me its route again."
        ),
    }
}

/// Trips beyond those that are searched at once.
fn rest(view: &View<'_>) -> Option<String> {
    let locale = view.locale();
    let trips = view.context.reading.also.iter().skip(MOST_TRIPS - 1);
    let trips: Vec<_> = trips.filter_map(|trip| named(trip, locale)).collect();
    let trips = phrases::list(&trips, locale.pick("et", "and"));
    (!trips.is_empty()).then(|| match locale {
        Locale::Fr => format!(
            "Je cherche au plus {MOST_TRIPS} voyages à la fois ; demandez-moi ensuite {trips}."
        ),
        Locale::En => {
            format!("I search at most {MOST_TRIPS} trips at once; ask me next for {trips}.")
        }
    })
}

fn named(trip: &Route, locale: Locale) -> Option<String> {
    let leg = trip.legs.first()?;
    let name = |place: &Option<Place>| Some(phrases::place(place.as_ref()?, locale));
    let route = format!("{} → {}", name(&leg.origin)?, name(&leg.destination)?);
    Some(match &leg.date {
        Some(date) => format!("{route} {}", phrases::when(date, locale)),
        None => route,
    })
}
