//! A client that costs little: HTTP/1.1 by hand on one connection that is kept open, with one cookie.

use std::time::{Duration, Instant};

use crate::events::{self, Event};
use anyhow::{bail, ensure};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// How much is read at once, in bytes.
const READ: usize = 16 << 10;
/// Most header lines of an answer.
const HEADERS: usize = 64;
/// The chunk that ends a stream.
const LAST_CHUNK: &[u8] = b"\r\n0\r\n\r\n";

/// One person with one connection.
pub(crate) struct Client {
    address: String,
    stream: Option<TcpStream>,
    cookie: Option<String>,
    received: Vec<u8>,
    /// Where the body of the last answer begins.
    body_at: usize,
    /// Goes on in this conversation, once there is one.
    pub(crate) conversation: Option<String>,
}

/// What is asked, and what must be in the answer, which is any where this is empty.
pub(crate) struct Question {
    pub(crate) message: String,
    pub(crate) reply: String,
    pub(crate) streaming: bool,
}

/// How long an answer took.
#[derive(Clone, Copy, Default)]
pub(crate) struct Answered {
    pub(crate) whole: Duration,
    /// Until the event of a stream that says that the turn has begun.
    pub(crate) started: Option<Duration>,
    /// Until the first text of a stream.
    pub(crate) first: Option<Duration>,
}

struct Head {
    /// Of the body; `None` where it comes in chunks.
    body: Option<usize>,
    closes: bool,
}

