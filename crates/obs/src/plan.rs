//! The vocabulary made ready: for each span name its steps, instruments and gauges.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use opentelemetry::{
    Key, KeyValue, Value as OtelValue,
    metrics::{Counter, Gauge, Histogram, Meter, UpDownCounter},
};
use opentelemetry_sdk::trace::SpanData;

use crate::{
    complete::{duration_s, find, number},
    rule::{Kind, Label, OTHER, Rule, Source, Value, When},
    vocabulary::{Outcome, Step, Vocabulary},
};

/// Plans by span name.
#[derive(Debug)]
pub(crate) struct Plans {
    by_span: HashMap<&'static str, Plan>,
    pub(crate) has_in_flight: bool,
}

/// All that happens to a finished span of one name.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) outcome: Option<&'static str>,
    pub(crate) steps: Vec<Step>,
    pub(crate) root: bool,
    pub(crate) in_flight: Vec<UpDownCounter<i64>>,
    rules: Vec<ReadyRule>,
}

#[derive(Debug)]
struct ReadyRule {
    rule: Rule,
    instrument: Instrument,
    /// Labels that are the same for each point, built once.
    constant: Vec<KeyValue>,
}

#[derive(Clone, Debug)]
enum Instrument {
    Counter(Counter<u64>),
    FloatCounter(Counter<f64>),
    Histogram(Histogram<f64>),
    CumulativeGauge(std::sync::Arc<CumulativeGauge>),
}

impl Plans {
    pub(crate) fn new(vocabulary: &Vocabulary, meter: &Meter) -> Self {
        let mut by_span: HashMap<&'static str, Plan> = HashMap::new();
        for completion in &vocabulary.completions {
            let plan = by_span.entry(completion.span).or_default();
            plan.outcome = plan.outcome.or(completion.outcome);
            plan.steps.extend_from_slice(completion.steps);
        }
        for root in vocabulary.roots {
            by_span.entry(root).or_default().root = true;
        }
        for gauge in &vocabulary.in_flight {
            let counter = meter
                .i64_up_down_counter(gauge.instrument)
                .with_unit(gauge.unit)
                .with_description(gauge.description)
                .build();
            by_span
                .entry(gauge.span)
                .or_default()
                .in_flight
                .push(counter);
        }
        // Rules may share an instrument; a second one of the same name would warn.
        let mut instruments = HashMap::new();
        for rule in &vocabulary.rules {
            let instrument = instruments
                .entry(rule.instrument)
                .or_insert_with(|| Instrument::new(rule, meter))
                .clone();
            let constant = rule.labels.iter().filter_map(|label| match label.source {
                Source::Constant(value) => Some(KeyValue::new(
                    Key::from_static_str(label.key),
                    OtelValue::from(value),
                )),
                _ => None,
            });
            let ready = ReadyRule {
                rule: *rule,
                instrument,
                constant: constant.collect(),
            };
            by_span.entry(rule.span).or_default().rules.push(ready);
        }
        Self {
            by_span,
            has_in_flight: !vocabulary.in_flight.is_empty(),
        }
    }

    pub(crate) fn get(&self, span: &str) -> Option<&Plan> {
        self.by_span.get(span)
    }
}

impl Plan {
    /// Feeds every instrument of this span.
    pub(crate) fn record(&self, span: &SpanData, outcome: Outcome) {
        // One buffer for all points of the span.
        let mut labels: Vec<KeyValue> = Vec::with_capacity(8);
        for ready in &self.rules {
            if !ready
                .rule
                .when
                .iter()
                .all(|when| holds(*when, span, outcome))
            {
                continue;
            }
            let Some(value) = value(ready.rule.value, span) else {
                continue;
            };
            labels.clear();
            labels.extend_from_slice(&ready.constant);
            labels.extend(
                ready
                    .rule
                    .labels
                    .iter()
                    .filter_map(|row| label(row, span, outcome)),
            );
            ready.instrument.record(value, &labels);
        }
    }
}

