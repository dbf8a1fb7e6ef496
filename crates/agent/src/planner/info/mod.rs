//! Questions of travellers: facts from the tables, honesty about everything else.

mod airports;
mod exchange;
mod facts;
mod honest;
mod pointer;
mod question;

use serde_json::json;

use super::{
    LookUp,
    step::{Call, Reply},
    view::View,
};
use crate::{
    capability::{
        flights::{AirportsFound, get_airport_code::GetAirportCode},
        place::get_place_facts::{GetPlaceFacts, PlaceFacts},
    },
    language::{Pending, Topic},
};

pub(super) use question::{Question, all, beside_a_trip, needs, of_message, stands_beside};

/// What questions come to.
pub(super) enum Answer {
    /// Look-ups, side by side.
    Calls(Vec<Call>),
    /// The answers, in order.
    Text(Reply),
}

/// Answers `questions`, at least one; `alone` when nothing else ends the message with a question.
pub(super) fn answer(view: &View<'_>, questions: &[Question], alone: bool) -> Answer {
    let (mut calls, mut texts): (Vec<Call>, Vec<String>) = (Vec::new(), Vec::new());
    let (mut asked, mut asks) = (!alone, Pending::Nothing);
    for question in questions {
        match one(view, question, questions, asked) {
            One::Call(call) if calls.contains(&call) => {}
            One::Call(call) => calls.push(call),
            One::Text(text) if texts.contains(&text) => {}
            One::Text(text) => texts.push(text),
            One::WhichPlace(text) => {
                asked = true;
                asks = Pending::Topic {
                    topic: question.topic,
                    said: view.message.clone().into_owned(),
                };
                texts.push(text);
            }
        }
    }
    match calls.is_empty() {
        true => Answer::Text(Reply::asking(texts.join("\n\n"), asks)),
        false => Answer::Calls(calls),
    }
}

/// What a question comes to.
enum One {
    Call(Call),
    Text(String),
    /// Asks for the place that the question left out.
    WhichPlace(String),
}

fn one(view: &View<'_>, question: &Question, all: &[Question], asked: bool) -> One {
    let topic = question.topic;
    if topic == Topic::Exchange
        && let Some(text) = exchange::between_named(view)
    {
        return One::Text(text);
    }
    if !topic.is_of_a_place() {
        return One::Text(pointer::text(topic, view));
    }
    if topic == Topic::AirportCode
        && let Some(one) = airport_code(view, question)
    {
        return one;
    }
    let Some((place, from)) = question.places(view) else {
        return match pointer::which_place(topic, view).filter(|_| !asked) {
            Some(text) => One::WhichPlace(text),
            None => One::Text(pointer::lacks_place(topic, view)),
        };
    };
    // One look-up for all questions about a place: only some need where one comes from.
    let from = from.or_else(|| {
        let others = all.iter().filter_map(|other| other.places(view));
        let same = others.filter(|(other, _)| other.iata == place.iata);
        same.filter_map(|(_, from)| from).next()
    });
    let from = from.map(|airport| airport.iata);
    let args = json!({ "place": place.iata, "from": from });
    match view.look_up::<GetPlaceFacts, PlaceFacts>(&args) {
        LookUp::Found(facts) => One::Text(match topic {
            Topic::Exchange => exchange::at_place(facts, view),
            topic => facts::text(topic, facts, view),
        }),
        LookUp::Failed(_) => One::Text(pointer::lookup_failed(view)),
        LookUp::Open(call) => One::Call(call),
        LookUp::Absent => One::Text(pointer::no_lookup(view)),
    }
}

/// Looks the airports of the place up; `None` when no place was said or nothing can be looked up.
fn airport_code(view: &View<'_>, question: &Question) -> Option<One> {
    let asked = question.place_name()?;
    match view.look_up::<GetAirportCode, AirportsFound>(&json!({ "city": asked })) {
        LookUp::Found(found) => Some(One::Text(airports::text(asked, &found.0, view))),
        LookUp::Failed(_) => Some(One::Text(pointer::lookup_failed(view))),
        LookUp::Open(call) => Some(One::Call(call)),
        LookUp::Absent => None,
    }
}

/// Says that nothing is known on a subject, and who would know.
pub(super) fn nothing_known(topic: Topic, view: &View<'_>) -> String {
    pointer::text(topic, view)
}
