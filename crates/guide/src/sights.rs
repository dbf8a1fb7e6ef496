//! Real sights of the destinations.

mod kind;

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use serde::Serialize;
use travel::{Iata, Locale};

pub use kind::{Kind, UnknownKind};

use crate::{Point, Source, destination, names, table::rows};

const TABLE: &str = include_str!("../data/sights.tsv");

/// Where the table comes from. Kinds, visit times, the order and the French names are ours.
pub const SOURCE: Source = Source {
    id: "sights",
    name: (
        "Wikidata (noms anglais, coordonnées) et compilation du projet (noms français)",
        "Wikidata (English names, coordinates) and compilation of the project (French names)",
    ),
    as_of: "2026-11",
    licence: "CC0 1.0 (Wikidata); MIT OR Apache-2.0",
    derived: false,
};

/// Where coordinates come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Coordinates {
    /// Wikidata.
    Wikidata,
    /// Compiled by us, right to about 200 m.
    Compiled,
}

/// A place to see.
#[derive(Debug, PartialEq, Serialize)]
pub struct Sight {
    /// The destination that it belongs to.
    pub destination: Iata,
    /// Its English name as a key, unique in the destination, such as `belem-tower`.
    pub slug: String,
    name_en: &'static str,
    name_fr: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Where it is.
    pub at: Point,
    /// Where the coordinates come from.
    pub coordinates: Coordinates,
    /// Usual length of a visit in minutes, estimated by us.
    pub minutes: u16,
    /// Wikidata item, such as `Q243`.
    pub wikidata: Option<&'static str>,
    /// Straight distance from the destination's centre in kilometres.
    pub km: f32,
    /// Place in the order of fame, 0 first: an order of ours.
    pub rank: u16,
}

impl Sight {
    /// Its name.
    #[must_use]
    pub const fn name(&self, locale: Locale) -> &'static str {
        locale.pick(self.name_fr, self.name_en)
    }

    /// Its names in both languages.
    #[must_use]
    pub const fn names(&self) -> [&'static str; 2] {
        [self.name_en, self.name_fr]
    }
}

struct Table {
    sights: Vec<Sight>,
    of: HashMap<Iata, Range<usize>>,
}

/// The rows of a destination stand together, best known first.
static ALL: LazyLock<Table> = LazyLock::new(|| {
    let mut sights: Vec<Sight> = rows::<10>(TABLE).filter_map(parse).collect();
    let mut of: HashMap<Iata, Range<usize>> = HashMap::new();
    for (at, sight) in sights.iter_mut().enumerate() {
        let range = of.entry(sight.destination).or_insert(at..at);
        sight.rank = (at - range.start) as u16;
        range.end = at + 1;
    }
    Table { sights, of }
});

fn parse(row: [&'static str; 10]) -> Option<Sight> {
    let [
        code,
        name_en,
        name_fr,
        kind,
        lat,
        lon,
        minutes,
        wikidata,
        coordinates,
        km,
    ] = row;
    Some(Sight {
        destination: code.parse().ok()?,
        slug: names::key(name_en).replace(' ', "-"),
        name_en,
        name_fr,
        kind: kind.parse().ok()?,
        at: Point {
            lat: lat.parse().ok()?,
            lon: lon.parse().ok()?,
        },
        coordinates: match coordinates {
            "wikidata" => Coordinates::Wikidata,
            _ => Coordinates::Compiled,
        },
        minutes: minutes.parse().ok()?,
        wikidata: Some(wikidata).filter(|item| !item.is_empty()),
        km: km.parse().ok()?,
        rank: 0,
    })
}

/// All of them, by destination.
#[must_use]
pub fn all() -> &'static [Sight] {
    &ALL.sights
}

/// Those of a destination, or of the one that an airport serves, best known first; empty when there
/// are none.
#[must_use]
pub fn of(code: Iata) -> &'static [Sight] {
    let code = destination::by_code(code).map_or(code, |place| place.code);
    match ALL.of.get(&code) {
        Some(range) => &ALL.sights[range.clone()],
        None => &[],
    }
}

/// Those of a destination that are of one of these kinds, best known first.
#[must_use]
pub fn of_kinds(code: Iata, kinds: &[Kind]) -> Vec<&'static Sight> {
    let sights = of(code).iter();
    sights.filter(|sight| kinds.contains(&sight.kind)).collect()
}

/// Those of a destination that one visits for art, history or religion, best known first.
#[must_use]
pub fn cultural(code: Iata) -> Vec<&'static Sight> {
    let sights = of(code).iter();
    sights.filter(|sight| sight.kind.is_cultural()).collect()
}

/// The sight with this [`Sight::slug`].
#[must_use]
pub fn by_slug(code: Iata, slug: &str) -> Option<&'static Sight> {
    of(code).iter().find(|sight| sight.slug == slug)
}

#[cfg(test)]
mod tests;
