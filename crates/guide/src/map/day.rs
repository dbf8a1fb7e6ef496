//! A day in a city: a scheme of where its stops lie to each other. There are no streets in it.

use crate::Point;

use super::{
    Output, Pin, WIDTH, Words,
    boxes::Area,
    drawing::{Drawing, QUARTER, TITLE, scale_area},
    labels::{self, Label},
    legend,
    markers::{self, Marker},
    path, scale,
    view::{Frame, View, Xy},
    words,
};

/// Heights of the map.
const HEIGHTS: (f64, f64) = (300.0, 460.0);
/// What is kept free of stops at the border.
const EDGE: f64 = 60.0;
/// A day on one spot is shown with so much around it.
const LEAST_KM: f64 = 0.3;
/// A leg shorter than this has no arrow.
const LEAST_ARROW: f64 = 80.0;
/// What a name keeps from the border.
const CLEAR: f64 = 5.0;
/// Room that the title leaves to the arrow of the north.
const NORTH: f64 = 90.0;

/// Draws the stops of a day in the order of the visit. `labels` name quarters, which are written
/// where they lie as far as there is room. When two names of stops would be in each other's way, all
/// are listed below.
#[must_use]
pub fn day(stops: &[Pin<'_>], labels: &[Pin<'_>], words: Words<'_>, output: Output) -> String {
    let points: Vec<Point> = stops.iter().map(|stop| stop.at).collect();
    let shown: Vec<Point> = if points.is_empty() {
        labels.iter().map(|label| label.at).collect()
    } else {
        points
    };
    let frame = Frame {
        top: TITLE,
        margin: EDGE,
        heights: HEIGHTS,
        least_km: LEAST_KM,
    };
    let view = View::fit(&shown, &shown, frame);
    let (markers, order) = markers::of(stops, &view);
    let lines = lines(&markers, &order);
    let bar = scale::bar(&view);
    let border = Area {
        left: CLEAR,
        upper: TITLE + CLEAR,
        right: WIDTH - CLEAR,
        lower: view.bottom() - CLEAR,
    };
    let measure = scale_area(&bar, view.bottom());
    let names = labels::beside(&markers, &lines, &[measure], &border);
    let listed = names.iter().any(Option::is_none);

    let mut drawing = Drawing::default();
    drawing.title(words.title, WIDTH - NORTH);
    drawing.north();
    drawing.ground("map-scheme", view.top, view.height);
    drawing.grid(&squares(&view, bar.units));
    let mut taken: Vec<Area> = markers.iter().map(Marker::area).collect();
    taken.push(measure);
    if !listed {
        taken.extend(names.iter().flatten().map(|name| name.area));
    }
    let quarters = quarters(labels, &view, &lines, taken, &border);
    drawing.quarters(quarters.iter());
    let pieces: Vec<[Xy; 2]> = lines.iter().map(|&(from, to)| [from, to]).collect();
    let dashes = r#" stroke-dasharray="1 7""#;
    drawing.ways(pieces.iter().map(<[Xy; 2]>::as_slice), dashes);
    for &(from, to) in lines.iter().filter(|(from, to)| is_long(*from, *to)) {
        drawing.arrow(from, to);
    }
    drawing.scale(&bar, view.bottom());
    drawing.markers(&markers);
    if !listed {
        drawing.names(names.iter().flatten());
        return drawing.finish(view.bottom(), words, output);
    }
    let all: Vec<&Marker<'_>> = markers.iter().collect();
    let (entries, height) = legend::entries(&all, view.bottom());
    drawing.legend(&entries);
    drawing.finish(height, words, output)
}

/// From disc to disc, each way once.
fn lines(markers: &[Marker<'_>], order: &[usize]) -> Vec<(Xy, Xy)> {
    let mut ways: Vec<(usize, usize)> = Vec::new();
    for pair in order.windows(2) {
        let way = (pair[0], pair[1]);
        if way.0 != way.1 && !ways.contains(&way) && !ways.contains(&(way.1, way.0)) {
            ways.push(way);
        }
    }
    let ends = ways
        .into_iter()
        .map(|(from, to)| (markers[from].at, markers[to].at));
    ends.collect()
}

fn is_long(from: Xy, to: Xy) -> bool {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    dx * dx + dy * dy >= LEAST_ARROW * LEAST_ARROW
}

/// Squares as long as the scale's bar.
fn squares(view: &View, side: f64) -> String {
    let mut data = String::new();
    let mut line = |from: Xy, to: Xy| path::write(&mut data, &[from, to], 0.0, false);
    let (columns, rows) = ((WIDTH / side) as u32, (view.height / side) as u32);
    for column in 1..=columns {
        let x = side * f64::from(column);
        line(
            Xy { x, y: view.top },
            Xy {
                x,
                y: view.bottom(),
            },
        );
    }
    for row in 1..=rows {
        let y = view.top + side * f64::from(row);
        line(Xy { x: 0.0, y }, Xy { x: WIDTH, y });
    }
    data
}

/// The names of quarters that have room.
fn quarters(
    labels: &[Pin<'_>],
    view: &View,
    lines: &[(Xy, Xy)],
    mut taken: Vec<Area>,
    border: &Area,
) -> Vec<Label> {
    let mut placed = Vec::new();
    for quarter in labels {
        let at = view.see(quarter.at);
        let name = words::fit(quarter.name, QUARTER, WIDTH / 3.0);
        let free: Vec<Label> = [0.0, 26.0, -26.0, 44.0, -44.0]
            .into_iter()
            .map(|down| {
                let at = Xy {
                    x: at.x,
                    y: at.y + down,
                };
                labels::label(&name, QUARTER, at, "middle")
            })
            .filter(|label| border.holds(&label.area))
            .filter(|label| !taken.iter().any(|area| area.meets(&label.area)))
            .collect();
        let crossed = |label: &Label| {
            let mut lines = lines.iter();
            lines.any(|(from, to)| label.area.is_crossed(*from, *to))
        };
        let best = free.iter().position(|label| !crossed(label)).unwrap_or(0);
        let free = free.into_iter().nth(best);
        if let Some(label) = free {
            taken.push(label.area);
            placed.push(label);
        }
    }
    placed
}
