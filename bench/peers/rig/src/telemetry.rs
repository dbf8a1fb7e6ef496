//! Spans of rig and of the request, in batches as large and as often as those of the other servers.

use std::time::Duration;

use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{Compression, SpanExporter, WithExportConfig, WithTonicConfig};
use opentelemetry_sdk::{
    Resource,
    trace::{BatchConfigBuilder, BatchSpanProcessor, SdkTracerProvider},
};
use tracing_subscriber::{EnvFilter, Layer, layer::SubscriberExt, util::SubscriberInitExt};

/// Starts the export, where there is somewhere to send to.
pub fn start() -> anyhow::Result<Option<SdkTracerProvider>> {
    let Ok(endpoint) = std::env::var("OTLP_ENDPOINT") else {
        return Ok(None);
    };
    let exporter = SpanExporter::builder()
        .with_tonic()
        .with_endpoint(format!("http://{endpoint}"))
        .with_compression(Compression::Gzip)
        .build()?;
    let batches = BatchConfigBuilder::default()
        .with_max_queue_size(2048)
        .with_max_export_batch_size(512)
        .with_scheduled_delay(Duration::from_secs(1))
        .build();
    let processor = BatchSpanProcessor::builder(exporter)
        .with_batch_config(batches)
        .build();
    let provider = SdkTracerProvider::builder()
        .with_resource(Resource::builder().with_service_name("rig").build())
        .with_span_processor(processor)
        .build();
    let spans = tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("rig"))
        .with_filter(EnvFilter::new(
            "off,rig_peer=info,rig=info,rig_core=info,rig_agent=info",
        ));
    tracing_subscriber::registry().with(spans).init();
    Ok(Some(provider))
}
