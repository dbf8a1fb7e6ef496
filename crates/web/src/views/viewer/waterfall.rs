//! The spans of a trace as a tree, each with its place on the time axis.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use obs::{Span, SpanId};

/// Units of the time axis from the first start to the last end.
pub(crate) const AXIS: f64 = 1000.0;
/// Narrowest bar, so that the shortest span can be seen.
const MIN_WIDTH: f64 = 3.0;
/// Deepest indentation; what lies deeper is shown at this depth.
const MAX_DEPTH: usize = 8;

/// A span in the waterfall.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) span: Arc<Span>,
    /// Number of spans above it.
    pub(crate) depth: usize,
    /// Its parent was not kept.
    pub(crate) is_orphan: bool,
    pub(crate) bar: Bar,
}

/// A stretch of the time axis, in its units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bar {
    pub(crate) x: f64,
    pub(crate) width: f64,
}

/// The time that a trace spans, in nanoseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) start_ns: u64,
    pub(crate) end_ns: u64,
}

impl Extent {
    /// From the first start to the last end.
    pub(crate) fn of(spans: &[Arc<Span>]) -> Self {
        Self {
            start_ns: spans.iter().map(|span| span.start_ns).min().unwrap_or(0),
            end_ns: spans.iter().map(|span| span.end_ns).max().unwrap_or(0),
        }
    }

    /// Its length in milliseconds.
    pub(crate) fn ms(self) -> f64 {
        self.end_ns.saturating_sub(self.start_ns) as f64 / 1e6
    }

    /// Milliseconds from its start to a moment; negative before it.
    pub(crate) fn offset_ms(self, at_ns: u64) -> f64 {
        (i128::from(at_ns) - i128::from(self.start_ns)) as f64 / 1e6
    }

    /// Whether a stretch is in it, at least in part.
    pub(crate) const fn meets(self, start_ns: u64, end_ns: u64) -> bool {
        start_ns <= self.end_ns && end_ns >= self.start_ns
    }

    /// Where a stretch lies on the axis; what lies outside is cut off.
    pub(crate) fn bar(self, start_ns: u64, end_ns: u64) -> Bar {
        let length = self.end_ns.saturating_sub(self.start_ns).max(1) as f64;
        let place = |at: u64| {
            let at = at.min(self.end_ns.max(self.start_ns));
            at.saturating_sub(self.start_ns) as f64 / length * AXIS
        };
        let width = (place(end_ns) - place(start_ns)).clamp(MIN_WIDTH, AXIS);
        let x = place(start_ns).min(AXIS - width);
        Bar {
            x: tenths(x),
            width: tenths(width),
        }
    }
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// The spans that are in `shown`: parents before children, siblings by start; orphans with what hangs
/// on them at the end.
pub(crate) fn rows(spans: &[Arc<Span>], shown: Extent) -> Vec<Row> {
    let known: HashSet<SpanId> = spans.iter().map(|span| span.span_id).collect();
    let mut sorted: Vec<&Arc<Span>> = spans.iter().collect();
    sorted.sort_by_key(|span| (span.start_ns, std::cmp::Reverse(span.end_ns), span.span_id));
    let mut children: HashMap<SpanId, Vec<&Arc<Span>>> = HashMap::new();
    let (mut roots, mut orphans) = (Vec::new(), Vec::new());
    for span in &sorted {
        match span.parent {
            Some(parent) if known.contains(&parent) => {
                children.entry(parent).or_default().push(span);
            }
            Some(_) if !span.remote_parent => orphans.push(*span),
            _ => roots.push(*span),
        }
    }
    let mut tree = Tree {
        children,
        extent: shown,
        shown: HashSet::with_capacity(spans.len()),
        rows: Vec::with_capacity(spans.len()),
    };
    for root in roots {
        tree.add(root, false);
    }
    for orphan in orphans {
        tree.add(orphan, true);
    }
    // Spans whose parents form a circle hang on nothing: not lost, but marked.
    for span in sorted {
        tree.add(span, true);
    }
    let is_in = |row: &Row| shown.meets(row.span.start_ns, row.span.end_ns);
    tree.rows.retain(is_in);
    tree.rows
}

struct Tree<'a> {
    children: HashMap<SpanId, Vec<&'a Arc<Span>>>,
    extent: Extent,
    shown: HashSet<SpanId>,
    rows: Vec<Row>,
}

