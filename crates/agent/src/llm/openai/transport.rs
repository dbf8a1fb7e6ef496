//! Sends the client's requests once, and reads what is no event stream itself: the client would
//! lose status and headers.

use std::{
    sync::{Arc, OnceLock},
    task::{Context, Poll},
};

use async_openai::{config::Config, error::OpenAIError, middleware::HttpRequestFactory};
use futures::{TryStreamExt, future::BoxFuture};
use http::{
    HeaderMap, HeaderValue,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, InvalidHeaderValue},
};
use reqwest::{Body, Request, Response};
use secrecy::{ExposeSecret, SecretString};
use tower::{Service, ServiceExt};

use super::{dialect::Dialect, failure};
use crate::llm::{
    ModelError, ModelErrorKind,
    bounded::bounded,
    endpoint::{Endpoint, of_transport},
    learn::Lesson,
    provider::Provider,
    redact::Redactor,
};

/// Azure's header for a key.
const API_KEY: HeaderName = HeaderName::from_static("api-key");

/// Most of a refusal's body that is read, in bytes.
const MAX_REFUSAL: usize = 64 * 1_024;

/// Where requests go, and the key. The client's own configuration reads the environment.
#[derive(Clone)]
pub(super) struct Target {
    endpoint: Endpoint,
    headers: HeaderMap,
    /// The client asks for a key in places that we do not use.
    no_key: SecretString,
}

impl Target {
    /// The address of an endpoint, its key where the server wants one, and its extra headers.
    pub(super) fn new(endpoint: &Endpoint) -> Result<Self, InvalidHeaderValue> {
        let mut headers = endpoint.extras.headers.clone();
        let key = endpoint.key.as_ref().map(ExposeSecret::expose_secret);
        if let Some(key) = key.filter(|key| !key.is_empty()) {
            // Azure takes a bearer for a token of its directory.
            let (name, value) = match endpoint.provider == Provider::Azure.as_str() {
                true => (API_KEY, key.to_owned()),
                false => (AUTHORIZATION, format!("Bearer {key}")),
            };
            let mut value = HeaderValue::try_from(value)?;
            value.set_sensitive(true);
            headers.insert(name, value);
        }
        Ok(Self {
            endpoint: endpoint.clone(),
            headers,
            no_key: SecretString::default(),
        })
    }
}

impl Config for Target {
    fn headers(&self) -> HeaderMap {
        self.headers.clone()
    }

    fn url(&self, path: &str) -> String {
        self.endpoint.url(path)
    }

    fn query(&self) -> Vec<(&str, &str)> {
        Vec::new()
    }

    fn api_base(&self) -> &str {
        &self.endpoint.base_url
    }

    fn api_key(&self) -> &SecretString {
        &self.no_key
    }
}

/// The bound that a response has passed: of a failing body, the client only keeps that it failed.
pub(super) type Passed = Arc<OnceLock<ModelError>>;

/// One attempt over an HTTP service; whether to try again is decided elsewhere.
#[derive(Clone)]
pub(super) struct Transport<S> {
    http: S,
    redactor: Redactor,
    passed: Passed,
    lesson: Lesson<Dialect>,
}

impl<S> Transport<S> {
    /// Over a client, or anything that answers like one.
    pub(super) fn new(
        http: S,
        redactor: Redactor,
        passed: Passed,
        lesson: Lesson<Dialect>,
    ) -> Self {
        Self {
            http,
            redactor,
            passed,
            lesson,
        }
    }
}

impl<S> Service<HttpRequestFactory> for Transport<S>
where
    S: Service<Request, Response = Response, Error = reqwest::Error> + Clone + Send + 'static,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = OpenAIError;
    type Future = BoxFuture<'static, Result<Response, OpenAIError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), OpenAIError>> {
        // The clone that sends is the one that must be ready.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: HttpRequestFactory) -> Self::Future {
        let Self {
            http,
            redactor,
            passed,
            lesson,
        } = self.clone();
        Box::pin(async move {
            let request = request.build().await?;
            let response = http.oneshot(request).await?;
            match is_stream(&response) {
                true => Ok(within_bounds(response, passed)),
                false => Err(OpenAIError::Boxed(
                    refusal(response, &redactor, &lesson).await.into(),
                )),
            }
        })
    }
}

/// The response with a body that ends where it passes a bound.
fn within_bounds(mut response: Response, passed: Passed) -> Response {
    let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
    let bytes = response.bytes_stream().map_err(of_transport);
    let bytes = bounded(bytes).inspect_err(move |error| {
        if error.kind == ModelErrorKind::BadResponse {
            let _ = passed.set(error.clone());
        }
    });
    let mut response = http::Response::new(Body::wrap_stream(bytes));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response.into()
}

/// Whether events may follow: some servers name no type, none calls them JSON or a page.
fn is_stream(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let other = ["application/json", "text/html"];
    response.status().is_success() && !other.iter().any(|other| kind.starts_with(other))
}

async fn refusal(
    mut response: Response,
    redactor: &Redactor,
    lesson: &Lesson<Dialect>,
) -> ModelError {
    let mut body = Vec::new();
    // A body that breaks off tells less, but the status stands.
    while let Ok(Some(part)) = response.chunk().await {
        body.extend_from_slice(&part[..part.len().min(MAX_REFUSAL - body.len())]);
        if body.len() == MAX_REFUSAL {
            break;
        }
    }
    let status = response.status();
    let error = failure::of_response(status, response.headers(), &body, redactor);
    lesson.of(status.as_u16(), &body, error)
}
