//! A question for a capability, with what the conversation knows around it.

use guide::{Destination, destination};
use jiff::civil::Date;

use super::view::View;
use crate::{
    language::{Place, Question, Topic},
    travel::{Iata, Party},
};

/// What a capability is asked.
pub(crate) struct Brief<'a> {
    /// Subject.
    pub(crate) topic: Topic,
    /// The place that it is about: that of its clause, of the message, or of the trip.
    pub(crate) place: Option<&'a Place>,
    /// The same as a destination that the tables know.
    pub(crate) destination: Option<&'static Destination>,
    /// Where the travellers live, as far as they said: where the trip begins.
    pub(crate) home: Option<Iata>,
    /// First and last day there, where both are settled.
    pub(crate) days: Option<(Date, Date)>,
    /// The span within which the trip is to be, where only that is said: a month, a season.
    pub(crate) within: Option<(Date, Date)>,
    /// Nights, where they are said or follow from the days.
    pub(crate) nights: Option<u16>,
    /// Who.
    pub(crate) party: Party,
    /// Whether that was said; else one adult is assumed, and told.
    pub(crate) party_is_said: bool,
}

impl<'a> Brief<'a> {
    /// What is known around a question.
    pub(crate) fn of(view: &View<'a>, question: &'a Question) -> Self {
        let context = view.context;
        let trip = &context.trip;
        let places = [
            &question.destination,
            &question.origin,
            &context.reading.destination,
            &trip.destination,
        ];
        let place = places.into_iter().find_map(Option::as_ref);
        let depart = trip.depart_date.as_ref();
        let first = depart
            .filter(|span| span.from == span.to)
            .map(|span| span.from);
        let back = trip.return_date.as_ref();
        let back = back
            .filter(|span| span.from == span.to)
            .map(|span| span.from);
        let stay = trip.stay_days.map(|days| days.saturating_sub(1).max(1));
        let last = back.or_else(|| first?.checked_add(jiff::Span::new().days(stay?)).ok());
        let days = first.zip(last).filter(|(first, last)| first <= last);
        let nights = days
            .and_then(|(first, last)| u16::try_from(first.until(last).ok()?.get_days()).ok())
            .or(stay);
        Self {
            topic: question.topic,
            place,
            destination: place.and_then(destination_of),
            home: trip
                .origin
                .as_ref()
                .and_then(|place| place.codes.first().copied()),
            days,
            within: depart.map(|span| (span.from, span.to)),
            nights,
            party: trip.party.clone().unwrap_or_default(),
            party_is_said: trip.party.is_some(),
        }
    }

    /// The place as people named it, or its table's name.
    pub(crate) fn place_name(&self, view: &View<'_>) -> Option<String> {
        let locale = view.locale();
        let known = self.destination.map(|place| place.name(locale).to_owned());
        known.or_else(|| Some(self.place?.surface.clone()))
    }
}

/// The first of a place's codes that the tables of destinations know.
fn destination_of(place: &Place) -> Option<&'static Destination> {
    place
        .codes
        .iter()
        .find_map(|code| destination::by_code(*code))
}
