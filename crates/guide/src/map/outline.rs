//! The land of a view as path data, and its grid of meridians and parallels.

use super::{
    WIDTH,
    clip::{self, Border},
    land, path,
    view::{View, Xy},
};

/// Path data of the land is kept below this, by leaving out small steps of the coast.
const MOST_BYTES: usize = 36_000;
/// Coasts run on this far beyond the border, where their cut is not seen.
const BEYOND: f64 = 3.0;
/// Islands smaller than this many units are not drawn.
const LEAST_ISLAND: f64 = 1.6;
/// Degrees between two lines of the grid.
const STEPS: [f64; 7] = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0];

/// The land that is seen.
pub(super) fn land(view: &View) -> String {
    let border = [
        -BEYOND,
        view.top - BEYOND,
        WIDTH + BEYOND,
        view.bottom() + BEYOND,
    ];
    let shapes = shapes(view, border);
    let mut least = 0.9;
    loop {
        let mut data = String::new();
        for shape in &shapes {
            path::write(&mut data, shape, least, true);
        }
        if data.len() <= MOST_BYTES {
            return data;
        }
        least *= 1.25;
    }
}

fn shapes(view: &View, border: Border) -> Vec<Vec<Xy>> {
    let mut shapes = Vec::new();
    for ring in land::rings(view.degrees()) {
        let [west, south, east, north] = ring.bounds.map(degrees);
        for turns in [-1.0, 0.0, 1.0] {
            let (nw, se) = (
                view.see_copy(west, north, turns),
                view.see_copy(east, south, turns),
            );
            let apart =
                se.x < border[0] || nw.x > border[2] || se.y < border[1] || nw.y > border[3];
            let tiny = se.x - nw.x < LEAST_ISLAND && se.y - nw.y < LEAST_ISLAND;
            if apart || tiny {
                continue;
            }
            let coast = ring.points.iter();
            let seen = coast.map(|&(lon, lat)| view.see_copy(degrees(lon), degrees(lat), turns));
            let shape = clip::shape(seen.collect(), border);
            if shape.len() > 2 {
                shapes.push(shape);
            }
        }
    }
    shapes
}

fn degrees(hundredths: i32) -> f64 {
    f64::from(hundredths) / 100.0
}

/// Meridians and parallels, about five across.
pub(super) fn grid(view: &View) -> String {
    let [west, south, east, north] = view.bounds();
    let wanted = (east - west) / 5.0;
    let step = STEPS
        .into_iter()
        .find(|step| *step >= wanted)
        .unwrap_or(30.0);
    let mut data = String::new();
    for lon in lines(west, east, step) {
        let x = view.see_copy(lon, 0.0, 0.0).x;
        let ends = [
            Xy { x, y: view.top },
            Xy {
                x,
                y: view.bottom(),
            },
        ];
        path::write(&mut data, &ends, 0.0, false);
    }
    for lat in lines(south, north, step) {
        let y = view.see_copy(west, lat, 0.0).y;
        path::write(
            &mut data,
            &[Xy { x: 0.0, y }, Xy { x: WIDTH, y }],
            0.0,
            false,
        );
    }
    data
}

fn lines(from: f64, to: f64, step: f64) -> impl Iterator<Item = f64> {
    let (first, last) = ((from / step).ceil() as i32, (to / step).floor() as i32);
    (first..=last).map(move |index| f64::from(index) * step)
}
