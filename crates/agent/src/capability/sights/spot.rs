//! The spot that something is near to: a sight, a quarter, or the centre.

use guide::{
    Destination, Point, destination,
    nearby::{self, Place},
};
use serde::Serialize;

use crate::locale::Locale;

/// What people call the middle of a town.
const CENTRE: &[&str] = &[
    "center",
    "centre",
    "city center",
    "city centre",
    "town centre",
    "downtown",
    "the center",
    "the centre",
    "le centre",
    "centre-ville",
    "centre ville",
    "le centre-ville",
    "hypercentre",
];

/// A spot in a destination.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// The middle of the town.
    Centre,
    /// A place that has a name.
    Place(Place),
}

impl Spot {
    /// The spot that a text means; `None` = nothing of that name is known there.
    #[must_use]
    pub fn named(destination: &Destination, text: &str) -> Option<Self> {
        let said = text.trim().to_lowercase();
        if CENTRE.contains(&said.as_str()) || is_town(destination, &said) {
            return Some(Self::Centre);
        }
        nearby::named(destination.code, text).map(Self::Place)
    }

    /// Where it is.
    #[must_use]
    pub fn at(self, destination: &Destination) -> Point {
        match self {
            Self::Centre => destination.at(),
            Self::Place(place) => place.at(),
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Centre => locale.pick("le centre", "the centre"),
            Self::Place(place) => place.name(locale),
        }
    }
}

/// Whether the town itself is meant: then its middle is.
fn is_town(destination: &Destination, said: &str) -> bool {
    let names = [Locale::Fr, Locale::En].map(|locale| destination.name(locale).to_lowercase());
    names.iter().any(|name| name == said)
}

/// The only destination that has a place of this very name; `None` = none has, or several.
pub(super) fn home(text: &str) -> Option<&'static Destination> {
    /// A name that is so like is the name.
    const SURE: f64 = 0.95;
    let has = |place: &&Destination| {
        let best = nearby::search(place.code, text).into_iter().next();
        best.is_some_and(|hit| hit.score >= SURE)
    };
    let mut homes = destination::all().iter().filter(has);
    homes.next().filter(|_| homes.next().is_none())
}
