//! The questions of a message as the planner answers them, each with the place that it is about.

use super::super::view::View;
use crate::{
    language::{Manner, Place, Question as Read, Topic},
    travel::{Airport, airport},
};

/// A question.
pub(in super::super) struct Question {
    pub(super) topic: Topic,
    origin: Option<Place>,
    destination: Option<Place>,
}

impl Question {
    /// A question as it was read; what its clause leaves out, the message says, or the question beside it.
    fn of(read: &Read, view: &View<'_>) -> Self {
        let reading = &view.context.reading;
        let all = || reading.brought_up();
        let names = |question: &&Read| question.destination.is_some() || question.origin.is_some();
        let (origin, destination) = if names(&read) {
            (&read.origin, &read.destination)
        } else if reading.destination.is_some() || reading.origin.is_some() {
            (&reading.origin, &reading.destination)
        } else {
            let beside = all().find(names).unwrap_or(read);
            (&beside.origin, &beside.destination)
        };
        let spans_two = read.topic.spans_two_places();
        let other_end = |said: &Option<Place>| said.clone().filter(|_| spans_two);
        Self {
            topic: read.topic,
            origin: origin.clone().or_else(|| other_end(&reading.origin)),
            destination: destination
                .clone()
                .or_else(|| other_end(&reading.destination)),
        }
    }

    /// A message that names nothing of what travellers ask.
    fn of_message(view: &View<'_>) -> Self {
        let reading = &view.context.reading;
        Self {
            topic: Topic::Other,
            origin: reading.origin.clone(),
            destination: reading.destination.clone(),
        }
    }

    /// How the place was named.
    pub(super) fn place_name(&self) -> Option<&str> {
        let place = self.destination.as_ref().or(self.origin.as_ref())?;
        Some(&place.surface)
    }

    /// The place that the question is about, and where the distance counts from.
    pub(super) fn places(
        &self,
        view: &View<'_>,
    ) -> Option<(&'static Airport, Option<&'static Airport>)> {
        let trip = &view.context.trip;
        let spans_two = self.topic.spans_two_places();
        let (place, from) = match (&self.destination, &self.origin) {
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

/// The questions of a message that asks and does nothing else.
pub(in super::super) fn all(view: &View<'_>) -> Vec<Question> {
    several(view, |_| true)
}

/// The question of a message that names nothing of what travellers ask.
pub(in super::super) fn of_message(view: &View<'_>) -> Vec<Question> {
    vec![Question::of_message(view)]
}

/// The questions that stand beside a wish for a trip.
pub(in super::super) fn beside_a_trip(view: &View<'_>) -> Vec<Question> {
    several(view, |question| stands_beside(question, view))
}

/// Whether a question is answered beside a wish for a trip, and not by the search or with a word on what
/// is not offered.
pub(in super::super) fn stands_beside(question: &Read, view: &View<'_>) -> bool {
    let (topic, context) = (question.topic, view.context);
    let only_asks = !context.reading.change_trip() && context.offers.is_empty();
    let asked = question.manner == Manner::Asked
        && (topic.stands_beside_a_trip() || only_asks && !topic.is_a_service());
    topic.is_a_need() || asked
}

/// The subjects of travel that a message names which is taken for no question at all.
pub(in super::super) fn needs(view: &View<'_>) -> Vec<Question> {
    several(view, |question| question.topic.is_a_need())
}

fn several(view: &View<'_>, counts: impl Fn(&Read) -> bool) -> Vec<Question> {
    let questions = view.context.reading.brought_up();
    // A capability answers its own by itself.
    let here = questions.filter(|question| {
        question.topic != Topic::OfferDetails && view.capability(question).is_none()
    });
    let counted = here.filter(|question| counts(question));
    counted.map(|read| Question::of(read, view)).collect()
}

fn main_airport(place: &Place) -> Option<&'static Airport> {
    airport::resolve(*place.codes.first()?).first().copied()
}
