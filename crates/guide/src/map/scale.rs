//! The scale: a round length that fits.

use super::view::View;

/// A bar is at most so many units long.
const LONGEST: f64 = 150.0;
/// Lengths that are easy to multiply, in metres.
const ROUND: [f64; 3] = [1.0, 2.0, 5.0];

/// A bar of the scale.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bar {
    /// Its length in the view box.
    pub(super) units: f64,
    /// `500 m`, `2 km`.
    pub(super) text: String,
}

/// The longest round bar.
pub(super) fn bar(view: &View) -> Bar {
    let units_a_metre = view.units_a_km() / 1_000.0;
    let mut metres = 10.0;
    let mut power = 10.0;
    while power * units_a_metre <= LONGEST {
        for round in ROUND {
            if power * round * units_a_metre <= LONGEST {
                metres = power * round;
            }
        }
        power *= 10.0;
    }
    Bar {
        units: metres * units_a_metre,
        text: if metres < 1_000.0 {
            format!("{metres:.0}\u{a0}m")
        } else {
            format!("{:.0}\u{a0}km", metres / 1_000.0)
        },
    }
}
