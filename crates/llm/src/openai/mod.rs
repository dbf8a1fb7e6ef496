//! Models behind OpenAI's chat completions protocol: OpenAI itself, Mistral, Groq, Gemini's
//! compatible endpoint, OpenRouter, vLLM, llama.cpp, Ollama.
//!
//! `request` renders and `decode` reads, both pure; `dialect` holds where servers differ, `refusal` what
//! their refusals teach of it, `failure` sorts what they answer instead. One request is one attempt.

mod calls;
mod chunk;
mod decode;
mod dialect;
mod failure;
mod refusal;
mod request;
mod tools;
mod transport;

use std::sync::{Arc, PoisonError};

use async_openai::{Client, traits::RequestOptionsBuilder};
use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream};
use http::HeaderMap;
use remote::Redactor;
use reqwest::{Request, Response};
use serde::{Serialize, Serializer, de::IgnoredAny};
use serde_json::{Value, value::RawValue};
use tower::{Service, util::BoxCloneSyncService};

use self::{
    decode::Decoder,
    dialect::Dialect,
    tools::WrittenTools,
    transport::{Opened, Target, Transport, content_type},
};
use super::{
    ChatModel, ChatRequest, Message, ModelError, ModelErrorKind, ModelStream, Usage,
    endpoint::{Endpoint, of_transport},
    extras::Extras,
    learn::{Known, Lesson},
    reading,
};

/// A model of a server that speaks OpenAI's protocol.
pub struct OpenAi {
    endpoint: Endpoint,
    server: (String, u16),
    known: Known<Dialect>,
    tools: WrittenTools,
    redactor: Redactor,
    client: Client<Target>,
    http: BoxCloneSyncService<Request, Response, reqwest::Error>,
}

impl OpenAi {
    /// A model that is reached by the endpoint's own HTTP client.
    ///
    /// # Errors
    /// `BadRequest` where the base address is no URL with a host, `Authentication` where the key
    /// holds what no header can.
    pub fn new(endpoint: Endpoint) -> Result<Self, ModelError> {
        let http = endpoint.client.clone();
        Self::with_service(endpoint, http)
    }

    /// A model that is reached by a service in place of the endpoint's client: the client with layers
    /// around it, or a server in the same process.
    ///
    /// # Errors
    /// As of [`OpenAi::new`].
    pub fn with_service<S>(endpoint: Endpoint, http: S) -> Result<Self, ModelError>
    where
        S: Service<Request, Response = Response, Error = reqwest::Error>
            + Clone
            + Send
            + Sync
            + 'static,
        S::Future: Send + 'static,
    {
        let server = endpoint.server().ok_or_else(|| {
            let detail = "the base address is no URL with a host";
            ModelError::new(ModelErrorKind::BadRequest, detail)
        })?;
        let target = Target::new(&endpoint).map_err(|_| {
            let detail = "the key holds characters that no header can";
            ModelError::new(ModelErrorKind::Authentication, detail)
        })?;
        let redactor = endpoint.redactor();
        Ok(Self {
            known: Known::new(Dialect::of(&endpoint.provider, &endpoint.model)),
            tools: WrittenTools::default(),
            client: Client::build(endpoint.client.clone(), target),
            http: BoxCloneSyncService::new(http),
            endpoint,
            server,
            redactor,
        })
    }
}

impl ChatModel for OpenAi {
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
        Some(self.endpoint.price.as_ref()?.cost_usd(usage))
    }

    fn stream(&self, request: Arc<ChatRequest>) -> ModelStream {
        // Now, while the caller is in the span of this call.
        let mut headers = HeaderMap::new();
        (self.endpoint.propagate)(&mut headers);
        let decoder = Decoder::new(self.redactor.clone(), &request.tools);
        let dialect = self.known.now();
        let sent = Sent {
            dialect: dialect.clone(),
            model: self.endpoint.model.clone(),
            extras: self.endpoint.extras.clone(),
            tools: self.tools.of(&request.tools),
            request,
        };
        let body = match sent.body() {
            Ok(body) => body,
            Err(error) => return stream::once(async { Err(error) }).boxed(),
        };
        let sent = Arc::new(sent);
        let lesson = Lesson::new(&self.known, dialect, move || sent.value());
        let decoder = decoder.learning(lesson.clone());
        let opened = Opened::default();
        let transport = Transport::new(
            self.http.clone(),
            body,
            self.redactor.clone(),
            Arc::clone(&opened),
            lesson,
        );
        let client = self.client.clone().with_http_service(transport);
        // In places of their own: what follows would be moved with every layer that is put around it.
        let opening = Box::pin(async move {
            let chat = client.chat().headers(headers);
            // The body is the transport's. The client's own reading of streams panics on some; what it reads is
            // empty.
            let sent = chat.create_stream_byot::<_, IgnoredAny>(()).await;
            drop(sent.map_err(failure::of_client)?);
            let response = opened.lock().unwrap_or_else(PoisonError::into_inner).take();
            let response = response.ok_or_else(|| {
                ModelError::new(ModelErrorKind::Connection, "there is no response")
            })?;
            let kind = content_type(&response).to_owned();
            let bytes = response.bytes_stream().map_err(of_transport);
            Ok(reading::read(bytes, decoder, kind).boxed())
        });
        let base_url = self.endpoint.base_url.clone();
        stream::once(opening)
            .try_flatten()
            .map_err(move |error: ModelError| error.at(&base_url, "/chat/completions"))
            .boxed()
    }
}

/// A request, and how it is put.
struct Sent {
    dialect: Dialect,
    model: String,
    extras: Extras,
    tools: Arc<RawValue>,
    request: Arc<ChatRequest>,
}

/// What a body has besides texts.
const FRAME_BYTES: usize = 1_024;
/// What a message has besides its text: names of fields, its role, ids.
const MESSAGE_BYTES: usize = 256;

impl Sent {
    /// The body. There is room for it, with an eighth for what has to be escaped, so that it is seldom moved
    /// while it is written.
    fn body(&self) -> Result<Bytes, ModelError> {
        let messages = &self.request.messages;
        let texts: usize = messages.iter().map(Message::bytes).sum();
        let frames = FRAME_BYTES + MESSAGE_BYTES * messages.len();
        let most = frames + self.tools.get().len() + texts + texts / 8;
        let mut body = Vec::with_capacity(most);
        match serde_json::to_writer(&mut body, self) {
            Ok(()) => Ok(body.into()),
            Err(error) => Err(ModelError::new(
                ModelErrorKind::BadRequest,
                error.to_string(),
            )),
        }
    }

    fn value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

impl Serialize for Sent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let messages = request::messages(&self.dialect, &self.request);
        let (model, extras) = (&self.model, &self.extras);
        let parts = (&*messages, &*self.tools);
        request::render(&self.dialect, model, &self.request, parts, extras).serialize(serializer)
    }
}
