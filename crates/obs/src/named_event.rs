//! Events with a name of their own: what the conventions call an event is a log record with a name
//! and attributes.
//!
//! `tracing::info!(name: "gen_ai.evaluation.result", …)` makes one. Its line is like every other, and
//! over OTLP the record also has the name, and the event's fields as attributes.

use std::collections::HashMap;

use opentelemetry::{
    Context,
    logs::{AnyValue, LogRecord},
    propagation::TextMapPropagator,
};
use opentelemetry_sdk::{logs::SdkLogRecord, propagation::TraceContextPropagator};
use tracing::{
    Event,
    field::{Field, Visit},
};

/// What `tracing` calls an event that was given no name begins with this.
const UNNAMED: &str = "event ";

/// Runs `log`; what it logs belongs to the span of this `traceparent` (W3C), which may have ended long
/// ago, and to no span where it is none.
pub fn about<T>(traceparent: &str, log: impl FnOnce() -> T) -> T {
    let carrier = HashMap::from([("traceparent".to_owned(), traceparent.to_owned())]);
    // Without the span that is current: what is said now of another turn is not a part of this one.
    let context = TraceContextPropagator::new().extract_with_context(&Context::new(), &carrier);
    let _attached = context.attach();
    log()
}

/// Gives the record the event's name and fields, where it has a name.
pub(crate) fn complete(record: &mut SdkLogRecord, event: &Event<'_>) {
    let name = event.metadata().name();
    if !name.starts_with(UNNAMED) {
        record.set_event_name(name);
        event.record(&mut Fields(record));
    }
}

struct Fields<'a>(&'a mut SdkLogRecord);

impl Fields<'_> {
    fn add(&mut self, field: &Field, value: impl Into<AnyValue>) {
        if field.name() != "message" {
            self.0.add_attribute(field.name(), value);
        }
    }
}

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.add(field, value.to_owned());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.add(field, value);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.add(field, value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.add(field, value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.add(field, format!("{value:?}"));
    }
}
