//! Configuration: flags win over the environment, the environment over `.env`.
//!
//! Every value is typed and read once; a wrong one stops the start with a message that names the
//! variable, the value and what is allowed.

mod budget;
mod choice;
mod extra;
mod llm;
mod semconv;
mod viewer;

use std::{net::SocketAddr, str::FromStr, time::Duration};

use agent::{locale::Locale, travel::Currency};
pub use choice::ModelChoice;
use clap::{Args, ValueEnum};
pub use extra::key_header;
use ipnet::IpNet;
use jiff::tz::TimeZone;
pub use llm::{ClassifyChoice, LlmConfig};
use secrecy::SecretString;
pub use semconv::GenAiNames;
pub use viewer::ViewerConfig;

pub use budget::{BudgetConfig, WhenExhausted};

/// The effective configuration.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Address to listen on; port 0 picks a free one
    #[arg(
        long,
        env = "BIND_ADDR",
        default_value = "127.0.0.1:8080",
        global = true
    )]
    pub bind_addr: SocketAddr,

    /// Database: `sqlite://path` or `sqlite::memory:`
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite://data/travel-agent.db", global = true,
        value_parser = database_url)]
    pub database_url: String,

    /// Log lines to print, as a tracing filter; hides neither spans nor metrics
    #[arg(long, env = "RUST_LOG", default_value = "info", value_parser = log_filter, global = true)]
    pub rust_log: String,

    /// Texts of people, models and tools in telemetry, redacted
    #[arg(long, env = "CAPTURE_CONTENT", default_value_t = false, action = clap::ArgAction::Set, global = true)]
    pub capture_content: bool,

    /// Grafana's address, for deep links from answers
    #[arg(long, env = "GRAFANA_URL", global = true)]
    pub grafana_url: Option<String>,

    /// Key for the viewer, stats and metrics from anywhere but this machine
    #[arg(long, env = "ADMIN_KEY", hide_env_values = true, global = true)]
    pub admin_key: Option<SecretString>,

    /// Host names besides loopback that requests may be addressed to, separated by commas
    #[arg(long, env = "ALLOWED_HOSTS", value_delimiter = ',', global = true)]
    pub allowed_hosts: Vec<String>,

    /// Addresses or networks whose forwarding headers are believed, separated by commas
    #[arg(long, env = "TRUSTED_PROXIES", value_delimiter = ',', value_parser = network, global = true)]
    pub trusted_proxies: Vec<IpNet>,

    /// Currency of prices where the visitor chose none
    #[arg(long, env = "DEFAULT_CURRENCY", default_value = "EUR", value_parser = currency, global = true)]
    pub default_currency: Currency,

    /// Time zone (IANA) where the visitor's is unknown; this machine's where absent
    #[arg(long, env = "DEFAULT_TIME_ZONE", value_parser = time_zone, global = true)]
    pub default_time_zone: Option<TimeZone>,

    /// Language of answers
    #[arg(long, env = "DEFAULT_LOCALE", default_value = "auto", global = true)]
    pub default_locale: LocaleChoice,

    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would head the help page")]
    pub llm: LlmConfig,

    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would head the help page")]
    pub limits: LimitConfig,

    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would head the help page")]
    pub budget: BudgetConfig,

    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would head the help page")]
    pub telemetry: TelemetryConfig,

    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would head the help page")]
    pub viewer: ViewerConfig,

    /// Faults to inject; debug builds only
    #[cfg(debug_assertions)]
    #[arg(
        long,
        env = "TEST_FAULTS",
        default_value = "",
        hide = true,
        global = true
    )]
    pub test_faults: String,
}

