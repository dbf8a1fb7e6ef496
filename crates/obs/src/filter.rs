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

/// Crates whose own events quote what people and models say: `async_openai` logs every chunk that it
/// cannot read. They are never logged; what matters of them, their callers tell.
const QUOTING: [&str; 1] = ["async_openai"];

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
    is_sdk(target) || EXPORT_PATH.contains(&root(target))
}

/// The crate of a target.
fn root(target: &str) -> &str {
    target.split("::").next().unwrap_or(target)
}

/// What becomes a log line: the events that the filter wants.
pub(crate) fn is_logged(metadata: &Metadata<'_>, filter: &Targets) -> bool {
    let target = metadata.target();
    metadata.is_event()
        && !QUOTING.contains(&root(target))
        && filter.would_enable(target, metadata.level())
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
