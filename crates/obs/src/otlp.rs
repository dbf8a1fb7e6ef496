//! The way to a collector: a gRPC channel for a signal.

use std::time::Duration;

use http::{HeaderName, HeaderValue};
use opentelemetry_otlp::{
    Compression, ExporterBuildError, LogExporter, MetricExporter, RetryPolicy, SpanExporter,
    WithExportConfig, WithTonicConfig,
};
use opentelemetry_sdk::metrics::Temporality;
use secrecy::{ExposeSecret, SecretString};
use tonic::{
    Request, Status,
    metadata::{AsciiMetadataKey, AsciiMetadataValue},
    transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity},
};

use crate::{target::Target, telemetry::InitError};

/// How long an idle connection goes unchecked: a collector that vanished is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(30);
/// Longest that one attempt waits for an answer: a slow collector is not a lost one.
const ATTEMPT: Duration = Duration::from_secs(10);
/// Longest wait between two attempts, so that a collector that is back is found at once. How long is
/// tried in all is bounded by the target's timeout.
const MAX_BACKOFF: Duration = Duration::from_secs(1);

/// A collector, as the exporter of a signal needs it.
#[derive(Clone)]
pub(crate) struct Collector {
    channel: Channel,
    headers: Vec<(AsciiMetadataKey, AsciiMetadataValue)>,
    timeout: Duration,
    gzip: bool,
    /// The collector's address.
    pub(crate) uri: String,
}

impl Collector {
    /// Prepares the connection; it is made when something is exported.
    pub(crate) fn new(target: &Target) -> Result<Self, InitError> {
        let uri = target.uri();
        let invalid = |source: tonic::transport::Error| InitError::Endpoint {
            endpoint: uri.clone(),
            source,
        };
        let attempt = target.timeout.min(ATTEMPT);
        // The SDK's own channel has no connect timeout, and its TLS knows no root.
        let mut endpoint = Endpoint::from_shared(uri.clone())
            .map_err(invalid)?
            .connect_timeout(attempt)
            .timeout(attempt)
            .http2_keep_alive_interval(KEEP_ALIVE);
        if uri.starts_with("https://") {
            endpoint = endpoint.tls_config(tls(target)).map_err(invalid)?;
        }
        let headers = target.headers.iter().map(header);
        Ok(Self {
            channel: endpoint.connect_lazy(),
            headers: headers.collect::<Result<_, _>>()?,
            timeout: target.timeout,
            gzip: target.gzip,
            uri,
        })
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
        let builder = match self.gzip {
            true => builder.with_compression(Compression::Gzip),
            false => builder,
        };
        builder
            .with_channel(self.channel.clone())
            .with_timeout(self.timeout)
            // As often as the timeout leaves room for.
            .with_retry_policy(
                RetryPolicy::recommended()
                    .with_max_retries(usize::MAX)
                    .with_max_delay(MAX_BACKOFF),
            )
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

/// The given roots, or those of the machine.
fn tls(target: &Target) -> ClientTlsConfig {
    let tls = match &target.roots {
        Some(roots) => ClientTlsConfig::new().ca_certificate(Certificate::from_pem(roots)),
        None => ClientTlsConfig::new().with_enabled_roots(),
    };
    match &target.identity {
        Some(own) => tls.identity(Identity::from_pem(
            &own.certificate,
            own.key.expose_secret(),
        )),
        None => tls,
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
