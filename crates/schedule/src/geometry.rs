//! Great circles on a spherical Earth, in whole kilometres. Sines come from `libm`, for those of
//! the platform may differ in the last bit; square roots and rounding are exact everywhere.

/// Mean Earth radius (IUGG), in kilometres.
const RADIUS_KM: f64 = 6_371.008_8;

/// A place as a unit vector from the Earth's centre.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    x: f64,
    y: f64,
    z: f64,
}

/// How a route lies to the prevailing westerlies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    /// Share of the way flown eastwards at its middle, from -1 to 1.
    pub(super) east: f64,
    /// Sine of the latitude of its middle, from -1 to 1.
    pub(super) latitude_sine: f64,
}

impl Point {
    /// The point at these degrees north and east.
    pub(super) fn new(latitude: f64, longitude: f64) -> Self {
        let (sin_lat, cos_lat) = libm::sincos(latitude.to_radians());
        let (sin_lon, cos_lon) = libm::sincos(longitude.to_radians());
        Self {
            x: cos_lat * cos_lon,
            y: cos_lat * sin_lon,
            z: sin_lat,
        }
    }

    /// Great-circle distance in whole kilometres.
    pub(super) fn km_to(&self, other: &Self) -> u16 {
        let chord = self.chord_squared(other).sqrt();
        (2.0 * RADIUS_KM * libm::asin((chord / 2.0).min(1.0))).round() as u16
    }

    /// Square of the straight distance through the Earth, in radii: cheap, and grows with
    /// [`Point::km_to`].
    pub(super) fn chord_squared(&self, other: &Self) -> f64 {
        let (dx, dy, dz) = (self.x - other.x, self.y - other.y, self.z - other.z);
        dx * dx + dy * dy + dz * dz
    }

    /// The course from here to `other`.
    pub(super) fn course_to(&self, other: &Self) -> Course {
        let unit = |x: f64, y: f64, z: f64| {
            let length = (x * x + y * y + z * z).sqrt().max(1e-9);
            (x / length, y / length, z / length)
        };
        // The chord is tangent to the great circle above its middle.
        let middle = unit(self.x + other.x, self.y + other.y, self.z + other.z);
        let along = unit(other.x - self.x, other.y - self.y, other.z - self.z);
        let east = unit(-middle.1, middle.0, 0.0);
        Course {
            east: along.0 * east.0 + along.1 * east.1,
            latitude_sine: middle.2,
        }
    }
}

/// The bound on [`Point::chord_squared`] that distances up to `km` keep.
pub(super) fn chord_squared_of(km: u16) -> f64 {
    let half = libm::sin((f64::from(km) + 1.0).min(20_000.0) / RADIUS_KM / 2.0);
    4.0 * half * half
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cdg() -> Point {
        Point::new(49.0128, 2.55)
    }

    fn jfk() -> Point {
        Point::new(40.6398, -73.7789)
    }

    #[test]
    fn distances_are_those_of_the_great_circle() {
        // Great Circle Mapper gives 5,837 km on the ellipsoid.
        assert!((5_815..5_850).contains(&cdg().km_to(&jfk())));
        assert_eq!(cdg().km_to(&jfk()), jfk().km_to(&cdg()));
        assert_eq!(cdg().km_to(&cdg()), 0);
    }

    #[test]
    fn chords_bound_distances() {
        let km = cdg().km_to(&jfk());
        assert!(cdg().chord_squared(&jfk()) < chord_squared_of(km));
        assert!(cdg().chord_squared(&jfk()) > chord_squared_of(km - 5));
    }

    #[test]
    fn courses_tell_east_from_west() {
        assert!(cdg().course_to(&jfk()).east < -0.9);
        assert!(jfk().course_to(&cdg()).east > 0.9);
    }
}
