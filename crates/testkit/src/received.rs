//! What a receiver got, in a form that tests can ask.

use std::collections::{HashMap, HashSet};

use opentelemetry_proto::tonic::{
    common::v1::{AnyValue, KeyValue, any_value},
    trace::v1::{ResourceSpans, span::SpanKind, status::StatusCode},
};
use serde_json::Value;

use crate::Metrics;

/// Attributes in the order of arrival; values keep their type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes(pub Vec<(String, Value)>);

impl Attributes {
    /// The value of an attribute.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    /// The names that occur more than once.
    pub fn duplicates(&self) -> Vec<&str> {
        let mut seen = HashSet::new();
        self.0
            .iter()
            .map(|(name, _)| name.as_str())
            .filter(|name| !seen.insert(*name))
            .collect()
    }

    pub(crate) fn from_proto(attributes: &[KeyValue]) -> Self {
        let each = attributes.iter();
        Self(
            each.map(|kv| (kv.key.clone(), json(kv.value.as_ref())))
                .collect(),
        )
    }
}

/// A span as it arrived.
#[derive(Clone, Debug)]
pub struct ReceivedSpan {
    /// 32 hexadecimal digits.
    pub trace_id: String,
    /// 16 hexadecimal digits.
    pub span_id: String,
    /// 16 hexadecimal digits; `None` for a root.
    pub parent: Option<String>,
    /// Its name.
    pub name: String,
    /// Its kind: `Internal`, `Server`, `Client`, …
    pub kind: SpanKind,
    /// Nanoseconds since 1970.
    pub start_ns: u64,
    /// Nanoseconds since 1970.
    pub end_ns: u64,
    /// Its attributes.
    pub attributes: Attributes,
    /// Names and attributes of its events.
    pub events: Vec<(String, Attributes)>,
    /// Trace and span ids of its links.
    pub links: Vec<(String, String)>,
    /// The message of its error, if it failed.
    pub error: Option<String>,
    /// Attributes of the resource that it came from.
    pub resource: Attributes,
}

impl ReceivedSpan {
    /// End minus start, in milliseconds.
    pub fn duration_ms(&self) -> f64 {
        self.end_ns.saturating_sub(self.start_ns) as f64 / 1e6
    }
}

/// A log record as it arrived.
#[derive(Clone, Debug)]
pub struct ReceivedLog {
    /// The body, if it is a text.
    pub body: String,
    /// Its name, where it is an event of the conventions.
    pub event_name: String,
    /// Its severity in words, such as `INFO`.
    pub severity: String,
    /// Its severity as a number from 1 to 24.
    pub severity_number: i32,
    /// 32 hexadecimal digits; empty outside a trace.
    pub trace_id: String,
    /// 16 hexadecimal digits; empty outside a trace.
    pub span_id: String,
    /// Trace flags (W3C): 1 where its trace is exported.
    pub flags: u32,
    /// Its attributes.
    pub attributes: Attributes,
    /// Attributes of the resource that it came from.
    pub resource: Attributes,
}

impl ReceivedLog {
    /// The body as JSON; `null` when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

/// Everything that a receiver got since it was made.
#[derive(Clone, Debug, Default)]
pub struct Received {
    /// Spans in the order of arrival.
    pub spans: Vec<ReceivedSpan>,
    /// Log records in the order of arrival.
    pub logs: Vec<ReceivedLog>,
    /// The latest value of each series.
    pub metrics: Metrics,
    /// Number of export requests of any kind.
    pub requests: usize,
    /// Requests refused.
    pub refused: usize,
    /// The metadata of the latest request, without binary values.
    pub metadata: HashMap<String, String>,
}

impl Received {
    /// The spans of one name.
    pub fn named(&self, name: &str) -> Vec<&ReceivedSpan> {
        self.spans.iter().filter(|span| span.name == name).collect()
    }

    /// The spans without a parent.
    pub fn roots(&self) -> Vec<&ReceivedSpan> {
        self.spans
            .iter()
            .filter(|span| span.parent.is_none())
            .collect()
    }

