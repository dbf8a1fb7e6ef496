//! One visitor with a cookie of their own.

use std::time::Duration;

use reqwest::{Client, Method, Response, StatusCode, header};
use serde_json::{Value, json};

use super::{Dialogue, Step};

/// Longest that a whole answer may take.
const PATIENCE: Duration = Duration::from_secs(130);

/// What went otherwise than the dialogue says.
#[derive(Debug)]
pub enum Problem {
    /// The application could not be reached, or broke off.
    Unreachable(reqwest::Error),
    /// It answered this status to this request.
    Status(StatusCode, String),
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreachable(error) => write!(f, "{error}"),
            Self::Status(status, path) => write!(f, "{status} for {path}"),
        }
    }
}

impl std::error::Error for Problem {}

impl From<reqwest::Error> for Problem {
    fn from(error: reqwest::Error) -> Self {
        Self::Unreachable(error)
    }
}

/// A visitor.
#[derive(Debug)]
pub struct Person {
    client: Client,
    url: String,
    cookie: Option<String>,
    conversation: Option<Value>,
    /// The last whole answer.
    answer: Value,
}

impl Person {
    /// A visitor whom the application at `url` does not know yet.
    ///
    /// # Errors
    ///
    /// The HTTP client cannot be made.
    pub fn new(url: &str) -> Result<Self, Problem> {
        // Another provider may be installed already: any will do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Ok(Self {
            client: Client::builder().timeout(PATIENCE).build()?,
            url: url.trim_end_matches('/').to_owned(),
            cookie: None,
            conversation: None,
            answer: Value::Null,
        })
    }

    /// Goes through a dialogue.
    ///
    /// # Errors
    ///
    /// At the first step that went otherwise; failed turns are part of the traffic and no problem.
    pub async fn visit(&mut self, dialogue: &Dialogue) -> Result<(), Problem> {
        for step in &dialogue.steps {
            self.take(step).await?;
        }
        Ok(())
    }

    async fn take(&mut self, step: &Step) -> Result<(), Problem> {
        match step {
            Step::Say(message) => self.say(message, "full").await,
            Step::SayFast(message) => self.say(message, "fast").await,
            Step::Stream(message) => {
                let response = self.begin(message).await?;
                response.bytes().await?;
                Ok(())
            }
            Step::Stop(message) => self.stop(message).await,
            Step::HangUp(message) => {
                let mut response = self.begin(message).await?;
                response.chunk().await?;
                Ok(())
            }
            Step::Refused(message) => self.refused(message).await,
            Step::Confirm => self.decide("confirm").await,
            Step::Reject => self.decide("reject").await,
            Step::Again => self.again().await,
            Step::Rate(score) => self.rate(*score).await,
            Step::Search(query) => {
                let path = format!("/api/flights?{query}");
                let response = self.send(Method::GET, &path, None).await?;
                expect(&response, &path, &[200, 422])
            }
        }
    }

    async fn say(&mut self, message: &str, mode: &str) -> Result<(), Problem> {
        let mut body = self.body(message);
        body["mode"] = json!(mode);
        let response = self.send(Method::POST, "/api/chat", Some(&body)).await?;
        // What a model fails at, a visitor sees as such.
        if response.status().is_server_error() {
            return Ok(());
        }
        expect(&response, "/api/chat", &[200])?;
        self.answer = response.json().await?;
        self.conversation = self.answer.get("conversation_id").cloned();
        Ok(())
    }

    /// Says something and returns the stream of its answer.
    async fn begin(&mut self, message: &str) -> Result<Response, Problem> {
        let mut body = self.body(message);
        body["stream"] = json!(true);
        let response = self.send(Method::POST, "/api/chat", Some(&body)).await?;
        expect(&response, "/api/chat", &[200])?;
        Ok(response)
    }

    async fn stop(&mut self, message: &str) -> Result<(), Problem> {
        let mut response = self.begin(message).await?;
        let first = response.chunk().await?.unwrap_or_default();
        if let Some(id) = message_id(&String::from_utf8_lossy(&first)) {
            let path = format!("/api/turns/{id}");
            let stopped = self.send(Method::DELETE, &path, None).await?;
            // A turn that has ended meanwhile is not there to be stopped.
            expect(&stopped, &path, &[204, 404, 409])?;
        }
        response.bytes().await?;
        Ok(())
    }

    async fn refused(&mut self, message: &str) -> Result<(), Problem> {
        let body = json!({"message": message, "conversation_id": "not an id"});
        let response = self.send(Method::POST, "/api/chat", Some(&body)).await?;
        expect(&response, "/api/chat", &[422])
    }

    async fn decide(&mut self, decision: &str) -> Result<(), Problem> {
        let Some(id) = self.answer["proposal"]["id"].as_str() else {
            return Ok(());
        };
        let path = format!("/api/proposals/{id}/{decision}");
        let response = self.send(Method::POST, &path, None).await?;
        if response.status().is_success() {
            self.answer = response.json().await?;
        }
        Ok(())
    }

    async fn again(&mut self) -> Result<(), Problem> {
        let Some(id) = self.answer["message_id"].as_str() else {
            return Ok(());
        };
        let path = format!("/api/messages/{id}/regenerate");
        let response = self.send(Method::POST, &path, None).await?;
        if response.status().is_server_error() {
            return Ok(());
        }
        expect(&response, &path, &[200])?;
        if response.status() == StatusCode::OK {
            self.answer = response.json().await?;
        }
        Ok(())
    }

    async fn rate(&mut self, score: i8) -> Result<(), Problem> {
        let Some(id) = self.answer["message_id"].as_str() else {
            return Ok(());
        };
        let path = format!("/api/messages/{id}/feedback");
        let body = json!({"score": score});
        let response = self.send(Method::POST, &path, Some(&body)).await?;
        expect(&response, &path, &[200])
    }

    fn body(&self, message: &str) -> Value {
        let mut body = json!({"message": message, "time_zone": "Europe/Paris"});
        if let Some(id) = &self.conversation {
            body["conversation_id"] = id.clone();
        }
        body
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Response, Problem> {
        let mut request = self.client.request(method, format!("{}{path}", self.url));
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await?;
        let cookie = response.headers().get(header::SET_COOKIE);
        if let Some(cookie) = cookie.and_then(|cookie| cookie.to_str().ok()) {
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        Ok(response)
    }
}

fn expect(response: &Response, path: &str, allowed: &[u16]) -> Result<(), Problem> {
    let status = response.status();
    // A server that is busy says so, and its visitors come back later.
    if allowed.contains(&status.as_u16()) || matches!(status.as_u16(), 409 | 429 | 503) {
        return Ok(());
    }
    Err(Problem::Status(status, path.to_owned()))
}

/// The id in the first event of a stream.
fn message_id(event: &str) -> Option<String> {
    let data = event.lines().find_map(|line| line.strip_prefix("data: "))?;
    let data: Value = serde_json::from_str(data).ok()?;
    Some(data["message_id"].as_str()?.to_owned())
}
