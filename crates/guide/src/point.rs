//! Places on the Earth. Sines come from `libm`, so that every machine computes the same distances.

use serde::Serialize;

/// Mean Earth radius (IUGG), in kilometres.
const RADIUS_KM: f64 = 6_371.008_8;

/// A place in degrees north and east.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

impl Point {
    /// Great-circle distance in kilometres.
    #[must_use]
    pub fn km_to(self, other: Self) -> f64 {
        let half = |from: f64, to: f64| libm::sin((to - from).to_radians() / 2.0);
        let (north, east) = (half(self.lat, other.lat), half(self.lon, other.lon));
        let parallels = libm::cos(self.lat.to_radians()) * libm::cos(other.lat.to_radians());
        let square = north * north + parallels * east * east;
        2.0 * RADIUS_KM * libm::asin(square.sqrt().min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_great_circle() {
        let lisbon = Point {
            lat: 38.7075,
            lon: -9.1364,
        };
        let belem = Point {
            lat: 38.6914,
            lon: -9.2158,
        };
        let km = lisbon.km_to(belem);
        assert!((7.0..7.2).contains(&km), "{km}");
        assert!((km - belem.km_to(lisbon)).abs() < 1e-9);
        assert!(lisbon.km_to(lisbon) < 1e-9);
    }
}
