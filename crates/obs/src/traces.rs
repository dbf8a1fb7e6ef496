//! The tracer provider and the tracing layer that feeds it.

use std::{sync::Arc, time::Duration};

use opentelemetry::{InstrumentationScope, trace::TracerProvider};
use opentelemetry_sdk::{
    Resource,
    trace::{BatchConfigBuilder, BatchSpanProcessor, SdkTracer, SdkTracerProvider},
};
use tracing::Subscriber;
use tracing_opentelemetry::OpenTelemetryLayer;
use tracing_subscriber::registry::LookupSpan;

use crate::{
    config::SamplerConfig,
    dropped::Signal,
    export::{Link, Watched},
    otlp::Collector,
    queue::{BATCH, CAPACITY, Queued, Waiting},
    sampler::RecordAll,
    span_metrics::SpanMetrics,
    telemetry::InitError,
};

/// How long a span waits for others at most.
const DELAY: Duration = Duration::from_secs(1);

pub(crate) fn batch(
    collector: &Collector,
    link: &Arc<Link>,
) -> Result<Queued<BatchSpanProcessor>, InitError> {
    let waiting = Waiting::new(Signal::Traces, link.losses.clone());
    let exporter = Watched {
        inner: collector.span_exporter()?,
        link: link.clone(),
        waiting: waiting.clone(),
    };
    let config = BatchConfigBuilder::default()
        .with_max_queue_size(CAPACITY)
        .with_max_export_batch_size(BATCH)
        .with_scheduled_delay(DELAY)
        .build();
    let inner = BatchSpanProcessor::builder(exporter)
        .with_batch_config(config)
        .build();
    Ok(Queued { inner, waiting })
}

pub(crate) fn provider(
    resource: Resource,
    sampler: SamplerConfig,
    processor: SpanMetrics,
) -> SdkTracerProvider {
    SdkTracerProvider::builder()
        .with_resource(resource)
        .with_sampler(RecordAll::new(sampler))
        .with_span_processor(processor)
        .build()
}

/// Spans with nothing but what they recorded: no source location, thread or idle time.
pub(crate) fn layer<S>(
    provider: &SdkTracerProvider,
    scope: InstrumentationScope,
) -> OpenTelemetryLayer<S, SdkTracer>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    tracing_opentelemetry::layer()
        .with_tracer(provider.tracer_with_scope(scope))
        .with_location(false)
        .with_threads(false)
        .with_target(false)
        .with_level(false)
        .with_tracked_inactivity(false)
}
