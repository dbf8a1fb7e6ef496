//! What telemetry needs to know. Data only: whoever reads the environment fills it in.

use std::time::Duration;

use crate::target::Target;

/// Everything that [`crate::init`] has to be told.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where spans go. `None`: nowhere, while metrics and recent traces still work.
    pub traces: Option<Target>,
    /// Where metrics go.
    pub metrics: Option<Target>,
    /// Where log lines go, besides the stream.
    pub logs: Option<Target>,
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
    /// Exports nothing, as if no target were set (`OTEL_SDK_DISABLED`).
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
            traces: None,
            metrics: None,
            logs: None,
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
    /// The same with all three signals going to one target.
    #[must_use]
    pub fn exporting_to(self, target: Target) -> Self {
        Self {
            traces: Some(target.clone()),
            metrics: Some(target.clone()),
            logs: Some(target),
            ..self
        }
    }

    /// The targets of traces, metrics and logs, as far as anything is to be exported.
    pub(crate) fn targets(&self) -> [Option<&Target>; 3] {
        [&self.traces, &self.metrics, &self.logs].map(|target| {
            target
                .as_ref()
                .filter(|target| !self.disabled && target.is_set())
        })
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
    fn disabled_wins_and_an_empty_endpoint_is_none() {
        let to = |endpoint: &str, disabled| {
            let config = Config {
                disabled,
                ..Config::default()
            };
            let config = config.exporting_to(Target::new(endpoint));
            config.targets().map(|target| target.is_some())
        };
        assert_eq!(to("localhost:4317", false), [true; 3]);
        assert_eq!(to("localhost:4317", true), [false; 3]);
        assert_eq!(to(" ", false), [false; 3]);
        assert!(Config::default().targets().iter().all(Option::is_none));
    }
}
