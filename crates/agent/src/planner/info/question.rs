//! The questions of a message, each with the place that it is about.

use super::{
    super::{
        clauses::{Clause, clauses},
        view::View,
    },
    exchange,
    topic::{self, Topic},
};
use crate::{
    travel::{Airport, airport},
    understanding::{Input, Place, Slots, TripRequest, understand},
};

/// Words of a clause that asks something.
const ASKING: &str = "what|which|who |how |where |when |do i |do you |do we |do they |does |is it |is there|\
     are there|can i |can we |can you|could you|should |tell me|need |quel|combien|comment|pourquoi|\
     est ce|est il|est elle|y a t il|faut il|faut t il|il faut|dois je|doit on|peut on|puis je|\
     ai je besoin|besoin|dis moi|dites moi|c est quoi|quoi ";
/// Words of a wish for a flight.
const WISHING: &str = "cheap|price|fare|cost|prix|tarif|moins cher|combien coute|coute|vol |vols |flight|fly |\
     flying|ticket|billet|book|reserv|partir|leave |depart";

/// Words of a flight that is looked for.
const FLIGHT: &str = "find |find me|search|look for|book|flight|fly |trouve|cherche|reserve|vol |vols |billet|ticket|\
     one way|round trip|return |aller simple|aller retour";

/// A question.
pub(in super::super) struct Question {
    pub(super) topic: Topic,
    /// The places of its own clause, or else those of the message.
    slots: Slots,
}

impl Question {
    fn of_message(topic: Topic, view: &View<'_>) -> Self {
        Self {
            topic,
            slots: view.context.slots.clone(),
        }
    }

    /// "The time in Tokyo and the currency in Brazil" are about two places.
    fn of_clause(topic: Topic, clause: &Clause<'_>, view: &View<'_>) -> Self {
        let slots = understand(&Input {
            text: clause.text,
            previous: None,
            locale: view.locale(),
            now: &view.context.now,
            month_first: false,
            trip: &TripRequest::default(),
            asked: None,
        });
        let names_a_place = slots.destination.is_some() || slots.origin.is_some();
        match names_a_place {
            true => Self { topic, slots },
            false => Self::of_message(topic, view),
        }
    }

    /// How the place was named.
    pub(super) fn place_name(&self) -> Option<&str> {
        let place = self
            .slots
            .destination
            .as_ref()
            .or(self.slots.origin.as_ref())?;
        Some(&place.surface)
    }

    /// The place that the question is about, and where the distance counts from.
    pub(super) fn places(
        &self,
        view: &View<'_>,
    ) -> Option<(&'static Airport, Option<&'static Airport>)> {
        let (slots, trip) = (&self.slots, &view.context.trip);
        let spans_two = self.topic.spans_two_places();
        let (place, from) = match (&slots.destination, &slots.origin) {
            (Some(place), from) => (Some(place), from.as_ref().or(trip.origin.as_ref())),
            // "How long is the flight from Lyon?" is about the trip's destination.
            (None, Some(from)) if spans_two && trip.destination.is_some() => {
                (trip.destination.as_ref(), Some(from))
            }
            (None, Some(place)) => (Some(place), trip.origin.as_ref()),
            (None, None) => (trip.destination.as_ref(), trip.origin.as_ref()),
        };
        let place = main_airport(place?)?;
        let from = from
            .filter(|_| spans_two)
            .and_then(main_airport)
            .filter(|from| from.iata != place.iata);
        Some((place, from))
    }
}

/// Whether a message names a subject, and in no other clause a flight.
pub(in super::super) fn is_only_a_question(message: &str) -> bool {
    let clauses = clauses(message);
    let asks = |clause: &Clause<'_>| {
        topic::of(&clause.words, exchange::is_said(clause.text)) != Topic::Other
    };
    clauses.iter().any(asks)
        && !clauses
            .iter()
            .any(|clause| !asks(clause) && clause.words.any(FLIGHT))
}

/// The questions of a message that asks and does nothing else; at least one.
pub(in super::super) fn all(view: &View<'_>) -> Vec<Question> {
    let clauses = clauses(&view.message);
    let several = several(view, &clauses, |_, _| true);
    match several.len() {
        0 | 1 => {
            let topic = topic::of(&view.words, exchange::is_asked(view));
            vec![Question::of_message(topic, view)]
        }
        _ => several,
    }
}

/// The questions that stand beside a wish for a trip.
pub(in super::super) fn beside_a_trip(view: &View<'_>) -> Vec<Question> {
    several(view, &clauses(&view.message), |topic, clause| {
        let asks = clause.words.any(ASKING) && !clause.words.any(WISHING);
        topic.is_a_need() || (asks && topic.stands_beside_a_trip())
    })
}

/// The subjects of travel that a message names which is taken for no question at all.
pub(in super::super) fn needs(view: &View<'_>) -> Vec<Question> {
    several(view, &clauses(&view.message), |topic, _| topic.is_a_need())
}

/// The questions of the clauses, each subject once for each place.
fn several(
    view: &View<'_>,
    clauses: &[Clause<'_>],
    counts: impl Fn(Topic, &Clause<'_>) -> bool,
) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::new();
    for clause in clauses {
        let topic = topic::of(&clause.words, exchange::is_said(clause.text));
        if topic == Topic::Other || !counts(topic, clause) {
            continue;
        }
        let question = Question::of_clause(topic, clause, view);
        let known =
            |other: &Question| other.topic == topic && other.place_name() == question.place_name();
        if !questions.iter().any(known) {
            questions.push(question);
        }
    }
    questions
}

fn main_airport(place: &Place) -> Option<&'static Airport> {
    airport::resolve(*place.codes.first()?).first().copied()
}