fn holds(when: When, span: &SpanData, outcome: Outcome) -> bool {
    match when {
        When::Ended(wanted) => outcome == wanted,
        When::Present(key) => find(&span.attributes, key).is_some(),
        When::Absent(key) => find(&span.attributes, key).is_none(),
        When::Equals(key, wanted) => {
            find(&span.attributes, key).is_some_and(|value| wanted.matches(value))
        }
    }
}

fn value(value: Value, span: &SpanData) -> Option<f64> {
    match value {
        Value::One => Some(1.0),
        Value::DurationMs => Some(duration_s(span) * 1e3),
        Value::DurationS => Some(duration_s(span)),
        Value::Attribute(key) => number(&span.attributes, key),
        Value::Difference(from, minus) => {
            let minus = number(&span.attributes, minus).unwrap_or(0.0);
            number(&span.attributes, from).map(|from| (from - minus).max(0.0))
        }
    }
}

fn label(label: &Label, span: &SpanData, outcome: Outcome) -> Option<KeyValue> {
    let value = match label.source {
        Source::Constant(_) => return None,
        Source::Outcome { ok, error, stopped } => OtelValue::from(match outcome {
            Outcome::Ok => ok,
            Outcome::Error => error,
            Outcome::Stopped => stopped,
        }),
        Source::Attribute(key) => match (find(&span.attributes, key), label.closed) {
            (None, _) => OtelValue::from(label.missing?),
            (Some(value), None) => value.clone(),
            (Some(value), Some(closed)) => {
                let text = value.as_str();
                // The table's own text: no allocation.
                let known = closed.iter().find(|known| **known == text);
                OtelValue::from(known.copied().unwrap_or(OTHER))
            }
        },
    };
    Some(KeyValue::new(Key::from_static_str(label.key), value))
}

impl Instrument {
    fn new(rule: &Rule, meter: &Meter) -> Self {
        let (name, unit, description) = (rule.instrument, rule.unit, rule.description);
        match rule.kind {
            Kind::Counter => Self::Counter(
                meter
                    .u64_counter(name)
                    .with_unit(unit)
                    .with_description(description)
                    .build(),
            ),
            Kind::FloatCounter => Self::FloatCounter(
                meter
                    .f64_counter(name)
                    .with_unit(unit)
                    .with_description(description)
                    .build(),
            ),
            Kind::Histogram(buckets) => Self::Histogram(
                meter
                    .f64_histogram(name)
                    .with_unit(unit)
                    .with_description(description)
                    .with_boundaries(buckets.to_vec())
                    .build(),
            ),
            Kind::CumulativeGauge => {
                let gauge = meter
                    .f64_gauge(name)
                    .with_unit(unit)
                    .with_description(description)
                    .build();
                Self::CumulativeGauge(std::sync::Arc::new(CumulativeGauge::new(gauge)))
            }
        }
    }

    fn record(&self, value: f64, labels: &[KeyValue]) {
        if !value.is_finite() {
            return;
        }
        match self {
            // A counter never goes down; the cast saturates at 0.
            Self::Counter(counter) => counter.add(value as u64, labels),
            Self::FloatCounter(counter) => counter.add(value.max(0.0), labels),
            Self::Histogram(histogram) => histogram.record(value, labels),
            Self::CumulativeGauge(gauge) => gauge.add(value, labels),
        }
    }
}

/// A gauge of sums: OTLP has no such kind, so the sums are kept here.
#[derive(Debug)]
struct CumulativeGauge {
    gauge: Gauge<f64>,
    sums: Mutex<HashMap<Box<[KeyValue]>, f64>>,
}

impl CumulativeGauge {
    /// The SDK's own limit of label sets per instrument; more than that are not kept apart.
    const MAX_SETS: usize = 2000;

    fn new(gauge: Gauge<f64>) -> Self {
        Self {
            gauge,
            sums: Mutex::new(HashMap::new()),
        }
    }

    fn add(&self, value: f64, labels: &[KeyValue]) {
        // Recorded under the lock, so that a smaller sum never overwrites a larger one.
        let mut sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sum) = sums.get_mut(labels) {
            *sum += value;
            self.gauge.record(*sum, labels);
        } else if sums.len() < Self::MAX_SETS {
            sums.insert(labels.into(), value);
            self.gauge.record(value, labels);
        }
    }
}
