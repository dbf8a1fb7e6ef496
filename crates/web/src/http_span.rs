//! The span of a request that is no turn, and the trace headers of every answer.

use std::sync::{Arc, OnceLock};

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use tracing::{Instrument, Span, field::Empty, info_span};

use crate::{caller::client::Client, sharing};

/// Marks a request's span that no one should see, because a turn's span tells it better.
pub const DISCARDED: &str = "obs.discarded";

/// Lets a handler put a turn's span in the place of its request's.
#[derive(Clone, Debug, Default)]
pub struct HandOver(Arc<OnceLock<String>>);

impl HandOver {
    /// From here on the request is told by `root`, the span of a turn.
    pub fn to(&self, root: &Span) {
        if let Some(traceparent) = obs::http::traceparent(root) {
            // One request starts at most one turn.
            let _ = self.0.set(traceparent);
        }
        Span::current().record(DISCARDED, true);
    }
}

/// Runs a request in its span and adds the trace headers to its answer.
pub async fn trace(client: Client, mut request: Request, next: Next) -> Response {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let span = info_span!(
        parent: None,
        "http.server",
        otel.kind = "server",
        otel.status_code = Empty,
        http.request.method = known_method(request.method()),
        http.route = route.as_deref().unwrap_or("_OTHER"),
        url.path = Empty,
        http.response.status_code = Empty,
        obs.discarded = Empty,
    );
    let path = request.uri().path().to_owned();
    let parent = if client.via_trusted_proxy {
        obs::http::Parent::Continue
    } else {
        obs::http::Parent::Link
    };
    // The span is new, so its parent can be set.
    let _ = obs::http::accept(&span, request.headers(), parent);
    let own = obs::http::traceparent(&span);
    let hand_over = HandOver::default();
    request.extensions_mut().insert(hand_over.clone());
    let mut response = next.run(request).instrument(span.clone()).await;
    let status = response.status();
    // What leads nowhere may be anything: a name, a number that was pasted. What a link opens is not
    // for whoever reads traces.
    let told = match status.is_client_error() || sharing::is_shared(&path) {
        true => route.as_deref().unwrap_or("_OTHER"),
        false => &path,
    };
    span.record("url.path", told);
    span.record("http.response.status_code", i64::from(status.as_u16()));
    if status.is_server_error() {
        span.record("otel.status_code", "ERROR");
    }
    if let Some(traceparent) = hand_over.0.get().or(own.as_ref()) {
        add_headers(&mut response, traceparent);
    }
    response
}

fn add_headers(response: &mut Response, traceparent: &str) {
    let trace_id = traceparent.split('-').nth(1).unwrap_or_default();
    for (name, value) in [("x-trace-id", trace_id), ("traceparent", traceparent)] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response
                .headers_mut()
                .insert(HeaderName::from_static(name), value);
        }
    }
}

/// Methods are a closed set in telemetry.
fn known_method(method: &http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "_OTHER",
    }
}
