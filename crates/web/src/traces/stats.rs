//! Figures of the recent past, from the spans that are still kept.

use std::collections::BTreeMap;

use agent::telemetry::names::{DETECT_INTENT, LLM_CALL, TOOL_CALL, TURN};
use jiff::Timestamp;
use obs::{Span, Value};
use serde::Serialize;

use crate::{
    traces::query::UNKNOWN_INTENT,
    traces::summary::{Status, cost, integer, text, timestamp},
};

/// What happened among some spans.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Stats {
    /// Start of the oldest span among them.
    pub oldest: Option<Timestamp>,
    /// Turns.
    pub requests: Requests,
    /// Time of turns; absent when there are none.
    pub latency_ms: Option<Percentiles>,
    /// Requests to models.
    pub llm: Llm,
    /// Tools by name.
    pub tools: BTreeMap<String, Tool>,
    /// Failed turns, detections, model calls and tool calls by `error.type`.
    pub errors: BTreeMap<String, u64>,
}

/// Turns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Requests {
    /// All of them.
    pub total: u64,
    /// By how they ended.
    pub by_status: BTreeMap<Status, u64>,
    /// By intent.
    pub by_intent: BTreeMap<String, u64>,
}

/// Requests to models.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Llm {
    /// All of them.
    pub calls: u64,
    /// Tokens.
    pub tokens: Tokens,
    /// Estimated cost in US dollars, of the calls whose price is known.
    pub estimated_cost_usd: f64,
    /// Calls with tokens whose price is not known.
    pub unpriced_calls: u64,
    /// Their time; absent when there are none.
    pub latency_ms: Option<Percentiles>,
}

/// Tokens of model calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tokens {
    /// Read, cached ones included.
    pub prompt: i64,
    /// Of those, cached.
    pub cached: i64,
    /// Written.
    pub completion: i64,
    /// Both.
    pub total: i64,
}

/// Calls of one tool.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Tool {
    /// All of them.
    pub calls: u64,
    /// Those that gave a result.
    pub succeeded: u64,
    /// Those that failed.
    pub failed: u64,
    /// Those that were stopped.
    pub stopped: u64,
    /// Share of the successful ones among those that ran to their end, 0 to 1.
    pub success_rate: Option<f64>,
    /// Their time.
    pub latency_ms: Option<Percentiles>,
    #[serde(skip)]
    durations: Vec<f64>,
}

/// Nearest-rank percentiles, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Percentiles {
    /// Half are at most this.
    pub p50: f64,
    /// 95 % are at most this.
    pub p95: f64,
    /// 99 % are at most this.
    pub p99: f64,
}

impl Percentiles {
    /// Of any finite values; `None` when there are none.
    #[must_use]
    pub fn of(mut values: Vec<f64>) -> Option<Self> {
        values.sort_by(f64::total_cmp);
        let rank = |percent: usize| {
            let rank = (percent * values.len()).div_ceil(100);
            values.get(rank.saturating_sub(1)).copied()
        };
        Some(Self {
            p50: rank(50)?,
            p95: rank(95)?,
            p99: rank(99)?,
        })
    }
}

impl Stats {
    /// Counts the spans that ended at `since_ns` (nanoseconds since 1970) or later.
    pub fn of<'a>(spans: impl IntoIterator<Item = &'a Span>, since_ns: u64) -> Self {
        let mut stats = Self::default();
        let (mut turns, mut calls, mut oldest) = (Vec::new(), Vec::new(), None);
        for span in spans.into_iter().filter(|span| span.end_ns >= since_ns) {
            oldest = Some(oldest.unwrap_or(u64::MAX).min(span.start_ns));
            match &*span.name {
                TURN => {
                    turns.push(span.duration_ms());
                    stats.requests.add(span);
                }
                LLM_CALL => {
                    calls.push(span.duration_ms());
                    stats.llm.add(span);
                }
                TOOL_CALL => {
                    let name = text(span, "tool.name").unwrap_or_default();
                    stats.tools.entry(name).or_default().add(span);
                }
                DETECT_INTENT => {}
                _ => continue,
            }
            if span.is_error() {
                let kind = text(span, "error.type").unwrap_or_default();
                *stats.errors.entry(kind).or_default() += 1;
            }
        }
        stats.oldest = oldest.map(timestamp);
        stats.latency_ms = Percentiles::of(turns);
        stats.llm.latency_ms = Percentiles::of(calls);
        stats.tools.values_mut().for_each(Tool::close);
        stats
    }
}

