//! What telemetry needs to know. Data only: whoever reads the environment fills it in.

use std::time::Duration;

use secrecy::SecretString;

/// Everything that [`crate::init`] has to be told.
///
/// `Debug` shows no secret: header values are [`SecretString`]s.
#[derive(Clone, Debug)]
pub struct Config {
    /// OTLP gRPC collector, with or without scheme (`localhost:4317`, `https://host:4317`).
    /// `None`: nothing is exported, while log lines, metrics and recent traces still work.
    pub endpoint: Option<String>,
    /// Request headers for the collector, such as an API key.
    pub headers: Vec<(String, SecretString)>,
    /// How long one export may take, its retries included.
    pub export_timeout: Duration,
    /// `service.name`.
    pub service_name: String,
    /// `service.version`.
    pub service_version: String,
    /// `service.instance.id`: one value per running process.
    pub service_instance_id: String,
    /// `deployment.environment.name`.
    pub environment: String,
    /// More resource attributes; they win over the ones above except `service.name`.
    pub resource_attributes: Vec<(String, String)>,
    /// Which traces are exported. Metrics, recent traces and logs are always complete.
    pub sampler: SamplerConfig,
    /// Time between two exports of the metrics.
    pub metric_interval: Duration,
    /// Exports nothing, as if no endpoint were set (`OTEL_SDK_DISABLED`).
    pub disabled: bool,
    /// Prints finished spans and metrics to stderr as JSON lines.
    pub console_export: bool,
    /// Which log lines are written, as in `RUST_LOG`: `info`, or `warn,agent=debug`; a target
    /// that is not named needs a level of its own. It never hides a span.
    pub log_filter: String,
    /// Where log lines are written.
    pub log_stream: LogStream,
    /// Memory for recent traces, in bytes (estimated).
    pub recent_bytes: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            endpoint: Some("localhost:4317".to_owned()),
            headers: Vec::new(),
            export_timeout: Duration::from_secs(5),
            service_name: "unknown_service".to_owned(),
            service_version: String::new(),
            service_instance_id: String::new(),
            environment: String::new(),
            resource_attributes: Vec::new(),
            sampler: SamplerConfig::default(),
            metric_interval: Duration::from_secs(15),
            disabled: false,
            console_export: false,
            log_filter: "info".to_owned(),
            log_stream: LogStream::Stdout,
            recent_bytes: 64 << 20,
        }
    }
}

impl Config {
    /// The collector's address as a URI, if anything is to be exported.
    pub(crate) fn collector(&self) -> Option<String> {
        let endpoint = self
            .endpoint
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())?;
        match (self.disabled, endpoint.contains("://")) {
            (true, _) => None,
            (false, true) => Some(endpoint.to_owned()),
            (false, false) => Some(format!("http://{endpoint}")),
        }
    }
}

/// Where log lines go.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum LogStream {
    /// Standard output: the stream of a server.
    Stdout,
    /// Standard error: for commands whose standard output is their result.
    Stderr,
    /// A buffer that a test reads.
    #[cfg(feature = "testing")]
    Memory(crate::testing::Lines),
}

/// How exported traces are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum SamplerConfig {
    /// Every trace.
    AlwaysOn,
    /// No trace.
    AlwaysOff,
    /// This share of the traces (0 to 1), by trace id.
    TraceIdRatio(f64),
    /// As the parent decided; without a parent, every trace.
    #[default]
    ParentBasedAlwaysOn,
    /// As the parent decided; without a parent, no trace.
    ParentBasedAlwaysOff,
    /// As the parent decided; without a parent, this share of the traces (0 to 1).
    ParentBasedTraceIdRatio(f64),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoint_gets_a_scheme_and_disabled_wins() {
        let with = |endpoint: &str| Config {
            endpoint: Some(endpoint.into()),
            ..Config::default()
        };
        assert_eq!(
            with("localhost:4317").collector().unwrap(),
            "http://localhost:4317"
        );
        assert_eq!(
            with("https://c:4317").collector().unwrap(),
            "https://c:4317"
        );
        assert_eq!(with(" ").collector(), None);
        assert_eq!(
            Config {
                disabled: true,
                ..Config::default()
            }
            .collector(),
            None
        );
    }

    #[test]
    fn debug_shows_no_header_value() {
        let headers = vec![("authorization".to_owned(), SecretString::from("hunter2"))];
        let shown = format!(
            "{:?}",
            Config {
                headers,
                ..Config::default()
            }
        );
        assert!(
            shown.contains("authorization") && !shown.contains("hunter2"),
            "{shown}"
        );
    }
}
