//! Completes a finished span before metrics, ring and exporter see it.

use std::{borrow::Cow, time::SystemTime};

use opentelemetry::{
    Array, Key, KeyValue, Value,
    trace::{Event, Status},
};
use opentelemetry_sdk::trace::SpanData;

use crate::{
    rule::OTHER,
    vocabulary::{Outcome, Step},
};

const EXCEPTION: &str = "exception";
const EXCEPTION_MESSAGE: &str = "exception.message";
const EXCEPTION_TYPE: &str = "exception.type";
const ERROR_TYPE: &str = "error.type";

/// The value of an attribute.
pub(crate) fn find<'a>(attributes: &'a [KeyValue], key: &str) -> Option<&'a Value> {
    attributes
        .iter()
        .find(|attribute| attribute.key.as_str() == key)
        .map(|found| &found.value)
}

/// A numeric attribute.
pub(crate) fn number(attributes: &[KeyValue], key: &str) -> Option<f64> {
    match find(attributes, key)? {
        Value::F64(value) => Some(*value),
        Value::I64(value) => Some(*value as f64),
        _ => None,
    }
}

/// End minus start in seconds; 0 when the clock was set back in between.
pub(crate) fn duration_s(span: &SpanData) -> f64 {
    span.end_time
        .duration_since(span.start_time)
        .unwrap_or_default()
        .as_secs_f64()
}

/// How the span ended; see [`Outcome`].
pub(crate) fn outcome(span: &SpanData, attribute: Option<&str>) -> Outcome {
    if matches!(span.status, Status::Error { .. }) {
        return Outcome::Error;
    }
    let Some(attribute) = attribute else {
        return Outcome::Ok;
    };
    match find(&span.attributes, attribute) {
        None => Outcome::Stopped,
        Some(Value::Bool(false)) => Outcome::Error,
        Some(Value::String(word)) => match word.as_str() {
            "stopped" => Outcome::Stopped,
            "error" => Outcome::Error,
            _ => Outcome::Ok,
        },
        Some(_) => Outcome::Ok,
    }
}

/// Applies the steps of the span's table.
pub(crate) fn complete(span: &mut SpanData, outcome: Outcome, steps: &[Step]) {
    for step in steps {
        let (to, value) = match *step {
            Step::DurationMs { to } => (to, Some(Value::F64(duration_s(span) * 1e3))),
            Step::Copy { from, to } => (to, find(&span.attributes, from).cloned()),
            Step::Translate { from, to, words } => (
                to,
                find(&span.attributes, from).map(|value| translate(value, words)),
            ),
            Step::Constant { to, value } => (to, Some(value.into())),
            Step::List { from, to, broken } => {
                let known = find(&span.attributes, from).and_then(list);
                (to, known.or_else(|| broken_off(span, broken)))
            }
            Step::Seconds { from, to } => (
                to,
                number(&span.attributes, from).map(|ms| Value::F64(ms / 1e3)),
            ),
            Step::Outcome {
                to,
                ok,
                error,
                stopped,
            } => {
                let chosen = match outcome {
                    Outcome::Ok => ok,
                    Outcome::Error => error,
                    Outcome::Stopped => stopped,
                };
                (to, chosen.map(Value::from))
            }
        };
        if let Some(value) = value
            && find(&span.attributes, to).is_none()
        {
            span.attributes
                .push(KeyValue::new(Key::from_static_str(to), value));
        }
    }
}

/// Gives a failed span its message, its `exception` event and its `error.type`.
pub(crate) fn complete_error(span: &mut SpanData) {
    let Status::Error { description } = &span.status else {
        return;
    };
    let recorded = span.events.iter().find(|event| event.name == EXCEPTION);
    let message = if description.is_empty() {
        recorded.map_or_else(
            || event_message(span),
            |event| exception_message(&event.attributes),
        )
    } else {
        description.clone()
    };
    let error_type = find(&span.attributes, ERROR_TYPE).cloned();
    if recorded.is_none() {
        let at: SystemTime = span.end_time;
        let kind = error_type.clone().unwrap_or(Value::from(OTHER));
        let attributes = vec![
            KeyValue::new(EXCEPTION_TYPE, kind),
            KeyValue::new(EXCEPTION_MESSAGE, message.to_string()),
        ];
        span.events
            .events
            .push(Event::new(EXCEPTION, at, attributes, 0));
    }
    if error_type.is_none() {
        span.attributes.push(KeyValue::new(ERROR_TYPE, OTHER));
    }
    span.status = Status::Error {
        description: message,
    };
}

fn exception_message(attributes: &[KeyValue]) -> Cow<'static, str> {
    let message = find(attributes, EXCEPTION_MESSAGE);
    message.map_or(Cow::Borrowed("error"), |text| {
        text.as_str().into_owned().into()
    })
}

/// The text of the last event (only errors become span events), or a word for nothing.
fn event_message(span: &SpanData) -> Cow<'static, str> {
    span.events
        .last()
        .map_or(Cow::Borrowed("error"), |event| event.name.clone())
}

fn translate(value: &Value, words: &[(&'static str, &'static str)]) -> Value {
    let Value::String(text) = value else {
        return value.clone();
    };
    let known = words.iter().find(|(read, _)| *read == text.as_str());
    known.map_or_else(|| value.clone(), |(_, written)| Value::from(*written))
}

/// The list of an answer that began and has no end.
fn broken_off(span: &SpanData, broken: Option<(&str, &'static str)>) -> Option<Value> {
    let (begun, word) = broken?;
    find(&span.attributes, begun)?;
    list(&Value::from(word))
}

fn list(value: &Value) -> Option<Value> {
    let Value::String(text) = value else {
        return None;
    };
    Some(Value::Array(Array::String(vec![text.clone()])))
}
