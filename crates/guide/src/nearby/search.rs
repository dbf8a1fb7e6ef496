//! Which place a typed name means: accents, case and slips forgiven, words that many names share
//! counting little.

use serde::Serialize;
use travel::{Iata, Locale};

use super::Place;
use crate::{
    destination,
    names::{is_meant, key},
    quarters, sights,
};

/// Less likeness than this, of 1, is no hit.
const LEAST: f64 = 0.6;
/// The weight of a word that many names share.
const LIGHT: f64 = 0.25;

/// Words that say nothing about which place is meant.
const EMPTY: &[&str] = &[
    "a", "al", "and", "at", "au", "aux", "d", "da", "de", "del", "der", "des", "di", "do", "dos",
    "du", "el", "en", "et", "in", "l", "la", "le", "les", "of", "on", "s", "sur", "the", "un",
    "une",
];
/// Words for kinds of places and the like.
const SHARED: &[&str] = &[
    "abbey",
    "aquarium",
    "arch",
    "art",
    "arts",
    "avenue",
    "basilica",
    "basilique",
    "bay",
    "beach",
    "botanical",
    "bridge",
    "building",
    "cascade",
    "castle",
    "cathedral",
    "cathedrale",
    "cave",
    "cemetery",
    "center",
    "central",
    "centre",
    "chapel",
    "chapelle",
    "chateau",
    "church",
    "cimetiere",
    "citadel",
    "citadelle",
    "city",
    "cour",
    "district",
    "eglise",
    "fort",
    "fortress",
    "fountain",
    "gallery",
    "galerie",
    "garden",
    "gardens",
    "gate",
    "grand",
    "grande",
    "great",
    "hall",
    "harbour",
    "hill",
    "historic",
    "history",
    "house",
    "ile",
    "island",
    "jardin",
    "jardins",
    "lac",
    "lake",
    "library",
    "bibliotheque",
    "maison",
    "marche",
    "market",
    "mausoleum",
    "mausolee",
    "memorial",
    "monastere",
    "monastery",
    "mont",
    "montagne",
    "monument",
    "mosque",
    "mosquee",
    "mount",
    "museum",
    "musee",
    "national",
    "nationale",
    "natural",
    "naturelle",
    "nouveau",
    "new",
    "old",
    "opera",
    "palace",
    "palais",
    "parc",
    "park",
    "place",
    "plage",
    "plaza",
    "point",
    "pont",
    "port",
    "porte",
    "quarter",
    "quartier",
    "river",
    "riviere",
    "royal",
    "royale",
    "rue",
    "ruins",
    "ruines",
    "saint",
    "sainte",
    "san",
    "santa",
    "sea",
    "shrine",
    "sanctuaire",
    "square",
    "st",
    "street",
    "synagogue",
    "temple",
    "theatre",
    "theater",
    "tour",
    "tower",
    "town",
    "vieille",
    "vieux",
    "ville",
    "village",
    "zoo",
];

/// Words around a place in a plan.
const AROUND: &[&str] = &[
    "afternoon",
    "apres",
    "balade",
    "coucher",
    "decouverte",
    "evening",
    "exterieur",
    "guidee",
    "interieur",
    "matin",
    "matinee",
    "midi",
    "montee",
    "morning",
    "noon",
    "photo",
    "photos",
    "promenade",
    "puis",
    "see",
    "soir",
    "soiree",
    "soleil",
    "stroll",
    "sunset",
    "then",
    "top",
    "tour",
    "vers",
    "visit",
    "visite",
    "visiter",
    "voir",
    "walk",
];

/// A place and how alike its name is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// The place.
    pub place: Place,
    /// Likeness from 0.6 to 1; 1 is the very name.
    pub score: f64,
}

/// The place of a destination that a text most probably means.
#[must_use]
pub fn named(code: Iata, text: &str) -> Option<Place> {
    search(code, text).first().map(|hit| hit.place)
}

/// The places of a destination whose name is like the text or stands in it, most alike first; among
/// equals sights come before quarters and the better known first.
#[must_use]
pub fn search(code: Iata, text: &str) -> Vec<Hit> {
    let typed = key(text);
    let own: Vec<String> = destination::by_code(code).map_or_else(Vec::new, |place| {
        let names = [Locale::Fr, Locale::En].map(|locale| key(place.name(locale)));
        names
            .iter()
            .flat_map(|name| words(name))
            .map(str::to_owned)
            .collect()
    });
    let sights = sights::of(code).iter().map(Place::Sight);
    let quarters = quarters::of(code).iter().map(Place::Quarter);
    let mut hits: Vec<Hit> = sights
        .chain(quarters)
        .map(|place| {
            let score = place
                .names()
                .iter()
                .map(|name| likeness(&typed, name, &own))
                .fold(0.0, f64::max);
            Hit { place, score }
        })
        .filter(|hit| hit.score >= LEAST)
        .collect();
    // The sort is stable: the order of the tables decides among equals.
    hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    hits
}

