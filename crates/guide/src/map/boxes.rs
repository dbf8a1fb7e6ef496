//! Rectangles of the view box, and whether they are in each other's way.

use super::view::Xy;

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) upper: f64,
    pub(super) right: f64,
    pub(super) lower: f64,
}

impl Area {
    /// Around a middle.
    pub(super) fn around(at: Xy, half_width: f64, half_height: f64) -> Self {
        Self {
            left: at.x - half_width,
            upper: at.y - half_height,
            right: at.x + half_width,
            lower: at.y + half_height,
        }
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.upper < other.lower
            && other.upper < self.lower
    }

    pub(super) fn holds(&self, other: &Self) -> bool {
        self.left <= other.left
            && self.upper <= other.upper
            && self.right >= other.right
            && self.lower >= other.lower
    }

    /// Whether a straight line passes through (Liang and Barsky).
    pub(super) fn is_crossed(&self, from: Xy, to: Xy) -> bool {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let sides = [
            (-dx, from.x - self.left),
            (dx, self.right - from.x),
            (-dy, from.y - self.upper),
            (dy, self.lower - from.y),
        ];
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (step, room) in sides {
            if step == 0.0 {
                if room < 0.0 {
                    return false;
                }
            } else if step < 0.0 {
                enter = enter.max(room / step);
            } else {
                leave = leave.min(room / step);
            }
        }
        enter <= leave
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_through_and_past() {
        let area = Area::around(Xy { x: 10.0, y: 10.0 }, 5.0, 2.0);
        let at = |x: f64, y: f64| Xy { x, y };
        assert!(area.is_crossed(at(0.0, 10.0), at(20.0, 10.0)));
        assert!(area.is_crossed(at(10.0, 10.0), at(11.0, 10.0)));
        assert!(!area.is_crossed(at(0.0, 0.0), at(20.0, 0.0)));
        assert!(!area.is_crossed(at(0.0, 10.0), at(4.0, 10.0)));
        assert!(area.is_crossed(at(0.0, 0.0), at(20.0, 20.0)));
    }
}
