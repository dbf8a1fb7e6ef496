//! The ways of a trip of several cities, or back from another one, as a whole.

use jiff::civil::Date;

use super::{search, view::View};
use crate::{
    capability::flights::search_flights::FurtherLeg,
    language::{DateSpan, Place, Question, Topic, TripRequest},
};

/// All ways of a trip, each with its day.
#[derive(Clone, Debug)]
pub(crate) struct Ways {
    /// Where it begins: IATA codes.
    pub(crate) home: String,
    /// The ways after the first, the last one home.
    pub(crate) further: Vec<FurtherLeg>,
    /// The first day and the last.
    pub(crate) days: (Date, Date),
}

impl Ways {
    /// Those of the trip that a question is about, where it is about all of them.
    pub(crate) fn of(view: &View<'_>, question: &Question) -> Option<Self> {
        is_of_all(view, question).then(|| Self::of_trip(&view.context.trip))?
    }

    fn of_trip(trip: &TripRequest) -> Option<Self> {
        let home = trip.origin.as_ref()?;
        let depart = settled(trip.depart_date.as_ref())?;
        let is_dated = |leg: &crate::language::Leg| {
            leg.nights.is_some() || settled(leg.date.as_ref()).is_some()
        };
        if trip.onward.is_empty() || !trip.onward.iter().all(is_dated) {
            return None;
        }
        let search = search::flights(trip, depart, None);
        let last = trip.onward.last()?.destination.as_ref();
        let returns = last.is_none_or(|last| last.codes == home.codes);
        let ends = search.legs.last()?.date;
        (returns && depart < ends).then_some(Self {
            home: search.departure,
            further: search.legs,
            days: (depart, ends),
        })
    }
}

/// Whether a question about the cost is of a trip as a whole: it names no place and no day of its own.
pub(super) fn is_of_all(view: &View<'_>, question: &Question) -> bool {
    let reading = &view.context.reading;
    let named: [&Option<Place>; 3] = [
        &question.destination,
        &question.origin,
        &reading.destination,
    ];
    matches!(question.topic, Topic::Cost | Topic::Relax)
        && named.iter().all(|place| place.is_none())
        && question.dates.is_none()
        && question.stay_days.is_none()
}

fn settled(span: Option<&DateSpan>) -> Option<Date> {
    span.filter(|span| span.from == span.to && span.or.is_empty())
        .map(|span| span.from)
}
