//! A span with an outcome that is decided once.

use tracing::Span;

/// Holds a span and records its outcome. Dropped without one, the work was stopped, and the span
/// stays unset; dropped by a panic, it failed.
#[derive(Debug)]
pub struct SpanGuard {
    span: Span,
    settled: bool,
}

impl SpanGuard {
    /// Guards a span.
    #[must_use]
    pub const fn new(span: Span) -> Self {
        Self {
            span,
            settled: false,
        }
    }

    /// The span, to run work in it.
    #[must_use]
    pub const fn span(&self) -> &Span {
        &self.span
    }

    /// Records a field that the span declares; once per field.
    pub fn record(&self, field: &'static str, value: impl tracing::field::Value) {
        self.span.record(field, value);
    }

    /// The work is done; the span stays unset, as OpenTelemetry wants it for success.
    pub fn succeed(mut self) {
        self.settled = true;
    }

    /// The work failed. `error_type` is from a closed set; `message` is for the operator.
    pub fn fail(mut self, error_type: &str, message: &str) {
        self.settled = true;
        mark_failed(&self.span, error_type, message);
    }
}

impl Drop for SpanGuard {
    fn drop(&mut self) {
        if !self.settled && std::thread::panicking() {
            mark_failed(&self.span, "panic", "panicked");
        }
    }
}

/// Marks a span as failed.
pub fn mark_failed(span: &Span, error_type: &str, message: &str) {
    span.record("error.type", error_type);
    span.record("otel.status_description", message);
    span.record("otel.status_code", "ERROR");
}
