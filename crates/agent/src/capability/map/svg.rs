//! A map of a sheet as a drawing.

use guide::{
    Point,
    map::{self, Output, Words},
};

use crate::sheet::{Map, MapKind, Pin};

/// Draws a map: for a page, whose style sheet colours it (`static/css/map.css`), or standalone, as a
/// file that brings its style with it.
#[must_use]
pub fn svg(map: &Map, standalone: bool) -> String {
    let output = if standalone {
        Output::File
    } else {
        Output::Page
    };
    let words = Words {
        title: &map.title,
        text: &map.text,
    };
    let (pins, labels) = (pins(&map.pins), pins(&map.labels));
    match map.kind {
        MapKind::Route => map::route(&pins, words, output),
        MapKind::Day => map::day(&pins, &labels, words, output),
    }
}

fn pins(pins: &[Pin]) -> Vec<map::Pin<'_>> {
    let placed = pins.iter().map(|pin| map::Pin {
        name: &pin.name,
        at: Point {
            lat: pin.lat,
            lon: pin.lon,
        },
    });
    placed.collect()
}
