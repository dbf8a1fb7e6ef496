//! Which spans and events reach which layer.

use tracing::{Level, Metadata};
use tracing_subscriber::filter::Targets;

/// Crates whose events are made while telemetry is exported: sending them would make more.
/// The HTTP clients among them also log errors that their callers recover from.
const EXPORT_PATH: [&str; 11] = [
    "async_openai",
    "eventsource_stream",
    "h2",
    "hyper",
    "hyper_rustls",
    "hyper_util",
    "reqwest",
    "rustls",
    "tokio_util",
    "tonic",
    "tower",
];

/// Whether [`crate::Config::log_filter`] can be this text: levels, and `target=level` pairs.
#[must_use]
pub fn is_log_filter(text: &str) -> bool {
    text.parse::<Targets>().is_ok()
}

/// The OpenTelemetry SDK's own events. One warning of ours replaces all of them.
pub(crate) fn is_sdk(target: &str) -> bool {
    target.starts_with("opentelemetry")
}

pub(crate) fn is_export_path(target: &str) -> bool {
    let root = target.split("::").next().unwrap_or(target);
    is_sdk(root) || EXPORT_PATH.contains(&root)
}

/// What becomes a span or marks one as failed: the application's spans down to INFO, and
/// errors. Other events are log lines, and would be stored twice.
pub(crate) fn is_traced(metadata: &Metadata<'_>, targets: &[&str]) -> bool {
    let target = metadata.target();
    if metadata.is_event() {
        return *metadata.level() == Level::ERROR && !is_export_path(target);
    }
    let listed = |root: &&str| {
        target
            .strip_prefix(*root)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    *metadata.level() <= Level::INFO && targets.iter().any(listed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_export_path_is_told_by_the_crate() {
        for target in [
            "h2::codec",
            "opentelemetry-otlp",
            "opentelemetry_sdk",
            "tonic::transport",
        ] {
            assert!(is_export_path(target), "{target}");
        }
        for target in ["agent::tower", "obs::export", "towers", "web"] {
            assert!(!is_export_path(target), "{target}");
        }
    }
}
