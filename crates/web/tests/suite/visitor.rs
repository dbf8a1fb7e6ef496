//! Someone who talks to the server, with a cookie jar of their own.

use std::{sync::Mutex, time::Duration};

use reqwest::{Client, Method, RequestBuilder, Response, header};
use serde_json::{Value, json};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A visitor.
pub(super) struct Visitor {
    client: Client,
    url: String,
    cookies: Mutex<Vec<(String, String)>>,
    headers: Vec<(&'static str, String)>,
}

/// One server-sent event.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SentEvent {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) data: Value,
}

impl Visitor {
    pub(super) fn new(url: &str) -> Self {
        // The server's own client: it follows no redirect and has a TLS provider.
        let client = agent::llm::endpoint::client(CONNECT_TIMEOUT);
        Self {
            client: client.unwrap(),
            url: url.to_owned(),
            cookies: Mutex::default(),
            headers: Vec::new(),
        }
    }

    /// A visitor whose requests all carry this header.
    pub(super) fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// The same visitor by its cookies, whatever else differs.
    pub(super) fn with_cookies_of(self, other: &Self) -> Self {
        let cookies = other.cookies.lock().unwrap().clone();
        Self {
            cookies: Mutex::new(cookies),
            ..self
        }
    }

    /// The same visitor, with the same cookies, at another server.
    pub(super) fn moved_to(self, url: &str) -> Self {
        Self {
            url: url.to_owned(),
            ..self
        }
    }

    /// A request with this visitor's cookies.
    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self.client.request(method, format!("{}{path}", self.url));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let cookies = self.cookies.lock().unwrap();
        if cookies.is_empty() {
            return request;
        }
        let pairs: Vec<_> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        request.header(header::COOKIE, pairs.join("; "))
    }

    /// Sends a request and keeps the cookies of its answer.
    pub(super) async fn send(&self, request: RequestBuilder) -> Response {
        let response = request.send().await.unwrap();
        let mut cookies = self.cookies.lock().unwrap();
        for value in response.headers().get_all(header::SET_COOKIE) {
            let pair = value.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            cookies.retain(|(known, _)| known != name);
            cookies.push((name.to_owned(), value.to_owned()));
        }
        drop(cookies);
        response
    }

    /// Sends a request in a task of its own.
    pub(super) fn send_owned(
        &self,
        request: RequestBuilder,
    ) -> impl Future<Output = Result<Response, reqwest::Error>> + Send + use<> {
        request.send()
    }

    pub(super) async fn get(&self, path: &str) -> Response {
        self.send(self.request(Method::GET, path)).await
    }

    pub(super) async fn get_json(&self, path: &str) -> Value {
        let response = self.get(path).await;
        let (status, text) = (response.status(), response.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Response {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// One turn, answered whole: status and body.
    pub(super) async fn chat(&self, body: Value) -> (u16, Value) {
        let response = self.post("/api/chat", &body).await;
        let status = response.status().as_u16();
        (status, response.json().await.unwrap())
    }

    /// One turn that must succeed.
    pub(super) async fn say(&self, message: &str, conversation: Option<&Value>) -> Value {
        let mut body = json!({"message": message});
        if let Some(conversation) = conversation {
            body["conversation_id"] = conversation.clone();
        }
        let (status, answer) = self.chat(body).await;
        assert_eq!(status, 200, "{message}: {answer}");
        answer
    }

    /// Starts a streamed turn.
    pub(super) async fn stream(&self, message: &str) -> Events {
        let response = self
            .post("/api/chat", &json!({"message": message, "stream": true}))
            .await;
        assert_eq!(response.status(), 200);
        Events::new(response)
    }

    /// Goes on with a turn's events.
    pub(super) async fn resume(&self, message_id: &str, after: u64) -> Response {
        let path = format!("/api/turns/{message_id}/events");
        let request = self
            .request(Method::GET, &path)
            .header("last-event-id", after);
        self.send(request).await
    }
}

/// Events as they come.
pub(super) struct Events {
    response: Response,
    /// Bytes, because a chunk may end inside a character.
    buffer: Vec<u8>,
}

impl Events {
    pub(super) fn new(response: Response) -> Self {
        let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap();
        assert!(kind.starts_with("text/event-stream"), "{kind}");
        Self {
            response,
            buffer: Vec::new(),
        }
    }

    /// The next event; `None` when the stream has ended.
    pub(super) async fn next(&mut self) -> Option<SentEvent> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|pair| pair == b"\n\n") {
                let block: Vec<u8> = self.buffer.drain(..end + 2).collect();
                if let Some(event) = parse(std::str::from_utf8(&block).unwrap()) {
                    return Some(event);
                }
                continue;
            }
            let chunk = self.response.chunk().await.ok()??;
            self.buffer.extend_from_slice(&chunk);
        }
    }

    /// All events up to the end.
    pub(super) async fn collect(mut self) -> Vec<SentEvent> {
        let mut events = Vec::new();
        while let Some(event) = self.next().await {
            events.push(event);
        }
        events
    }
}

/// An event; `None` for a comment.
fn parse(block: &str) -> Option<SentEvent> {
    let field = |name: &str| {
        block
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    };
    Some(SentEvent {
        // The list of traces has nothing to go on from.
        id: field("id").map_or(0, |id| id.parse().unwrap()),
        name: field("event")?.to_owned(),
        data: serde_json::from_str(field("data")?).unwrap(),
    })
}