/// Limits; 0 switches a rate limit off.
#[derive(Clone, Debug, Args)]
pub struct LimitConfig {
    /// Chat turns a minute for each visitor or key
    #[arg(
        long,
        env = "RATE_LIMIT_TURNS_PER_MINUTE",
        default_value_t = 30,
        global = true
    )]
    pub rate_limit_turns_per_minute: u32,

    /// Chat turns a minute for each client address
    #[arg(
        long,
        env = "RATE_LIMIT_TURNS_PER_MINUTE_PER_ADDRESS",
        default_value_t = 120,
        global = true
    )]
    pub rate_limit_turns_per_minute_per_address: u32,

    /// Turns at once in this process
    #[arg(long, env = "MAX_CONCURRENT_TURNS", default_value_t = 256, value_parser = clap::value_parser!(u32).range(1..), global = true)]
    pub max_concurrent_turns: u32,

    /// Longest turn, in seconds
    #[arg(long, env = "TURN_TIMEOUT_SECONDS", default_value = "120", value_parser = seconds, global = true)]
    pub turn_timeout_seconds: Duration,

    /// Largest request body, in bytes
    #[arg(long, env = "MAX_BODY_BYTES", default_value_t = 65_536, global = true)]
    pub max_body_bytes: usize,

    /// How long a streamed turn runs on after its last subscriber left, in seconds
    #[arg(long, env = "RESUME_GRACE_SECONDS", default_value = "30", value_parser = seconds, global = true)]
    pub resume_grace_seconds: Duration,
}

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

    /// Headers of OTLP requests: `name=value`, separated by commas
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

    /// Name of this service; wins over SERVICE_NAME
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

    /// Further resource attributes: `name=value`, separated by commas
    #[arg(long, env = "OTEL_RESOURCE_ATTRIBUTES", default_value = "", value_parser = pairs, global = true)]
    pub otel_resource_attributes: Pairs,

    /// Which traces are exported; metrics, logs and the viewer are always complete
    #[arg(
        long,
        env = "OTEL_TRACES_SAMPLER",
        default_value = "parentbased_always_on",
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
    #[arg(long, env = "OTEL_SDK_DISABLED", default_value_t = false, action = clap::ArgAction::Set, global = true)]
    pub otel_sdk_disabled: bool,

    /// Prints spans and metrics to stderr
    #[arg(long, env = "OTEL_CONSOLE_EXPORT", default_value_t = false, action = clap::ArgAction::Set, global = true)]
    pub otel_console_export: bool,
}

/// Names and values of `name=value,name=value`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs(pub Vec<(String, String)>);

/// A language, or that of the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LocaleChoice {
    /// That of the message
    Auto,
    /// French
    Fr,
    /// English
    En,
}

impl LocaleChoice {
    /// The fixed language, if one was chosen.
    #[must_use]
    pub const fn fixed(self) -> Option<Locale> {
        match self {
            Self::Auto => None,
            Self::Fr => Some(Locale::Fr),
            Self::En => Some(Locale::En),
        }
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

fn database_url(text: &str) -> Result<String, String> {
    if text.starts_with("sqlite:") {
        Ok(text.to_owned())
    } else {
        Err("allowed are sqlite://path and sqlite::memory:".to_owned())
    }
}

fn network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let address = std::net::IpAddr::from_str(text).map(IpNet::from);
    address.or_else(|_| IpNet::from_str(text)).map_err(|_| {
        "allowed are addresses and networks, such as 10.0.0.1 or 10.0.0.0/8".to_owned()
    })
}

fn currency(text: &str) -> Result<Currency, String> {
    text.parse()
        .map_err(|_| "allowed are ISO 4217 codes, such as EUR".to_owned())
}

fn time_zone(text: &str) -> Result<TimeZone, String> {
    TimeZone::get(text).map_err(|_| "allowed are IANA names, such as Europe/Paris".to_owned())
}

fn seconds(text: &str) -> Result<Duration, String> {
    text.parse()
        .map(Duration::from_secs)
        .map_err(|_| "allowed are whole seconds".to_owned())
}

fn millis(text: &str) -> Result<Duration, String> {
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

fn log_filter(text: &str) -> Result<String, String> {
    match obs::is_log_filter(text) {
        true => Ok(text.to_owned()),
        false => Err("allowed are levels and target=level pairs, such as info,agent=debug".into()),
    }
}

fn headers(text: &str) -> Result<SecretString, String> {
    // The text itself is a secret, so the message does not repeat it.
    pairs(text).map(|_| SecretString::from(text))
}

fn pairs(text: &str) -> Result<Pairs, String> {
    let parse = |pair: &str| {
        let (name, value) = pair.split_once('=')?;
        Some((name.trim().to_owned(), value.trim().to_owned()))
    };
    let pairs = text
        .split(',')
        .filter(|pair| !pair.trim().is_empty())
        .map(parse);
    let pairs: Option<Vec<_>> = pairs.collect();
    pairs
        .map(Pairs)
        .ok_or_else(|| "allowed is name=value, separated by commas".to_owned())
}
