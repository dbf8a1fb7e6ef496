//! Metric points in flat form, for people and tests.

use std::{fmt, time::Duration};

use opentelemetry::KeyValue;
use opentelemetry_sdk::{
    error::OTelSdkResult,
    metrics::{
        Temporality,
        data::{AggregatedMetrics, MetricData, ResourceMetrics},
        exporter::PushMetricExporter,
    },
};
use serde::Serialize;

use crate::attribute::Attributes;

/// One series of an instrument at one moment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// The instrument.
    pub name: String,
    /// Unit of its values.
    pub unit: String,
    /// The point's attributes.
    pub labels: Attributes,
    /// What was measured since the start.
    pub value: PointValue,
}

/// The value of a [`Point`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PointValue {
    /// A total.
    Sum(f64),
    /// The last value.
    Gauge(f64),
    /// A distribution.
    Histogram {
        /// Number of values.
        count: u64,
        /// Their sum.
        sum: f64,
        /// Upper bounds of the buckets; the last bucket has none.
        bounds: Vec<f64>,
        /// Number of values in each bucket.
        buckets: Vec<u64>,
    },
}

/// All points of one collection.
pub(crate) fn of(metrics: &ResourceMetrics) -> Vec<Point> {
    let mut points = Vec::new();
    for metric in metrics.scope_metrics().flat_map(|scope| scope.metrics()) {
        let mut add = |labels: Vec<KeyValue>, value| {
            points.push(Point {
                name: metric.name().to_owned(),
                unit: metric.unit().to_owned(),
                labels: labels.as_slice().into(),
                value,
            });
        };
        match metric.data() {
            AggregatedMetrics::F64(data) => each(data, |value| value, &mut add),
            AggregatedMetrics::U64(data) => each(data, |value| value as f64, &mut add),
            AggregatedMetrics::I64(data) => each(data, |value| value as f64, &mut add),
        }
    }
    points
}

fn each<T: Copy>(
    data: &MetricData<T>,
    number: impl Fn(T) -> f64,
    add: &mut impl FnMut(Vec<KeyValue>, PointValue),
) {
    match data {
        MetricData::Sum(sum) => sum.data_points().for_each(|point| {
            add(
                point.attributes().cloned().collect(),
                PointValue::Sum(number(point.value())),
            );
        }),
        MetricData::Gauge(gauge) => gauge.data_points().for_each(|point| {
            add(
                point.attributes().cloned().collect(),
                PointValue::Gauge(number(point.value())),
            );
        }),
        MetricData::Histogram(histogram) => histogram.data_points().for_each(|point| {
            let value = PointValue::Histogram {
                count: point.count(),
                sum: number(point.sum()),
                bounds: point.bounds().collect(),
                buckets: point.bucket_counts().collect(),
            };
            add(point.attributes().cloned().collect(), value);
        }),
        // Never made: every histogram here has explicit buckets.
        MetricData::ExponentialHistogram(_) => {}
    }
}

/// Gives every collection to a function.
pub(crate) struct Tap<F>(pub(crate) F);

impl<F> fmt::Debug for Tap<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tap")
    }
}

impl<F: Fn(Vec<Point>) + Send + Sync + 'static> PushMetricExporter for Tap<F> {
    async fn export(&self, metrics: &ResourceMetrics) -> OTelSdkResult {
        (self.0)(of(metrics));
        Ok(())
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }

    fn temporality(&self) -> Temporality {
        Temporality::Cumulative
    }
}
