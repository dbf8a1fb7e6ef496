//! A kept trace as OTLP/JSON: what `POST /v1/traces` of a collector takes, and what other tools open.
//!
//! The form is that of <https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding>.

use opentelemetry::InstrumentationScope;
use opentelemetry_proto::{
    tonic::{
        common::v1::{AnyValue, ArrayValue, KeyValue, any_value},
        resource::v1::Resource,
        trace::v1::{
            ResourceSpans, ScopeSpans, Span as OtlpSpan, Status as OtlpStatus, TracesData,
            span::{Event as OtlpEvent, Link, SpanKind},
            status::StatusCode,
        },
    },
    transform::common::tonic::ResourceAttributesWithSchema,
};

use crate::{
    attribute::{Attributes, Value},
    trace::{Event, Kind, Span, Status, Trace},
};

/// Which process spoke: a kept trace may be that of an earlier one.
const INSTANCE: &str = "service.instance.id";
/// Bits of a span's flags: sampled; its parent is remote, and whether it is is known.
const SAMPLED: u32 = 1;
const IS_REMOTE: u32 = 0x200;
const IS_REMOTE_KNOWN: u32 = 0x100;

pub(crate) fn write(
    trace: &Trace,
    resource: &opentelemetry_sdk::Resource,
    scope: &InstrumentationScope,
) -> serde_json::Result<String> {
    let mut attributes = ResourceAttributesWithSchema::from(resource).attributes.0;
    attributes.retain(|attribute| attribute.key != INSTANCE);
    let data = TracesData {
        resource_spans: vec![ResourceSpans {
            resource: Some(Resource {
                attributes,
                ..Resource::default()
            }),
            scope_spans: vec![ScopeSpans {
                scope: Some((scope, None).into()),
                spans: trace.spans.iter().map(|span| self::span(span)).collect(),
                ..ScopeSpans::default()
            }],
            ..ResourceSpans::default()
        }],
    };
    serde_json::to_string_pretty(&data)
}

fn span(span: &Span) -> OtlpSpan {
    let remote = if span.remote_parent { IS_REMOTE } else { 0 };
    let sampled = if span.sampled { SAMPLED } else { 0 };
    OtlpSpan {
        trace_id: span.trace_id.bytes().to_vec(),
        span_id: span.span_id.bytes().to_vec(),
        parent_span_id: span
            .parent
            .map(|id| id.bytes().to_vec())
            .unwrap_or_default(),
        flags: sampled | IS_REMOTE_KNOWN | remote,
        name: span.name.to_string(),
        kind: match span.kind {
            Kind::Internal => SpanKind::Internal,
            Kind::Server => SpanKind::Server,
            Kind::Client => SpanKind::Client,
            Kind::Producer => SpanKind::Producer,
            Kind::Consumer => SpanKind::Consumer,
        }
        .into(),
        start_time_unix_nano: span.start_ns,
        end_time_unix_nano: span.end_ns,
        attributes: attributes(&span.attributes),
        events: span.events.iter().map(event).collect(),
        links: span.links.iter().map(link).collect(),
        status: Some(status(&span.status)),
        ..OtlpSpan::default()
    }
}

fn event(event: &Event) -> OtlpEvent {
    OtlpEvent {
        time_unix_nano: event.at_ns,
        name: event.name.to_string(),
        attributes: attributes(&event.attributes),
        ..OtlpEvent::default()
    }
}

fn link(link: &crate::SpanRef) -> Link {
    Link {
        trace_id: link.trace_id.bytes().to_vec(),
        span_id: link.span_id.bytes().to_vec(),
        ..Link::default()
    }
}

fn status(status: &Status) -> OtlpStatus {
    let (code, message) = match status {
        Status::Unset => (StatusCode::Unset, String::new()),
        Status::Ok => (StatusCode::Ok, String::new()),
        Status::Error(message) => (StatusCode::Error, message.to_string()),
    };
    OtlpStatus {
        code: code.into(),
        message,
    }
}

