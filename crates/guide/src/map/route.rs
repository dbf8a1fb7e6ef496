//! A journey on the outlines of the land.

use crate::Point;

use super::{
    Output, Pin, WIDTH, Words,
    arc::arc,
    boxes::Area,
    drawing::{Drawing, MARGIN, TITLE, scale_area},
    labels, legend,
    markers::{self, Marker},
    outline, scale,
    view::{Frame, View, Xy},
};

/// Heights of the map.
const HEIGHTS: (f64, f64) = (330.0, 560.0);
/// What is kept free of places at the border.
const EDGE: f64 = 58.0;
/// A map of fewer places than two shows so many kilometres all the same.
const LEAST_KM: f64 = 500.0;
/// Maps that are wider than this have no scale: it would hold in their middle only.
const WIDEST_SCALE: f64 = 45.0;
/// A leg shorter than this has no arrow.
const LEAST_ARROW: f64 = 90.0;
/// What a name keeps from the border.
const CLEAR: f64 = 5.0;

/// Draws the flights between `stops`, in their order. Names without room are listed below.
#[must_use]
pub fn route(stops: &[Pin<'_>], words: Words<'_>, output: Output) -> String {
    let legs = legs(stops);
    let points: Vec<Point> = stops.iter().map(|stop| stop.at).collect();
    let mut ways = points.clone();
    ways.extend(legs.iter().flat_map(|leg| &leg.way));
    let top = if output == Output::File { TITLE } else { 0.0 };
    let frame = Frame {
        top,
        margin: EDGE,
        heights: HEIGHTS,
        least_km: LEAST_KM,
    };
    let view = View::fit(&ways, &points, frame);
    let (markers, _) = markers::of(stops, &view);

    let mut drawing = Drawing::default();
    drawing.ground("map-sea", top, view.height);
    drawing.grid(&outline::grid(&view));
    drawing.land(&outline::land(&view));
    if output == Output::File {
        // Coasts run on a little beyond the map.
        drawing.ground("map-paper", 0.0, top);
        drawing.title(words.title, WIDTH - 2.0 * MARGIN);
    }
    let lines: Vec<Vec<Xy>> = legs.iter().flat_map(|leg| leg.seen(&view)).collect();
    drawing.ways(lines.iter().map(Vec::as_slice), "");
    for leg in legs.iter().filter(|leg| !leg.both) {
        if let Some((from, to)) = leg.middle(&view) {
            drawing.arrow(from, to);
        }
    }
    let mut taken = Vec::new();
    if view.degrees() < WIDEST_SCALE {
        let bar = scale::bar(&view);
        taken.push(scale_area(&bar, view.bottom()));
        drawing.scale(&bar, view.bottom());
    }
    drawing.markers(&markers);
    let border = Area {
        left: CLEAR,
        upper: top + CLEAR,
        right: WIDTH - CLEAR,
        lower: view.bottom() - CLEAR,
    };
    let crossed: Vec<(Xy, Xy)> = lines
        .iter()
        .flat_map(|line| line.windows(2).map(|pair| (pair[0], pair[1])))
        .collect();
    let names = labels::beside(&markers, &crossed, &taken, &border);
    drawing.names(names.iter().flatten());
    let unnamed: Vec<&Marker<'_>> = markers
        .iter()
        .zip(&names)
        .filter(|(_, name)| name.is_none())
        .map(|(marker, _)| marker)
        .collect();
    let (entries, height) = legend::entries(&unnamed, view.bottom());
    if !entries.is_empty() {
        drawing.ground("map-paper", view.bottom(), height - view.bottom());
    }
    drawing.legend(&entries);
    drawing.finish(height, words, output)
}

/// A way between two places.
struct Leg {
    way: Vec<Point>,
    /// Whether it is flown both ways.
    both: bool,
}

/// The legs, each once.
fn legs(stops: &[Pin<'_>]) -> Vec<Leg> {
    let mut legs: Vec<(Point, Point, bool)> = Vec::new();
    for pair in stops.windows(2) {
        let (from, to) = (pair[0].at, pair[1].at);
        if from == to {
            continue;
        }
        let back = legs.iter_mut().find(|leg| leg.0 == to && leg.1 == from);
        if let Some(back) = back {
            back.2 = true;
        } else if !legs.iter().any(|leg| leg.0 == from && leg.1 == to) {
            legs.push((from, to, false));
        }
    }
    let drawn = legs.into_iter().map(|(from, to, both)| Leg {
        way: arc(from, to),
        both,
    });
    drawn.collect()
}

impl Leg {
    /// Its lines on the map: two where it leaves at one side and comes back at the other.
    fn seen(&self, view: &View) -> Vec<Vec<Xy>> {
        let mut pieces: Vec<Vec<Xy>> = vec![Vec::new()];
        let mut before: Option<Xy> = None;
        for &point in &self.way {
            let mut at = view.see(point);
            if let Some(last) = before
                && (at.x - last.x).abs() > WIDTH / 2.0
            {
                let turn = if at.x > last.x { 1.0 } else { -1.0 };
                let round = view.degrees().max(360.0) / view.degrees() * WIDTH;
                if let Some(piece) = pieces.last_mut() {
                    piece.push(Xy {
                        x: at.x - turn * round,
                        y: at.y,
                    });
                }
                pieces.push(vec![Xy {
                    x: last.x + turn * round,
                    y: last.y,
                }]);
            }
            at.y = at.y.clamp(view.top, view.bottom());
            if let Some(piece) = pieces.last_mut() {
                piece.push(at);
            }
            before = Some(at);
        }
        pieces
    }

    /// The two points about its middle, where it is long enough for an arrow.
    fn middle(&self, view: &View) -> Option<(Xy, Xy)> {
        let (first, last) = (view.see(*self.way.first()?), view.see(*self.way.last()?));
        let (dx, dy) = (last.x - first.x, last.y - first.y);
        if dx * dx + dy * dy < LEAST_ARROW * LEAST_ARROW {
            return None;
        }
        let half = self.way.len() / 2;
        let (from, to) = if self.way.len() > 2 {
            (
                view.see(*self.way.get(half - 1)?),
                view.see(*self.way.get(half)?),
            )
        } else {
            (first, last)
        };
        ((to.x - from.x).abs() < WIDTH / 2.0).then_some((from, to))
    }
}
