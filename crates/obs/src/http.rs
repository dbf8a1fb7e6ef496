//! W3C trace context over HTTP, by plain functions on [`tracing::Span`].

use http::HeaderMap;
use opentelemetry::{
    Context,
    propagation::TextMapPropagator,
    trace::{SpanContext, TraceContextExt},
};
use opentelemetry_http::{HeaderExtractor, HeaderInjector};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

use crate::ids::{SpanRef, TraceId};

/// What to make of a caller's `traceparent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parent {
    /// The span joins the caller's trace, and the caller's sampling decision holds.
    Continue,
    /// The span stays the root of its own trace, with a link to the caller's span. The
    /// caller can neither join another trace nor force sampling.
    Link,
}

/// The span was used before its parent was set, so it has a trace already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the span has already started: set its parent right after creating it")]
pub struct AlreadyStarted;

/// Applies a caller's `traceparent` and `tracestate`, if they are there and valid.
///
/// Call it right after creating the span, before it is entered or asked for its id.
/// `Ok(false)`: there was nothing to apply, or the span is not recorded.
pub fn accept(span: &Span, headers: &HeaderMap, parent: Parent) -> Result<bool, AlreadyStarted> {
    let remote = TraceContextPropagator::new()
        .extract_with_context(&Context::new(), &HeaderExtractor(headers));
    let caller = remote.span().span_context().clone();
    if !caller.is_valid() || span.is_disabled() {
        return Ok(false);
    }
    match parent {
        Parent::Continue => match span.set_parent(remote) {
            Ok(()) => Ok(true),
            Err(tracing_opentelemetry::SetParentError::AlreadyStarted) => Err(AlreadyStarted),
            Err(_) => Ok(false),
        },
        Parent::Link => {
            span.add_link(caller);
            Ok(true)
        }
    }
}

/// Adds the `traceparent` and `tracestate` of the current span to an outgoing request.
pub fn inject(headers: &mut HeaderMap) {
    let context = Span::current().context();
    TraceContextPropagator::new().inject_context(&context, &mut HeaderInjector(headers));
}

/// The id of the span's trace; `None` when the span is not recorded.
///
/// It starts the span, so set its parent first.
pub fn trace_id(span: &Span) -> Option<TraceId> {
    address(span).map(|address| address.trace_id)
}

/// The ids of the span and its trace; `None` when the span is not recorded.
///
/// It starts the span, so set its parent first.
pub fn address(span: &Span) -> Option<SpanRef> {
    started(span).map(|context| reference(&context))
}

/// The span as a `traceparent` header value; `None` when the span is not recorded.
///
/// It starts the span, so set its parent first.
pub fn traceparent(span: &Span) -> Option<String> {
    started(span).map(|context| reference(&context).traceparent(context.is_sampled()))
}

fn reference(context: &SpanContext) -> SpanRef {
    SpanRef {
        trace_id: context.trace_id().into(),
        span_id: context.span_id().into(),
    }
}

fn started(span: &Span) -> Option<SpanContext> {
    let context = span.context();
    let context = context.span().span_context().clone();
    context.is_valid().then_some(context)
}
