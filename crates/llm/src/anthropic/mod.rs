//! Anthropic's Messages API, streamed: <https://platform.claude.com/docs/en/api/messages>.

mod call_id;
mod decode;
mod dialect;
mod failure;
mod request;
mod stream;
mod turns;

use std::sync::Arc;

use futures::{StreamExt, TryStreamExt, stream as streams};
use http::{
    HeaderMap, HeaderValue,
    header::{CONTENT_TYPE, HeaderName},
};
use remote::Redactor;
use secrecy::{ExposeSecret, SecretString};

use dialect::Dialect;
pub use request::request_body;
pub use stream::model_events;

use super::{
    ChatModel, ChatRequest, ModelError, ModelErrorKind, ModelStream, Usage,
    endpoint::{Endpoint, of_transport},
    learn::{Known, Lesson},
    provider::Provider,
};

/// Where Anthropic itself answers.
pub const BASE_URL: &str = "https://api.anthropic.com";

/// What is added to the base address.
const ENDPOINT: &str = "/v1/messages";

const API_KEY: HeaderName = HeaderName::from_static(Provider::Anthropic.key_header());
const VERSION_HEADER: HeaderName = HeaderName::from_static("anthropic-version");

/// Not the later 2026-10-21, which refuses a temperature for every model and is not offered for all
/// older ones (<https://platform.claude.com/docs/en/api/versioning>).
const VERSION: HeaderValue = HeaderValue::from_static("2023-06-01");

/// A model behind Anthropic's Messages API.
#[derive(Debug)]
pub struct Anthropic {
    endpoint: Endpoint,
    server: (String, u16),
    /// The key as a header, marked sensitive.
    key: Option<HeaderValue>,
    known: Known<Dialect>,
}

impl Anthropic {
    /// The model of `endpoint`, whose base address ends before `/v1`, such as [`BASE_URL`].
    ///
    /// # Errors
    /// `BadRequest` where the base address is no URL with a host, `Authentication` where the key
    /// holds what no header can.
    pub fn new(endpoint: Endpoint) -> Result<Self, ModelError> {
        let server = endpoint.server().ok_or_else(|| {
            let detail = "the base address is no URL with a host";
            ModelError::new(ModelErrorKind::BadRequest, detail)
        })?;
        let key = endpoint.key.as_ref().map(header).transpose()?;
        Ok(Self {
            endpoint,
            server,
            key,
            known: Known::new(Dialect::default()),
        })
    }

    /// The request, ready to send, and what its refusal would teach.
    fn post(
        &self,
        request: &ChatRequest,
    ) -> Result<(reqwest::RequestBuilder, Lesson<Dialect>), ModelError> {
        let unwritten = |error: serde_json::Error| {
            ModelError::new(ModelErrorKind::BadRequest, error.to_string())
        };
        let (dialect, endpoint) = (self.known.now(), &self.endpoint);
        let body = request::render(&dialect, &endpoint.model, request, &endpoint.extras)
            .map_err(unwritten)?;
        let sent: Arc<[u8]> = body.as_slice().into();
        let lesson = Lesson::new(&self.known, dialect, move || {
            serde_json::from_slice(&sent).unwrap_or_default()
        });
        let request = self.endpoint.client.post(self.endpoint.url(ENDPOINT));
        Ok((request.headers(self.headers()).body(body), lesson))
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = self.endpoint.extras.headers.clone();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(VERSION_HEADER, VERSION);
        if let Some(key) = &self.key {
            headers.insert(API_KEY, key.clone());
        }
        (self.endpoint.propagate)(&mut headers);
        headers
    }
}

fn header(key: &SecretString) -> Result<HeaderValue, ModelError> {
    let mut value = HeaderValue::from_str(key.expose_secret()).map_err(|_| {
        let detail = "the key holds characters that no header can";
        ModelError::new(ModelErrorKind::Authentication, detail)
    })?;
    value.set_sensitive(true);
    Ok(value)
}

impl ChatModel for Anthropic {
    fn provider(&self) -> &str {
        &self.endpoint.provider
    }

    fn name(&self) -> &str {
        &self.endpoint.model
    }

    fn server(&self) -> Option<(&str, u16)> {
        Some((&self.server.0, self.server.1))
    }

    fn calls_tools(&self) -> bool {
        self.known.now().tools
    }

    fn cost_usd(&self, usage: Usage) -> Option<f64> {
        Some(self.endpoint.price?.cost_usd(usage))
    }

