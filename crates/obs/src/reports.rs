//! Hears what the SDK's exporters say of themselves and their callers cannot see: that an export is
//! tried again, and that a collector took a part only.
//!
//! They say it as `tracing` events with fixed names ("internal logs"), on the exporter's own thread.

use std::sync::Arc;

use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    level_filters::LevelFilter,
};
use tracing_subscriber::{
    Layer,
    filter::filter_fn,
    layer::{Context, Filter},
};

use crate::{dropped::Signal, export::Link};

const TARGET: &str = "opentelemetry-otlp";
const RETRYING: [&str; 2] = ["Export.InProgress.Retrying", "Export.InProgress.Throttled"];
/// The first attempt after a failure follows within a fifth of a second, which is worth no word.
const ATTEMPTS: u64 = 2;

/// Passes on to the link what concerns it.
pub(crate) struct Reports(pub(crate) Arc<Link>);

/// Which events [`Reports`] wants: none where nothing is exported. (A layer that is absent has no filter,
/// and would enable every span of every crate.)
pub(crate) fn wanted<S>(is_exported: bool) -> impl Filter<S> {
    let most = match is_exported {
        true => LevelFilter::DEBUG,
        false => LevelFilter::OFF,
    };
    filter_fn(move |metadata| is_exported && is_report(metadata)).with_max_level_hint(most)
}

fn is_report(metadata: &Metadata<'_>) -> bool {
    metadata.target() == TARGET
        && (RETRYING.contains(&metadata.name()) || partial(metadata.name()).is_some())
}

/// The signal that a collector took a part of.
fn partial(name: &str) -> Option<Signal> {
    name.strip_suffix(".PartialSuccess").and_then(signal)
}

/// The signal of an exporter's client, by its name.
fn signal(client: &str) -> Option<Signal> {
    match client {
        "TonicTracesClient" => Some(Signal::Traces),
        "TonicMetricsClient" => Some(Signal::Metrics),
        "TonicLogsClient" => Some(Signal::Logs),
        _ => None,
    }
}

impl<S: Subscriber> Layer<S> for Reports {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut report = Report::default();
        event.record(&mut report);
        if let Some(signal) = partial(event.metadata().name()) {
            let rejected = usize::try_from(report.rejected).unwrap_or(0);
            self.0.took_a_part(signal, rejected, report.message);
        } else if report.attempt >= ATTEMPTS
            && let Some(client) = report.operation.strip_suffix(".Export")
            && let Some(signal) = signal(client)
        {
            self.0.tries_again(signal);
        }
    }
}

/// The fields of an event that matter.
#[derive(Default)]
struct Report {
    attempt: u64,
    operation: String,
    rejected: i64,
    message: String,
}

impl Visit for Report {
    fn record_i64(&mut self, field: &Field, value: i64) {
        if field.name().starts_with("rejected_") {
            self.rejected = value;
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "attempt" {
            self.attempt = value;
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "operation" => value.clone_into(&mut self.operation),
            "error_message" => value.clone_into(&mut self.message),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
