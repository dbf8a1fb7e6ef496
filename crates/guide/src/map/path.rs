//! Path data in few bytes: tenths of a unit, each point relative to the one before.

use std::fmt::Write as _;

use super::view::Xy;

/// Writes the sub-path through `points`; those nearer than `least` units to the one before are left
/// out, the last one never.
pub(super) fn write(data: &mut String, points: &[Xy], least: f64, closed: bool) {
    let mut before: Option<(i64, i64)> = None;
    let square = least * least * 100.0;
    for (index, point) in points.iter().enumerate() {
        let (x, y) = (tenths(point.x), tenths(point.y));
        let Some((from_x, from_y)) = before else {
            let _ = write!(data, "M{} {}", Tenths(x), Tenths(y));
            before = Some((x, y));
            continue;
        };
        let (dx, dy) = (x - from_x, y - from_y);
        let is_last = index + 1 == points.len() && !closed;
        if ((dx * dx + dy * dy) as f64) < square && !is_last {
            continue;
        }
        let _ = write!(data, "l{} {}", Tenths(dx), Tenths(dy));
        before = Some((x, y));
    }
    if closed {
        data.push('z');
    }
}

fn tenths(value: f64) -> i64 {
    (value * 10.0).round() as i64
}

/// A number of tenths, written without what can be left out.
pub(super) struct Tenths(pub(super) i64);

impl Tenths {
    pub(super) fn of(value: f64) -> Self {
        Self(tenths(value))
    }
}

impl std::fmt::Display for Tenths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, part) = (self.0.abs() / 10, self.0.abs() % 10);
        if self.0 < 0 {
            f.write_str("-")?;
        }
        match (whole, part) {
            (whole, 0) => write!(f, "{whole}"),
            (0, part) => write!(f, ".{part}"),
            (whole, part) => write!(f, "{whole}.{part}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let written = |value: f64| Tenths::of(value).to_string();
        assert_eq!(written(-0.04), "0");
        assert_eq!(written(-0.5), "-.5");
        assert_eq!(written(12.0), "12");
        assert_eq!(written(-3.25), "-3.3");
    }

    #[test]
    fn points_that_nobody_would_see_are_left_out() {
        let mut data = String::new();
        let points = [(0.0, 0.0), (0.1, 0.0), (3.0, 0.0), (3.1, 0.0)].map(|(x, y)| Xy { x, y });
        write(&mut data, &points, 1.0, false);
        assert_eq!(data, "M0 0l3 0l.1 0");
    }
}
