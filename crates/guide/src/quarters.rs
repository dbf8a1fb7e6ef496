//! Real quarters to stay or to eat in, of those destinations where we have them.

mod tag;

use std::sync::LazyLock;

use serde::Serialize;
use travel::{Iata, Locale};

pub use tag::{Tag, UnknownTag};

use crate::{Point, Source, destination, table::rows};

const TABLE: &str = include_str!("../data/quarters.tsv");

/// Where the table comes from.
pub const SOURCE: Source = Source {
    id: "quarters",
    name: (
        "compilation du projet, coordonnées à environ 300 m",
        "compilation of the project, coordinates to about 300 m",
    ),
    as_of: "2026-11",
    licence: "MIT OR Apache-2.0",
    derived: false,
};

/// A quarter of a destination.
#[derive(Debug, PartialEq, Serialize)]
pub struct Quarter {
    /// The destination that it belongs to.
    pub destination: Iata,
    name_en: &'static str,
    name_fr: &'static str,
    /// About its middle.
    pub at: Point,
    /// What it is like, most telling first: why one would stay there is their
    /// [`reason`](Tag::reason).
    pub tags: Vec<Tag>,
}

impl Quarter {
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

    /// Whether it is of this kind.
    #[must_use]
    pub fn is(&self, tag: Tag) -> bool {
        self.tags.contains(&tag)
    }
}

static ALL: LazyLock<Vec<Quarter>> = LazyLock::new(|| {
    let parsed = rows::<6>(TABLE).filter_map(|[code, name_en, name_fr, lat, lon, tags]| {
        Some(Quarter {
            destination: code.parse().ok()?,
            name_en,
            name_fr,
            at: Point {
                lat: lat.parse().ok()?,
                lon: lon.parse().ok()?,
            },
            tags: tags.split(',').filter_map(|tag| tag.parse().ok()).collect(),
        })
    });
    parsed.collect()
});

/// All of them, by destination.
#[must_use]
pub fn all() -> &'static [Quarter] {
    &ALL
}

/// Those of a destination, or of the one that an airport serves; empty when we have none.
#[must_use]
pub fn of(code: Iata) -> &'static [Quarter] {
    let code = destination::by_code(code).map_or(code, |place| place.code);
    let from = ALL.partition_point(|quarter| quarter.destination < code);
    let to = ALL.partition_point(|quarter| quarter.destination <= code);
    &ALL[from..to]
}

/// Those of a destination with the most of the wished tags first; among equals the more central, then
/// the order of the table.
#[must_use]
pub fn suited(code: Iata, wishes: &[Tag]) -> Vec<&'static Quarter> {
    let mut quarters: Vec<&Quarter> = of(code).iter().collect();
    quarters.sort_by_key(|quarter| {
        let met = wishes.iter().filter(|&&tag| quarter.is(tag)).count();
        (std::cmp::Reverse(met), !quarter.is(Tag::Central))
    });
    quarters
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::is_complete;
    use std::collections::HashSet;

    #[test]
    fn every_row_is_read() {
        assert!(is_complete::<6>(TABLE));
        assert_eq!(all().len(), TABLE.lines().count() - 1);
        assert!(all().is_sorted_by_key(|quarter| quarter.destination));
        let places: HashSet<Iata> = all().iter().map(|quarter| quarter.destination).collect();
        assert!(places.len() >= 100, "{}", places.len());
    }

    #[test]
    fn values_are_in_their_ranges() {
        let mut keys = HashSet::new();
        for quarter in all() {
            let centre = destination::by_code(quarter.destination).unwrap();
            assert_eq!(centre.code, quarter.destination);
            assert!(centre.at().km_to(quarter.at) <= 30.0, "{quarter:?}");
            assert!(!quarter.tags.is_empty(), "{quarter:?}");
            for name in quarter.names() {
                assert!(!name.is_empty() && name == name.trim(), "{quarter:?}");
            }
            assert!(
                keys.insert((quarter.destination, quarter.name_en)),
                "{quarter:?}"
            );
        }
        let row_tags = rows::<6>(TABLE).flat_map(|row| row[5].split(','));
        assert!(row_tags.into_iter().all(|tag| tag.parse::<Tag>().is_ok()));
    }

    #[test]
    fn wishes_decide_the_order() {
        let code: Iata = "LIS".parse().unwrap();
        assert_eq!(of(code).len(), 6);
        let quiet = suited(code, &[Tag::Quiet, Tag::Food]);
        assert_eq!(quiet[0].name(Locale::Fr), "Príncipe Real");
        let central = suited(code, &[]);
        assert_eq!(central[0].name(Locale::En), "Baixa & Chiado");
        assert_eq!(of("ORY".parse().unwrap()), of("PAR".parse().unwrap()));
    }
}
