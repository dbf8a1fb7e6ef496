//! How far a destination is from its airports and from home.

use serde::Serialize;
use travel::{Airport, Iata, airport};

use crate::{Destination, Point, Source, destination};

/// Where the kilometres by road come from.
pub const SOURCE: Source = Source {
    id: "airport_distance",
    name: (
        "ligne droite entre le centre et l'aéroport × 1,3 (règle du projet)",
        "straight line between centre and airport × 1.3 (rule of the project)",
    ),
    as_of: "2026-11",
    licence: "GeoNames CC BY 4.0; OurAirports, public domain",
    derived: true,
};

/// Where flying times come from.
pub const FLYING: Source = Source {
    id: "flying_time",
    name: (
        "30 minutes + ligne droite à 800 km/h (règle du projet, vol sans escale)",
        "30 minutes + straight line at 800 km/h (rule of the project, nonstop flight)",
    ),
    as_of: "2026-11",
    licence: "MIT OR Apache-2.0",
    derived: true,
};

/// Roads are so much longer than the straight line.
const ROAD: f64 = 1.3;
/// Taxiing, climb and approach, in minutes.
const GROUND_MINUTES: f64 = 30.0;
/// Mean speed between them, in km/h.
const SPEED_KMH: f64 = 800.0;
/// A destination without an airport is served by those of its country that are so near, in
/// kilometres, and prominent enough.
const SERVED_KM: f64 = 120.0;
const SERVED_RANK: u8 = 15;

/// Minutes of a nonstop flight over a distance, rounded to five.
#[must_use]
pub fn flying_minutes(km: f64) -> u16 {
    let exact = GROUND_MINUTES + km / SPEED_KMH * 60.0;
    ((exact / 5.0).round() * 5.0) as u16
}

/// The way from an airport to a destination's centre.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Access {
    /// The airport.
    pub airport: Iata,
    /// Kilometres in a straight line.
    pub straight_km: u16,
    /// Estimated kilometres by road: the straight line × 1.3, as if no water lay between.
    pub road_km: u16,
}

/// The destination's airports, nearest first; for one without an airport of its own, those of its
/// country within 120 km.
#[must_use]
pub fn access(place: &Destination) -> Vec<Access> {
    let mut ways: Vec<(f64, &Airport)> = airports(place)
        .into_iter()
        .map(|airport| (place.at().km_to(at(airport)), airport))
        .collect();
    ways.sort_by(|(a, x), (b, y)| a.total_cmp(b).then(x.iata.cmp(&y.iata)));
    ways.into_iter()
        .map(|(straight, airport)| Access {
            airport: airport.iata,
            straight_km: straight.round() as u16,
            road_km: (straight * ROAD).round() as u16,
        })
        .collect()
}

/// The airports of a destination, in no order that means anything.
pub(crate) fn airports(place: &Destination) -> Vec<&'static Airport> {
    let own = airport::resolve(place.code);
    if !own.is_empty() {
        return own;
    }
    let near = airport::all().iter().filter(|airport| {
        airport.country == place.country
            && airport.rank >= SERVED_RANK
            && place.at().km_to(at(airport)) <= SERVED_KM
    });
    near.collect()
}

/// Where a code is: the centre of the destination, else the most prominent of its airports.
#[must_use]
pub(crate) fn locate(code: Iata) -> Option<Point> {
    let place = destination::by_code(code).map(Destination::at);
    place.or_else(|| airport::resolve(code).first().map(|airport| at(airport)))
}

const fn at(airport: &Airport) -> Point {
    Point {
        lat: airport.latitude,
        lon: airport.longitude,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str) -> Vec<Access> {
        access(destination::by_code(code.parse().unwrap()).unwrap())
    }

    #[test]
    fn every_destination_has_an_airport_within_reach() {
        for place in destination::all() {
            let ways = access(place);
            let nearest = ways.first().unwrap();
            assert!(nearest.straight_km <= 90, "{} {nearest:?}", place.code);
            assert!(ways.iter().all(|way| way.road_km >= way.straight_km));
            assert!(ways.is_sorted_by_key(|way| way.straight_km));
        }
    }

    #[test]
    fn a_city_without_an_airport_has_its_neighbours() {
        let codes: Vec<_> = of("UKY").iter().map(|w| w.airport.to_string()).collect();
        assert_eq!(codes.first().map(String::as_str), Some("ITM"));
        assert!(codes.contains(&"KIX".to_owned()));
        assert_eq!(of("LIS").len(), 1);
        assert!((5..15).contains(&of("LIS")[0].road_km));
    }

    #[test]
    fn flying_takes_half_an_hour_more_than_the_way() {
        assert_eq!(flying_minutes(800.0), 90);
        assert_eq!(flying_minutes(0.0), 30);
    }
}