impl Client {
    pub(crate) fn new(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            stream: None,
            cookie: None,
            received: Vec::with_capacity(READ),
            body_at: 0,
            conversation: None,
        }
    }

    /// Somebody whom the server may know.
    pub(crate) fn known(address: &str, cookie: Option<&str>) -> Self {
        Self {
            cookie: cookie.map(str::to_owned),
            ..Self::new(address)
        }
    }

    /// What the server knows this person by.
    pub(crate) fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    /// Asks, reads the whole answer and looks whether it is the right one.
    pub(crate) async fn ask(&mut self, question: &Question) -> anyhow::Result<Answered> {
        let answered = self.exchange(&self.chat(question)).await?;
        self.check(question)?;
        Ok(answered)
    }

    /// Asks for a stream and hangs up once so many events of it are there. They are handed out.
    pub(crate) async fn ask_and_hang_up(
        &mut self,
        question: &Question,
        most: usize,
    ) -> anyhow::Result<Vec<Event>> {
        let (mut stream, _) = self.send(&self.chat(question)).await?;
        loop {
            let events = events::read(self.body())?;
            if events.len() >= most {
                return Ok(events);
            }
            self.read(&mut stream).await?;
        }
    }

    /// Comes back to a turn, behind this event: what is left of the stream.
    pub(crate) async fn come_back(&mut self, turn: &str, after: u64) -> anyhow::Result<Vec<Event>> {
        let path = format!("/api/turns/{turn}/events");
        let request = self.head("GET", &path, &format!("last-event-id: {after}\r\n"));
        self.exchange(&format!("{request}\r\n")).await?;
        events::read(self.body())
    }

    /// Reads a page or a part of the API.
    pub(crate) async fn get(&mut self, path: &str) -> anyhow::Result<Duration> {
        let request = self.head("GET", path, "");
        Ok(self.exchange(&format!("{request}\r\n")).await?.whole)
    }

    /// The body of the last answer; that of a stream with the marks of its chunks.
    pub(crate) fn body(&self) -> &[u8] {
        &self.received[self.body_at..]
    }

    /// The id of the conversation that the last answer was in.
    pub(crate) fn last_conversation(&self) -> Option<String> {
        let body = String::from_utf8_lossy(self.body());
        let (_, rest) = body.split_once(r#""conversation_id":""#)?;
        Some(rest.split_once('"')?.0.to_owned())
    }

    fn chat(&self, question: &Question) -> String {
        let mut body =
            serde_json::json!({"message": question.message, "stream": question.streaming});
        if let Some(id) = &self.conversation {
            body["conversation_id"] = id.as_str().into();
        }
        let body = body.to_string();
        let head = self.head("POST", "/api/chat", "content-type: application/json\r\n");
        format!("{head}content-length: {}\r\n\r\n{body}", body.len())
    }

    /// The lines of a request, without the empty one.
    fn head(&self, method: &str, path: &str, more: &str) -> String {
        let cookie = self.cookie.as_deref();
        let cookie = cookie.map_or(String::new(), |cookie| format!("cookie: {cookie}\r\n"));
        let host = &self.address;
        format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\n{cookie}{more}")
    }

    /// Sends a request and reads the whole answer.
    async fn exchange(&mut self, request: &str) -> anyhow::Result<Answered> {
        let begun = Instant::now();
        let (mut stream, head) = self.send(request).await?;
        let mut answered = self.read_body(&mut stream, &head, begun).await?;
        answered.whole = begun.elapsed();
        if !head.closes {
            self.stream = Some(stream);
        }
        Ok(answered)
    }

    /// Sends a request and reads the head of its answer.
    async fn send(&mut self, request: &str) -> anyhow::Result<(TcpStream, Head)> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(&self.address).await?;
                stream.set_nodelay(true)?;
                stream
            }
        };
        stream.write_all(request.as_bytes()).await?;
        self.received.clear();
        loop {
            self.read(&mut stream).await?;
            if let Some(head) = self.take_head()? {
                return Ok((stream, head));
            }
        }
    }

    async fn read(&mut self, stream: &mut TcpStream) -> anyhow::Result<()> {
        self.received.reserve(READ);
        let read = stream.read_buf(&mut self.received).await?;
        ensure!(read > 0, "the server hung up");
        Ok(())
    }

    fn take_head(&mut self) -> anyhow::Result<Option<Head>> {
        let mut headers = [httparse::EMPTY_HEADER; HEADERS];
        let mut response = httparse::Response::new(&mut headers);
        let httparse::Status::Complete(length) = response.parse(&self.received)? else {
            return Ok(None);
        };
        let (mut body, mut closes, mut cookie) = (None, false, None);
        for header in &*response.headers {
            let value = std::str::from_utf8(header.value)?;
            match &*header.name.to_ascii_lowercase() {
                "content-length" => body = Some(value.parse()?),
                "connection" => closes = value.eq_ignore_ascii_case("close"),
                "set-cookie" => cookie = value.split(';').next().map(str::to_owned),
                _ => {}
            }
        }
        let status = response.code;
        if status != Some(200) {
            let text = String::from_utf8_lossy(&self.received);
            bail!("status {status:?}: {text}");
        }
        self.cookie = cookie.or(self.cookie.take());
        self.body_at = length;
        Ok(Some(Head { body, closes }))
    }

    /// Reads to the end; tells when the first events of a stream came.
    async fn read_body(
        &mut self,
        stream: &mut TcpStream,
        head: &Head,
        begun: Instant,
    ) -> anyhow::Result<Answered> {
        let mut answered = Answered::default();
        if let Some(body) = head.body {
            while self.body().len() < body {
                self.read(stream).await?;
            }
            return Ok(answered);
        }
        let mut seen = self.body_at;
        loop {
            let new = &self.received[seen..];
            if answered.started.is_none() && find(new, b"event: started").is_some() {
                answered.started = Some(begun.elapsed());
            }
            if answered.first.is_none() && find(new, b"event: delta").is_some() {
                answered.first = Some(begun.elapsed());
            }
            if self.received.ends_with(LAST_CHUNK) {
                return Ok(answered);
            }
            // The end of what was seen may be the beginning of what is looked for.
            seen = self.received.len().saturating_sub(16).max(self.body_at);
            self.read(stream).await?;
        }
    }

    fn check(&self, question: &Question) -> anyhow::Result<()> {
        let body = self.body();
        let answer = match question.streaming {
            true => find(body, b"event: completed").and_then(|at| body.get(at..)),
            false => Some(body),
        };
        let right = answer.is_some_and(|answer| {
            find(answer, question.reply.as_bytes()).is_some()
                && find(answer, br#""status":"ok""#).is_some()
        });
        ensure!(
            right,
            "not the right answer: {}",
            String::from_utf8_lossy(body)
        );
        Ok(())
    }
}

/// Where this begins first.
fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let Some(&first) = wanted.first() else {
        return Some(0);
    };
    let mut from = 0;
    loop {
        from += bytes.get(from..)?.iter().position(|byte| *byte == first)?;
        if bytes[from..].starts_with(wanted) {
            return Some(from);
        }
        from += 1;
    }
}
