//! Spans of a turn. Business code opens them here and records through [`SpanGuard`] alone.
//!
//! This crate knows `tracing` only; what becomes of a span (export, metrics, aliases) is decided
//! where the server wires its telemetry.

pub mod content;
pub mod guard;
pub mod in_span;
pub mod names;
pub mod spans;
pub mod word;

pub use guard::SpanGuard;
pub use in_span::InSpan;