    /// The spans right below this one.
    pub fn children(&self, of: &ReceivedSpan) -> Vec<&ReceivedSpan> {
        let below = |span: &&ReceivedSpan| {
            span.trace_id == of.trace_id && span.parent.as_deref() == Some(&of.span_id)
        };
        self.spans.iter().filter(below).collect()
    }

    /// The spans whose parent never arrived.
    pub fn orphans(&self) -> Vec<&ReceivedSpan> {
        let known: HashSet<_> = self
            .spans
            .iter()
            .map(|s| (&s.trace_id, &s.span_id))
            .collect();
        let orphan = |span: &&ReceivedSpan| {
            span.parent
                .as_ref()
                .is_some_and(|parent| !known.contains(&(&span.trace_id, parent)))
        };
        self.spans.iter().filter(orphan).collect()
    }

    /// The spans of one trace as a tree, one line per span, siblings by start: two spaces per
    /// level, then the name.
    pub fn tree(&self, trace_id: &str) -> String {
        let inside = self.spans.iter().filter(|span| span.trace_id == trace_id);
        let mut spans: Vec<_> = inside.collect();
        spans.sort_by_key(|span| span.start_ns);
        let ids: HashSet<_> = spans.iter().map(|span| span.span_id.as_str()).collect();
        let mut text = String::new();
        for span in &spans {
            if span
                .parent
                .as_deref()
                .is_none_or(|parent| !ids.contains(parent))
            {
                draw(span, &spans, 0, &mut text);
            }
        }
        text
    }

    pub(crate) fn add_spans(&mut self, batch: Vec<ResourceSpans>) {
        for group in batch {
            let resource = group
                .resource
                .map(|r| Attributes::from_proto(&r.attributes));
            let resource = resource.unwrap_or_default();
            for span in group.scope_spans.into_iter().flat_map(|scope| scope.spans) {
                let status = span.status.clone().unwrap_or_default();
                let failed = status.code() == StatusCode::Error;
                let events = span.events.iter();
                let links = span.links.iter();
                self.spans.push(ReceivedSpan {
                    trace_id: hex(&span.trace_id),
                    span_id: hex(&span.span_id),
                    parent: (!span.parent_span_id.is_empty()).then(|| hex(&span.parent_span_id)),
                    kind: span.kind(),
                    start_ns: span.start_time_unix_nano,
                    end_ns: span.end_time_unix_nano,
                    attributes: Attributes::from_proto(&span.attributes),
                    events: events
                        .map(|e| (e.name.clone(), Attributes::from_proto(&e.attributes)))
                        .collect(),
                    links: links.map(|l| (hex(&l.trace_id), hex(&l.span_id))).collect(),
                    error: failed.then_some(status.message),
                    resource: resource.clone(),
                    name: span.name,
                });
            }
        }
    }
}

fn draw(span: &ReceivedSpan, all: &[&ReceivedSpan], level: usize, text: &mut String) {
    text.push_str(&"  ".repeat(level));
    text.push_str(&span.name);
    text.push('\n');
    for child in all
        .iter()
        .filter(|child| child.parent.as_deref() == Some(&span.span_id))
    {
        draw(child, all, level + 1, text);
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn json(value: Option<&AnyValue>) -> Value {
    use any_value::Value as Any;
    match value.and_then(|value| value.value.as_ref()) {
        Some(Any::StringValue(text)) => text.as_str().into(),
        Some(Any::BoolValue(value)) => (*value).into(),
        Some(Any::IntValue(number)) => (*number).into(),
        Some(Any::DoubleValue(number)) => (*number).into(),
        Some(Any::ArrayValue(array)) => {
            array.values.iter().map(|value| json(Some(value))).collect()
        }
        Some(Any::KvlistValue(list)) => {
            let each = list.values.iter();
            each.map(|kv| (kv.key.clone(), json(kv.value.as_ref())))
                .collect()
        }
        Some(Any::BytesValue(bytes)) => hex(bytes).into(),
        _ => Value::Null,
    }
}
