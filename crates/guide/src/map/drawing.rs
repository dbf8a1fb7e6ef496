//! The elements of a drawing. What a class does not colour, presentation attributes and
//! `currentColor` do, so that a drawing is readable without any style too.

use std::fmt::Write as _;

use super::{
    Output, WIDTH, Words,
    boxes::Area,
    labels::{self, Label},
    legend::{self, Entry},
    markers::{Marker, NUMBER, RADIUS},
    path::{self, Tenths},
    scale::Bar,
    style,
    view::Xy,
    words::{escape, fit},
};

/// Height of the strip that holds the title.
pub(super) const TITLE: f64 = 52.0;
/// Size of the title.
const TITLE_SIZE: f64 = 23.0;
/// Left end of what stands at the border.
pub(super) const MARGIN: f64 = 18.0;
/// Size of the type beside the scale.
const MEASURE: f64 = 16.0;
/// Size of names that only give orientation.
pub(super) const QUARTER: f64 = 17.0;
/// Half the length of an arrow.
const ARROW: f64 = 7.0;

/// A drawing in the making; what is added later lies above.
#[derive(Default)]
pub(super) struct Drawing {
    body: String,
}

impl Drawing {
    /// The ground of the map.
    pub(super) fn ground(&mut self, class: &str, top: f64, height: f64) {
        let _ = write!(
            self.body,
            r#"<rect class="{class}" y="{}" width="{WIDTH}" height="{}" fill="none"/>"#,
            Tenths::of(top),
            Tenths::of(height)
        );
    }

    /// The land.
    pub(super) fn land(&mut self, data: &str) {
        if !data.is_empty() {
            let _ = write!(
                self.body,
                r#"<path class="map-land" fill="currentColor" fill-opacity=".12" fill-rule="evenodd" stroke="currentColor" stroke-opacity=".3" stroke-width=".8" stroke-linejoin="round" d="{data}"/>"#
            );
        }
    }

    /// Thin lines.
    pub(super) fn grid(&mut self, data: &str) {
        let _ = write!(
            self.body,
            r#"<path class="map-grid" fill="none" stroke="currentColor" stroke-opacity=".1" d="{data}"/>"#
        );
    }