impl<'a> Tree<'a> {
    /// Adds a span and what lies below it, with a stack of its own: a trace may be deep.
    fn add(&mut self, top: &'a Arc<Span>, is_orphan: bool) {
        let mut stack = vec![(top, 0)];
        while let Some((span, depth)) = stack.pop() {
            if !self.shown.insert(span.span_id) {
                continue;
            }
            self.rows.push(Row {
                span: Arc::clone(span),
                depth: depth.min(MAX_DEPTH),
                is_orphan: is_orphan && depth == 0,
                bar: self.extent.bar(span.start_ns, span.end_ns),
            });
            let below = self.children.get(&span.span_id);
            stack.extend(
                below
                    .into_iter()
                    .flatten()
                    .rev()
                    .map(|span| (*span, depth + 1)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traces::samples::{span, turn};

    fn rows(spans: &[Arc<Span>]) -> Vec<Row> {
        super::rows(spans, Extent::of(spans))
    }

    fn shape(spans: &[Arc<Span>]) -> Vec<(String, usize, bool)> {
        rows(spans)
            .iter()
            .map(|row| {
                let id = row.span.span_id.to_string();
                (id[14..].to_owned(), row.depth, row.is_orphan)
            })
            .collect()
    }

    fn row(id: &str, depth: usize, is_orphan: bool) -> (String, usize, bool) {
        (id.to_owned(), depth, is_orphan)
    }

    #[test]
    fn children_follow_their_parent_by_start() {
        let expected =
            ["a1", "b1", "b2", "b3", "b4", "b5"].map(|id| row(id, usize::from(id != "a1"), false));
        assert_eq!(shape(&turn()), expected);
    }

    #[test]
    fn orphans_come_last_with_what_hangs_on_them() {
        let mut spans = turn();
        spans.push(span("d2", Some("d1"), "HTTP GET", 2, 3, "{}"));
        spans.push(span("d1", Some("dd"), "tool.call", 1, 4, "{}"));
        spans.push(span("b6", Some("b5"), "HTTP GET", 80, 90, "{}"));
        let shape = shape(&spans);
        assert_eq!(
            shape[5..],
            [
                row("b5", 1, false),
                row("b6", 2, false),
                row("d1", 0, true),
                row("d2", 1, false)
            ]
        );
    }

    #[test]
    fn a_circle_of_parents_is_shown_once() {
        let spans = [
            span("01", Some("02"), "x", 0, 1, "{}"),
            span("02", Some("01"), "y", 0, 1, "{}"),
            span("03", Some("03"), "z", 5, 6, "{}"),
        ];
        assert_eq!(
            shape(&spans),
            [row("01", 0, true), row("02", 1, false), row("03", 0, true)]
        );
    }

    #[test]
    fn bars_lie_where_their_time_does_and_never_outside() {
        let extent = Extent::of(&turn());
        assert_eq!(extent.ms(), 100.0);
        let bars: Vec<(f64, f64)> = rows(&turn())
            .iter()
            .map(|row| (row.bar.x, row.bar.width))
            .collect();
        assert_eq!(bars[0], (0.0, 1000.0));
        assert_eq!(bars[2], (50.0, 200.0), "5 to 25 ms of 100");
        let last = extent.bar(extent.end_ns, extent.end_ns);
        assert_eq!((last.x, last.width), (997.0, 3.0), "visible at the end");
        let instant = Extent {
            start_ns: 5,
            end_ns: 5,
        };
        assert_eq!(instant.bar(5, 5), Bar { x: 0.0, width: 3.0 });
        let outside = extent.bar(0, u64::MAX);
        assert_eq!((outside.x, outside.width), (0.0, 1000.0));
        let over_the_end = extent.bar(extent.end_ns - 10_000_000, u64::MAX);
        assert_eq!((over_the_end.x, over_the_end.width), (900.0, 100.0));
        assert!(extent.meets(0, extent.start_ns) && !extent.meets(0, extent.start_ns - 1));
        assert!(!extent.meets(extent.end_ns + 1, u64::MAX));
    }

    #[test]
    fn a_stretch_shows_the_spans_that_are_in_it_and_cuts_them_at_its_ends() {
        let spans = turn();
        let at = |ms: u64| Extent::of(&spans).start_ns + ms * 1_000_000;
        let shown = Extent {
            start_ns: at(30),
            end_ns: at(50),
        };
        let rows = super::rows(&spans, shown);
        let bar = |row: &Row| (row.span.span_id.to_string()[14..].to_owned(), row.bar);
        let whole = Bar {
            x: 0.0,
            width: 1000.0,
        };
        let half = Bar {
            width: 500.0,
            ..whole
        };
        let expected = [("a1", whole), ("b3", half), ("b4", whole)];
        let expected = expected.map(|(id, bar)| (id.to_owned(), bar));
        assert_eq!(rows.iter().map(bar).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn an_empty_trace_has_no_rows() {
        assert!(rows(&[]).is_empty());
        assert_eq!(Extent::of(&[]).ms(), 0.0);
    }

    #[test]
    fn a_deep_trace_is_indented_up_to_a_limit() {
        let deep: Vec<_> = (1..=400_u32)
            .map(|n| {
                let parent = (n > 1).then(|| format!("{:x}", n - 1));
                span(&format!("{n:x}"), parent.as_deref(), "x", 0, 1, "{}")
            })
            .collect();
        let rows = rows(&deep);
        assert_eq!((rows.len(), rows[399].depth), (400, MAX_DEPTH));
    }
}
