//! Where: a way between places, or what a call is about.

use super::{
    Phrase,
    read::{Arguments, place},
};
use crate::locale::Locale;

/// Most stops that are named.
const MOST_STOPS: usize = 6;

/// `Lyon → New York`, which follows the label.
pub(super) const WAY: &[Phrase] = &[(&["departure", "arrival", "legs"], way)];

/// What else a call is about.
pub(super) const SUBJECT: &[Phrase] = &[
    (&["city"], |a, locale| a.places("city", locale)),
    (&["place"], |a, locale| a.places("place", locale)),
    (&["departure"], departure),
    (&["arrival"], arrival),
    (&["legs"], legs),
    (&["from"], from),
    (&["offer"], |a, locale| {
        let number = a.text("offer")?;
        let number = number.trim_start_matches('#');
        Some(format!(
            "{}{number}",
            locale.pick("offre n°\u{a0}", "offer ")
        ))
    }),
    (&["kind"], |a, locale| {
        Some(match &*a.text("kind")? {
            "route" => locale.pick("le trajet", "the route").to_owned(),
            "day" => locale.pick("une journée", "a day").to_owned(),
            other => other.to_owned(),
        })
    }),
    (&["stops"], |a, locale| {
        let stops = a.texts("stops");
        let mut names: Vec<_> = stops.iter().map(|stop| place(stop, locale)).collect();
        if names.len() > MOST_STOPS {
            names.truncate(MOST_STOPS);
            names.push("…".to_owned());
        }
        (!names.is_empty()).then(|| names.join(" → "))
    }),
    (&["near"], near),
    (&["radius_km"], |a, locale| {
        let km = a.text("radius_km")?;
        Some(match locale {
            Locale::Fr => format!("à {}\u{a0}km au plus", km.replace('.', ",")),
            Locale::En => format!("within {km}\u{a0}km"),
        })
    }),
];

/// Both ends, and the ends of further legs.
fn way(arguments: &Arguments<'_>, locale: Locale) -> Option<String> {
    let ends = |a: &Arguments<'_>| {
        let from = a.places("departure", locale)?;
        Some((from, a.places("arrival", locale)?))
    };
    let (from, mut to) = ends(arguments)?;
    let mut way = format!("{from} → {to}");
    for leg in arguments.each("legs") {
        let (from, next) = ends(&leg)?;
        way.push_str(&if from == to {
            format!(" → {next}")
        } else {
            format!(", {from} → {next}")
        });
        to = next;
    }
    Some(way)
}

/// Where from, where the call names no other end as a way does.
fn departure(arguments: &Arguments<'_>, locale: Locale) -> Option<String> {
    if way(arguments, locale).is_some() {
        return None;
    }
    let from = arguments.places("departure", locale)?;
    Some(format!("{}{from}", locale.pick("au départ de ", "from ")))
}

/// Further legs of a call that has no way of its own.
fn legs(arguments: &Arguments<'_>, locale: Locale) -> Option<String> {
    if way(arguments, locale).is_some() {
        return None;
    }
    let leg = |leg: &Arguments<'_>| {
        let from = leg.places("departure", locale)?;
        Some(format!("{from} → {}", leg.places("arrival", locale)?))
    };
    let legs: Option<Vec<_>> = arguments.each("legs").iter().map(leg).collect();
    legs.filter(|legs| !legs.is_empty())
        .map(|legs| legs.join(", "))
}

fn arrival(arguments: &Arguments<'_>, locale: Locale) -> Option<String> {
    if way(arguments, locale).is_some() {
        return None;
    }
    arguments.places("arrival", locale)
}

/// Where from, of distances and clocks; a day is none of it.
fn from(arguments: &Arguments<'_>, locale: Locale) -> Option<String> {
    if arguments.date("from").is_some() {
        return None;
    }
    let from = arguments.places("from", locale)?;
    Some(format!("{}{from}", locale.pick("depuis ", "from ")))
}

fn near(arguments: &Arguments<'_>, locale: Locale) -> Option<String> {
    if let Some(near) = arguments.flag("near") {
        return near.then(|| locale.pick("pas loin", "not far").to_owned());
    }
    let near = arguments.text("near")?;
    Some(match near.as_str() {
        "center" => locale
            .pick("autour du centre", "around the centre")
            .to_owned(),
        spot => format!("{}{spot}", locale.pick("près de\u{a0}: ", "near ")),
    })
}