impl Requests {
    fn add(&mut self, turn: &Span) {
        self.total += 1;
        *self.by_status.entry(Status::of(turn)).or_default() += 1;
        let intent = text(turn, "agent.intent").unwrap_or_else(|| UNKNOWN_INTENT.to_owned());
        *self.by_intent.entry(intent).or_default() += 1;
    }
}

impl Llm {
    fn add(&mut self, call: &Span) {
        let tokens = |key: &str| integer(call, key).unwrap_or_default();
        self.calls += 1;
        self.tokens.prompt += tokens("llm.tokens.prompt");
        self.tokens.cached += tokens("llm.tokens.cached");
        self.tokens.completion += tokens("llm.tokens.completion");
        self.tokens.total += tokens("llm.tokens.total");
        match cost(call) {
            Some(usd) => self.estimated_cost_usd += usd,
            None => self.unpriced_calls += 1,
        }
    }
}

impl Tool {
    fn add(&mut self, call: &Span) {
        self.calls += 1;
        self.durations.push(call.duration_ms());
        if call.is_error() {
            self.failed += 1;
        } else if call.attributes.get("tool.success").and_then(Value::as_bool) == Some(true) {
            self.succeeded += 1;
        } else {
            self.stopped += 1;
        }
    }

    fn close(&mut self) {
        let ended = self.succeeded + self.failed;
        self.success_rate = (ended > 0).then(|| self.succeeded as f64 / ended as f64);
        self.latency_ms = Percentiles::of(std::mem::take(&mut self.durations));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traces::samples::{request, span, turn};

    #[test]
    fn percentiles_are_values_that_occurred() {
        let hundred = (1..=100).rev().map(f64::from).collect();
        let of_hundred = Percentiles::of(hundred).unwrap();
        assert_eq!(
            (of_hundred.p50, of_hundred.p95, of_hundred.p99),
            (50.0, 95.0, 99.0)
        );
        let one = Percentiles::of(vec![7.0]).unwrap();
        assert_eq!((one.p50, one.p99), (7.0, 7.0));
        assert_eq!(Percentiles::of(vec![]), None);
    }

    #[test]
    fn spans_are_counted_by_kind() {
        let mut spans = turn();
        spans.extend(request());
        let failed = r#"{"tool.name": "search_flights", "error.type": "timeout"}"#;
        spans.push(span("d1", Some("d0"), TOOL_CALL, 0, 9, failed));
        let stopped = r#"{"tool.name": "search_flights"}"#;
        spans.push(span("d2", Some("d0"), TOOL_CALL, 0, 9, stopped));
        spans.push(span("d0", None, TURN, 0, 10, r#"{"agent.stopped": true}"#));
        let stats = Stats::of(spans.iter().map(|span| &**span), 0);
        assert_eq!(stats.requests.total, 2);
        assert_eq!(stats.requests.by_status[&Status::Stopped], 1);
        assert_eq!(stats.requests.by_intent["planning"], 1);
        assert_eq!(stats.requests.by_intent["unknown"], 1);
        assert_eq!(stats.latency_ms.unwrap().p95, 100.0);
        assert_eq!(stats.llm.tokens.total, 30);
        assert_eq!(stats.llm.unpriced_calls, 2);
        assert_eq!(stats.errors["timeout"], 1);
        let tool = &stats.tools["search_flights"];
        assert_eq!((tool.calls, tool.failed, tool.stopped), (3, 1, 1));
        assert_eq!(tool.success_rate, Some(0.5));
    }

    #[test]
    fn what_ended_earlier_does_not_count() {
        let spans = turn();
        let end = spans.last().unwrap().end_ns;
        let stats = Stats::of(spans.iter().map(|span| &**span), end);
        assert_eq!((stats.requests.total, stats.llm.calls), (1, 0));
        let later = Stats::of(spans.iter().map(|span| &**span), end + 1);
        assert_eq!(later, Stats::default());
    }
}
