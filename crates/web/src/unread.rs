//! What a refusal has left unread of a request's body is read all the same: else the connection is
//! closed under a client, or a proxy, that sends its next request on it.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use hyper::body::{Frame, SizeHint};
use tokio::sync::oneshot;

use crate::state::AppState;

/// Reads the rest of the body, up to the largest that any request may have. More than that is not waited
/// for: then the connection is closed.
pub async fn take(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (back, mut rest) = oneshot::channel();
    let lend = |body| {
        Body::new(Lent {
            body,
            back: Some(back),
        })
    };
    let response = next.run(request.map(lend)).await;
    // Whoever answered has dropped the body by now.
    if let Ok(rest) = rest.try_recv() {
        let _ = to_bytes(rest, state.config.limits.max_body_bytes).await;
    }
    response
}

/// A body that goes back to its lender when it is dropped.
struct Lent {
    body: Body,
    back: Option<oneshot::Sender<Body>>,
}

impl Drop for Lent {
    fn drop(&mut self) {
        let body = std::mem::take(&mut self.body);
        if let Some(back) = self.back.take().filter(|_| !body.is_end_stream()) {
            // Nobody waits for it where the client has gone.
            let _ = back.send(body);
        }
    }
}

impl HttpBody for Lent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let part = Pin::new(&mut self.body).poll_frame(context);
        // What has ended or failed is not read again.
        if matches!(part, Poll::Ready(None | Some(Err(_)))) {
            self.back = None;
        }
        part
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
