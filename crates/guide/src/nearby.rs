//! What is near a place, and which place a name means.

mod search;

use serde::Serialize;
use travel::{Iata, Locale};

pub use search::{Hit, named, search};

use crate::{
    Point,
    quarters::{self, Quarter},
    sights::{self, Sight},
    way::{self, Way},
};

/// A place that has a name in the tables.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A sight.
    Sight(&'static Sight),
    /// A quarter.
    Quarter(&'static Quarter),
}

impl Place {
    /// Where it is; of a quarter about the middle.
    #[must_use]
    pub const fn at(self) -> Point {
        match self {
            Self::Sight(sight) => sight.at,
            Self::Quarter(quarter) => quarter.at,
        }
    }

    /// Its name.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Sight(sight) => sight.name(locale),
            Self::Quarter(quarter) => quarter.name(locale),
        }
    }

    fn names(self) -> [&'static str; 2] {
        match self {
            Self::Sight(sight) => sight.names(),
            Self::Quarter(quarter) => quarter.names(),
        }
    }
}

/// A sight and the way to it; the times are derived ([`way::SOURCE`]).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Near {
    /// The sight.
    pub sight: &'static Sight,
    /// The way on foot, however long.
    pub walk: Way,
    /// The way that one takes: on foot, or by a ride when that is far.
    pub way: Way,
}

/// Sights of a destination within a straight distance of a place, nearest first; at one place the
/// better known first.
#[must_use]
pub fn around(code: Iata, at: Point, km: f64) -> Vec<Near> {
    let mut found: Vec<(f64, Near)> = Vec::new();
    for sight in sights::of(code) {
        let straight = at.km_to(sight.at);
        if straight <= km {
            let near = Near {
                sight,
                walk: way::walk(at, sight.at),
                way: way::between(at, sight.at),
            };
            found.push((straight, near));
        }
    }
    found.sort_by(|a, b| {
        let by_fame = || a.1.sight.rank.cmp(&b.1.sight.rank);
        a.0.total_cmp(&b.0).then_with(by_fame)
    });
    found.into_iter().map(|(_, near)| near).collect()
}

/// Other sights within a straight distance of a place with a name, nearest first.
#[must_use]
pub fn near(code: Iata, place: Place, km: f64) -> Vec<Near> {
    let mut found = around(code, place.at(), km);
    found.retain(|near| place != Place::Sight(near.sight));
    found
}

/// The quarter whose middle is nearest to a place, no further than this straight distance.
#[must_use]
pub fn quarter(code: Iata, at: Point, km: f64) -> Option<&'static Quarter> {
    let quarters = quarters::of(code).iter();
    let within = quarters.filter(|quarter| at.km_to(quarter.at) <= km);
    within.min_by(|a, b| at.km_to(a.at).total_cmp(&at.km_to(b.at)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(text: &str) -> Iata {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_near_does_not_hold_the_place_itself() {
        let belem = named(code("LIS"), "Tour de Belém").unwrap();
        let around = near(code("LIS"), belem, 2.0);
        assert_eq!(around[0].sight.slug, "jeronimos-monastery");
        assert!((12..=25).contains(&around[0].walk.minutes), "{around:?}");
        assert!(around.iter().all(|near| Place::Sight(near.sight) != belem));
    }

    #[test]
    fn the_nearest_quarter_is_found() {
        let castle = named(code("LIS"), "Castle of Saint George").unwrap();
        let found = quarter(code("LIS"), castle.at(), 1.0).unwrap();
        assert_eq!(found.name(Locale::En), "Alfama");
        assert!(quarter(code("LIS"), Point { lat: 0.0, lon: 0.0 }, 5.0).is_none());
    }

    proptest! {
        #[test]
        fn the_nearest_comes_first(lat in 48.7..49.0_f64, lon in 2.1..2.6_f64, km in 0.5..20.0_f64) {
            let at = Point { lat, lon };
            let found = around(code("PAR"), at, km);
            prop_assert!(found.is_sorted_by(|a, b| at.km_to(a.sight.at) <= at.km_to(b.sight.at)));
            for near in &found {
                prop_assert!(at.km_to(near.sight.at) <= km);
                prop_assert_eq!(near.walk, way::walk(at, near.sight.at));
            }
            let all = sights::of(code("PAR")).iter();
            prop_assert_eq!(all.filter(|sight| at.km_to(sight.at) <= km).count(), found.len());
        }
    }
}
