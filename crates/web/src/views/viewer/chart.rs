//! Small charts as SVG paths: bars that stand on each other, and steps.
//!
//! Nothing in them is coloured here: classes name a series, the style sheet its colour.

use std::fmt::Write;

/// Width of a chart, in its units.
pub(super) const WIDTH: f64 = 600.0;
/// Height of a chart, in its units.
pub(super) const HEIGHT: f64 = 100.0;
/// Part of a bucket's width that its bar fills.
const FILLED: f64 = 0.8;

/// One series of a chart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Series {
    /// Names its colour.
    pub(super) class: &'static str,
    pub(super) label: String,
    /// For people: what it adds up to, or its last value.
    pub(super) figure: String,
    /// The `d` of its path; empty where there is nothing.
    pub(super) path: String,
}

/// The largest value; 0 where there is none.
pub(super) fn largest(values: impl IntoIterator<Item = f64>) -> f64 {
    values.into_iter().fold(0.0, f64::max)
}

/// A path of bars for each series, the first at the bottom.
pub(super) fn bars(series: &[Vec<f64>], most: f64) -> Vec<String> {
    let buckets = series.first().map_or(0, Vec::len);
    let width = WIDTH / buckets.max(1) as f64;
    let mut floors = vec![0.0; buckets];
    let path = |values: &Vec<f64>| {
        let mut path = String::new();
        for (bucket, value) in values.iter().enumerate() {
            let height = value / most.max(f64::MIN_POSITIVE) * HEIGHT;
            if height <= 0.0 || !height.is_finite() {
                continue;
            }
            let x = bucket as f64 * width + width * (1.0 - FILLED) / 2.0;
            let top = HEIGHT - floors[bucket] - height;
            floors[bucket] += height;
            // Writing to a string does not fail.
            let _ = write!(
                path,
                "M{x:.1} {top:.1}h{:.1}v{height:.1}h-{:.1}z",
                width * FILLED,
                width * FILLED
            );
        }
        path
    };
    series.iter().map(path).collect()
}

/// A path of steps: level within a bucket, joined where the next one has a value too.
pub(super) fn steps(values: &[Option<f64>], most: f64) -> String {
    let width = WIDTH / values.len().max(1) as f64;
    let mut path = String::new();
    let mut joined = false;
    for (bucket, value) in values.iter().enumerate() {
        let Some(value) = value.filter(|value| value.is_finite()) else {
            joined = false;
            continue;
        };
        let y = HEIGHT - value / most.max(f64::MIN_POSITIVE) * HEIGHT;
        let x = bucket as f64 * width;
        let _ = match joined {
            true => write!(path, "V{y:.1}h{width:.1}"),
            false => write!(path, "M{x:.1} {y:.1}h{width:.1}"),
        };
        joined = true;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_on_each_other_and_fill_the_height() {
        let paths = bars(&[vec![1.0, 0.0], vec![3.0, 2.0]], 4.0);
        assert_eq!(paths[0], "M30.0 75.0h240.0v25.0h-240.0z");
        assert_eq!(
            paths[1],
            "M30.0 0.0h240.0v75.0h-240.0zM330.0 50.0h240.0v50.0h-240.0z"
        );
    }

    #[test]
    fn steps_are_joined_only_where_nothing_is_missing() {
        let path = steps(&[Some(1.0), Some(2.0), None, Some(0.0)], 2.0);
        assert_eq!(path, "M0.0 50.0h150.0V0.0h150.0M450.0 100.0h150.0");
    }

    #[test]
    fn nothing_draws_nothing() {
        assert_eq!(bars(&[vec![0.0, f64::NAN]], 0.0), [""]);
        assert_eq!(steps(&[None, Some(f64::INFINITY)], 1.0), "");
        assert!(bars(&[], 1.0).is_empty());
        assert_eq!(largest([]), 0.0);
    }
}
