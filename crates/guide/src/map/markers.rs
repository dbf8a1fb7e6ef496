//! The numbered discs: one a place, pushed apart where they would hide each other.

use crate::Point;

use super::{
    Pin, WIDTH,
    boxes::Area,
    view::{View, Xy},
};

/// Half the height of a disc.
pub(super) const RADIUS: f64 = 14.0;
/// Size of its number.
pub(super) const NUMBER: f64 = 17.0;
/// A disc that stands further off than this has a line to its place.
pub(super) const OFF: f64 = 5.0;
/// What discs leave free between them.
const GAP: f64 = 3.0;
/// Space below the discs, in which the scale stands.
const BELOW: f64 = 44.0;
/// Rounds of pushing apart; few places need more than ten.
const ROUNDS: u32 = 200;
/// Turns by which discs on the same spot leave it: no two go the same way.
const GOLDEN: f64 = 2.399_963;
/// Places of one name nearer than this are one place.
const SAME_KM: f64 = 60.0;

/// A place with its number, or its numbers when one comes there again.
#[derive(Debug)]
pub(super) struct Marker<'a> {
    pub(super) name: &'a str,
    /// `1`, or `1·4`.
    pub(super) number: String,
    /// The place itself.
    pub(super) place: Xy,
    /// The middle of its disc.
    pub(super) at: Xy,
    pub(super) half_width: f64,
    point: Point,
}

impl Marker<'_> {
    /// What its disc covers.
    pub(super) fn area(&self) -> Area {
        Area::around(self.at, self.half_width, RADIUS)
    }

    /// Whether its disc had to leave its place.
    pub(super) fn is_off(&self) -> bool {
        let (dx, dy) = (self.at.x - self.place.x, self.at.y - self.place.y);
        dx * dx + dy * dy > OFF * OFF
    }
}

/// The markers of stops, and for each stop the marker that it has.
pub(super) fn of<'a>(stops: &[Pin<'a>], view: &View) -> (Vec<Marker<'a>>, Vec<usize>) {
    let mut markers: Vec<Marker<'a>> = Vec::new();
    let mut order = Vec::with_capacity(stops.len());
    for (index, stop) in stops.iter().enumerate() {
        let place = view.see(stop.at);
        let known = markers
            .iter()
            .position(|marker| is_same(marker, stop, place));
        let number = (index + 1).to_string();
        if let Some(known) = known {
            markers[known].number.push('·');
            markers[known].number.push_str(&number);
            order.push(known);
            continue;
        }
        order.push(markers.len());
        markers.push(Marker {
            name: stop.name,
            number,
            place,
            at: place,
            half_width: RADIUS,
            point: stop.at,
        });
    }
    for marker in &mut markers {
        let letters = marker.number.chars().count() as f64;
        marker.half_width = RADIUS.max(letters * NUMBER * 0.3 + 6.0);
    }
    push_apart(&mut markers, view);
    (markers, order)
}

fn is_same(marker: &Marker<'_>, stop: &Pin<'_>, place: Xy) -> bool {
    let near =
        (marker.place.x - place.x).abs() < RADIUS && (marker.place.y - place.y).abs() < RADIUS;
    near && marker.name == stop.name && marker.point.km_to(stop.at) < SAME_KM
}

fn push_apart(markers: &mut [Marker<'_>], view: &View) {
    for _ in 0..ROUNDS {
        let mut moved = false;
        for second in 1..markers.len() {
            for first in 0..second {
                moved |= push(markers, first, second);
            }
        }
        for marker in markers.iter_mut() {
            let side = marker.half_width + GAP;
            marker.at.x = marker.at.x.clamp(side, WIDTH - side);
            let (upper, lower) = (view.top + RADIUS + GAP, view.bottom() - RADIUS - GAP);
            let lower = lower
                .min(view.bottom() - BELOW)
                .max(marker.place.y.min(lower));
            marker.at.y = marker.at.y.clamp(upper.min(lower), lower);
        }
        if !moved {
            return;
        }
    }
}

/// Moves two discs apart by what they overlap; wide ones count as wide as they are.
fn push(markers: &mut [Marker<'_>], first: usize, second: usize) -> bool {
    let (a, b) = (&markers[first], &markers[second]);
    let (dx, dy) = (b.at.x - a.at.x, b.at.y - a.at.y);
    let wide = (a.half_width + b.half_width + GAP) / (2.0 * RADIUS + GAP);
    let wanted = 2.0 * RADIUS + GAP;
    let (flat, apart) = (dx / wide, ((dx / wide) * (dx / wide) + dy * dy).sqrt());
    if apart >= wanted - 0.01 {
        return false;
    }
    let (east, south) = if apart > 0.01 {
        (flat / apart, dy / apart)
    } else {
        let turn = GOLDEN * second as f64;
        (libm::cos(turn), libm::sin(turn))
    };
    let half = (wanted - apart) / 2.0 + 0.01;
    markers[first].at.x -= east * half * wide;
    markers[first].at.y -= south * half;
    markers[second].at.x += east * half * wide;
    markers[second].at.y += south * half;
    true
}
