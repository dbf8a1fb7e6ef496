//! The critical path as it is shown: stripes under the bars, and who took most of the time.

use std::{collections::HashMap, sync::Arc};

use agent::locale::Locale;
use obs::{Span, SpanId};

use super::{
    span::{category, subject},
    trace::elapsed,
    waterfall::{Bar, Extent},
};
use crate::{
    traces::{critical_path::critical_path, summary::root},
    views::format,
};

/// Most lines of the table: what is left is small.
const MOST: usize = 6;

/// A span's part of the critical path.
#[derive(Debug, PartialEq)]
pub(super) struct Share {
    pub(super) span_id: String,
    pub(super) name: String,
    pub(super) subject: Option<String>,
    pub(super) category: &'static str,
    pub(super) time: String,
    pub(super) percent: String,
    /// On an axis of 1000.
    pub(super) width: f64,
}

/// The critical path of a trace.
#[derive(Debug, Default)]
pub(super) struct CriticalPath {
    /// Where each span is on it.
    pub(super) stripes: HashMap<SpanId, Vec<Bar>>,
    /// The largest parts first.
    pub(super) shares: Vec<Share>,
    /// What the others add up to.
    pub(super) rest: Option<Rest>,
}

/// All smaller parts together.
#[derive(Debug, PartialEq)]
pub(super) struct Rest {
    pub(super) time: String,
    pub(super) percent: String,
}

/// What a span is about. A question to a source comes without the call around it, whose tool is what tells
/// it from others.
fn whose(span: &Span, spans: &[Arc<Span>]) -> Option<String> {
    let asked_by = (category(&span.name) == "source")
        .then_some(span.parent)
        .flatten();
    let asked_by = asked_by.and_then(|id| spans.iter().find(|span| span.span_id == id));
    let both: Vec<_> = asked_by
        .and_then(|call| subject(call))
        .into_iter()
        .chain(subject(span))
        .collect();
    (!both.is_empty()).then(|| both.join(" · "))
}

impl CriticalPath {
    /// Of the turn, its stripes on the axis of `extent`; empty where the trace has none that ended.
    pub(super) fn new(spans: &[Arc<Span>], extent: Extent, locale: Locale) -> Self {
        let Some(root) = root(spans, true) else {
            return Self::default();
        };
        let mut stripes: HashMap<SpanId, Vec<Bar>> = HashMap::new();
        let mut times: HashMap<SpanId, u64> = HashMap::new();
        for stretch in critical_path(root, spans) {
            if extent.meets(stretch.start_ns, stretch.end_ns) {
                let bar = extent.bar(stretch.start_ns, stretch.end_ns);
                stripes.entry(stretch.span).or_default().push(bar);
            }
            *times.entry(stretch.span).or_default() += stretch.end_ns - stretch.start_ns;
        }
        let whole: u64 = times.values().sum();
        let mut times: Vec<(SpanId, u64)> = times.into_iter().collect();
        times.sort_unstable_by_key(|(id, ns)| (std::cmp::Reverse(*ns), *id));
        let share = |(id, ns): (SpanId, u64)| {
            let span = spans.iter().find(|span| span.span_id == id)?;
            let part = ns as f64 / whole as f64;
            Some(Share {
                span_id: id.to_string(),
                name: span.name.to_string(),
                subject: whose(span, spans),
                category: category(&span.name),
                time: elapsed(ns as f64 / 1e6, locale),
                percent: format::percent(part, locale),
                width: (part * 1000.0).round(),
            })
        };
        let left: u64 = times.iter().skip(MOST).map(|(_, ns)| ns).sum();
        let rest = (left > 0).then(|| Rest {
            time: elapsed(left as f64 / 1e6, locale),
            percent: format::percent(left as f64 / whole as f64, locale),
        });
        Self {
            stripes,
            shares: times.into_iter().take(MOST).filter_map(share).collect(),
            rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traces::samples::{span, turn};

    #[test]
    fn the_largest_part_comes_first_and_parts_add_up() {
        let spans = turn();
        let path = CriticalPath::new(&spans, Extent::of(&spans), Locale::En);
        let shown = path.shares.iter().map(|share| {
            let subject = share.subject.as_deref().unwrap_or("-");
            format!("{} {subject} {}", share.name, share.percent)
        });
        assert_eq!(
            shown.collect::<Vec<_>>(),
            [
                "tool.call search_flights 43%",
                "llm.call planner-1 20%",
                "llm.call planner-1 20%",
                "agent.iteration - 11%",
                "agent.detect_intent planning 5%",
                "tool.call get_airport_code 1%",
            ]
        );
        assert_eq!(path.rest, None);
        let root = spans.last().unwrap().span_id;
        assert_eq!(path.stripes[&root].len(), 3);
    }

    #[test]
    fn a_question_to_a_source_names_the_tool_that_asked() {
        let tool = r#"{"tool.name": "search_flights", "tool.success": true}"#;
        let source = r#"{"tool.source": "offline"}"#;
        let spans = [
            span("c1", Some("b1"), "source.search", 1, 9, source),
            span("b1", Some("a1"), "tool.call", 0, 10, tool),
            span("a1", None, "agent.iteration", 0, 10, "{}"),
        ];
        let path = CriticalPath::new(&spans, Extent::of(&spans), Locale::En);
        let subjects: Vec<_> = path
            .shares
            .iter()
            .map(|share| share.subject.as_deref())
            .collect();
        assert_eq!(
            subjects,
            [Some("search_flights · offline"), Some("search_flights")]
        );
    }

    #[test]
    fn a_turn_that_runs_has_none_yet() {
        let spans = [span("b1", Some("a1"), "llm.call", 0, 9, "{}")];
        let path = CriticalPath::new(&spans, Extent::of(&spans), Locale::Fr);
        assert!(path.shares.is_empty() && path.stripes.is_empty());
    }
}
