//! Where each signal goes: the general variables of OTLP, and for each signal its own, which win
//! (OpenTelemetry, OTLP exporter configuration).

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, ensure};
use clap::ValueEnum;
use obs::{Identity, Target};
use secrecy::{ExposeSecret, SecretString};

use super::{
    Compression, Protocol, TelemetryConfig,
    pairs::baggage,
    telemetry::{headers, millis, truth},
};

/// Beginning of the general variables.
const GENERAL: &str = "OTEL_EXPORTER_OTLP_";
/// The signals, as their variables name them.
const SIGNALS: [&str; 3] = ["TRACES", "METRICS", "LOGS"];
/// What can be said for each signal, after the signal's name.
const OF_A_SIGNAL: [&str; 9] = [
    "ENDPOINT",
    "PROTOCOL",
    "TIMEOUT",
    "COMPRESSION",
    "INSECURE",
    "CERTIFICATE",
    "CLIENT_CERTIFICATE",
    "CLIENT_KEY",
    "HEADERS",
];
/// Read by the SDK itself.
const OF_THE_SDK: [&str; 3] = [
    "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT",
    "OTEL_SPAN_EVENT_COUNT_LIMIT",
    "OTEL_SPAN_LINK_COUNT_LIMIT",
];

/// Reads a variable of the environment; an empty one is one that is not set.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The process's own environment.
#[must_use]
pub fn process_environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The variables of single signals, such as `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`. They have no flags.
pub fn of_signals() -> impl Iterator<Item = String> {
    let of = |signal| OF_A_SIGNAL.map(|what| name(signal, what));
    SIGNALS.into_iter().flat_map(of)
}

fn name(signal: &str, what: &str) -> String {
    format!("{GENERAL}{signal}_{what}")
}

/// The targets of traces, metrics and logs; none where `OTEL_TRACES_EXPORTER` and its siblings say so.
///
/// # Errors
/// A value that is not allowed, or a file that cannot be read; the message names the variable.
pub fn targets(
    config: &TelemetryConfig,
    environment: Environment<'_>,
) -> anyhow::Result<[Option<Target>; 3]> {
    let exporters = [
        config.otel_traces_exporter,
        config.otel_metrics_exporter,
        config.otel_logs_exporter,
    ];
    let [traces, metrics, logs] = [0, 1, 2].map(|at| {
        let target = exporters[at].otlp.then_some(SIGNALS[at]);
        target
            .map(|signal| Settings::of(config, signal, environment)?.target())
            .transpose()
    });
    Ok([traces?, metrics?, logs?])
}

/// The variables of the specification that are set and have no effect, by name.
pub fn without_effect<'a>(
    config: &TelemetryConfig,
    set: impl Iterator<Item = &'a str>,
    options: &[&str],
) -> Vec<String> {
    let read: Vec<String> = of_signals().collect();
    let unknown = set.filter(|name| {
        let known = options.contains(name) || OF_THE_SDK.contains(name);
        name.starts_with("OTEL_") && !known && !read.iter().any(|known| known == name)
    });
    let mut names: Vec<String> = unknown.map(str::to_owned).collect();
    if config.otel_exporter_otlp_protocol != Protocol::Grpc {
        names.push(format!("{GENERAL}PROTOCOL"));
    }
    for (exporter, signal) in [
        (config.otel_traces_exporter, "TRACES"),
        (config.otel_metrics_exporter, "METRICS"),
        (config.otel_logs_exporter, "LOGS"),
    ] {
        if exporter.other {
            names.push(format!("OTEL_{signal}_EXPORTER"));
        }
    }
    names.sort();
    names
}

/// What is said for one signal.
struct Settings {
    endpoint: String,
    headers: Option<SecretString>,
    timeout: Duration,
    compression: Compression,
    insecure: bool,
    roots: Option<Vec<u8>>,
    certificate: Option<Vec<u8>>,
    key: Option<Vec<u8>>,
}

