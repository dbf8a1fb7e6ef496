//! Telemetry: the variables of the OpenTelemetry specification, and the older names beside them.

use std::{path::PathBuf, str::FromStr, time::Duration};

use clap::{Args, ValueEnum};
use secrecy::SecretString;

use super::{
    GenAiNames,
    pairs::{Pairs, baggage},
};

/// Telemetry; the `OTEL_*` names win over the others.
#[derive(Clone, Debug, Args)]
pub struct TelemetryConfig {
    /// OTLP gRPC endpoint, with or without scheme
    #[arg(
        long,
        env = "OTLP_ENDPOINT",
        default_value = "localhost:4317",
        global = true
    )]
    pub otlp_endpoint: String,

    /// OTLP gRPC endpoint; wins over OTLP_ENDPOINT
    #[arg(long, env = "OTEL_EXPORTER_OTLP_ENDPOINT", global = true)]
    pub otel_exporter_otlp_endpoint: Option<String>,

    /// Protocol of OTLP; only grpc is offered, another one is warned of
    #[arg(
        long,
        env = "OTEL_EXPORTER_OTLP_PROTOCOL",
        default_value = "grpc",
        ignore_case = true,
        global = true
    )]
    pub otel_exporter_otlp_protocol: Protocol,

    /// Milliseconds that one export may take, its retries included
    #[arg(long, env = "OTEL_EXPORTER_OTLP_TIMEOUT", default_value = "30000", value_parser = millis, global = true)]
    pub otel_exporter_otlp_timeout: Duration,

    /// Compression of OTLP requests
    #[arg(
        long,
        env = "OTEL_EXPORTER_OTLP_COMPRESSION",
        default_value = "gzip",
        ignore_case = true,
        global = true
    )]
    pub otel_exporter_otlp_compression: Compression,

    /// Whether an OTLP endpoint without scheme is spoken to without TLS
    #[arg(long, env = "OTEL_EXPORTER_OTLP_INSECURE", default_value_t = true, action = clap::ArgAction::Set, value_parser = truth, global = true)]
    pub otel_exporter_otlp_insecure: bool,

    /// Certificates (PEM file) that the OTLP collector's is checked against, in place of the machine's
    #[arg(long, env = "OTEL_EXPORTER_OTLP_CERTIFICATE", global = true)]
    pub otel_exporter_otlp_certificate: Option<PathBuf>,

    /// This client's own certificate for OTLP (PEM file)
    #[arg(long, env = "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", global = true)]
    pub otel_exporter_otlp_client_certificate: Option<PathBuf>,

    /// The key of that certificate (PEM file)
    #[arg(long, env = "OTEL_EXPORTER_OTLP_CLIENT_KEY", global = true)]
    pub otel_exporter_otlp_client_key: Option<PathBuf>,

    /// Where traces go: otlp, console, none
    #[arg(
        long,
        env = "OTEL_TRACES_EXPORTER",
        default_value = "otlp",
        global = true
    )]
    pub otel_traces_exporter: Exporters,

    /// Where metrics go: otlp, console, none
    #[arg(
        long,
        env = "OTEL_METRICS_EXPORTER",
        default_value = "otlp",
        global = true
    )]
    pub otel_metrics_exporter: Exporters,

    /// Where log lines go besides standard output: otlp, none
    #[arg(
        long,
        env = "OTEL_LOGS_EXPORTER",
        default_value = "otlp",
        global = true
    )]
    pub otel_logs_exporter: Exporters,

    /// Headers of OTLP requests: `name=value` percent-encoded, separated by commas
    #[arg(
        long,
        env = "OTEL_EXPORTER_OTLP_HEADERS",
        hide_env_values = true, value_parser = headers,
        global = true
    )]
    pub otel_exporter_otlp_headers: Option<SecretString>,

    /// Name of this service
    #[arg(
        long,
        env = "SERVICE_NAME",
        default_value = "travel-agent",
        global = true
    )]
    pub service_name: String,

    /// Name of this service; wins over `service.name` in OTEL_RESOURCE_ATTRIBUTES, which wins over
    /// SERVICE_NAME
    #[arg(long, env = "OTEL_SERVICE_NAME", global = true)]
    pub otel_service_name: Option<String>,

    /// Version of this service
    #[arg(long, env = "SERVICE_VERSION", default_value = env!("CARGO_PKG_VERSION"), global = true)]
    pub service_version: String,

    /// Deployment environment
    #[arg(
        long,
        env = "ENVIRONMENT",
        default_value = "development",
        global = true
    )]
    pub environment: String,

    /// Further resource attributes: `name=value` percent-encoded, separated by commas
    #[arg(long, env = "OTEL_RESOURCE_ATTRIBUTES", default_value = "", value_parser = baggage, global = true)]
    pub otel_resource_attributes: Pairs,

    /// Which traces are exported; metrics, logs and the viewer are always complete
    #[arg(
        long,
        env = "OTEL_TRACES_SAMPLER",
        default_value = "parentbased_always_on",
        ignore_case = true,
        global = true
    )]
    pub otel_traces_sampler: Sampler,

    /// Share of traces to export for the ratio samplers, 0 to 1
    #[arg(long, env = "OTEL_TRACES_SAMPLER_ARG", default_value = "1", value_parser = ratio, global = true)]
    pub otel_traces_sampler_arg: f64,

    /// Names of the GenAI metrics: gen_ai_v1_41, gen_ai_latest_experimental, or gen_ai_dup for both;
    /// values of other conventions may stand beside it, separated by commas
    #[arg(
        long,
        env = "OTEL_SEMCONV_STABILITY_OPT_IN",
        default_value = "gen_ai_dup",
        global = true
    )]
    pub otel_semconv_stability_opt_in: GenAiNames,

    /// Milliseconds between exports of metrics
    #[arg(long, env = "OTEL_METRIC_EXPORT_INTERVAL", default_value = "15000", value_parser = millis, global = true)]
    pub otel_metric_export_interval: Duration,

    /// Switches export off; the viewer in the app stays
    #[arg(long, env = "OTEL_SDK_DISABLED", default_value_t = false, action = clap::ArgAction::Set, value_parser = truth, global = true)]
    pub otel_sdk_disabled: bool,

    /// Prints spans and metrics to stderr
    #[arg(long, env = "OTEL_CONSOLE_EXPORT", default_value_t = false, action = clap::ArgAction::Set, value_parser = truth, global = true)]
    pub otel_console_export: bool,
}

