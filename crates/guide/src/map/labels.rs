//! Where names go: beside their discs, on no other name and on no disc, inside the border, and off
//! the lines where that is possible.

use super::{
    boxes::Area,
    markers::{Marker, RADIUS},
    view::Xy,
    words,
};

/// Size of a name.
pub(super) const SIZE: f64 = 20.0;
/// From the middle of a line of type to its base line.
const BASE: f64 = 0.35;
/// Space between a disc and its name.
const GAP: f64 = 5.0;
/// What a crossed line costs, in places further down the list of sides.
const CROSSED: f64 = 4.0;
/// A name longer than this share of the map is shortened.
const LONGEST: f64 = 0.55;

/// A name in its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    pub(super) text: String,
    /// Where the base line begins, ends or has its middle.
    pub(super) x: f64,
    pub(super) y: f64,
    /// `start`, `middle` or `end`.
    pub(super) anchor: &'static str,
    pub(super) area: Area,
}

/// Places a name beside each disc, in order; `None` where there is no room.
pub(super) fn beside(
    markers: &[Marker<'_>],
    lines: &[(Xy, Xy)],
    taken: &[Area],
    border: &Area,
) -> Vec<Option<Label>> {
    let mut used: Vec<Area> = markers.iter().map(Marker::area).collect();
    used.extend_from_slice(taken);
    let longest = (border.right - border.left) * LONGEST;
    let mut labels = Vec::with_capacity(markers.len());
    for marker in markers {
        let text = words::fit(marker.name, SIZE, longest);
        let label = sides(marker, &text)
            .into_iter()
            .enumerate()
            .filter(|(_, label)| border.holds(&label.area))
            .filter(|(_, label)| !used.iter().any(|area| area.meets(&label.area)))
            .map(|(rank, label)| (cost(rank, &label, lines), label))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, label)| label);
        used.extend(label.iter().map(|label| label.area));
        labels.push(label);
    }
    labels
}

fn cost(rank: usize, label: &Label, lines: &[(Xy, Xy)]) -> f64 {
    let crossed = lines
        .iter()
        .filter(|(from, to)| label.area.is_crossed(*from, *to));
    rank as f64 + CROSSED * (crossed.count() as f64).min(3.0)
}

/// The places that a name may have, best first.
fn sides(marker: &Marker<'_>, text: &str) -> Vec<Label> {
    let (out, up) = (marker.half_width + GAP, RADIUS + GAP + SIZE / 2.0);
    let slant = RADIUS + SIZE * 0.2;
    let tight = marker.half_width * 0.6;
    [
        (out, 0.0, "start"),
        (-out, 0.0, "end"),
        (0.0, up, "middle"),
        (0.0, -up, "middle"),
        (tight, -up, "start"),
        (tight, up, "start"),
        (-tight, -up, "end"),
        (-tight, up, "end"),
        (out, -slant, "start"),
        (out, slant, "start"),
        (-out, -slant, "end"),
        (-out, slant, "end"),
    ]
    .map(|(right, down, anchor)| {
        let at = Xy {
            x: marker.at.x + right,
            y: marker.at.y + down,
        };
        label(text, SIZE, at, anchor)
    })
    .into()
}

/// A name whose middle line is at a height.
pub(super) fn label(text: &str, size: f64, at: Xy, anchor: &'static str) -> Label {
    let width = words::width(text, size);
    let left = match anchor {
        "start" => at.x,
        "end" => at.x - width,
        _ => at.x - width / 2.0,
    };
    Label {
        text: text.to_owned(),
        x: at.x,
        y: at.y + size * BASE,
        anchor,
        area: Area {
            left,
            upper: at.y - size * 0.6,
            right: left + width,
            lower: at.y + size * 0.6,
        },
    }
}