impl Settings {
    fn of(
        config: &TelemetryConfig,
        signal: &str,
        environment: Environment<'_>,
    ) -> anyhow::Result<Self> {
        let own = Own {
            signal,
            environment,
        };
        let endpoint = &config.otel_exporter_otlp_endpoint;
        let endpoint = endpoint.as_ref().unwrap_or(&config.otlp_endpoint);
        let compression = |text: &str| {
            let read = Compression::from_str(text, true);
            read.map_err(|_| "allowed are gzip and none".to_owned())
        };
        // Another protocol than gRPC is warned of, a word that names none is refused.
        let protocol = |text: &str| Protocol::from_str(text, true);
        own.value("PROTOCOL", protocol, config.otel_exporter_otlp_protocol)?;
        Ok(Self {
            endpoint: own.value("ENDPOINT", |text| Ok(text.to_owned()), endpoint.clone())?,
            headers: own.value(
                "HEADERS",
                |text| headers(text).map(Some),
                config.otel_exporter_otlp_headers.clone(),
            )?,
            timeout: own.value("TIMEOUT", millis, config.otel_exporter_otlp_timeout)?,
            compression: own.value(
                "COMPRESSION",
                compression,
                config.otel_exporter_otlp_compression,
            )?,
            insecure: own.value("INSECURE", truth, config.otel_exporter_otlp_insecure)?,
            roots: own.file(
                "CERTIFICATE",
                config.otel_exporter_otlp_certificate.as_deref(),
            )?,
            certificate: own.file(
                "CLIENT_CERTIFICATE",
                config.otel_exporter_otlp_client_certificate.as_deref(),
            )?,
            key: own.file(
                "CLIENT_KEY",
                config.otel_exporter_otlp_client_key.as_deref(),
            )?,
        })
    }

    fn target(self) -> anyhow::Result<Target> {
        let identity = match (self.certificate, self.key) {
            (Some(certificate), Some(key)) => Some(Identity {
                certificate,
                key: SecretString::from(String::from_utf8(key)?),
            }),
            (None, None) => None,
            _ => anyhow::bail!(
                "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE and OTEL_EXPORTER_OTLP_CLIENT_KEY belong together"
            ),
        };
        let endpoint = self.endpoint.trim();
        let bare = !self.insecure && !endpoint.is_empty() && !endpoint.contains("://");
        let headers = self.headers.as_ref().map(ExposeSecret::expose_secret);
        // They were read once already, so that a wrong one has stopped the start.
        let headers = baggage(headers.unwrap_or_default()).unwrap_or_default().0;
        let headers = headers.into_iter();
        Ok(Target {
            headers: headers
                .map(|(name, value)| (name, SecretString::from(value)))
                .collect(),
            timeout: self.timeout,
            gzip: self.compression == Compression::Gzip,
            roots: self.roots,
            identity,
            ..Target::new(match bare {
                true => format!("https://{endpoint}"),
                false => endpoint.to_owned(),
            })
        })
    }
}

/// What the environment says for one signal.
struct Own<'a> {
    signal: &'a str,
    environment: Environment<'a>,
}

impl Own<'_> {
    /// The signal's own value, else the general one.
    fn value<T>(
        &self,
        what: &str,
        read: impl Fn(&str) -> Result<T, String>,
        general: T,
    ) -> anyhow::Result<T> {
        let name = name(self.signal, what);
        let Some(text) = (self.environment)(&name) else {
            return Ok(general);
        };
        // A wrong value of a secret is not repeated.
        let shown = (what != "HEADERS").then(|| format!(" `{text}`"));
        let shown = shown.unwrap_or_default();
        read(&text).map_err(|allowed| anyhow::anyhow!("{name}{shown}: {allowed}"))
    }

    /// What the signal's own file holds, else what the general one does.
    fn file(&self, what: &str, general: Option<&Path>) -> anyhow::Result<Option<Vec<u8>>> {
        let name = name(self.signal, what);
        let own = (self.environment)(&name).map(PathBuf::from);
        let (path, name) = match (&own, general) {
            (Some(own), _) => (own.as_path(), name),
            (None, Some(general)) => (general, format!("{GENERAL}{what}")),
            (None, None) => return Ok(None),
        };
        let bytes = pem(path).with_context(|| format!("{name} `{}`", path.display()));
        bytes.map(Some)
    }
}

