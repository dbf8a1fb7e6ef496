//! `travel-agent --check-config`: the effective configuration, secrets masked, and whether the server
//! would start with it.

use std::{io::Write, path::PathBuf};

use secrecy::SecretString;

use crate::{
    config::{Config, LlmConfig, TelemetryConfig, otlp},
    models,
};

/// What stands for a secret.
const MASK: &str = "********";

/// Prints the configuration, and then refuses what the server refuses.
///
/// # Errors
/// What an operator must mend before the server starts.
pub fn run(config: &Config) -> anyhow::Result<()> {
    print(config)?;
    otlp::targets(&config.telemetry, &otlp::process_environment)?;
    let chain = models::chain(&config.llm)?;
    models::check_prices(&chain, &config.budget)
}

/// Prints one `NAME=value` line for each variable.
fn print(config: &Config) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    for (name, value) in entries(config) {
        writeln!(stdout, "{name}={value}")?;
    }
    for (name, value) in signal_entries() {
        writeln!(stdout, "{name}={value}")?;
    }
    Ok(())
}

fn entries(config: &Config) -> Vec<(&'static str, String)> {
    let (limits, budget) = (&config.limits, &config.budget);
    let seconds = |duration: std::time::Duration| duration.as_secs().to_string();
    let name = |value: &dyn std::fmt::Debug| format!("{value:?}").to_lowercase();
    let amount = |usd: Option<f64>| usd.map(|usd| usd.to_string()).unwrap_or_default();
    let mut entries = vec![
        ("BIND_ADDR", config.bind_addr.to_string()),
        ("DATABASE_URL", without_password(&config.database_url)),
        ("RUST_LOG", config.rust_log.clone()),
        ("CAPTURE_CONTENT", config.capture_content.to_string()),
        (
            "GRAFANA_URL",
            config.grafana_url.clone().unwrap_or_default(),
        ),
        ("VIEWER", config.viewer.viewer.to_string()),
        (
            "VIEWER_MEMORY_MIB",
            config.viewer.viewer_memory_mib.to_string(),
        ),
        ("ADMIN_KEY", masked(config.admin_key.as_ref())),
        ("ALLOWED_HOSTS", config.allowed_hosts.join(",")),
        ("TRUSTED_PROXIES", join(&config.trusted_proxies)),
        ("DEFAULT_CURRENCY", config.default_currency.to_string()),
        ("DEFAULT_TIME_ZONE", zone(config)),
        ("DEFAULT_LOCALE", name(&config.default_locale)),
        (
            "RATE_LIMIT_TURNS_PER_MINUTE",
            limits.rate_limit_turns_per_minute.to_string(),
        ),
        (
            "RATE_LIMIT_TURNS_PER_MINUTE_PER_ADDRESS",
            limits.rate_limit_turns_per_minute_per_address.to_string(),
        ),
        (
            "MAX_CONCURRENT_TURNS",
            limits.max_concurrent_turns.to_string(),
        ),
        ("TURN_TIMEOUT_SECONDS", seconds(limits.turn_timeout_seconds)),
        ("MAX_BODY_BYTES", limits.max_body_bytes.to_string()),
        ("RESUME_GRACE_SECONDS", seconds(limits.resume_grace_seconds)),
        (
            "BUDGET_USD_PER_VISITOR_DAY",
            amount(budget.budget_usd_per_visitor_day),
        ),
        ("BUDGET_USD_PER_DAY", amount(budget.budget_usd_per_day)),
        ("BUDGET_EXHAUSTED", name(&budget.budget_exhausted)),
    ];
    entries.extend(telemetry_entries(&config.telemetry));
    entries.extend(llm_entries(&config.llm));
    entries
}

fn telemetry_entries(telemetry: &TelemetryConfig) -> Vec<(&'static str, String)> {
    let path = |path: &Option<PathBuf>| {
        let path = path.as_ref().map(|path| path.display().to_string());
        path.unwrap_or_default()
    };
    let endpoint = &telemetry.otel_exporter_otlp_endpoint;
    let attributes = telemetry.otel_resource_attributes.0.iter();
    let attributes = attributes.map(|(key, value)| format!("{key}={value}"));
    let millis = |duration: std::time::Duration| duration.as_millis().to_string();
    vec![
        (
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            endpoint
                .as_ref()
                .unwrap_or(&telemetry.otlp_endpoint)
                .clone(),
        ),
        (
            "OTEL_EXPORTER_OTLP_PROTOCOL",
            value_name(telemetry.otel_exporter_otlp_protocol),
        ),
        (
            "OTEL_EXPORTER_OTLP_TIMEOUT",
            millis(telemetry.otel_exporter_otlp_timeout),
        ),
        (
            "OTEL_EXPORTER_OTLP_COMPRESSION",
            value_name(telemetry.otel_exporter_otlp_compression),
        ),
        (
            "OTEL_EXPORTER_OTLP_INSECURE",
            telemetry.otel_exporter_otlp_insecure.to_string(),
        ),
        (
            "OTEL_EXPORTER_OTLP_CERTIFICATE",
            path(&telemetry.otel_exporter_otlp_certificate),
        ),
        (
            "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE",
            path(&telemetry.otel_exporter_otlp_client_certificate),
        ),
        (
            "OTEL_EXPORTER_OTLP_CLIENT_KEY",
            path(&telemetry.otel_exporter_otlp_client_key),
        ),
        (
            "OTEL_EXPORTER_OTLP_HEADERS",
            masked(telemetry.otel_exporter_otlp_headers.as_ref()),
        ),
        (
            "OTEL_TRACES_EXPORTER",
            telemetry.otel_traces_exporter.to_string(),
        ),
        (
            "OTEL_METRICS_EXPORTER",
            telemetry.otel_metrics_exporter.to_string(),
        ),
        (
            "OTEL_LOGS_EXPORTER",
            telemetry.otel_logs_exporter.to_string(),
        ),
        ("OTEL_SERVICE_NAME", telemetry.service_name().to_owned()),
        ("SERVICE_VERSION", telemetry.service_version.clone()),
        ("ENVIRONMENT", telemetry.environment.clone()),
        (
            "OTEL_RESOURCE_ATTRIBUTES",
            attributes.collect::<Vec<_>>().join(","),
        ),
        (
            "OTEL_TRACES_SAMPLER",
            value_name(telemetry.otel_traces_sampler),
        ),
        (
            "OTEL_TRACES_SAMPLER_ARG",
            telemetry.otel_traces_sampler_arg.to_string(),
        ),
        (
            "OTEL_METRIC_EXPORT_INTERVAL",
            millis(telemetry.otel_metric_export_interval),
        ),
        (
            "OTEL_SEMCONV_STABILITY_OPT_IN",
            telemetry.otel_semconv_stability_opt_in.to_string(),
        ),
        ("OTEL_SDK_DISABLED", telemetry.otel_sdk_disabled.to_string()),
        (
            "OTEL_CONSOLE_EXPORT",
            telemetry.otel_console_export.to_string(),
        ),
    ]
}

