//! What people go to a destination for.

use std::{collections::HashMap, sync::LazyLock};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use travel::{Iata, Locale};

use crate::{Source, destination, table::rows};

const TABLE: &str = include_str!("../data/kinds.tsv");

/// Where the kinds come from: a judgement of ours.
pub const SOURCE: Source = Source {
    id: "kinds",
    name: (
        "types de destination, appréciation du projet",
        "kinds of destination, judged for this project",
    ),
    as_of: "2026-11",
    licence: "MIT OR Apache-2.0",
    derived: true,
};

/// A reason to go somewhere.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Beaches.
    Beach,
    /// A city to walk in.
    City,
    /// Mountains.
    Mountain,
    /// Museums, monuments, history.
    Culture,
    /// Landscapes and wildlife.
    Nature,
    /// Ski resorts.
    Ski,
    /// An island.
    Island,
    /// Bars, clubs, music.
    Nightlife,
    /// Eating well.
    Food,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Beach,
        Self::City,
        Self::Mountain,
        Self::Culture,
        Self::Nature,
        Self::Ski,
        Self::Island,
        Self::Nightlife,
        Self::Food,
    ];

    /// Its name in tables and tool arguments.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Beach => "beach",
            Self::City => "city",
            Self::Mountain => "mountain",
            Self::Culture => "culture",
            Self::Nature => "nature",
            Self::Ski => "ski",
            Self::Island => "island",
            Self::Nightlife => "nightlife",
            Self::Food => "food",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Its name for people.
    #[must_use]
    pub const fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Beach => locale.pick("plage", "beach"),
            Self::City => locale.pick("ville", "city"),
            Self::Mountain => locale.pick("montagne", "mountains"),
            Self::Culture => locale.pick("culture", "culture"),
            Self::Nature => locale.pick("nature", "nature"),
            Self::Ski => locale.pick("ski", "skiing"),
            Self::Island => locale.pick("île", "island"),
            Self::Nightlife => locale.pick("vie nocturne", "nightlife"),
            Self::Food => locale.pick("gastronomie", "food"),
        }
    }
}

/// What a destination is like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Character {
    /// The reasons to go there, the main one first.
    pub kinds: Vec<Kind>,
    /// Whether "sunny, by the sea" is a fair description in its season.
    pub sunny_seaside: bool,
}

static ALL: LazyLock<HashMap<Iata, Character>> =
    LazyLock::new(|| rows::<3>(TABLE).filter_map(parse).collect());

fn parse([code, kinds, sunny]: [&'static str; 3]) -> Option<(Iata, Character)> {
    let character = Character {
        kinds: kinds.split(',').filter_map(Kind::read).collect(),
        sunny_seaside: sunny == "yes",
    };
    Some((code.parse().ok()?, character))
}

/// What a destination is like, also by the code of one of its airports.
#[must_use]
pub fn of(code: Iata) -> Option<&'static Character> {
    ALL.get(&destination::by_code(code)?.code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::is_complete;

    #[test]
    fn every_destination_has_kinds() {
        assert!(is_complete::<3>(TABLE));
        assert_eq!(ALL.len(), 350);
        for place in destination::all() {
            assert!(!of(place.code).unwrap().kinds.is_empty(), "{}", place.code);
        }
        for [_, kinds, sunny] in rows::<3>(TABLE) {
            assert!(kinds.split(',').all(|kind| Kind::read(kind).is_some()));
            assert!(matches!(sunny, "yes" | "no"));
        }
    }

    #[test]
    fn places_are_what_people_go_there_for() {
        let is = |code: &str, kind| of(code.parse().unwrap()).unwrap().kinds.contains(&kind);
        assert!(is("AGA", Kind::Beach));
        assert!(is("CDG", Kind::Culture));
        assert!(!is("PAR", Kind::Beach));
    }
}