fn pem(path: &Path) -> anyhow::Result<Vec<u8>> {
    let bytes = std::fs::read(path)?;
    let begins = bytes.windows(11).any(|bytes| bytes == b"-----BEGIN ");
    ensure!(begins, "the file holds no PEM");
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use clap::{Args, FromArgMatches};

    use super::*;

    fn config(flags: &[&str]) -> TelemetryConfig {
        let command = TelemetryConfig::augment_args(clap::Command::new("travel-agent"));
        let line = std::iter::once("travel-agent").chain(flags.iter().copied());
        TelemetryConfig::from_arg_matches(&command.get_matches_from(line)).unwrap()
    }

    fn given(flags: &[&str], variables: &[(&str, &str)]) -> anyhow::Result<[Option<Target>; 3]> {
        let environment = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        targets(&config(flags), &environment)
    }

    #[test]
    fn what_is_said_for_a_signal_wins() {
        let [traces, metrics, logs] = given(
            &[
                "--otel-exporter-otlp-endpoint=all:1",
                "--otel-exporter-otlp-headers=a=b%20c",
                "--otel-exporter-otlp-compression=NONE",
                "--otel-logs-exporter=none",
            ],
            &[
                ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "traces:2"),
                ("OTEL_EXPORTER_OTLP_TRACES_INSECURE", "False"),
                ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "x=y"),
                ("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "gzip"),
                ("OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "1500"),
            ],
        )
        .unwrap();
        let (traces, metrics) = (traces.unwrap(), metrics.unwrap());
        let header = |target: &Target| {
            let (name, value) = &target.headers[0];
            format!("{name}={}", value.expose_secret())
        };
        assert_eq!(traces.endpoint, "https://traces:2");
        assert_eq!((header(&traces).as_str(), traces.gzip), ("x=y", true));
        assert_eq!(traces.timeout, obs::EXPORT_TIMEOUT);
        assert_eq!(metrics.endpoint, "all:1");
        assert_eq!((header(&metrics).as_str(), metrics.gzip), ("a=b c", false));
        assert_eq!(metrics.timeout, Duration::from_millis(1500));
        assert!(logs.is_none());
    }

    #[test]
    fn a_wrong_value_is_told_with_its_name_and_a_secret_is_not() {
        for (name, value) in [
            ("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "soon"),
            ("OTEL_EXPORTER_OTLP_LOGS_COMPRESSION", "brotli"),
            ("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "carrier pigeon"),
            ("OTEL_EXPORTER_OTLP_METRICS_INSECURE", "perhaps"),
            ("OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE", "/no/such/file"),
            ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "hunter2"),
        ] {
            let error = format!("{:#}", given(&[], &[(name, value)]).unwrap_err());
            assert!(error.contains(name), "{error}");
            assert_eq!(error.contains(value), value != "hunter2", "{error}");
        }
        let half = given(&[], &[("OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY", file!())]);
        assert!(half.is_err());
    }

    #[test]
    fn what_has_no_effect_is_named() {
        let flags = [
            "--otel-exporter-otlp-protocol=http/protobuf",
            "--otel-metrics-exporter=prometheus",
        ];
        let set = [
            "OTEL_BSP_MAX_QUEUE_SIZE",
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            "OTEL_SERVICE_NAME",
            "OTEL_SPAN_LINK_COUNT_LIMIT",
            "PATH",
        ];
        let names = without_effect(&config(&flags), set.into_iter(), &["OTEL_SERVICE_NAME"]);
        assert_eq!(
            names,
            [
                "OTEL_BSP_MAX_QUEUE_SIZE",
                "OTEL_EXPORTER_OTLP_PROTOCOL",
                "OTEL_METRICS_EXPORTER"
            ]
        );
    }
}
