//! Cutting coasts at the border of the map, so that a drawing holds no more than it shows.

use super::view::Xy;

/// What is kept: left, upper, right and lower border.
pub(super) type Border = [f64; 4];

/// The part of a closed shape that is inside (Sutherland and Hodgman).
pub(super) fn shape(mut points: Vec<Xy>, border: Border) -> Vec<Xy> {
    for (side, &limit) in border.iter().enumerate() {
        let value = |at: Xy| if side % 2 == 0 { at.x } else { at.y };
        let inside = |at: Xy| {
            if side < 2 {
                value(at) >= limit
            } else {
                value(at) <= limit
            }
        };
        let mut kept = Vec::with_capacity(points.len());
        let mut before = points.last().copied();
        for &point in &points {
            if let Some(last) = before
                && inside(last) != inside(point)
            {
                let share = (limit - value(last)) / (value(point) - value(last));
                kept.push(between(last, point, share));
            }
            if inside(point) {
                kept.push(point);
            }
            before = Some(point);
        }
        points = kept;
    }
    points
}

fn between(from: Xy, to: Xy, share: f64) -> Xy {
    Xy {
        x: from.x + (to.x - from.x) * share,
        y: from.y + (to.y - from.y) * share,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_inside() {
        let at = |(x, y): (f64, f64)| Xy { x, y };
        let star = [(-5.0, 5.0), (5.0, -5.0), (15.0, 5.0), (5.0, 15.0)].map(at);
        let cut = shape(star.to_vec(), [0.0, 0.0, 10.0, 10.0]);
        let corners = cut.iter().zip(cut.iter().cycle().skip(1));
        let twice: f64 = corners.map(|(a, b)| a.x * b.y - b.x * a.y).sum();
        assert!((twice.abs() / 2.0 - 100.0).abs() < 1e-9, "{cut:?}");
        assert!(
            cut.iter()
                .all(|p| (0.0..=10.0).contains(&p.x) && (0.0..=10.0).contains(&p.y))
        );
        assert!(
            shape(
                [(20.0, 20.0), (30.0, 20.0), (30.0, 30.0)].map(at).to_vec(),
                [0.0, 0.0, 10.0, 10.0]
            )
            .is_empty()
        );
    }
}
