//! A map as a sheet, and as a text for models.

use guide::{map, quarters, sights};

use super::{
    found::{DayOf, MapFound, Missing},
    generate_travel_map::GenerateTravelMap,
    places,
};
use crate::{
    capability::wording,
    event::Card,
    locale::Locale,
    sheet::{Block, Map, MapKind, Pin, Say, Sheet},
    tools::{Tool, ToolContext},
    travel::format,
};

/// Other days that are offered.
const MOST_DAYS: usize = 6;
/// A title names so many cities.
const MOST_NAMES: usize = 4;

/// "Trajet : Lyon – Lisbonne".
pub(super) fn route_title(pins: &[Pin], locale: Locale) -> String {
    let mut names: Vec<&str> = Vec::new();
    for pin in pins {
        if !names.contains(&pin.name.as_str()) {
            names.push(&pin.name);
        }
    }
    let names = if names.len() > MOST_NAMES {
        let more = names.len() - MOST_NAMES + 1;
        names.truncate(MOST_NAMES - 1);
        format!("{} + {more}", names.join(" – "))
    } else {
        names.join(" – ")
    };
    match locale {
        Locale::Fr => format!("Trajet : {names}"),
        Locale::En => format!("Route: {names}"),
    }
}

/// "Lisbonne, jour 2".
pub(super) fn day_title(day: &DayOf, locale: Locale) -> String {
    match locale {
        Locale::Fr => format!("{}, jour {}", day.name, day.number),
        Locale::En => format!("{}, day {}", day.name, day.number),
    }
}

/// The map in a sentence, for who does not see it.
pub(super) fn alternative(kind: MapKind, pins: &[Pin], locale: Locale) -> String {
    let names = pins.iter().enumerate();
    let names: Vec<_> = names
        .map(|(index, pin)| format!("{} {}", index + 1, pin.name))
        .collect();
    let names = names.join(locale.pick(" ; ", "; "));
    match (kind, locale) {
        (MapKind::Route, Locale::Fr) => format!("Dans l’ordre du voyage : {names}."),
        (MapKind::Route, Locale::En) => format!("In the order of the trip: {names}."),
        (MapKind::Day, Locale::Fr) => format!("Dans l’ordre de la visite : {names}."),
        (MapKind::Day, Locale::En) => format!("In the order of the visit: {names}."),
    }
}

/// The card; none when there is nothing to draw.
pub(super) fn card(found: &MapFound, context: &ToolContext) -> Option<Card> {
    let locale = context.locale;
    let sheet = match found {
        MapFound::Nothing(_) => return None,
        MapFound::Route(map) => route(map, locale),
        MapFound::Day { map, day, left_out } => {
            let mut sheet = scheme(map, locale);
            if let Some(day) = day {
                sheet.lead = Some(wording::capitalised(&format::date(day.date, locale)));
                sheet = sheet.with(others(day, context));
            }
            if !left_out.is_empty() {
                let names = left_out.join(locale.pick(" ; ", "; "));
                sheet.notes.push(match locale {
                    Locale::Fr => format!("Pas sur la carte : {names}."),
                    Locale::En => format!("Not on the map: {names}."),
                });
            }
            sheet
        }
    };
    Some(Card::Sheet(Box::new(sheet)))
}

fn route(map: &Map, locale: Locale) -> Sheet {
    let mut sheet =
        Sheet::new(GenerateTravelMap::NAME, map.title.clone()).with(Block::Map(map.clone()));
    let note = locale.pick(
        "Les lignes sont les plus courts chemins sur le globe, pas les routes que suivent les avions.",
        "The lines are the shortest ways on the globe, not the routes that aircraft follow.",
    );
    if map.pins.len() > 1 {
        sheet.notes.push(note.to_owned());
    }
    sheet.sources = vec![wording::origin(&map::SOURCE, locale)];
    sheet
}

fn scheme(map: &Map, locale: Locale) -> Sheet {
    let mut sheet =
        Sheet::new(GenerateTravelMap::NAME, map.title.clone()).with(Block::Map(map.clone()));
    let note = locale.pick(
        "Schéma sans rues : les traits relient les étapes en ligne droite, et les positions sont \
         justes à environ 300 m.",
        "A scheme without streets: the lines join the stops as the crow flies, and the places are \
         right to about 300 m.",
    );
    sheet.notes.push(note.to_owned());
    sheet.sources = vec![wording::origin(&sights::SOURCE, locale)];
    if !map.labels.is_empty() {
        sheet
            .sources
            .push(wording::origin(&quarters::SOURCE, locale));
    }
    sheet
}

/// The other days, and the route.
fn others(day: &DayOf, context: &ToolContext) -> Option<Block> {
    let locale = context.locale;
    let all = places::days(&context.state.plan, None);
    let others = all.into_iter().map(|(other, ..)| other);
    let others = others.filter(|other| other.date != day.date);
    let mut say: Vec<Say> = others
        .take(MOST_DAYS)
        .map(|other| {
            let number = other.number;
            Say {
                label: match locale {
                    Locale::Fr => format!("Jour {number}"),
                    Locale::En => format!("Day {number}"),
                },
                message: match locale {
                    Locale::Fr => format!("Montre-moi la carte du jour {number}"),
                    Locale::En => format!("Show me the map of day {number}"),
                },
            }
        })
        .collect();
    if places::of_trip(&context.state, locale).len() > 1 {
        say.push(Say {
            label: locale.pick("Le trajet", "The route").to_owned(),
            message: locale
                .pick(
                    "Montre-moi la carte du trajet",
                    "Show me the map of the route",
                )
                .to_owned(),
        });
    }
    (!say.is_empty()).then_some(Block::Next { say })
}

/// For models that read text.
pub(super) fn text(found: &MapFound) -> String {
    match found {
        MapFound::Route(map) => format!("A map of the route is shown. {}", map.text),
        MapFound::Day { map, day, left_out } => {
            let which = day.as_ref().map_or_else(
                || map.title.clone(),
                |day| {
                    format!(
                        "{}, day {} of {} ({})",
                        day.name, day.number, day.count, day.date
                    )
                },
            );
            let mut text = format!("A map is shown: {which}. {}", map.text);
            if !left_out.is_empty() {
                text.push_str(&format!(" Not on it: {}.", left_out.join("; ")));
            }
            text
        }
        MapFound::Nothing(missing) => match missing {
            Missing::Plan { city } => {
                let city = city.as_deref().unwrap_or("any city");
                format!(
                    "No map: no day is planned for {city} yet. Offer to make an itinerary first."
                )
            }
            Missing::Day { count } => format!("No map: the plan has {count} days. Ask which one."),
            Missing::Places => "No map: none of that day's stops has a known place.".to_owned(),
            Missing::Route => {
                "No map: where the trip goes is not known yet. Ask for it.".to_owned()
            }
        },
    }
}
