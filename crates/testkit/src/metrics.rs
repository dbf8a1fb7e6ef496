//! The latest value of each metric series.

use std::collections::BTreeMap;

use opentelemetry_proto::tonic::metrics::v1::{
    NumberDataPoint, ResourceMetrics, metric::Data, number_data_point,
};
use serde_json::Value;

use crate::Attributes;

/// Latest values by instrument, labels and process. Temporality must be cumulative.
#[derive(Clone, Debug, Default)]
pub struct Metrics(BTreeMap<String, Series>);

/// One series.
#[derive(Clone, Debug)]
pub struct Series {
    /// The instrument.
    pub name: String,
    /// Unit of its values.
    pub unit: String,
    /// The point's attributes.
    pub labels: Attributes,
    /// Attributes of the resource that sent it.
    pub resource: Attributes,
    /// The latest value.
    pub value: SeriesValue,
    at_ns: u64,
}

/// The value of a [`Series`].
#[derive(Clone, Debug, PartialEq)]
pub enum SeriesValue {
    /// A total.
    Sum {
        /// Since the start of the process.
        value: f64,
        /// Whether it never goes down.
        monotonic: bool,
    },
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

impl Metrics {
    /// All series of an instrument.
    pub fn series<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Series> {
        self.0.values().filter(move |series| series.name == name)
    }

    /// The names of all instruments, sorted.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.0.values().map(|series| series.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The sum over all series of an instrument that have these labels: of the totals, of the
    /// values of a gauge, or of the values in a histogram.
    pub fn sum(&self, name: &str, labels: &[(&str, &str)]) -> f64 {
        self.matching(name, labels).map(Series::total).sum()
    }

    /// The number of values in all series of a histogram that have these labels.
    pub fn count(&self, name: &str, labels: &[(&str, &str)]) -> u64 {
        self.matching(name, labels).map(Series::count).sum()
    }

    fn matching(&self, name: &str, labels: &[(&str, &str)]) -> impl Iterator<Item = &Series> {
        self.0
            .values()
            .filter(move |series| series.name == name && series.has(labels))
    }

    pub(crate) fn add(&mut self, batch: Vec<ResourceMetrics>) {
        for group in batch {
            let resource = group
                .resource
                .map(|r| Attributes::from_proto(&r.attributes));
            let resource = resource.unwrap_or_default();
            for metric in group
                .scope_metrics
                .into_iter()
                .flat_map(|scope| scope.metrics)
            {
                let Some(data) = metric.data else { continue };
                for (labels, at_ns, value) in points(data) {
                    let (name, unit) = (metric.name.clone(), metric.unit.clone());
                    let resource = resource.clone();
                    self.keep(Series {
                        name,
                        unit,
                        labels,
                        resource,
                        value,
                        at_ns,
                    });
                }
            }
        }
    }

    /// Keeps the series unless a later value is known: requests may overtake each other.
    fn keep(&mut self, series: Series) {
        let mut labels: Vec<_> = series
            .labels
            .0
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect();
        labels.sort_unstable();
        let process = series.resource.get("service.instance.id");
        let key = format!("{} {process:?} {labels:?}", series.name);
        if self
            .0
            .get(&key)
            .is_none_or(|known| known.at_ns <= series.at_ns)
        {
            self.0.insert(key, series);
        }
    }
}

impl Series {
    /// The total, the value of a gauge, or the sum of the values in a histogram.
    pub fn total(&self) -> f64 {
        match self.value {
            SeriesValue::Sum { value, .. } | SeriesValue::Gauge(value) => value,
            SeriesValue::Histogram { sum, .. } => sum,
        }
    }

    /// The number of values in a histogram; 0 for others.
    pub fn count(&self) -> u64 {
        match self.value {
            SeriesValue::Histogram { count, .. } => count,
            SeriesValue::Sum { .. } | SeriesValue::Gauge(_) => 0,
        }
    }

    /// Whether it has all these labels; numbers and truth values are compared as text.
    pub fn has(&self, labels: &[(&str, &str)]) -> bool {
        let text = |value: &Value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        };
        let same = |(key, wanted): &(&str, &str)| {
            self.labels
                .get(key)
                .map(text)
                .is_some_and(|value| value == *wanted)
        };
        labels.iter().all(same)
    }
}

fn points(data: Data) -> Vec<(Attributes, u64, SeriesValue)> {
    let one = |point: NumberDataPoint, make: &dyn Fn(f64) -> SeriesValue| {
        let value = match point.value {
            Some(number_data_point::Value::AsDouble(value)) => value,
            Some(number_data_point::Value::AsInt(value)) => value as f64,
            None => 0.0,
        };
        (
            Attributes::from_proto(&point.attributes),
            point.time_unix_nano,
            make(value),
        )
    };
    match data {
        Data::Gauge(gauge) => gauge
            .data_points
            .into_iter()
            .map(|point| one(point, &SeriesValue::Gauge))
            .collect(),
        Data::Sum(sum) => {
            let make = |value| SeriesValue::Sum {
                value,
                monotonic: sum.is_monotonic,
            };
            sum.data_points
                .into_iter()
                .map(|point| one(point, &make))
                .collect()
        }
        Data::Histogram(histogram) => histogram
            .data_points
            .into_iter()
            .map(|point| {
                let value = SeriesValue::Histogram {
                    count: point.count,
                    sum: point.sum.unwrap_or_default(),
                    bounds: point.explicit_bounds,
                    buckets: point.bucket_counts,
                };
                (
                    Attributes::from_proto(&point.attributes),
                    point.time_unix_nano,
                    value,
                )
            })
            .collect(),
        // Nothing in this workspace sends these.
        Data::ExponentialHistogram(_) | Data::Summary(_) => Vec::new(),
    }
}
