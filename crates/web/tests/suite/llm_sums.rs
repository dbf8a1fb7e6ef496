//! What spans of model calls say, and sums over them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use testkit::{Attributes, ReceivedSpan};

/// Provider, outcome, and what came next.
pub(super) fn told(call: &ReceivedSpan) -> String {
    let mut words = vec![text(call, "llm.provider"), outcome(call).1];
    if has(call, "llm.recovery") {
        words.push(text(call, "llm.recovery"));
    }
    match text(call, "llm.purpose") {
        "answer" => words.join(" "),
        purpose => format!("{} ({purpose})", words.join(" ")),
    }
}

/// The `llm.success` of a call, and what it is called in a scenario.
pub(super) fn outcome(call: &ReceivedSpan) -> (&'static str, &str) {
    match &call.error {
        Some(_) => ("false", text(call, "error.type")),
        None if has(call, "llm.finish_reason") => ("true", "ok"),
        None => ("stopped", "stopped"),
    }
}

/// Whether a span has an attribute.
pub(super) fn has(span: &ReceivedSpan, attribute: &str) -> bool {
    span.attributes.get(attribute).is_some()
}

/// A text attribute, which must be there.
pub(super) fn text<'a>(span: &'a ReceivedSpan, attribute: &str) -> &'a str {
    span.attributes.get(attribute).unwrap().as_str().unwrap()
}

/// A numeric attribute.
pub(super) fn number(span: &ReceivedSpan, attribute: &str) -> Option<f64> {
    span.attributes.get(attribute)?.as_f64()
}

/// Sum of an attribute over spans.
pub(super) fn total(spans: &[&ReceivedSpan], attribute: &str) -> f64 {
    spans
        .iter()
        .filter_map(|span| number(span, attribute))
        .sum()
}

/// Sums of a value of spans by labels.
pub(super) fn sums(
    spans: &[&ReceivedSpan],
    value: impl Fn(&ReceivedSpan) -> Option<f64>,
    labels: impl Fn(&ReceivedSpan) -> String,
) -> BTreeMap<String, f64> {
    let mut sums = BTreeMap::new();
    for span in spans {
        if let Some(value) = value(span) {
            *sums.entry(labels(span)).or_default() += value;
        }
    }
    sums
}

/// Labels that are attributes of the span (label, attribute), and others.
pub(super) fn labels(
    span: &ReceivedSpan,
    same: &[(&str, &str)],
    fixed: &[(&str, String)],
) -> String {
    let same = same.iter().map(|(label, attribute)| {
        let value = span.attributes.get(attribute).unwrap().clone();
        ((*label).to_owned(), value)
    });
    let fixed = fixed
        .iter()
        .map(|(label, value)| ((*label).to_owned(), json!(value)));
    written(&Attributes(same.chain(fixed).collect()))
}

/// Labels in a form that can be compared.
pub(super) fn written(labels: &Attributes) -> String {
    let pairs = labels.0.iter().map(|(label, value)| match value {
        Value::String(text) => format!("{label}={text}"),
        other => format!("{label}={other}"),
    });
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_unstable();
    pairs.join(" ")
}

/// Asserts that two sums are equal, but for the order in which they were added up.
pub(super) fn close(is: f64, expected: f64, what: &str) {
    let allowed = 1e-9 * expected.abs().max(1e-3);
    assert!(
        (is - expected).abs() <= allowed,
        "{what}: {is}, not {expected}"
    );
}
