//! Where a turn's time went: at each moment, the deepest span that its end waited for.
//!
//! Walks back from the end of a span to the child that ended last before, and from that child's start
//! to the next one, as in "CRISP: Critical Path Analysis of Large-Scale Microservice Architectures"
//! (Zhang et al., USENIX ATC 2022). Of parallel tool calls, the faster one is on it only until the slower one begins.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use obs::{Span, SpanId};

/// A stretch of time that a span itself took, no span below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Whose time it was.
    pub span: SpanId,
    /// Its start, in nanoseconds since 1970.
    pub start_ns: u64,
    /// Its end, in nanoseconds since 1970.
    pub end_ns: u64,
}

/// The stretches from the start of `root` to its end, without a gap, in the order of time.
#[must_use]
pub fn critical_path(root: &Span, spans: &[Arc<Span>]) -> Vec<Stretch> {
    let mut below: HashMap<SpanId, Vec<&Span>> = HashMap::new();
    for span in spans {
        if let Some(parent) = span.parent {
            below.entry(parent).or_default().push(span);
        }
    }
    // The one that ended last comes first; of two that ended together, the longer one.
    for children in below.values_mut() {
        children.sort_by_key(|span| (std::cmp::Reverse(span.end_ns), span.start_ns));
    }
    let mut walk = Walk {
        below,
        seen: HashSet::from([root.span_id]),
        path: Vec::new(),
    };
    walk.back(root, root.start_ns, root.end_ns);
    walk.path.reverse();
    walk.path
}

struct Walk<'a> {
    below: HashMap<SpanId, Vec<&'a Span>>,
    /// Damaged data may have circles.
    seen: HashSet<SpanId>,
    /// Newest first.
    path: Vec<Stretch>,
}

impl<'a> Walk<'a> {
    /// From `until` back to the span's start, within the time of what waits for it. Its depth is that
    /// of the trace, which holds some hundreds of spans at most.
    fn back(&mut self, span: &Span, from: u64, until: u64) {
        let from = span.start_ns.max(from);
        let mut at = until;
        let children: Vec<&'a Span> = self.below.get(&span.span_id).cloned().unwrap_or_default();
        for child in children {
            let (start, end) = (child.start_ns.max(from), child.end_ns.min(at));
            // It began after what is left, or ended before it: nobody waited for it.
            if start >= end || child.start_ns >= at || !self.seen.insert(child.span_id) {
                continue;
            }
            self.add(span, end, at);
            self.back(child, start, end);
            at = start;
        }
        self.add(span, from, at);
    }

    fn add(&mut self, span: &Span, start_ns: u64, end_ns: u64) {
        if start_ns < end_ns {
            self.path.push(Stretch {
                span: span.span_id,
                start_ns,
                end_ns,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traces::samples::{span, turn};

    /// Each stretch as `id start-end`, in milliseconds from the root's start.
    fn shown(spans: &[Arc<Span>]) -> Vec<String> {
        let root = spans.last().unwrap();
        let ms = |at: u64| (at - root.start_ns) / 1_000_000;
        let path = critical_path(root, spans);
        for pair in path.windows(2) {
            assert_eq!(pair[0].end_ns, pair[1].start_ns, "no gap: {path:?}");
        }
        path.iter()
            .map(|s| {
                let id = s.span.to_string();
                format!("{} {}-{}", &id[14..], ms(s.start_ns), ms(s.end_ns))
            })
            .collect()
    }

    #[test]
    fn of_parallel_calls_the_slower_one_counts_from_where_the_faster_one_no_longer_waits() {
        // b3 (26 to 40) and b4 (27 to 70) run side by side.
        assert_eq!(
            shown(&turn()),
            [
                "b1 0-5",
                "b2 5-25",
                "a1 25-26",
                "b3 26-27",
                "b4 27-70",
                "a1 70-75",
                "b5 75-95",
                "a1 95-100"
            ]
        );
    }

    #[test]
    fn what_lies_deeper_takes_the_time_of_what_waits_for_it() {
        let spans = [
            span("c1", Some("b1"), "HTTP GET", 10, 60, "{}"),
            span("b1", Some("a1"), "tool.call", 5, 70, "{}"),
            span("a1", None, "agent.iteration", 0, 100, "{}"),
        ];
        assert_eq!(
            shown(&spans),
            ["a1 0-5", "b1 5-10", "c1 10-60", "b1 60-70", "a1 70-100"]
        );
    }

    #[test]
    fn a_child_counts_only_within_its_parent_s_time() {
        let spans = [
            span("b1", Some("a1"), "store.finish_turn", 90, 140, "{}"),
            span("b2", Some("a1"), "early", 0, 12, "{}"),
            span("b3", Some("a1"), "outside", 150, 160, "{}"),
            span("a1", None, "agent.iteration", 10, 100, "{}"),
        ];
        assert_eq!(shown(&spans), ["b2 0-2", "a1 2-80", "b1 80-90"]);
    }

    #[test]
    fn damaged_data_ends_too() {
        let spans = [
            span("b1", Some("b2"), "x", 0, 9, "{}"),
            span("b2", Some("b1"), "y", 0, 9, "{}"),
            span("a1", Some("a1"), "agent.iteration", 0, 10, "{}"),
        ];
        assert_eq!(shown(&spans), ["a1 0-10"]);
        let instant = [span("a1", None, "agent.iteration", 3, 3, "{}")];
        assert!(shown(&instant).is_empty());
    }

    #[test]
    fn a_missing_parent_hides_what_hangs_on_it_and_nothing_else() {
        let spans = [
            span("c1", Some("ff"), "HTTP GET", 10, 60, "{}"),
            span("a1", None, "agent.iteration", 0, 100, "{}"),
        ];
        assert_eq!(shown(&spans), ["a1 0-100"]);
    }
}
