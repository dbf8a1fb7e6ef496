//! The outlines of the land, coarse for the world and finer for a region.

use std::sync::LazyLock;

const WORLD: &str = include_str!("../../data/land_110m.tsv");
const REGION: &str = include_str!("../../data/land_50m.tsv");

/// Hundredths of a degree in a turn.
const TURN: i32 = 36_000;
/// The south pole, in hundredths of a degree.
const POLE: i32 = -9_000;

/// A coast: longitude and latitude in hundredths of a degree. Longitudes run on beyond 180° where
/// the coast does, so that neighbours are always near each other.
pub(super) struct Ring {
    pub(super) points: Vec<(i32, i32)>,
    /// West, south, east, north.
    pub(super) bounds: [i32; 4],
}

static COARSE: LazyLock<Vec<Ring>> = LazyLock::new(|| parse(WORLD));
static FINE: LazyLock<Vec<Ring>> = LazyLock::new(|| parse(REGION));

/// The coasts for a map that is so many degrees wide.
pub(super) fn rings(degrees: f64) -> &'static [Ring] {
    if degrees > 110.0 { &COARSE } else { &FINE }
}

fn parse(table: &'static str) -> Vec<Ring> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(ring).collect()
}

fn ring(line: &str) -> Option<Ring> {
    let mut points: Vec<(i32, i32)> = Vec::new();
    for pair in line.split_ascii_whitespace() {
        let (east, north) = pair.split_once(',')?;
        let (east, north): (i32, i32) = (east.parse().ok()?, north.parse().ok()?);
        let next = match points.last() {
            Some(&(lon, lat)) => (lon + shortest(east), lat + north),
            None => (east, north),
        };
        points.push(next);
    }
    let (first, last) = (*points.first()?, *points.last()?);
    if first.0 != last.0 {
        // Antarctica goes round the pole: it is closed below the map.
        points.extend([(last.0, POLE), (first.0, POLE)]);
    }
    // Eurasia begins in the far east of Siberia: brought back so that its middle is on the map.
    let bounds = bounds(&points);
    let middle = i32::midpoint(bounds[0], bounds[2]);
    let turns = (middle + TURN / 2).div_euclid(TURN) * TURN;
    for point in &mut points {
        point.0 -= turns;
    }
    Some(Ring {
        points,
        bounds: [bounds[0] - turns, bounds[1], bounds[2] - turns, bounds[3]],
    })
}

fn bounds(points: &[(i32, i32)]) -> [i32; 4] {
    let outside = [i32::MAX, i32::MAX, i32::MIN, i32::MIN];
    points.iter().fold(outside, |kept, &(lon, lat)| {
        [
            kept[0].min(lon),
            kept[1].min(lat),
            kept[2].max(lon),
            kept[3].max(lat),
        ]
    })
}

/// A step in longitude the short way round.
const fn shortest(step: i32) -> i32 {
    if step > TURN / 2 {
        step - TURN
    } else if step < -TURN / 2 {
        step + TURN
    } else {
        step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_closed_coast_without_jumps() {
        for (table, rings) in [(WORLD, &COARSE), (REGION, &FINE)] {
            assert_eq!(rings.len(), table.lines().count() - 1);
            for ring in rings.iter() {
                assert!(ring.points.len() >= 4);
                assert!(ring.bounds[1] >= POLE && ring.bounds[3] <= 9_000);
                let middle = i32::midpoint(ring.bounds[0], ring.bounds[2]);
                assert!(middle.abs() <= TURN / 2);
                let first = ring.points.first().unwrap();
                let last = ring.points.last().unwrap();
                assert_eq!(first.0, last.0);
                let beyond_pole = |pair: &[(i32, i32)]| pair.iter().any(|p| p.1 <= -8_400);
                assert!(
                    ring.points
                        .windows(2)
                        .all(|pair| { (pair[0].0 - pair[1].0).abs() < 3_000 || beyond_pole(pair) })
                );
            }
        }
    }
}
