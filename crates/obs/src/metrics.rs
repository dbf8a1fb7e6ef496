//! The meter provider, and the instruments that no span can feed.

use std::{sync::Arc, time::Duration};

use opentelemetry::{KeyValue, metrics};
use opentelemetry_sdk::{
    Resource,
    metrics::{PeriodicReader, SdkMeterProvider},
};

use crate::{
    console,
    export::{Link, WatchedMetrics},
    otlp::Collector,
    points::{Point, Tap},
    telemetry::InitError,
};

/// Receives every collection of the metrics.
pub(crate) type Capture = Box<dyn Fn(Vec<Point>) + Send + Sync>;

pub(crate) fn provider(
    resource: Resource,
    interval: Duration,
    collector: Option<(&Collector, &Arc<Link>)>,
    print: bool,
    capture: Option<Capture>,
) -> Result<SdkMeterProvider, InitError> {
    let mut builder = SdkMeterProvider::builder().with_resource(resource);
    if let Some((collector, link)) = collector {
        let exporter = WatchedMetrics {
            inner: collector.metric_exporter()?,
            link: link.clone(),
        };
        builder = builder.with_reader(reader(exporter, interval));
    }
    if print {
        let exporter = Tap(|points: Vec<Point>| console::print_points(&points));
        builder = builder.with_reader(reader(exporter, interval));
    }
    if let Some(capture) = capture {
        builder = builder.with_reader(reader(Tap(capture), interval));
    }
    Ok(builder.build())
}

fn reader<E>(exporter: E, interval: Duration) -> PeriodicReader<E>
where
    E: opentelemetry_sdk::metrics::exporter::PushMetricExporter,
{
    PeriodicReader::builder(exporter)
        .with_interval(interval)
        .build()
}

/// Attributes of a point: few, and from closed sets.
pub type Labels<'a> = &'a [(&'static str, &'a str)];

fn owned(labels: Labels<'_>) -> Vec<KeyValue> {
    labels
        .iter()
        .map(|(key, value)| KeyValue::new(*key, (*value).to_owned()))
        .collect()
}

/// Makes instruments for what is not span-shaped: choices of people, levels, budgets.
#[derive(Clone, Debug)]
pub struct Meter(pub(crate) metrics::Meter);

/// A sum that only grows.
#[derive(Clone, Debug)]
pub struct Counter(metrics::Counter<u64>);

/// A value that is set.
#[derive(Clone, Debug)]
pub struct Gauge(metrics::Gauge<f64>);

/// A number of things that are open now.
#[derive(Clone, Debug)]
pub struct OpenCount(metrics::UpDownCounter<i64>);

/// One open thing of an [`OpenCount`]; dropping it, for whatever reason, closes it.
#[derive(Debug)]
pub struct Opened(metrics::UpDownCounter<i64>);

impl Meter {
    /// A counter.
    pub fn counter(
        &self,
        name: &'static str,
        unit: &'static str,
        description: &'static str,
    ) -> Counter {
        Counter(
            self.0
                .u64_counter(name)
                .with_unit(unit)
                .with_description(description)
                .build(),
        )
    }

    /// A gauge that is set when its value changes.
    pub fn gauge(
        &self,
        name: &'static str,
        unit: &'static str,
        description: &'static str,
    ) -> Gauge {
        Gauge(
            self.0
                .f64_gauge(name)
                .with_unit(unit)
                .with_description(description)
                .build(),
        )
    }

    /// A gauge that is read when metrics are exported, on the exporter's thread: `read` passes
    /// each value with its labels on, and must neither block nor panic.
    pub fn observe(
        &self,
        name: &'static str,
        unit: &'static str,
        description: &'static str,
        read: impl Fn(&mut dyn FnMut(f64, Labels<'_>)) + Send + Sync + 'static,
    ) {
        // The meter keeps the callback; the handle has no use.
        let _ = self
            .0
            .f64_observable_gauge(name)
            .with_unit(unit)
            .with_description(description)
            .with_callback(move |observer| {
                read(&mut |value, labels| observer.observe(value, &owned(labels)));
            })
            .build();
    }

    /// A number of open things.
    pub fn open_count(
        &self,
        name: &'static str,
        unit: &'static str,
        description: &'static str,
    ) -> OpenCount {
        let builder = self.0.i64_up_down_counter(name).with_unit(unit);
        OpenCount(builder.with_description(description).build())
    }
}

impl Counter {
    /// Adds `value`.
    pub fn add(&self, value: u64, labels: Labels<'_>) {
        self.0.add(value, &owned(labels));
    }
}

impl Gauge {
    /// Sets the value.
    pub fn set(&self, value: f64, labels: Labels<'_>) {
        self.0.record(value, &owned(labels));
    }
}

impl OpenCount {
    /// Counts one more until the result is dropped.
    pub fn open(&self) -> Opened {
        self.0.add(1, &[]);
        Opened(self.0.clone())
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.0.add(-1, &[]);
    }
}
