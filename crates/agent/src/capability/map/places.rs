//! The places of a journey, and of a day.

use guide::{Destination, Point, destination, nearby, quarters};

use super::found::DayOf;
use crate::{
    capability::arguments,
    conversation::ConversationState,
    language::Place,
    locale::Locale,
    sheet::Pin,
    tools::{BadArgument, Problem},
    travel::{Iata, airport},
    trip::{PlannedDay, PlannedDays, StopKind, Trip, city_of},
};

/// Most places of one map.
pub(super) const MOST: usize = 20;

/// The journey: that of the flight that was chosen, else the one that is wished, else from stay to
/// stay.
pub(super) fn of_trip(state: &ConversationState, locale: Locale) -> Vec<Pin> {
    let codes = of_flight(&state.plan)
        .or_else(|| of_wish(state))
        .unwrap_or_else(|| of_stays(&state.plan));
    pins(&codes, locale)
}

fn of_flight(plan: &Trip) -> Option<Vec<Iata>> {
    let slices = &plan.flight.as_ref()?.slices;
    let ends = slices
        .iter()
        .flat_map(|slice| [slice.origin.iata, slice.destination.iata]);
    Some(ends.collect())
}

fn of_wish(state: &ConversationState) -> Option<Vec<Iata>> {
    let trip = &state.trip;
    let first = |place: &Place| place.codes.first().copied();
    let home = trip.origin.as_ref().and_then(first);
    let away = trip.destination.as_ref().and_then(first)?;
    let mut codes: Vec<Iata> = home.into_iter().chain([away]).collect();
    for leg in &trip.onward {
        codes.extend(leg.origin.as_ref().map_or(home, first));
        codes.extend(leg.destination.as_ref().map_or(home, first));
    }
    let comes_back = trip.return_date.is_some() || trip.stay_days.is_some();
    if trip.onward.is_empty() && comes_back && trip.one_way != Some(true) {
        codes.extend(home);
    }
    Some(codes)
}

fn of_stays(plan: &Trip) -> Vec<Iata> {
    let stays = plan.stays.iter().map(|stay| stay.city);
    let mut codes: Vec<Iata> = stays.collect();
    if codes.is_empty() {
        codes.extend(plan.days.iter().map(|days| days.city));
    }
    codes
}

/// Pins of codes, a city where it is one; those that follow each other in one city are one.
fn pins(codes: &[Iata], locale: Locale) -> Vec<Pin> {
    let mut cities: Vec<Iata> = codes.iter().map(|code| city_of(*code)).collect();
    cities.dedup();
    let pins = cities.into_iter().filter_map(|code| pin(code, locale));
    pins.take(MOST).collect()
}

fn pin(code: Iata, locale: Locale) -> Option<Pin> {
    if let Some(place) = destination::by_code(code) {
        return Some(at(place.name(locale), place.at()));
    }
    let airports = airport::resolve(code);
    let airport = airports.first()?;
    let point = Point {
        lat: airport.latitude,
        lon: airport.longitude,
    };
    Some(at(airport.city(locale), point))
}

fn at(name: &str, point: Point) -> Pin {
    Pin {
        name: name.to_owned(),
        lat: point.lat,
        lon: point.lon,
    }
}

/// The places of a journey that a call names: codes or names of cities.
pub(super) fn named(stops: &[String], locale: Locale) -> Result<Vec<Pin>, BadArgument> {
    let read = stops.iter().map(|stop| {
        let code: Option<Iata> = stop.trim().to_uppercase().parse().ok();
        let by_code = code.and_then(|code| pin(code, locale));
        by_code.map_or_else(
            || arguments::city("stops", stop).map(|place| at(place.name(locale), place.at())),
            Ok,
        )
    });
    read.collect()
}

/// The sights and quarters of a city that a call names.
pub(super) fn named_in(
    city: &Destination,
    stops: &[String],
    locale: Locale,
) -> Result<Vec<Pin>, BadArgument> {
    let read = stops.iter().map(|stop| {
        let place = nearby::named(city.code, stop);
        place
            .map(|place| at(place.name(locale), place.at()))
            .ok_or_else(|| BadArgument::of("stops", Problem::NotThere(stop.clone())))
    });
    read.collect()
}

/// The days of a plan in order, those of one city alone where it is given, each with its number.
pub(super) fn days(plan: &Trip, city: Option<Iata>) -> Vec<(DayOf, &PlannedDays, &PlannedDay)> {
    let plans = plan.days.iter();
    let there = plans.filter(|days| city.is_none_or(|city| city_of(days.city) == city));
    let all: Vec<_> = there
        .flat_map(|days| days.days.iter().map(move |day| (days, day)))
        .collect();
    let count = all.len();
    let numbered = all.into_iter().enumerate().map(|(index, (days, day))| {
        let of = DayOf {
            city: days.city,
            name: days.name.clone(),
            number: index + 1,
            count,
            date: day.date,
        };
        (of, days, day)
    });
    numbered.collect()
}

/// The places of a day, and the names of its stops that are not drawn: those without a place, and the
/// way from or to the airport, beside which the city would be a point.
pub(super) fn of_day(day: &PlannedDay) -> (Vec<Pin>, Vec<String>) {
    let (mut pins, mut left_out): (Vec<Pin>, Vec<String>) = (Vec::new(), Vec::new());
    for stop in &day.stops {
        match stop.at.filter(|_| stop.kind != StopKind::Travel) {
            Some((lat, lon)) if pins.len() < MOST => pins.push(Pin {
                name: stop.name.clone(),
                lat,
                lon,
            }),
            _ => left_out.push(stop.name.clone()),
        }
    }
    (pins, left_out)
}

/// The quarters of a city.
pub(super) fn quarters_of(city: Iata, locale: Locale) -> Vec<Pin> {
    let quarters = quarters::of(city).iter();
    let named = quarters.map(|quarter| at(quarter.name(locale), quarter.at));
    named.collect()
}