    fn stream(&self, request: Arc<ChatRequest>) -> ModelStream {
        // Now, not when the stream is first polled: the headers name the span that is current here.
        let post = self.post(&request);
        let key = self.endpoint.key.clone();
        let base_url = self.endpoint.base_url.clone();
        let redactor = self.endpoint.redactor();
        // The stream owns request, response and body: dropping it closes the connection.
        streams::once(async move { open(post?, key, redactor).await })
            .try_flatten()
            .map_err(move |error| error.at(&base_url, ENDPOINT))
            .boxed()
    }
}

/// Sends the request and reads up to the beginning of the events.
async fn open(
    (post, lesson): (reqwest::RequestBuilder, Lesson<Dialect>),
    key: Option<SecretString>,
    redactor: Redactor,
) -> Result<ModelStream, ModelError> {
    let response = post.send().await.map_err(of_transport)?;
    if !response.status().is_success() {
        return Err(failure::of_response(response, &redactor, &lesson).await);
    }
    let kind = response.headers().get(CONTENT_TYPE);
    let kind = kind.map_or("no type".into(), |kind| {
        String::from_utf8_lossy(kind.as_bytes())
    });
    let kind = redactor.clean(&kind);
    // What servers call an answer tells little, but none calls it a page.
    if kind.starts_with("text/html") {
        let detail = format!("{kind} in place of an event stream");
        return Err(ModelError::quoting(ModelErrorKind::WrongAddress, detail));
    }
    let bytes = response.bytes_stream().map_err(of_transport);
    Ok(model_events(bytes, key, kind).boxed())
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::{Settings, ToolChoice, extras::Extras, message::Message, pricing::Price};

    fn model(key: &str) -> Anthropic {
        Anthropic::new(endpoint(key)).unwrap()
    }

    fn endpoint(key: &str) -> Endpoint {
        Endpoint {
            provider: "anthropic".to_owned(),
            model: "claude-sonnet-4".to_owned(),
            extras: Extras::default(),
            base_url: "http://127.0.0.1:9".to_owned(),
            key: Some(key.to_owned().into()),
            price: Some(Price {
                input: 3.0,
                cached_input: 0.3,
                cache_write: 3.75,
                output: 15.0,
            }),
            client: reqwest::Client::builder().no_proxy().build().unwrap(),
            propagate: Arc::new(|headers| {
                headers.insert("traceparent", HeaderValue::from_static("00-1-2-01"));
            }),
        }
    }

    fn request() -> ChatRequest {
        ChatRequest {
            messages: vec![Message::user("Bonjour")],
            tools: Arc::new([]),
            tool_choice: ToolChoice::Auto,
            settings: Settings::default(),
            thoughts: Arc::default(),
            extensions: http::Extensions::new(),
        }
    }

    #[test]
    fn a_request_has_its_headers_and_hides_the_key() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (post, _) = model("sk-ant-1").post(&request()).unwrap();
        let post = post.build().unwrap();
        assert_eq!(post.url().as_str(), "http://127.0.0.1:9/v1/messages");
        let header = |name: &str| post.headers()[name].to_str().unwrap();
        assert_eq!(header("x-api-key"), "sk-ant-1");
        assert_eq!(header("anthropic-version"), "2023-06-01");
        assert_eq!(header("content-type"), "application/json");
        assert_eq!(header("traceparent"), "00-1-2-01");
        assert!(!format!("{post:?}").contains("sk-ant-1"));
        assert!(!format!("{:?}", model("sk-ant-1")).contains("sk-ant-1"));
    }

    #[test]
    fn a_key_that_no_header_may_hold_is_refused_without_being_told() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let error = Anthropic::new(endpoint("sk-ant\n1")).unwrap_err();
        assert_eq!(error.kind, ModelErrorKind::Authentication);
        assert!(!error.detail.contains("sk-ant"));
    }

    #[test]
    fn an_address_without_a_host_is_refused() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let nowhere = Endpoint {
            base_url: "v1".to_owned(),
            ..endpoint("k")
        };
        let error = Anthropic::new(nowhere).unwrap_err();
        assert_eq!(error.kind, ModelErrorKind::BadRequest);
    }

    #[test]
    fn it_says_where_it_is_and_what_it_costs() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let model = model("k");
        assert_eq!(model.server(), Some(("127.0.0.1", 9)));
        let usage = Usage {
            prompt: 1_000_000,
            completion: 0,
            cached: 1_000_000,
            cache_written: 0,
            reasoning: 0,
        };
        assert_eq!(model.cost_usd(usage), Some(0.3));
    }
}