fn attributes(attributes: &Attributes) -> Vec<KeyValue> {
    let pair = |(key, value): (&str, &Value)| KeyValue {
        key: key.to_owned(),
        value: Some(any(value)),
        ..KeyValue::default()
    };
    attributes.iter().map(pair).collect()
}

fn any(value: &Value) -> AnyValue {
    let value = match value {
        Value::Bool(value) => any_value::Value::BoolValue(*value),
        Value::Int(value) => any_value::Value::IntValue(*value),
        Value::Float(value) => any_value::Value::DoubleValue(*value),
        Value::String(value) => any_value::Value::StringValue(value.to_string()),
        Value::Array(values) => any_value::Value::ArrayValue(ArrayValue {
            values: values.iter().map(any).collect(),
        }),
    };
    AnyValue { value: Some(value) }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::config::Config;

    #[test]
    fn a_trace_has_the_form_of_the_specification() {
        let span: Span = serde_json::from_value(json!({
            "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736", "span_id": "00f067aa0ba902b7",
            "parent": "00000000000000aa", "name": "tool.call", "kind": "client",
            "start_ns": 1_795_341_600_000_000_001_u64, "end_ns": 1_795_341_600_000_000_002_u64,
            "attributes": {"list": ["a", "b"], "n": 7, "ok": true, "x": 0.5},
            "events": [{"name": "exception", "at_ns": 5, "attributes": {"exception.type": "timeout"}}],
            "links": [{"trace_id": "4bf92f3577b34da6a3ce929d0e0e4737", "span_id": "00f067aa0ba902b8"}],
            "status": {"error": "it broke"}, "sampled": true,
        }))
        .unwrap();
        let trace = Trace {
            trace_id: span.trace_id,
            spans: vec![span.into()],
            lines: Vec::new(),
            truncated: 0,
        };
        let resource = crate::resource::resource(&Config {
            service_name: "shop".into(),
            service_instance_id: "one".into(),
            ..Config::default()
        });
        let scope = InstrumentationScope::builder("shop").build();
        let written = write(&trace, &resource, &scope).unwrap();
        let json: Json = serde_json::from_str(&written).unwrap();
        let resource = &json["resourceSpans"][0]["resource"]["attributes"];
        assert!(!resource.to_string().contains(INSTANCE), "{resource}");
        let name = json!({"key": "service.name", "value": {"stringValue": "shop"}});
        assert!(resource.as_array().unwrap().contains(&name), "{resource}");
        let scope = &json["resourceSpans"][0]["scopeSpans"][0];
        assert_eq!(scope["scope"]["name"], "shop");
        let span = &scope["spans"][0];
        for (field, expected) in [
            ("traceId", json!("4bf92f3577b34da6a3ce929d0e0e4736")),
            ("spanId", json!("00f067aa0ba902b7")),
            ("parentSpanId", json!("00000000000000aa")),
            ("name", json!("tool.call")),
            ("kind", json!(3)),
            // 64-bit numbers are texts: a double would lose their end.
            ("startTimeUnixNano", json!("1795341600000000001")),
            ("flags", json!(0x101)),
        ] {
            assert_eq!(span[field], expected, "{field}");
        }
        assert_eq!(span["status"]["code"], 2);
        assert_eq!(span["status"]["message"], "it broke");
        assert_eq!(
            span["attributes"],
            json!([
                {"key": "list", "value": {"arrayValue": {"values": [
                    {"stringValue": "a"}, {"stringValue": "b"}]}}},
                {"key": "n", "value": {"intValue": "7"}},
                {"key": "ok", "value": {"boolValue": true}},
                {"key": "x", "value": {"doubleValue": 0.5}},
            ])
        );
        assert_eq!(span["events"][0]["timeUnixNano"], "5");
        assert_eq!(span["links"][0]["spanId"], "00f067aa0ba902b8");
    }
}
