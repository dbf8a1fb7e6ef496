//! The projection: degrees to the units of the view box, fitted to what has to be seen.
//!
//! Equirectangular, its parallel of true scale in the middle of the map: exact enough for a city,
//! fair for a continent, and every machine computes it alike.

use crate::Point;

use super::WIDTH;

/// Kilometres in a degree of latitude.
pub(super) const KM_A_DEGREE: f64 = 111.195;
/// Where longitudes are this far apart, the whole globe is shown.
const HALF_TURN: f64 = 180.0;
/// A route that leaves less of the globe empty than this goes round it.
const ROUND: f64 = 15.0;
/// Maps that are wider than this have their true scale nearer to the equator.
const WIDE: f64 = 90.0;

/// A place in the view box: x to the right, y downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Xy {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// Where land ends in the north, and where it is no longer inhabited in the south.
const NORTH: f64 = 85.0;
const SOUTH: f64 = -58.0;

/// What room a map has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// Where the map begins below the top of the view box.
    pub(super) top: f64,
    /// What is kept free of places at each border.
    pub(super) margin: f64,
    /// Least and greatest height.
    pub(super) heights: (f64, f64),
    /// The map shows at least so many kilometres.
    pub(super) least_km: f64,
}

/// A fitted projection.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    middle: Point,
    /// Units of a degree of longitude, and of latitude.
    scale: (f64, f64),
    pub(super) top: f64,
    pub(super) height: f64,
}

impl View {
    /// The view of `ways`; where they go round the globe it is cut between two of `stops`.
    pub(super) fn fit(ways: &[Point], stops: &[Point], frame: Frame) -> Self {
        let (west, span) = longitudes(ways, stops);
        let lats = || ways.iter().map(|point| point.lat);
        let south = lats().fold(f64::INFINITY, f64::min).max(-90.0);
        let north = lats().fold(f64::NEG_INFINITY, f64::max).min(90.0);
        let (south, north) = if south > north {
            (0.0, 0.0)
        } else {
            (south, north)
        };
        let true_at = f64::midpoint(south, north);
        let limit = if span > WIDE { 42.0 } else { 72.0 };
        let narrow = libm::cos(true_at.clamp(-limit, limit).to_radians());

        let inner = WIDTH - 2.0 * frame.margin;
        let (least, most) = frame.heights;
        let whole = WIDTH / (2.0 * HALF_TURN * narrow);
        let scale = (inner / (span * narrow))
            .min((most - 2.0 * frame.margin) / (north - south))
            .min(inner * KM_A_DEGREE / frame.least_km)
            .max(whole);
        let height = ((north - south) * scale + 2.0 * frame.margin)
            .clamp(least, most)
            .min(HALF_TURN * scale)
            .round();
        Self {
            middle: Point {
                lat: inhabited(true_at, south, height / scale / 2.0),
                lon: west + span / 2.0,
            },
            scale: (scale * narrow, scale),
            top: frame.top,
            height,
        }
    }

    /// Where a place is seen.
    pub(super) fn see(&self, at: Point) -> Xy {
        let off = at.lon - self.middle.lon;
        let nearest = off - 2.0 * HALF_TURN * (off / (2.0 * HALF_TURN)).round();
        self.place(nearest, at.lat)
    }

    /// Where a coast's point is seen, in degrees, on the copy of the globe `turns` to the east.
    pub(super) fn see_copy(&self, lon: f64, lat: f64, turns: f64) -> Xy {
        self.place(lon + turns * 2.0 * HALF_TURN - self.middle.lon, lat)
    }

    fn place(&self, east: f64, lat: f64) -> Xy {
        Xy {
            x: WIDTH / 2.0 + east * self.scale.0,
            y: self.top + self.height / 2.0 - (lat - self.middle.lat) * self.scale.1,
        }
    }

    /// West, south, east and north of what is seen, in degrees; west may be below -180.
    pub(super) fn bounds(&self) -> [f64; 4] {
        let (east, north) = (self.degrees() / 2.0, self.height / self.scale.1 / 2.0);
        [
            self.middle.lon - east,
            self.middle.lat - north,
            self.middle.lon + east,
            self.middle.lat + north,
        ]
    }

    /// Degrees of longitude that are seen.
    pub(super) fn degrees(&self) -> f64 {
        WIDTH / self.scale.0
    }

    /// Units of a kilometre in the middle of the map.
    pub(super) fn units_a_km(&self) -> f64 {
        self.scale.1 / KM_A_DEGREE
    }

    /// Lower end of the map.
    pub(super) fn bottom(&self) -> f64 {
        self.top + self.height
    }
}

/// The middle latitude of a map that shows no more of the ice and the void beyond it than it must.
fn inhabited(middle: f64, south: f64, half: f64) -> f64 {
    let most = (NORTH - half).max(0.0);
    let least = (SOUTH + half).min(most);
    if south - half / 8.0 < SOUTH {
        return middle.clamp(-(90.0 - half).max(0.0), most);
    }
    middle.clamp(least, most)
}

/// The westernmost longitude and how far the others lie to its east.
fn longitudes(ways: &[Point], stops: &[Point]) -> (f64, f64) {
    let (from, empty) = emptiest(ways);
    if empty >= ROUND {
        return (from + empty, 2.0 * HALF_TURN - empty);
    }
    let (from, empty) = emptiest(stops);
    (from + empty / 2.0, 2.0 * HALF_TURN)
}

/// The widest stretch without a point: where it begins, and its width in degrees.
fn emptiest(points: &[Point]) -> (f64, f64) {
    let mut lons: Vec<f64> = points.iter().map(|point| point.lon).collect();
    lons.sort_by(f64::total_cmp);
    let (Some(&first), Some(&last)) = (lons.first(), lons.last()) else {
        return (HALF_TURN, 2.0 * HALF_TURN);
    };
    let mut widest = (last, first + 2.0 * HALF_TURN - last);
    for pair in lons.windows(2) {
        if pair[1] - pair[0] > widest.1 {
            widest = (pair[0], pair[1] - pair[0]);
        }
    }
    widest
}
