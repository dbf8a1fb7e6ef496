//! A stream that is polled, and dropped, inside a span.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use futures::{Stream, StreamExt, stream::BoxStream};
use tracing::Span;

/// Enters its span on each poll: a span that is merely held ends at its last exit, long before the
/// stream does.
pub struct InSpan<T> {
    inner: Option<BoxStream<'static, T>>,
    span: Span,
    /// Only until the first item.
    opens: bool,
    came: bool,
}

impl<T> InSpan<T> {
    /// Runs `inner` inside `span`.
    #[must_use]
    pub fn new(inner: BoxStream<'static, T>, span: Span) -> Self {
        Self {
            inner: Some(inner),
            span,
            opens: false,
            came: false,
        }
    }

    /// Runs `inner` inside `span` until its first item, and drops it there: for what neither logs nor
    /// opens a span once it has begun, and comes in many pieces.
    #[must_use]
    pub fn opening(inner: BoxStream<'static, T>, span: Span) -> Self {
        let mut stream = Self::new(inner, span);
        stream.opens = true;
        stream
    }
}

impl<T> Stream for InSpan<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let this = &mut *self;
        let _entered = (!(this.opens && this.came)).then(|| this.span.enter());
        let next = match &mut this.inner {
            Some(inner) => inner.poll_next_unpin(cx),
            None => Poll::Ready(None),
        };
        this.came |= next.is_ready();
        next
    }
}

impl<T> Drop for InSpan<T> {
    fn drop(&mut self) {
        // What the stream still logs or closes while it is dropped belongs to the span.
        let _entered = self.span.enter();
        self.inner.take();
    }
}
