//! Metrics as the collector's Prometheus exporter shows them.
//!
//! Names and labels follow `translation_strategy: UnderscoreEscapingWithoutSuffixes` with
//! `resource_to_telemetry_conversion`, as `otel-collector/config.yaml` has them: dots become
//! underscores, no unit is appended, and attributes of the resource are labels.

use std::{collections::BTreeMap, fmt::Write};

use serde_json::Value;

use crate::{Metrics, Series, SeriesValue};

/// The text format of Prometheus 0.0.4, one family after the other.
#[must_use]
pub fn text(metrics: &Metrics) -> String {
    let mut out = String::new();
    for name in metrics.names() {
        let family = escape(name);
        let mut series = metrics.series(name).peekable();
        if let Some(first) = series.peek() {
            line(&mut out, format_args!("# TYPE {family} {}", kind(first)));
        }
        for series in series {
            series_text(&mut out, &family, series);
        }
    }
    out
}

fn kind(series: &Series) -> &'static str {
    match series.value {
        SeriesValue::Sum {
            monotonic: true, ..
        } => "counter",
        SeriesValue::Sum { .. } | SeriesValue::Gauge(_) => "gauge",
        SeriesValue::Histogram { .. } => "histogram",
    }
}

fn series_text(out: &mut String, family: &str, series: &Series) {
    let labels = labels(series);
    match &series.value {
        SeriesValue::Sum { value, .. } | SeriesValue::Gauge(value) => {
            line(out, format_args!("{family}{} {value}", set(&labels, None)));
        }
        SeriesValue::Histogram {
            count,
            sum,
            bounds,
            buckets,
        } => {
            let mut below = 0;
            for (bound, bucket) in bounds.iter().zip(buckets) {
                below += bucket;
                let set = set(&labels, Some(&bound.to_string()));
                line(out, format_args!("{family}_bucket{set} {below}"));
            }
            let all = set(&labels, Some("+Inf"));
            line(out, format_args!("{family}_bucket{all} {count}"));
            let set = set(&labels, None);
            line(out, format_args!("{family}_sum{set} {sum}"));
            line(out, format_args!("{family}_count{set} {count}"));
        }
    }
}

/// Labels by name; the point's own win over those of the resource.
fn labels(series: &Series) -> BTreeMap<String, String> {
    let both = series.resource.0.iter().chain(&series.labels.0);
    let mut labels: BTreeMap<_, _> = both
        .map(|(key, value)| (escape(key), plain(value)))
        .collect();
    // What the exporter makes of the resource for Prometheus itself.
    for (from, to) in [("service_name", "job"), ("service_instance_id", "instance")] {
        if let Some(value) = labels.get(from).cloned() {
            labels.insert(to.to_owned(), value);
        }
    }
    labels
}

fn set(labels: &BTreeMap<String, String>, le: Option<&str>) -> String {
    let labels = labels
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str()));
    let each: Vec<_> = labels
        .chain(le.map(|bound| ("le", bound)))
        .map(|(key, value)| format!("{key}=\"{}\"", quote(value)))
        .collect();
    format!("{{{}}}", each.join(","))
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn quote(value: &str) -> String {
    value
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}

fn escape(name: &str) -> String {
    let valid = |c: char| {
        if c.is_ascii_alphanumeric() || c == '_' {
            c
        } else {
            '_'
        }
    };
    name.chars().map(valid).collect()
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = writeln!(out, "{text}");
}

#[cfg(test)]
mod tests {
    use opentelemetry_proto::tonic::{
        common::v1::{AnyValue, KeyValue, any_value},
        metrics::v1::{
            AggregationTemporality, Histogram, HistogramDataPoint, Metric, NumberDataPoint,
            ResourceMetrics, ScopeMetrics, Sum, metric::Data, number_data_point,
        },
        resource::v1::Resource,
    };

    use super::*;

    fn attribute(key: &str, value: &str) -> KeyValue {
        KeyValue {
            key: key.to_owned(),
            value: Some(AnyValue {
                value: Some(any_value::Value::StringValue(value.to_owned())),
            }),
            ..KeyValue::default()
        }
    }

    fn metrics() -> Metrics {
        let cumulative = AggregationTemporality::Cumulative.into();
        let tokens = Sum {
            data_points: vec![NumberDataPoint {
                attributes: vec![attribute("token.type", "a\"b\n")],
                value: Some(number_data_point::Value::AsInt(7)),
                ..NumberDataPoint::default()
            }],
            aggregation_temporality: cumulative,
            is_monotonic: true,
        };
        let latency = Histogram {
            data_points: vec![HistogramDataPoint {
                count: 6,
                sum: Some(42.5),
                explicit_bounds: vec![2.5, 10.0],
                bucket_counts: vec![1, 2, 3],
                ..HistogramDataPoint::default()
            }],
            aggregation_temporality: cumulative,
        };
        let metric = |name: &str, unit: &str, data| Metric {
            name: name.to_owned(),
            unit: unit.to_owned(),
            data: Some(data),
            ..Metric::default()
        };
        let resource = vec![
            attribute("service.name", "travel-agent"),
            attribute("service.instance.id", "one"),
        ];
        let mut metrics = Metrics::default();
        metrics.add(vec![ResourceMetrics {
            resource: Some(Resource {
                attributes: resource,
                ..Resource::default()
            }),
            scope_metrics: vec![ScopeMetrics {
                metrics: vec![
                    metric("agent.llm.tokens", "{token}", Data::Sum(tokens)),
                    metric("agent.llm.latency", "ms", Data::Histogram(latency)),
                ],
                ..ScopeMetrics::default()
            }],
            ..ResourceMetrics::default()
        }]);
        metrics
    }

    #[test]
    fn no_unit_and_no_suffix_is_appended_and_buckets_are_cumulative() {
        const RESOURCE: &str = "instance=\"one\",job=\"travel-agent\",\
            service_instance_id=\"one\",service_name=\"travel-agent\"";
        let lines = [
            "# TYPE agent_llm_latency histogram".to_owned(),
            format!("agent_llm_latency_bucket{{{RESOURCE},le=\"2.5\"}} 1"),
            format!("agent_llm_latency_bucket{{{RESOURCE},le=\"10\"}} 3"),
            format!("agent_llm_latency_bucket{{{RESOURCE},le=\"+Inf\"}} 6"),
            format!("agent_llm_latency_sum{{{RESOURCE}}} 42.5"),
            format!("agent_llm_latency_count{{{RESOURCE}}} 6"),
            "# TYPE agent_llm_tokens counter".to_owned(),
            format!("agent_llm_tokens{{{RESOURCE},token_type=\"a\\\"b\\n\"}} 7"),
        ];
        assert_eq!(text(&metrics()).lines().collect::<Vec<_>>(), lines);
    }
}
