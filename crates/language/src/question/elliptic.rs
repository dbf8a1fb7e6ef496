//! Messages that go on with the question before them: "and in October?", "et avec les enfants ?".

use std::ops::Range;

use super::{Manner, Question, Said, days, planned};
use crate::{
    reading::Reading,
    text::{lexicon::Meaning, tokens::Tokens},
    topic::Topic,
    trip::TripRequest,
    wish::Span,
};

/// The words with which a message goes on, in bytes; `None` where it does not. `free`: the agent waits
/// for nothing that a place or a day would fill.
pub(crate) fn lead(tokens: &Tokens<'_>, free: bool) -> Option<Vec<Range<usize>>> {
    let led = tokens.means(0, Meaning::QuestionElliptic).is_some();
    let asks = (0..tokens.len()).any(|at| tokens.is(at, &["?"]));
    let goes_on = (led && free) || (asks && (led || free));
    if !goes_on {
        return None;
    }
    let said = |at: usize| {
        let filler = tokens.means(at, Meaning::QuestionEllipticFiller);
        let words = filler.max(tokens.means(at, Meaning::QuestionElliptic))?;
        Some(tokens.bytes(at..at + words))
    };
    Some((0..tokens.len()).filter_map(said).collect())
}

/// Whether a message says but a place, days, a length, travellers or money: what a question left out.
fn only_completes(reading: &Reading) -> bool {
    let rest = Reading {
        origin: reading.origin.clone(),
        destination: reading.destination.clone(),
        depart_date: reading.depart_date.clone(),
        return_date: reading.return_date.clone(),
        stay_days: reading.stay_days,
        one_way: reading.one_way.filter(|one_way| !one_way),
        passengers: reading.passengers.clone(),
        budget: reading.budget,
        money: reading.money,
        changes: reading.changes.clone(),
        details: reading.details.clone(),
        ..Reading::default()
    };
    let says = *reading != Reading::default();
    let route = reading.origin.is_some() && reading.destination.is_some();
    says && !route && *reading == rest
}

/// The question about `topic` that the message completes or goes on with. What belongs to the question
/// alone is taken from the trip.
pub(crate) fn complete(topic: Topic, length: usize, trip: &TripRequest, reading: &mut Reading) {
    if only_completes(reading) {
        go_on(topic, length, trip, reading);
    }
}

/// The question about `topic` that the message goes on with.
pub(crate) fn go_on(topic: Topic, length: usize, trip: &TripRequest, reading: &mut Reading) {
    let place = reading
        .destination
        .clone()
        .or_else(|| reading.origin.clone());
    // Where to go is asked: a place that is said then is where one leaves from, unless that is known.
    let leaves = topic == Topic::Suggest && (reading.origin.is_some() || trip.origin.is_none());
    if topic == Topic::Suggest && !leaves && planned::names_a_town(reading) {
        // "Porto!" is the answer, and no further question.
        return;
    }
    // "From Toulouse" tells where a trip begins whose destination is known.
    let begins = !leaves
        && topic.takes_trip_facts()
        && reading.origin.is_some()
        && reading.destination.is_none()
        && trip.destination.is_some()
        && trip.origin.is_none();
    let place = place.filter(|_| !begins);
    let question = Question {
        topic,
        manner: Manner::Asked,
        origin: None,
        destination: place.or_else(|| trip.about.clone()).filter(|_| !leaves),
        dates: days(reading),
        stay_days: reading.stay_days,
    };
    if begins {
        // The reading says it already.
    } else if leaves {
        reading.origin = reading.origin.take().or_else(|| reading.destination.take());
    } else if topic.takes_trip_facts() {
        reading.destination = reading.destination.take().or_else(|| reading.origin.take());
    } else {
        (reading.origin, reading.destination) = (None, None);
        (reading.depart_date, reading.return_date) = (None, None);
        (reading.stay_days, reading.one_way) = (None, None);
    }
    let at = Span {
        start: 0,
        end: length,
    };
    reading.questions.push(Said {
        value: question,
        at,
    });
}
