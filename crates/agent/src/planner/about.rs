//! Which places of a trip a question is about, and on which days one is there.

use jiff::civil::Date;

use super::{brief::destination_of, view::View, ways::Ways};
use crate::{
    language::{DateSpan, Place, PlaceKind, Question, Topic, TripRequest},
    travel::Slice,
    trip::city_of,
};

/// The places that a question is about, as far as anything says: those of its clause, of the message, of the
/// question before it, or of the trip. Where one sets out is none of them.
pub(super) fn places<'a>(view: &View<'a>, question: &'a Question) -> Vec<&'a Place> {
    let context = view.context;
    let (trip, reading) = (&context.trip, &context.reading);
    let is_home = |place: &Place| {
        let home = trip.origin.as_ref();
        home.is_some_and(|home| home.codes == place.codes)
    };
    // "From Lyon" beside a wish for days says where one sets out, "the climate of Lyon" what is asked about.
    let topic = question.topic;
    let of = question
        .origin
        .as_ref()
        .filter(|_| !topic.takes_trip_facts());
    let stops = stops(trip);
    let within = |country: &Place| {
        let inside = |stop: &&&Place| stop.country == country.country;
        let inside: Vec<_> = stops.iter().filter(inside).copied().collect();
        (country.kind == PlaceKind::Country && !inside.is_empty()).then_some(inside)
    };
    let named = question.destination.as_ref();
    let both = of
        .zip(named)
        .is_some_and(|(of, named)| of.codes != named.codes);
    // "A visa for Morocco" of a trip to Marrakech is about Marrakech.
    if let Some(stops) = named.or(of).filter(|_| !both).and_then(within) {
        return stops;
    }
    if let Some(place) = named {
        let both = of.filter(|other| !topic.spans_two_places() && other.codes != place.codes);
        let places = both.into_iter().chain([place]);
        return places
            .flat_map(|place| within(place).unwrap_or_else(|| vec![place]))
            .collect();
    }
    if let Some(place) = of.or(reading.destination.as_ref()) {
        return within(place).unwrap_or_else(|| vec![place]);
    }
    // What the whole trip costs is of its first city on, whichever was spoken of last.
    if Ways::of(view, question).is_some() {
        return trip.destination.iter().collect();
    }
    if let Some(place) = trip.about.as_ref().filter(|place| !is_home(place)) {
        return within(place).unwrap_or_else(|| vec![place]);
    }
    let facts = is_of_every_stop(topic);
    match stops.as_slice() {
        [_, _, ..] if facts => stops,
        [first, ..] => vec![first],
        [] => Vec::new(),
    }
}

/// Whether a question without a place is one of every city of a trip.
const fn is_of_every_stop(topic: Topic) -> bool {
    matches!(
        topic,
        Topic::Visa
            | Topic::Currency
            | Topic::Weather
            | Topic::Plugs
            | Topic::Driving
            | Topic::Emergency
            | Topic::Holidays
            | Topic::Language
            | Topic::Hotel
            | Topic::Rental
            | Topic::Cost
    )
}

/// The cities where a trip stays, in order: where its legs end, but for home.
pub(super) fn stops(trip: &TripRequest) -> Vec<&Place> {
    let home = trip.origin.as_ref().map(|home| &home.codes);
    let legs = trip
        .onward
        .iter()
        .filter_map(|leg| leg.destination.as_ref());
    let mut stops: Vec<&Place> = Vec::new();
    for place in trip.destination.iter().chain(legs) {
        let known = stops.iter().any(|stop| stop.codes == place.codes);
        if Some(&place.codes) != home && !known {
            stops.push(place);
        }
    }
    stops
}

/// The first and the last day in a place: those of the nights that were found there, or from the leg that leads
/// there to the next one. `None` = those of the whole trip.
pub(super) fn days(view: &View<'_>, question: &Question, place: &Place) -> Option<(Date, Date)> {
    // What is of the whole trip is not of the nights alone.
    let whole = matches!(
        question.topic,
        Topic::Package | Topic::Window | Topic::Suggest | Topic::Cost | Topic::Relax
    );
    let whole = whole && !(question.topic == Topic::Cost && stops(&view.context.trip).len() > 1);
    let context = view.context;
    let (trip, reading) = (&context.trip, &context.reading);
    let moved = reading.depart_date.is_some() || reading.return_date.is_some();
    if whole || place.kind == PlaceKind::Country {
        return None;
    }
    let city = destination_of(place)?.code;
    let nights = context.stays.iter().find(|(stay, ..)| *stay == city);
    // Nights that the trip has shrunk away from are no days of it any more.
    let settled = |span: Option<&DateSpan>| {
        span.filter(|span| span.from == span.to)
            .map(|span| span.from)
    };
    let leaves = settled(trip.depart_date.as_ref());
    let back = settled(trip.return_date.as_ref());
    let stands = |(_, first, last): &&(_, Date, Date)| {
        leaves.is_none_or(|leaves| leaves <= *first) && back.is_none_or(|back| *last <= back)
    };
    let nights = nights.filter(stands);
    if let Some((_, first, last)) = nights.filter(|_| !moved && reading.stay_days.is_none()) {
        return Some((*first, *last));
    }
    let mut dates = vec![(trip.destination.as_ref(), trip.depart_date.as_ref())];
    let legs = trip.onward.iter();
    dates.extend(legs.map(|leg| (leg.destination.as_ref(), leg.date.as_ref())));
    let at = dates.iter().position(|(stop, _)| {
        let stop = stop.and_then(destination_of);
        stop.is_some_and(|stop| stop.code == city)
    })?;
    let exact = |at: usize| {
        let span = dates.get(at)?.1?;
        (span.from == span.to && span.or.is_empty()).then_some(span.from)
    };
    let days = (exact(at)?, exact(at + 1)?);
    (days.0 < days.1).then_some(days)
}

/// The days of the flights that are shown, where the trip left a choice of them: "take the cheapest dates".
pub(super) fn flown_days(view: &View<'_>) -> Option<(Date, Date)> {
    let context = view.context;
    let span = context.trip.depart_date.as_ref()?;
    let slices = &context.offers.first()?.slices;
    let ends = match slices.as_slice() {
        [out, back] => (out, back),
        _ => return None,
    };
    let leaves = |slice: &Slice| Some(slice.segments.first()?.departing_at.civil().date());
    let days = (leaves(ends.0)?, leaves(ends.1)?);
    let there = context.trip.destination.as_ref().is_some_and(|place| {
        let lands = city_of(ends.0.destination.iata);
        place.codes.iter().any(|code| city_of(*code) == lands)
    });
    (there && span.from <= days.0 && days.0 <= span.to).then_some(days)
}
