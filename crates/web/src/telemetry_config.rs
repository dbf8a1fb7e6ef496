//! From the configuration to what telemetry is told.

use clap::Args;

use crate::config::{Config, Sampler, otlp};

/// What telemetry needs to know.
///
/// # Errors
/// A wrong value of a variable that single signals have, or a file that cannot be read.
pub fn read(whole: &Config) -> anyhow::Result<obs::Config> {
    let config = &whole.telemetry;
    let ratio = config.otel_traces_sampler_arg;
    let [traces, metrics, logs] = otlp::targets(config, &otlp::process_environment)?;
    Ok(obs::Config {
        traces,
        metrics,
        logs,
        service_name: config.service_name().to_owned(),
        service_version: config.service_version.clone(),
        service_instance_id: uuid::Uuid::now_v7().to_string(),
        environment: config.environment.clone(),
        resource_attributes: config.otel_resource_attributes.0.clone(),
        sampler: match config.otel_traces_sampler {
            Sampler::AlwaysOn => obs::SamplerConfig::AlwaysOn,
            Sampler::AlwaysOff => obs::SamplerConfig::AlwaysOff,
            Sampler::TraceIdRatio => obs::SamplerConfig::TraceIdRatio(ratio),
            Sampler::ParentBasedAlwaysOn => obs::SamplerConfig::ParentBasedAlwaysOn,
            Sampler::ParentBasedAlwaysOff => obs::SamplerConfig::ParentBasedAlwaysOff,
            Sampler::ParentBasedTraceIdRatio => obs::SamplerConfig::ParentBasedTraceIdRatio(ratio),
        },
        metric_interval: config.otel_metric_export_interval,
        disabled: config.otel_sdk_disabled,
        console_export: config.prints(),
        log_filter: whole.rust_log.clone(),
        log_stream: obs::LogStream::Stdout,
        recent_bytes: whole.viewer.bytes(),
    })
}

/// One line at the start names the variables of the specification that are set and do nothing here.
pub fn warn(whole: &Config) {
    let command = Config::augment_args(clap::Command::new("travel-agent"));
    let options = command.get_arguments().filter_map(|arg| arg.get_env());
    let options: Vec<&str> = options.filter_map(|name| name.to_str()).collect();
    let set = std::env::vars_os().filter(|(_, value)| !value.is_empty());
    let set: Vec<String> = set
        .filter_map(|(name, _)| name.into_string().ok())
        .collect();
    let set = set.iter().map(String::as_str);
    let names = otlp::without_effect(&whole.telemetry, set, &options);
    if !names.is_empty() && !whole.telemetry.otel_sdk_disabled {
        tracing::warn!(
            variables = names.join(","),
            "these OpenTelemetry variables have no effect: telemetry is sent as OTLP over gRPC, \
             in batches of its own"
        );
    }
}
