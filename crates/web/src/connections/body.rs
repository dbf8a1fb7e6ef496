//! Bodies: one that must keep coming, and one that says when it has been sent.

use std::{
    error::Error,
    iter,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use tokio::time::Sleep;

use super::place::OpenRequest;

/// A request's body of which no part came in time.
#[derive(Debug, thiserror::Error)]
#[error("no part of the body came for {} s", .0.as_secs_f32())]
struct Overdue(Duration);

/// Whether a body could not be read because its client fell silent.
#[must_use]
pub fn is_overdue(error: &(dyn Error + 'static)) -> bool {
    iter::successors(Some(error), |error| (*error).source()).any(|error| error.is::<Overdue>())
}

/// A request's body, each part of which must come in time.
pub(super) struct Timed {
    body: Incoming,
    patience: Duration,
    wait: Option<Pin<Box<Sleep>>>,
}

impl Timed {
    pub(super) fn new(body: Incoming, patience: Duration) -> Self {
        Self {
            body,
            patience,
            wait: None,
        }
    }
}

impl HttpBody for Timed {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Poll::Ready(part) = Pin::new(&mut self.body).poll_frame(context) {
            self.wait = None;
            return Poll::Ready(part.map(|part| part.map_err(Into::into)));
        }
        let patience = self.patience;
        let wait = self
            .wait
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        let over = wait.as_mut().poll(context);
        over.map(|()| Some(Err(Overdue(patience).into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// An answer's body; its request is open until this is dropped.
pub(super) struct Answering {
    body: Body,
    _request: OpenRequest,
}

impl Answering {
    pub(super) fn new(body: Body, request: OpenRequest) -> Self {
        Self {
            body,
            _request: request,
        }
    }
}

impl HttpBody for Answering {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
