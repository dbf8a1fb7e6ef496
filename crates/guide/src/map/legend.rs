//! Names below a map, for places whose names have no room on it.

use super::{
    WIDTH,
    markers::{Marker, RADIUS},
    view::Xy,
    words,
};

/// Size of a name.
pub(super) const SIZE: f64 = 19.0;
/// Height of a row.
const ROW: f64 = 36.0;
/// Space at the border and above the first row.
const MARGIN: f64 = 16.0;

/// A line of the legend: the disc is where the marker's would be.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) marker: &'a Marker<'a>,
    pub(super) disc: Xy,
    pub(super) text: String,
    /// Where the name begins, on its base line.
    pub(super) name: Xy,
}

/// The entries below `top`, in two columns where every name fits, and where they end.
pub(super) fn entries<'a>(markers: &[&'a Marker<'a>], top: f64) -> (Vec<Entry<'a>>, f64) {
    if markers.is_empty() {
        return (Vec::new(), top);
    }
    let discs = markers.iter().map(|marker| marker.half_width);
    let disc = discs.fold(RADIUS, f64::max);
    let room = |columns: f64| (WIDTH - MARGIN) / columns - MARGIN - 2.0 * disc - 10.0;
    let fits = |marker: &&Marker<'_>| words::width(marker.name, SIZE) <= room(2.0);
    let columns = if markers.len() > 2 && markers.iter().all(fits) {
        2
    } else {
        1
    };
    let rows = markers.len().div_ceil(columns);
    let step = (WIDTH - MARGIN) / columns as f64;
    let placed = markers.iter().enumerate().map(|(index, marker)| {
        let (column, row) = ((index / rows) as f64, (index % rows) as f64);
        let x = MARGIN + column * step + disc;
        let y = top + MARGIN / 2.0 + (row + 0.5) * ROW;
        Entry {
            marker,
            disc: Xy { x, y },
            text: words::fit(marker.name, SIZE, room(columns as f64)).into_owned(),
            name: Xy {
                x: x + disc + 10.0,
                y: y + SIZE * 0.35,
            },
        }
    });
    (placed.collect(), top + MARGIN + rows as f64 * ROW)
}
