//! Great circles: the shortest way between two places, which a flight about follows.

use crate::Point;

/// Degrees of arc between two points of a curve.
const STEP: f64 = 2.0;

/// The way from one place to another, ends included.
pub(super) fn arc(from: Point, to: Point) -> Vec<Point> {
    let (a, b) = (vector(from), vector(to));
    let angle = libm::acos(dot(a, b).clamp(-1.0, 1.0));
    let sine = libm::sin(angle);
    if sine < 1e-6 {
        return vec![from, to];
    }
    let pieces = (angle.to_degrees() / STEP).ceil().max(1.0) as u32;
    let mut way = vec![from];
    way.extend((1..pieces).map(|piece| {
        let share = f64::from(piece) / f64::from(pieces);
        let (left, right) = (
            libm::sin((1.0 - share) * angle) / sine,
            libm::sin(share * angle) / sine,
        );
        let [x, y, z] = [0, 1, 2].map(|axis| left * a[axis] + right * b[axis]);
        Point {
            lat: libm::atan2(z, (x * x + y * y).sqrt()).to_degrees(),
            lon: libm::atan2(y, x).to_degrees(),
        }
    }));
    way.push(to);
    way
}

fn vector(at: Point) -> [f64; 3] {
    let (lat, lon) = (at.lat.to_radians(), at.lon.to_radians());
    [
        libm::cos(lat) * libm::cos(lon),
        libm::cos(lat) * libm::sin(lon),
        libm::sin(lat),
    ]
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_tokyo_passes_the_north() {
        let paris = Point {
            lat: 48.86,
            lon: 2.35,
        };
        let tokyo = Point {
            lat: 35.68,
            lon: 139.69,
        };
        let way = arc(paris, tokyo);
        assert!(way.iter().any(|point| point.lat > 65.0));
        let length: f64 = way.windows(2).map(|pair| pair[0].km_to(pair[1])).sum();
        assert!((length - paris.km_to(tokyo)).abs() < 1.0);
        assert_eq!(arc(paris, paris).len(), 2);
    }
}