    /// The way between the places, broken into pieces where the map ends.
    pub(super) fn ways<'a>(&mut self, pieces: impl Iterator<Item = &'a [Xy]>, dashes: &str) {
        let mut data = String::new();
        for piece in pieces {
            path::write(&mut data, piece, 1.5, false);
        }
        if !data.is_empty() {
            let _ = write!(
                self.body,
                r#"<path class="map-line" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"{dashes} d="{data}"/>"#
            );
        }
    }

    /// An arrow on a way, towards a place.
    pub(super) fn arrow(&mut self, from: Xy, to: Xy) {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let length = (dx * dx + dy * dy).sqrt();
        if length < 0.01 {
            return;
        }
        let (east, south) = (dx / length * ARROW, dy / length * ARROW);
        let middle = Xy {
            x: f64::midpoint(from.x, to.x),
            y: f64::midpoint(from.y, to.y),
        };
        let corners = [
            (east, south),
            (-east - south, -south + east),
            (-east * 0.5, -south * 0.5),
            (-east + south, -south - east),
        ]
        .map(|(x, y)| Xy {
            x: middle.x + x,
            y: middle.y + y,
        });
        let mut data = String::new();
        path::write(&mut data, &corners, 0.0, true);
        let _ = write!(
            self.body,
            r#"<path class="map-arrow" fill="currentColor" d="{data}"/>"#
        );
    }

    /// The discs, with a line to those places that they had to leave.
    pub(super) fn markers(&mut self, markers: &[Marker<'_>]) {
        for marker in markers.iter().filter(|marker| marker.is_off()) {
            let (x, y) = (Tenths::of(marker.place.x), Tenths::of(marker.place.y));
            let mut data = String::new();
            path::write(&mut data, &[marker.place, marker.at], 0.0, false);
            let _ = write!(
                self.body,
                r#"<path class="map-leader" fill="none" stroke="currentColor" stroke-width="1.5" d="{data}"/><circle class="map-spot" cx="{x}" cy="{y}" r="3.5" fill="currentColor"/>"#
            );
        }
        for marker in markers {
            self.disc(marker, marker.at);
        }
    }

    fn disc(&mut self, marker: &Marker<'_>, at: Xy) {
        let half = marker.half_width;
        let _ = write!(
            self.body,
            r#"<rect class="map-disc" x="{}" y="{}" width="{}" height="{}" rx="{RADIUS}" fill="currentColor" stroke="Canvas" stroke-width="2"/><text class="map-number" x="{}" y="{}" font-size="{NUMBER}" font-weight="700" text-anchor="middle" fill="Canvas">{}</text>"#,
            Tenths::of(at.x - half),
            Tenths::of(at.y - RADIUS),
            Tenths::of(2.0 * half),
            2.0 * RADIUS,
            Tenths::of(at.x),
            Tenths::of(at.y + NUMBER * 0.35),
            marker.number
        );
    }

    /// Names of places.
    pub(super) fn names<'a>(&mut self, labels: impl Iterator<Item = &'a Label>) {
        let _ = write!(
            self.body,
            r#"<g class="map-name" font-size="{}" font-weight="600" fill="currentColor" stroke="Canvas" stroke-width="4" stroke-linejoin="round" paint-order="stroke">"#,
            labels::SIZE
        );
        labels.for_each(|label| self.text(label));
        self.body.push_str("</g>");
    }

    /// Names that only give orientation.
    pub(super) fn quarters<'a>(&mut self, labels: impl Iterator<Item = &'a Label>) {
        let _ = write!(
            self.body,
            r#"<g class="map-quarter" font-size="{QUARTER}" font-style="italic" fill="currentColor" fill-opacity=".65">"#
        );
        labels.for_each(|label| self.text(label));
        self.body.push_str("</g>");
    }

    fn text(&mut self, label: &Label) {
        let anchor = match label.anchor {
            "start" => String::new(),
            other => format!(r#" text-anchor="{other}""#),
        };
        let _ = write!(
            self.body,
            r#"<text x="{}" y="{}"{anchor}>{}</text>"#,
            Tenths::of(label.x),
            Tenths::of(label.y),
            escape(&label.text)
        );
    }

    /// The scale at the lower border of the map, and what it covers.
    pub(super) fn scale(&mut self, bar: &Bar, bottom: f64) {
        let y = bottom - MARGIN;
        let _ = write!(
            self.body,
            r#"<path class="map-scale" fill="none" stroke="currentColor" stroke-width="2" d="M{MARGIN} {}v6h{}v-6"/><text class="map-measure" x="{}" y="{}" font-size="{MEASURE}" fill="currentColor">{}</text>"#,
            Tenths::of(y - 6.0),
            Tenths::of(bar.units),
            Tenths::of(MARGIN + bar.units + 8.0),
            Tenths::of(y),
            bar.text
        );
    }

    /// The title above the map.
    pub(super) fn title(&mut self, title: &str, room: f64) {
        let _ = write!(
            self.body,
            r#"<text class="map-title" x="{MARGIN}" y="{}" font-size="{TITLE_SIZE}" font-weight="700" fill="currentColor">{}</text>"#,
            Tenths::of(TITLE / 2.0 + TITLE_SIZE * 0.35),
            escape(&fit(title, TITLE_SIZE, room))
        );
    }

    /// Where north is, at the right of the title.
    pub(super) fn north(&mut self) {
        let (x, y) = (WIDTH - MARGIN - 10.0, TITLE / 2.0);
        let _ = write!(
            self.body,
            r#"<g class="map-north" fill="currentColor"><path d="M{x} {}l8 24l-8-5l-8 5z"/><text x="{}" y="{}" font-size="{MEASURE}" font-weight="700" text-anchor="end">N</text></g>"#,
            y - 13.0,
            x - 14.0,
            Tenths::of(y + MEASURE * 0.35)
        );
    }

    /// Names below the map.
    pub(super) fn legend(&mut self, entries: &[Entry<'_>]) {
        for entry in entries {
            self.disc(entry.marker, entry.disc);
            let _ = write!(
                self.body,
                r#"<text class="map-entry" x="{}" y="{}" font-size="{}" fill="currentColor">{}</text>"#,
                Tenths::of(entry.name.x),
                Tenths::of(entry.name.y),
                legend::SIZE,
                escape(&entry.text)
            );
        }
    }

    /// The whole drawing.
    pub(super) fn finish(self, height: f64, words: Words<'_>, output: Output) -> String {
        let style = match output {
            Output::Page => String::new(),
            Output::File => format!("<style>{}</style>", style::FILE),
        };
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 {WIDTH} {}" role="img"><title>{}</title><desc>{}</desc>{style}<rect class="map-paper" width="{WIDTH}" height="{}" fill="none"/>{}</svg>"#,
            Tenths::of(height),
            escape(words.title),
            escape(words.text),
            Tenths::of(height),
            self.body
        )
    }
}

/// What a scale covers.
pub(super) fn scale_area(bar: &Bar, bottom: f64) -> Area {
    Area {
        left: 0.0,
        upper: bottom - MARGIN - 14.0,
        right: MARGIN + bar.units + 8.0 + super::words::width(&bar.text, MEASURE) + 8.0,
        lower: bottom,
    }
}
