//! Telemetry from one record: a finished span gives the exported trace, the metrics and the
//! recent-traces ring, so that they cannot disagree.
//!
//! This crate knows no name of the application's spans. The binary hands them in, as the
//! tables of a [`Vocabulary`]:
//!
//! ```text
//! tracing span ends ── complete ── metrics by rules ── ring ── sampled? ── OTLP
//! tracing event ────── JSON line ── stdout, ring ───────────────────────── OTLP
//! ```
//!
//! - [`init`] starts it, [`Telemetry::shutdown`] flushes it.
//! - [`http`] carries the trace context over HTTP, [`Tasks`] into background work.
//! - [`Recent`] answers what happened lately.
//!
//! The collector may be away: exports are tried again, spans and records wait in bounded queues
//! meanwhile, what finds no place is counted, and one warning says so.

mod attribute;
mod batch;
mod complete;
mod config;
mod console;
mod delivery;
mod dropped;
mod export;
mod filter;
pub mod http;
mod ids;
mod line;
mod logs;
mod metrics;
mod named_event;
mod otlp;
mod otlp_json;
mod plan;
mod points;
mod queue;
mod recent;
mod reports;
mod resource;
mod rule;
mod sampler;
mod span_metrics;
mod target;
mod task;
mod telemetry;
#[cfg(feature = "testing")]
pub mod testing;
mod trace;
mod traces;
mod vocabulary;

pub use attribute::{Attributes, Value};
pub use config::{Config, LogStream, SamplerConfig};
pub use filter::is_log_filter;
pub use ids::{ParseIdError, SpanId, SpanRef, TraceId};
pub use line::LINE_FIELDS;
pub use metrics::{Counter, Gauge, Labels, Meter, OpenCount, Opened};
pub use named_event::about;
pub use points::{Point, PointValue};
pub use recent::Recent;
pub use target::{EXPORT_TIMEOUT, Identity, Target};
pub use task::Tasks;
pub use telemetry::{InitError, Telemetry, init};
pub use trace::{Event, Kind, Line, Span, Status, Trace};
pub use vocabulary::{Completion, Content, Filter, InFlight, Literal, Outcome, Step, Vocabulary};

/// The rows of the metrics table.
pub mod rules {
    pub use crate::rule::{Kind, Label, Rule, Value, When};
}
