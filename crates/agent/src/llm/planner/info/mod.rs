//! Questions of travellers: facts from the tables, honesty about everything else.

mod airports;
mod exchange;
mod facts;
mod pointer;
mod topic;

use serde_json::json;

use super::{
    step::{Call, Step},
    view::View,
};
use crate::{
    tools::{
        ToolData,
        facts::{GetPlaceFacts, PlaceFacts},
        get_airport_code::GetAirportCode,
    },
    travel::{Airport, airport},
    understanding::Place,
};
pub(super) use pointer::asks_which_place;
use topic::{Topic, detect};

/// The next step of a question for travellers.
pub(super) fn step(view: &View<'_>) -> Step {
    let topic = detect(view);
    if topic == Topic::Exchange
        && let Some(text) = exchange::between_named(view)
    {
        return Step::Say(text);
    }
    if topic.has_no_facts() {
        return Step::Say(pointer::text(topic, view));
    }
    if topic == Topic::AirportCode
        && let Some(step) = airport_code(view)
    {
        return step;
    }
    let Some((place, from)) = places(view, topic) else {
        return Step::Say(pointer::which_place(topic, view));
    };
    match view.last::<GetPlaceFacts>().map(|done| done.outcome) {
        Some(Ok(ToolData::Facts(facts))) => Step::Say(text(topic, facts, view)),
        Some(_) => Step::Say(pointer::lookup_failed(view)),
        None if view.can::<GetPlaceFacts>() => {
            let from = from.map(|airport| airport.iata);
            let arguments = json!({ "place": place.iata, "from": from });
            Call::of::<GetPlaceFacts>(arguments).into()
        }
        None => Step::Say(pointer::no_lookup(view)),
    }
}

/// Looks the airports of the place up; `None` when no place was said or nothing can be looked up.
fn airport_code(view: &View<'_>) -> Option<Step> {
    let slots = &view.context.slots;
    let asked = &slots
        .destination
        .as_ref()
        .or(slots.origin.as_ref())?
        .surface;
    match view.last::<GetAirportCode>().map(|done| done.outcome) {
        Some(Ok(ToolData::Airports(found))) => Some(Step::Say(airports::text(asked, found, view))),
        Some(_) => Some(Step::Say(pointer::lookup_failed(view))),
        None => view
            .can::<GetAirportCode>()
            .then(|| Call::of::<GetAirportCode>(json!({ "city": asked })).into()),
    }
}

fn text(topic: Topic, facts: &PlaceFacts, view: &View<'_>) -> String {
    match topic {
        Topic::Exchange => exchange::at_place(facts, view),
        topic => facts::text(topic, facts, view),
    }
}

/// The place that the question is about, and where the distance counts from.
fn places(view: &View<'_>, topic: Topic) -> Option<(&'static Airport, Option<&'static Airport>)> {
    let (slots, trip) = (&view.context.slots, &view.context.trip);
    let (place, from) = match (&slots.destination, &slots.origin) {
        (Some(place), from) => (Some(place), from.as_ref().or(trip.origin.as_ref())),
        // "How long is the flight from Lyon?" is about the trip's destination.
        (None, Some(from)) if topic.spans_two_places() && trip.destination.is_some() => {
            (trip.destination.as_ref(), Some(from))
        }
        (None, Some(place)) => (Some(place), trip.origin.as_ref()),
        (None, None) => (trip.destination.as_ref(), trip.origin.as_ref()),
    };
    let place = main_airport(place?)?;
    let from = from
        .filter(|_| topic.spans_two_places())
        .and_then(main_airport)
        .filter(|from| from.iata != place.iata);
    Some((place, from))
}

fn main_airport(place: &Place) -> Option<&'static Airport> {
    airport::resolve(*place.codes.first()?).first().copied()
}
