//! How a place or a date was taken that could have been taken otherwise: the airports of a town with
//! their distance, and the order of day and month.

use super::{phrases, view::View};
use crate::{
    language::{DateSpan, Place, is_order_open},
    locale::Locale,
    travel::format,
};

/// Distances are told in steps of so many kilometres: a straight line by a factor is no road.
const STEP_KM: u16 = 5;

/// The airports that stand for the towns of the trip, and how far they are.
pub(super) fn towns(view: &View<'_>) -> Option<String> {
    let (trip, locale) = (&view.context.trip, view.locale());
    let onward = trip.onward.iter();
    let further = onward.flat_map(|leg| [&leg.origin, &leg.destination]);
    let ends = [&trip.origin, &trip.destination].into_iter().chain(further);
    let mut told: Vec<String> = Vec::new();
    for text in ends.filter_map(|end| town(end.as_ref()?, locale)) {
        if !told.contains(&text) {
            told.push(text);
        }
    }
    (!told.is_empty()).then(|| told.join(" "))
}

/// `Aéroports pour Saint-Tropez : Nice (environ 85 km) et Toulon (environ 55 km).`
fn town(place: &Place, locale: Locale) -> Option<String> {
    let town = place.town.as_ref()?;
    let cities: Vec<_> = place
        .codes
        .iter()
        .map(|code| phrases::city(&[*code], locale))
        .collect();
    let airports = place.codes.iter().zip(&cities).zip(&town.km);
    let airports: Vec<_> = airports
        .map(|((code, city), km)| {
            let alone = cities.iter().filter(|other| *other == city).count() == 1;
            let name = match city {
                Some(city) if alone => (*city).to_owned(),
                Some(city) => format!("{city} ({code})"),
                None => code.to_string(),
            };
            let km = km.saturating_add(STEP_KM / 2) / STEP_KM * STEP_KM;
            let km = km.max(STEP_KM);
            match locale {
                Locale::Fr => format!("{name}, à environ {km} km"),
                Locale::En => format!("{name}, about {km} km away"),
            }
        })
        .collect();
    let name = &town.name;
    let list = airports.join(locale.pick(" ; ", "; "));
    Some(match (airports.len(), locale) {
        (0, _) => return None,
        (1, Locale::Fr) => format!("Aéroport pour {name} : {list}."),
        (1, Locale::En) => format!("Airport for {name}: {list}."),
        (_, Locale::Fr) => format!("Aéroports pour {name} : {list}."),
        (_, Locale::En) => format!("Airports for {name}: {list}."),
    })
}

/// Which of day and month was taken for the first, where a date may be read either way: people who
/// write English do both.
pub(super) fn order_of_dates(view: &View<'_>) -> Option<String> {
    let (context, locale) = (view.context, view.locale());
    // What was said before the first offers has not been told yet.
    let untold = context.offers.is_empty();
    let (said, trip) = (&context.reading, &context.trip);
    let days = [
        said.depart_date
            .as_ref()
            .or(trip.depart_date.as_ref().filter(|_| untold)),
        said.return_date
            .as_ref()
            .or(trip.return_date.as_ref().filter(|_| untold)),
    ];
    let span = days
        .into_iter()
        .flatten()
        .find(|span| is_order_open(&span.surface))?;
    (locale == Locale::En).then(|| order(span))
}

fn order(span: &DateSpan) -> String {
    let (locale, first) = (Locale::En, span.surface.trim_start());
    let day = format::date(span.from, locale);
    let words = phrases::quoted(first, locale);
    format!("I read {words} as {day}; say so if you meant the other order of day and month.")
}
