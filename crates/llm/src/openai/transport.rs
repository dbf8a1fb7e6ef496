//! Sends the client's requests once. What is refused is read here: the client would lose status and
//! headers. The body of an answer is handed on as it is: the client's parser panics on some. The body of a
//! request is put in here: the client would write it into a buffer that grows, and copy it each time.

use std::{
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use async_openai::{config::Config, error::OpenAIError, middleware::HttpRequestFactory};
use bytes::Bytes;
use futures::future::BoxFuture;
use http::{
    HeaderMap, HeaderValue,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, InvalidHeaderValue},
};
use remote::{Redactor, beginning};
use reqwest::{Request, Response};
use secrecy::{ExposeSecret, SecretString};
use tower::{Service, ServiceExt};

use super::{dialect::Dialect, failure};
use crate::{ModelError, endpoint::Endpoint, learn::Lesson, provider::Provider};

/// Azure's header for a key.
const API_KEY: HeaderName = HeaderName::from_static(Provider::Azure.key_header());

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

/// The response that holds the answer.
pub(super) type Opened = Arc<Mutex<Option<Response>>>;

/// One attempt over an HTTP service; whether to try again is decided elsewhere.
#[derive(Clone)]
pub(super) struct Transport<S> {
    http: S,
    body: Bytes,
    redactor: Redactor,
    opened: Opened,
    lesson: Lesson<Dialect>,
}

impl<S> Transport<S> {
    /// Sends this body over a client, or anything that answers like one.
    pub(super) fn new(
        http: S,
        body: Bytes,
        redactor: Redactor,
        opened: Opened,
        lesson: Lesson<Dialect>,
    ) -> Self {
        Self {
            http,
            body,
            redactor,
            opened,
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
            body,
            redactor,
            opened,
            lesson,
        } = self.clone();
        Box::pin(async move {
            let mut request = request.build().await?;
            *request.body_mut() = Some(body.into());
            let response = http.oneshot(request).await?;
            if !may_answer(&response) {
                let refusal = refusal(response, &redactor, &lesson).await;
                return Err(OpenAIError::Boxed(refusal.into()));
            }
            *opened.lock().unwrap_or_else(PoisonError::into_inner) = Some(response);
            Ok(http::Response::new(reqwest::Body::default()).into())
        })
    }
}

/// Whether an answer may follow, whole or as events: what servers call it tells little, but none calls it
/// a page.
fn may_answer(response: &Response) -> bool {
    response.status().is_success() && !content_type(response).starts_with("text/html")
}

/// What a response says that its body is.
pub(super) fn content_type(response: &Response) -> &str {
    let kind = response.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    kind.unwrap_or("no type")
}

async fn refusal(response: Response, redactor: &Redactor, lesson: &Lesson<Dialect>) -> ModelError {
    let status = response.status();
    let headers = response.headers().clone();
    let body = beginning(response, MAX_REFUSAL).await;
    let error = failure::of_response(status, &headers, &body, redactor);
    lesson.of(status.as_u16(), &body, error)
}
