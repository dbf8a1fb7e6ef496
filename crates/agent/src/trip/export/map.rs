//! The trip as a drawing of its own: the way between the cities, or a day as a scheme.

use guide::{
    Point, destination,
    map::{self, Output, Pin, Words},
};

use super::Export;
use crate::{
    travel::{Iata, airport},
    trip::city_of,
};

/// Draws the way, or one day, counted from 1; `None` where there is nothing to draw.
pub(super) fn write(export: &Export<'_>, day: Option<usize>) -> Option<String> {
    match day {
        Some(day) => self::day(export, day),
        None => route(export),
    }
}

fn route(export: &Export<'_>) -> Option<String> {
    let mut codes: Vec<Iata> = codes(export).into_iter().map(city_of).collect();
    codes.dedup();
    let pins = codes.iter().filter_map(|code| {
        let place =
            destination::by_code(*code).map(|place| (place.name(export.locale), place.at()));
        let (name, at) = place.or_else(|| airport_of(*code, export))?;
        Some(Pin { name, at })
    });
    let pins: Vec<_> = pins.collect();
    let names: Vec<_> = pins.iter().map(|pin| pin.name).collect();
    (pins.len() > 1).then(|| {
        let text = names.join(" – ");
        map::route(&pins, words(&export.trip.title, &text), Output::File)
    })
}

/// Where the trip stops: by its flight, else as it is wished.
fn codes(export: &Export<'_>) -> Vec<Iata> {
    if let Some(flight) = &export.trip.planned.flight {
        let slices = flight.offer.slices.iter();
        return slices
            .flat_map(|slice| [slice.origin.iata, slice.destination.iata])
            .collect();
    }
    let legs = export.trip.wished.legs.iter();
    let places = legs.flat_map(|leg| leg.from.iter().chain(&leg.to));
    places
        .filter_map(|place| place.codes.first().copied())
        .collect()
}

fn airport_of(code: Iata, export: &Export<'_>) -> Option<(&'static str, Point)> {
    let airport = *airport::resolve(code).first()?;
    let (lat, lon) = (airport.latitude, airport.longitude);
    Some((airport.city(export.locale), Point { lat, lon }))
}

fn day(export: &Export<'_>, wanted: usize) -> Option<String> {
    let (place, day) = export.days().nth(wanted.checked_sub(1)?)?;
    let pins = day.stops.iter().filter_map(|stop| {
        let (lat, lon) = stop.at?;
        Some(Pin {
            name: &stop.name,
            at: Point { lat, lon },
        })
    });
    let pins: Vec<_> = pins.collect();
    let names: Vec<_> = pins.iter().map(|pin| pin.name).collect();
    (!pins.is_empty()).then(|| {
        let (title, text) = (export.heading(&place.name, day.date), names.join(", "));
        map::day(&pins, &[], words(&title, &text), Output::File)
    })
}

const fn words<'a>(title: &'a str, text: &'a str) -> Words<'a> {
    Words { title, text }
}
