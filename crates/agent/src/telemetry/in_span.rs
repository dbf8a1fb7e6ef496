//! A stream that is polled, and dropped, inside a span.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use futures::{Stream, StreamExt, stream::BoxStream};
use tracing::Span;

/// Enters its span when it is polled, and when it is dropped: a span that is merely held ends at its last
/// exit, long before the stream does.
pub struct InSpan<T> {
    inner: Option<BoxStream<'static, T>>,
    span: Span,
    enters: Enters,
}

/// At which polls a span is entered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Enters {
    Always,
    UntilAnItem,
    Never,
}

impl<T> InSpan<T> {
    /// Runs `inner` inside `span`.
    #[must_use]
    pub fn new(inner: BoxStream<'static, T>, span: Span) -> Self {
        Self {
            inner: Some(inner),
            span,
            enters: Enters::Always,
        }
    }

    /// Runs `inner` inside `span` until its first item, and drops it there: for what neither logs nor
    /// opens a span once it has begun, and comes in many pieces.
    #[must_use]
    pub fn opening(inner: BoxStream<'static, T>, span: Span) -> Self {
        let mut stream = Self::new(inner, span);
        stream.enters = Enters::UntilAnItem;
        stream
    }
}

impl<T> Stream for InSpan<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let this = &mut *self;
        let _entered = (this.enters != Enters::Never).then(|| this.span.enter());
        let next = match &mut this.inner {
            Some(inner) => inner.poll_next_unpin(cx),
            None => Poll::Ready(None),
        };
        if next.is_ready() && this.enters == Enters::UntilAnItem {
            this.enters = Enters::Never;
        }
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

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use futures::{FutureExt, stream};

    use super::*;

    /// Where each poll and the drop of a stream of two items was: in the span or not.
    fn places(within: fn(BoxStream<'static, u8>, Span) -> InSpan<u8>) -> Vec<bool> {
        struct Noting(Arc<Mutex<Vec<bool>>>);
        impl Noting {
            fn note(&self) {
                let is_in = Span::current().metadata().is_some();
                self.0.lock().unwrap().push(is_in);
            }
        }
        impl Drop for Noting {
            fn drop(&mut self) {
                self.note();
            }
        }
        let places = Arc::new(Mutex::new(Vec::new()));
        let noting = Noting(Arc::clone(&places));
        let polls = stream::iter([None, Some(1), None, Some(2), None]).map(move |polled| {
            noting.note();
            polled
        });
        // An item that is none stands for a poll to which nothing had come.
        let mut polls = polls.fuse();
        let items = stream::poll_fn(move |cx| match polls.poll_next_unpin(cx) {
            Poll::Ready(Some(None)) => Poll::Pending,
            Poll::Ready(Some(item)) => Poll::Ready(item),
            _ => Poll::Ready(None),
        });
        tracing::subscriber::with_default(tracing_subscriber::registry(), || {
            let mut stream = within(items.boxed(), tracing::info_span!("call"));
            for _ in 0..5 {
                let _ = stream.next().now_or_never();
            }
            drop(stream);
            assert!(Span::current().is_none());
        });
        let places = places.lock().unwrap();
        places.clone()
    }

    #[test]
    fn a_span_is_entered_at_each_poll_and_at_the_drop() {
        assert_eq!(places(InSpan::new), [true; 6]);
    }

    #[test]
    fn what_only_opens_in_its_span_is_dropped_in_it() {
        let expected = [true, true, false, false, false, true];
        assert_eq!(places(InSpan::opening), expected);
    }
}
