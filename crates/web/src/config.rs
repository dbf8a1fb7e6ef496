//! Configuration: flags win over the environment, the environment over `.env`.
//!
//! Every value is typed and read once; a wrong one stops the start with a message that names the
//! variable, the value and what is allowed.

mod budget;
mod choice;
mod extra;
mod llm;
pub mod otlp;
mod pairs;
mod secrets;
mod semconv;
mod telemetry;
mod viewer;

use std::{net::SocketAddr, str::FromStr, time::Duration};

use agent::{locale::Locale, travel::Currency};
pub use choice::ModelChoice;
use clap::{Args, ValueEnum};
use ipnet::IpNet;
use jiff::tz::TimeZone;
pub use llm::{ClassifyChoice, LlmConfig};
pub use pairs::Pairs;
use secrecy::SecretString;
pub use semconv::GenAiNames;
pub use telemetry::{Compression, Exporters, Protocol, Sampler, TelemetryConfig};
pub use viewer::ViewerConfig;

pub use budget::{BudgetConfig, WhenExhausted};

use crate::caller::address::canonical;

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

    /// Key for everyone's traces, stats and metrics; without one they open to this machine alone, and
    /// with ALLOWED_HOSTS or TRUSTED_PROXIES to nobody
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

/// Limits; 0 switches a rate limit off, and with that of turns the one of other changes.
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

    /// Connections at once; the limit of open files minus 128 where absent, at most 8192
    #[arg(long, env = "MAX_CONNECTIONS", value_parser = clap::value_parser!(u32).range(1..), global = true)]
    pub max_connections: Option<u32>,

    /// Longest turn, in seconds
    #[arg(long, env = "TURN_TIMEOUT_SECONDS", default_value = "120", value_parser = seconds, global = true)]
    pub turn_timeout_seconds: Duration,

    /// Largest request body, in bytes
    #[arg(long, env = "MAX_BODY_BYTES", default_value_t = 65_536, global = true)]
    pub max_body_bytes: usize,

    /// How long a streamed turn runs on after its last subscriber left, in seconds
    #[arg(long, env = "RESUME_GRACE_SECONDS", default_value = "30", value_parser = seconds, global = true)]
    pub resume_grace_seconds: Duration,

    /// Memory for turns that ended within the last ten minutes, in MiB; 0 keeps none
    #[arg(long, env = "ENDED_TURNS_MEMORY_MIB", default_value_t = 32, value_parser = clap::value_parser!(u32).range(..=65_536), global = true)]
    pub ended_turns_memory_mib: u32,
}

impl LimitConfig {
    /// Memory for ended turns, in bytes.
    #[must_use]
    pub const fn ended_turns_bytes(&self) -> usize {
        (self.ended_turns_memory_mib as usize) << 20
    }
}

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
    let net = address.or_else(|_| IpNet::from_str(text));
    net.map(canonical).map_err(|_| {
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

fn log_filter(text: &str) -> Result<String, String> {
    match obs::is_log_filter(text) {
        true => Ok(text.to_owned()),
        false => Err("allowed are levels and target=level pairs, such as info,agent=debug".into()),
    }
}