/// The variables that single signals have of their own, as they are set.
fn signal_entries() -> impl Iterator<Item = (String, String)> {
    otlp::of_signals().filter_map(|name| {
        let value = otlp::process_environment(&name)?;
        let is_secret = name.ends_with("_HEADERS");
        let value = if is_secret { MASK.to_owned() } else { value };
        Some((name, value))
    })
}

fn llm_entries(llm: &LlmConfig) -> Vec<(&'static str, String)> {
    let seconds = |duration: std::time::Duration| duration.as_secs_f64().to_string();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |number: Option<f64>| number.map(|n| n.to_string()).unwrap_or_default();
    let prices = llm.llm_prices.as_ref();
    let prices = prices.map(|path| path.display().to_string());
    vec![
        ("LLM_PROVIDER", llm.provider().as_str().to_owned()),
        ("LLM_MODEL", text(&llm.llm_model)),
        ("LLM_BASE_URL", text(&llm.llm_base_url)),
        ("OPENAI_BASE_URL", text(&llm.openai_base_url)),
        ("ANTHROPIC_BASE_URL", text(&llm.anthropic_base_url)),
        ("LLM_FALLBACK", join(&llm.llm_fallback)),
        ("LLM_TEMPERATURE", number(llm.llm_temperature)),
        ("LLM_MAX_TOKENS", llm.llm_max_tokens.to_string()),
        ("LLM_HISTORY_TOKENS", llm.llm_history_tokens.to_string()),
        (
            "LLM_CLASSIFY",
            format!("{:?}", llm.llm_classify).to_lowercase(),
        ),
        ("LLM_PRICES", prices.unwrap_or_default()),
        (
            "LLM_CONNECT_TIMEOUT_SECONDS",
            seconds(llm.llm_connect_timeout_seconds),
        ),
        (
            "LLM_FIRST_TOKEN_TIMEOUT_SECONDS",
            seconds(llm.llm_first_token_timeout_seconds),
        ),
        (
            "LLM_TOKEN_TIMEOUT_SECONDS",
            seconds(llm.llm_token_timeout_seconds),
        ),
        (
            "LLM_CALL_TIMEOUT_SECONDS",
            seconds(llm.llm_call_timeout_seconds),
        ),
        ("OPENAI_API_KEY", masked(llm.openai_api_key.as_ref())),
        ("ANTHROPIC_API_KEY", masked(llm.anthropic_api_key.as_ref())),
        ("MISTRAL_API_KEY", masked(llm.mistral_api_key.as_ref())),
        ("GROQ_API_KEY", masked(llm.groq_api_key.as_ref())),
        ("GEMINI_API_KEY", masked(llm.gemini_api_key.as_ref())),
        (
            "OPENROUTER_API_KEY",
            masked(llm.openrouter_api_key.as_ref()),
        ),
        ("LLM_API_KEY", masked(llm.llm_api_key.as_ref())),
    ]
}

fn masked(secret: Option<&SecretString>) -> String {
    secret.map_or_else(String::new, |_| MASK.to_owned())
}

fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme => {
            format!("{}://********{}", &url[..scheme], &url[at..])
        }
        _ => url.to_owned(),
    }
}

fn zone(config: &Config) -> String {
    let zone = config
        .default_time_zone
        .clone()
        .unwrap_or_else(jiff::tz::TimeZone::system);
    zone.iana_name().unwrap_or("UTC").to_owned()
}

fn join(values: &[impl ToString]) -> String {
    values
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(",")
}

/// A value as it is written in a variable.
fn value_name(value: impl clap::ValueEnum) -> String {
    let value = value.to_possible_value();
    value
        .map(|value| value.get_name().to_owned())
        .unwrap_or_default()
}
