//! What an entry of a plan means.

use serde::Serialize;
use travel::Iata;

use crate::{
    names::key,
    nearby::{Place, search},
};

/// Minutes for a stroll through a quarter: a rule of ours.
const STROLL: u16 = 60;
/// A name that is so like wins over a word such as "hotel" in it.
const SURE: f64 = 0.9;

/// Words of entries that are no visit: meals, ways, rest.
const NO_VISIT: &[&str] = &[
    "aeroport",
    "airport",
    "aperitif",
    "apero",
    "arrival",
    "arrivee",
    "breakfast",
    "brunch",
    "bus",
    "cafe",
    "checkin",
    "checkout",
    "check",
    "coffee",
    "dejeuner",
    "depart",
    "departure",
    "diner",
    "dinner",
    "dodo",
    "drinks",
    "flight",
    "free",
    "gare",
    "hotel",
    "libre",
    "lunch",
    "meal",
    "nap",
    "pause",
    "repas",
    "repos",
    "rest",
    "restaurant",
    "retour",
    "return",
    "shopping",
    "sieste",
    "sleep",
    "souper",
    "supper",
    "taxi",
    "train",
    "transfer",
    "transfert",
    "valises",
    "vol",
];

/// What an entry means.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// A place of ours.
    Place(Place),
    /// A meal, a way, rest: nothing to check.
    NoVisit,
    /// We do not know it.
    Unknown,
}

impl Meaning {
    /// The place, if it is one.
    #[must_use]
    pub const fn place(self) -> Option<Place> {
        match self {
            Self::Place(place) => Some(place),
            Self::NoVisit | Self::Unknown => None,
        }
    }

    /// Usual minutes.
    pub(super) const fn minutes(self) -> u16 {
        match self {
            Self::Place(Place::Sight(sight)) => sight.minutes,
            Self::Place(Place::Quarter(_)) => STROLL,
            Self::NoVisit | Self::Unknown => 0,
        }
    }
}

/// What a text means at a destination.
#[must_use]
pub fn meaning(code: Iata, text: &str) -> Meaning {
    let best = search(code, text).into_iter().next();
    let folded = key(text);
    let no_visit = folded.is_empty() || folded.split(' ').any(|word| NO_VISIT.contains(&word));
    match best {
        Some(hit) if hit.score >= SURE || !no_visit => Meaning::Place(hit.place),
        _ if no_visit => Meaning::NoVisit,
        _ => Meaning::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meals_are_no_places() {
        let code: Iata = "PAR".parse().unwrap();
        for text in [
            "Déjeuner",
            "lunch near the Louvre",
            "check-in à l'hôtel",
            "vol retour",
        ] {
            assert_eq!(meaning(code, text), Meaning::NoVisit, "{text}");
        }
        for text in ["musée du chocolat", "Sagrada Família"] {
            assert_eq!(meaning(code, text), Meaning::Unknown, "{text}");
        }
        for text in ["visit the Louvre", "Montmartre", "les invalides"] {
            assert!(meaning(code, text).place().is_some(), "{text}");
        }
    }
}