impl TelemetryConfig {
    /// The service's name: `OTEL_SERVICE_NAME`, then `service.name` of `OTEL_RESOURCE_ATTRIBUTES`, then
    /// `SERVICE_NAME` (OpenTelemetry, environment variables).
    #[must_use]
    pub fn service_name(&self) -> &str {
        let attributes = self.otel_resource_attributes.0.iter();
        let mut named =
            attributes.filter(|(name, value)| name == "service.name" && !value.is_empty());
        let attribute = named.next_back().map(|(_, value)| value);
        self.otel_service_name
            .as_ref()
            .or(attribute)
            .unwrap_or(&self.service_name)
    }

    /// Whether spans and metrics are printed.
    #[must_use]
    pub fn prints(&self) -> bool {
        self.otel_console_export
            || self.otel_traces_exporter.console
            || self.otel_metrics_exporter.console
    }
}

/// Protocols of OTLP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Protocol {
    /// gRPC
    Grpc,
    /// HTTP with protobuf: not offered
    #[value(name = "http/protobuf")]
    HttpProtobuf,
    /// HTTP with JSON: not offered
    #[value(name = "http/json")]
    HttpJson,
}

/// Compression of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Compression {
    /// gzip
    Gzip,
    /// none
    None,
}

/// Where a signal goes, of `OTEL_TRACES_EXPORTER` and its siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exporters {
    /// To an OTLP collector.
    pub otlp: bool,
    /// It is printed.
    pub console: bool,
    /// Another exporter of the specification was asked for, which is not offered.
    pub other: bool,
}

impl FromStr for Exporters {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut exporters = Self {
            otlp: false,
            console: false,
            other: false,
        };
        for name in text.split(',').map(str::trim) {
            match name.to_ascii_lowercase().as_str() {
                "otlp" => exporters.otlp = true,
                "console" | "logging" => exporters.console = true,
                "none" | "" => {}
                "prometheus" | "zipkin" | "jaeger" | "otlp/stdout" => exporters.other = true,
                _ => return Err("allowed are otlp, console and none".to_owned()),
            }
        }
        Ok(exporters)
    }
}

impl std::fmt::Display for Exporters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match (self.otlp, self.console) {
            (true, true) => "otlp,console",
            (true, false) => "otlp",
            (false, true) => "console",
            (false, false) => "none",
        })
    }
}

/// The samplers of the OpenTelemetry specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Sampler {
    /// All
    AlwaysOn,
    /// None
    AlwaysOff,
    /// A share
    #[value(name = "traceidratio")]
    TraceIdRatio,
    /// As the caller decided, else all
    #[value(name = "parentbased_always_on")]
    ParentBasedAlwaysOn,
    /// As the caller decided, else none
    #[value(name = "parentbased_always_off")]
    ParentBasedAlwaysOff,
    /// As the caller decided, else a share
    #[value(name = "parentbased_traceidratio")]
    ParentBasedTraceIdRatio,
}

pub(super) fn millis(text: &str) -> Result<Duration, String> {
    let millis: Option<u64> = text.parse().ok().filter(|millis| *millis > 0);
    millis
        .map(Duration::from_millis)
        .ok_or_else(|| "allowed are milliseconds above 0".to_owned())
}

fn ratio(text: &str) -> Result<f64, String> {
    let ratio: Option<f64> = text
        .parse()
        .ok()
        .filter(|ratio| (0.0..=1.0).contains(ratio));
    ratio.ok_or_else(|| "allowed are numbers from 0 to 1".to_owned())
}

/// `true` or `false`, in any case.
pub(super) fn truth(text: &str) -> Result<bool, String> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err("allowed are true and false".to_owned()),
    }
}

pub(super) fn headers(text: &str) -> Result<SecretString, String> {
    // The text itself is a secret, so the message does not repeat it.
    baggage(text).map(|_| SecretString::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exporters_are_a_list() {
        let read = |text: &str| {
            text.parse::<Exporters>()
                .map(|exporters| exporters.to_string())
        };
        assert_eq!(read("otlp"), Ok("otlp".into()));
        assert_eq!(read(" None "), Ok("none".into()));
        assert_eq!(read("console, otlp"), Ok("otlp,console".into()));
        assert_eq!(read("prometheus"), Ok("none".into()));
        assert!(read("otpl").is_err());
    }
}