fn words(key: &str) -> impl Iterator<Item = &str> {
    key.split(' ')
        .filter(|word| !word.is_empty() && !EMPTY.contains(word))
}

/// How alike a folded text and a name are. What stands in brackets or behind a comma in the name may
/// be left out.
fn likeness(typed: &str, name: &str, own: &[String]) -> f64 {
    let full = key(name);
    let short = key(name.split(['(', ',']).next().unwrap_or(name));
    if typed.is_empty() || full.is_empty() {
        return 0.0;
    }
    if typed == full || typed == short {
        return 1.0;
    }
    let joined = |text: &str| text.replace(' ', "");
    let compact = joined(typed);
    if [&full, &short]
        .into_iter()
        .any(|name| is_meant(&compact, &joined(name)))
    {
        return 0.95;
    }
    let weight = |word: &str| {
        if SHARED.contains(&word) || own.iter().any(|own| own == word) {
            LIGHT
        } else {
            1.0
        }
    };
    let about =
        |word: &&str| AROUND.contains(word) || word.starts_with(|c: char| c.is_ascii_digit());
    let query = words(typed).filter(|word| !about(word) || full.split(' ').any(|own| own == *word));
    let query: Vec<&str> = query.collect();
    let needed: Vec<&str> = words(&short).collect();
    let known: Vec<&str> = words(&full).collect();
    let sum = |words: &[&str]| words.iter().map(|word| weight(word)).sum::<f64>();
    let met = |words: &[&str], others: &[&str]| {
        let met = words
            .iter()
            .filter(|word| others.iter().any(|other| is_meant(word, other)));
        met.map(|word| weight(word)).sum::<f64>()
    };
    let (in_query, in_name) = (met(&needed, &query), met(&query, &known));
    // A kind alone, such as "the castle", names nothing.
    if in_query.max(in_name) < 1.0 {
        return 0.0;
    }
    let both = (in_query + in_name) / (sum(&query) + sum(&needed)).max(f64::EPSILON);
    // The whole name within a longer text, or a text that is wholly a part of the name.
    let within = if in_query >= sum(&needed) {
        0.8
    } else if in_name >= sum(&query) {
        0.65
    } else {
        0.0
    };
    (both * 0.94).min(0.94).max(within)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(code: &str, text: &str) -> Option<String> {
        match named(code.parse().unwrap(), text)? {
            Place::Sight(sight) => Some(sight.slug.clone()),
            Place::Quarter(quarter) => Some(quarter.name(Locale::En).to_owned()),
        }
    }

    #[test]
    fn names_are_found_as_people_type_them() {
        for (code, text, expected) in [
            ("PAR", "le Louvre", "louvre-museum"),
            ("PAR", "visite du louvre le matin", "louvre-museum"),
            ("PAR", "Tour Eifel", "eiffel-tower"),
            ("PAR", "sacre coeur", "sacre-coeur"),
            ("PAR", "Notre Dame", "notre-dame-de-paris"),
            ("PAR", "musee dorsay", "musee-d-orsay"),
            ("PAR", "Versailles", "palace-of-versailles"),
            ("LIS", "Jeronimos", "jeronimos-monastery"),
            ("LIS", "chateau St Georges", "castle-of-saint-george"),
            ("LIS", "Torre de Belem", "belem-tower"),
            ("UKY", "kinkakuji", "kinkaku-ji"),
            ("UKY", "fushimi inari", "fushimi-inari-taisha"),
            ("LIS", "Bairro Alto", "Bairro Alto"),
            ("PAR", "quartier latin", "Latin Quarter"),
        ] {
            assert_eq!(slug(code, text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_in_the_tables_is_not_found() {
        for (code, text) in [
            ("PAR", "musée imaginaire"),
            ("PAR", "the tower"),
            ("PAR", "Sagrada Família"),
            ("PAR", "château"),
            ("LIS", "Prado"),
            ("LIS", "Lisbonne"),
            ("LIS", ""),
            ("LIS", "déjeuner"),
            ("XXX", "Louvre"),
        ] {
            assert_eq!(slug(code, text), None, "{text}");
        }
    }

    #[test]
    fn every_sight_is_found_by_its_own_names() {
        for sight in sights::all() {
            for name in sight.names() {
                let hits = search(sight.destination, name);
                let first = hits.first().unwrap_or_else(|| panic!("{name}"));
                assert!(first.score == 1.0, "{name}");
                assert!(
                    hits.iter()
                        .any(|hit| hit.score == 1.0 && hit.place == Place::Sight(sight)),
                    "{name}: {first:?}"
                );
            }
        }
    }
}
