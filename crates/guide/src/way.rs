//! How long it takes from one place to another: rules of ours on the straight line, for there is no
//! street data here.

use serde::Serialize;

use crate::{Point, Source};

/// Where the rule comes from; every time it gives is derived.
pub const SOURCE: Source = Source {
    id: "ways",
    name: (
        "règle du projet : ligne droite × 1,3, 4,5 km/h à pied",
        "rule of the project: straight line × 1.3, 4.5 km/h on foot",
    ),
    as_of: "2026-11",
    licence: "MIT OR Apache-2.0",
    derived: true,
};

/// Streets are so much longer than the straight line.
pub const DETOUR: f64 = 1.3;
/// Walking speed in km/h, stops at crossings included.
pub const WALK_KMH: f64 = 4.5;
/// Longer walks, in minutes, are replaced by a ride.
pub const LONGEST_WALK: u16 = 35;
/// Minutes to reach a stop and to wait.
const BOARDING: f64 = 10.0;
/// Speed of public transport in town, and of a road beyond [`TOWN_KM`], both in km/h.
const RIDE_KMH: (f64, f64) = (18.0, 45.0);
/// Kilometres of a ride that are in town.
const TOWN_KM: f64 = 10.0;

/// How one moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// On foot.
    Walk,
    /// By public transport, taxi or car: which one is not known.
    Ride,
}

/// A way between two places.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Way {
    /// On foot or not.
    pub mode: Mode,
    /// Estimated kilometres by street, in tenths.
    pub km: f64,
    /// Estimated minutes, rounded up.
    pub minutes: u16,
}

impl Way {
    /// No way at all.
    pub const NONE: Self = Self {
        mode: Mode::Walk,
        km: 0.0,
        minutes: 0,
    };
}

/// The way on foot, however long.
#[must_use]
pub fn walk(from: Point, to: Point) -> Way {
    let km = DETOUR * from.km_to(to);
    way(Mode::Walk, km, km / WALK_KMH * 60.0)
}

/// The way by public transport or road.
#[must_use]
pub fn ride(from: Point, to: Point) -> Way {
    let km = DETOUR * from.km_to(to);
    let hours = km.min(TOWN_KM) / RIDE_KMH.0 + (km - TOWN_KM).max(0.0) / RIDE_KMH.1;
    way(Mode::Ride, km, BOARDING + hours * 60.0)
}

/// On foot up to [`LONGEST_WALK`] minutes, else by a ride.
#[must_use]
pub fn between(from: Point, to: Point) -> Way {
    let walk = walk(from, to);
    if walk.minutes <= LONGEST_WALK {
        walk
    } else {
        ride(from, to)
    }
}

/// The faster of the two.
#[must_use]
pub fn quickest(from: Point, to: Point) -> Way {
    let (walk, ride) = (walk(from, to), ride(from, to));
    if walk.minutes <= ride.minutes {
        walk
    } else {
        ride
    }
}

fn way(mode: Mode, km: f64, minutes: f64) -> Way {
    Way {
        mode,
        km: (km * 10.0).round() / 10.0,
        // The least bit of rounding in a sine must not add a minute.
        minutes: (minutes - 1e-6).ceil().clamp(0.0, 65_000.0) as u16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CHIADO: Point = Point {
        lat: 38.711,
        lon: -9.137,
    };

    fn near() -> impl Strategy<Value = Point> {
        (38.5..38.9_f64, -9.4..-8.9_f64).prop_map(|(lat, lon)| Point { lat, lon })
    }

    #[test]
    fn a_kilometre_takes_a_quarter_of_an_hour_and_more() {
        let km = Point {
            lat: CHIADO.lat + 1.0 / 111.195,
            ..CHIADO
        };
        let way = between(CHIADO, km);
        assert_eq!((way.mode, way.km, way.minutes), (Mode::Walk, 1.3, 18));
        assert_eq!(between(CHIADO, CHIADO), Way::NONE);
    }

    proptest! {
        #[test]
        fn times_follow_the_coordinates(a in near(), b in near()) {
            let way = between(a, b);
            let km = DETOUR * a.km_to(b);
            prop_assert!((way.km - km).abs() <= 0.051);
            prop_assert_eq!(way, between(b, a));
            match way.mode {
                Mode::Walk => {
                    prop_assert!(way.minutes <= LONGEST_WALK);
                    prop_assert!((f64::from(way.minutes) - km / WALK_KMH * 60.0).abs() <= 1.0);
                }
                Mode::Ride => prop_assert!(walk(a, b).minutes > LONGEST_WALK),
            }
        }
    }
}
