//! The way to the collector: one gRPC channel for all three signals.

use std::time::Duration;

use http::{HeaderName, HeaderValue};
use opentelemetry_otlp::{
    Compression, ExporterBuildError, LogExporter, MetricExporter, SpanExporter, WithExportConfig,
    WithTonicConfig,
};
use opentelemetry_sdk::metrics::Temporality;
use secrecy::{ExposeSecret, SecretString};
use tonic::{
    Request, Status,
    metadata::{AsciiMetadataKey, AsciiMetadataValue},
    transport::{Channel, ClientTlsConfig, Endpoint},
};

use crate::{config::Config, telemetry::InitError};

/// How long an idle connection goes unchecked: a collector that vanished is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// Everything that the exporters of the three signals share.
#[derive(Clone)]
pub(crate) struct Collector {
    channel: Channel,
    headers: Vec<(AsciiMetadataKey, AsciiMetadataValue)>,
    timeout: Duration,
}

impl Collector {
    /// Prepares the connection; it is made when something is exported. `None`: no endpoint.
    pub(crate) fn new(config: &Config) -> Result<Option<Self>, InitError> {
        let Some(uri) = config.collector() else {
            return Ok(None);
        };
        let invalid = |source: tonic::transport::Error| InitError::Endpoint {
            endpoint: uri.clone(),
            source,
        };
        // The SDK's own channel has no connect timeout, and its TLS knows no root.
        let mut endpoint = Endpoint::from_shared(uri.clone())
            .map_err(invalid)?
            .connect_timeout(config.export_timeout)
            .timeout(config.export_timeout)
            .http2_keep_alive_interval(KEEP_ALIVE);
        if uri.starts_with("https://") {
            let tls = ClientTlsConfig::new().with_enabled_roots();
            endpoint = endpoint.tls_config(tls).map_err(invalid)?;
        }
        let headers = config
            .headers
            .iter()
            .map(header)
            .collect::<Result<_, _>>()?;
        let timeout = config.export_timeout;
        Ok(Some(Self {
            channel: endpoint.connect_lazy(),
            headers,
            timeout,
        }))
    }

    pub(crate) fn span_exporter(&self) -> Result<SpanExporter, ExporterBuildError> {
        self.configure(SpanExporter::builder().with_tonic()).build()
    }

    pub(crate) fn metric_exporter(&self) -> Result<MetricExporter, ExporterBuildError> {
        let builder = MetricExporter::builder().with_temporality(Temporality::Cumulative);
        self.configure(builder.with_tonic()).build()
    }

    pub(crate) fn log_exporter(&self) -> Result<LogExporter, ExporterBuildError> {
        self.configure(LogExporter::builder().with_tonic()).build()
    }

    fn configure<B: WithTonicConfig + WithExportConfig>(&self, builder: B) -> B {
        let headers = self.headers.clone();
        builder
            .with_channel(self.channel.clone())
            .with_timeout(self.timeout)
            .with_compression(Compression::Gzip)
            // The SDK adds `OTEL_EXPORTER_OTLP_HEADERS` by itself: these replace them, so
            // that no header is sent twice.
            .with_interceptor(
                move |mut request: Request<()>| -> Result<Request<()>, Status> {
                    for (name, value) in &headers {
                        request.metadata_mut().insert(name.clone(), value.clone());
                    }
                    Ok(request)
                },
            )
    }
}

fn header(
    (name, value): &(String, SecretString),
) -> Result<(AsciiMetadataKey, AsciiMetadataValue), InitError> {
    let invalid = || InitError::Header { name: name.clone() };
    // gRPC keeps names that end in `-bin` for binary values.
    let key = HeaderName::from_bytes(name.trim().as_bytes()).map_err(|_| invalid())?;
    let key = AsciiMetadataKey::from_bytes(key.as_str().as_bytes()).map_err(|_| invalid())?;
    let mut value = HeaderValue::from_str(value.expose_secret().trim()).map_err(|_| invalid())?;
    value.set_sensitive(true);
    Ok((
        key,
        AsciiMetadataValue::try_from(value.as_bytes()).map_err(|_| invalid())?,
    ))
}
