//! Spans and metrics, exported as the application exports its own: the same batches, intervals and
//! compression.

use std::{borrow::Cow, time::Duration};

use opentelemetry::{
    Context, KeyValue, global,
    metrics::{Counter, Histogram},
    trace::{SpanKind, TraceContextExt, Tracer},
};
use opentelemetry_otlp::{
    Compression, MetricExporter, SpanExporter, WithExportConfig, WithTonicConfig,
};
use opentelemetry_sdk::{
    Resource,
    metrics::{PeriodicReader, SdkMeterProvider},
    trace::{BatchConfigBuilder, BatchSpanProcessor, SdkTracerProvider},
};

// Those of `obs`.
const CAPACITY: usize = 2048;
const BATCH: usize = 512;
const DELAY: Duration = Duration::from_secs(1);
const METRIC_INTERVAL: Duration = Duration::from_secs(15);

/// Keeps the export alive.
pub(crate) struct Providers {
    _traces: SdkTracerProvider,
    _metrics: SdkMeterProvider,
}

/// Sends what is recorded from now on to this collector.
pub(crate) fn start(endpoint: &str) -> anyhow::Result<Providers> {
    let endpoint = format!("http://{endpoint}");
    let resource = Resource::builder().with_service_name("floor").build();
    let spans = SpanExporter::builder()
        .with_tonic()
        .with_endpoint(&endpoint)
        .with_compression(Compression::Gzip)
        .build()?;
    let batches = BatchConfigBuilder::default()
        .with_max_queue_size(CAPACITY)
        .with_max_export_batch_size(BATCH)
        .with_scheduled_delay(DELAY);
    let processor = BatchSpanProcessor::builder(spans)
        .with_batch_config(batches.build())
        .build();
    let traces = SdkTracerProvider::builder()
        .with_resource(resource.clone())
        .with_span_processor(processor)
        .build();
    let points = MetricExporter::builder()
        .with_tonic()
        .with_endpoint(&endpoint)
        .with_compression(Compression::Gzip)
        .build()?;
    let reader = PeriodicReader::builder(points)
        .with_interval(METRIC_INTERVAL)
        .build();
    let metrics = SdkMeterProvider::builder()
        .with_resource(resource)
        .with_reader(reader)
        .build();
    global::set_tracer_provider(traces.clone());
    global::set_meter_provider(metrics.clone());
    Ok(Providers {
        _traces: traces,
        _metrics: metrics,
    })
}

/// Begins a span below another one; it ends with the context.
pub(crate) fn span(
    parent: &Context,
    name: impl Into<Cow<'static, str>>,
    kind: SpanKind,
    attributes: Vec<KeyValue>,
) -> Context {
    let tracer = global::tracer("floor");
    let span = tracer
        .span_builder(name)
        .with_kind(kind)
        .with_attributes(attributes);
    parent.with_span(tracer.build_with_context(span, parent))
}

/// What is measured of a request, its model calls and its tool.
pub(crate) struct Instruments {
    pub(crate) requests: Histogram<f64>,
    pub(crate) calls: Histogram<f64>,
    pub(crate) tokens: Histogram<u64>,
    pub(crate) tools: Counter<u64>,
}

impl Instruments {
    pub(crate) fn new() -> Self {
        let meter = global::meter("floor");
        Self {
            requests: meter
                .f64_histogram("http.server.request.duration")
                .with_unit("s")
                .build(),
            calls: meter
                .f64_histogram("gen_ai.client.operation.duration")
                .with_unit("s")
                .build(),
            tokens: meter.u64_histogram("gen_ai.client.token.usage").build(),
            tools: meter.u64_counter("gen_ai.tool.calls").build(),
        }
    }
}
