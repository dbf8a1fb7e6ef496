//! A client that costs little: HTTP/1.1 by hand on one connection that is kept open, with one cookie.

use std::time::{Duration, Instant};

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
    /// Goes on in this conversation, once there is one.
    pub(crate) conversation: Option<String>,
}

/// What is asked, and what must be in the answer.
pub(crate) struct Question {
    pub(crate) message: String,
    pub(crate) reply: String,
    pub(crate) streaming: bool,
}

/// How long an answer took.
#[derive(Clone, Copy)]
pub(crate) struct Answered {
    pub(crate) whole: Duration,
    /// Until the first text of a stream.
    pub(crate) first: Option<Duration>,
}

struct Head {
    length: usize,
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
            conversation: None,
        }
    }

    /// Asks, reads the whole answer and looks whether it is the right one.
    pub(crate) async fn ask(&mut self, question: &Question) -> anyhow::Result<Answered> {
        let begun = Instant::now();
        let request = self.request(question);
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
        let head = loop {
            self.read(&mut stream).await?;
            if let Some(head) = self.head()? {
                break head;
            }
        };
        let first = self.body(&mut stream, &head, begun).await?;
        let whole = begun.elapsed();
        self.check(&self.received[head.length..], question)?;
        if !head.closes {
            self.stream = Some(stream);
        }
        Ok(Answered { whole, first })
    }

    /// The id of the conversation that the last answer was in.
    pub(crate) fn last_conversation(&self) -> Option<String> {
        let body = String::from_utf8_lossy(&self.received);
        let (_, rest) = body.split_once(r#""conversation_id":""#)?;
        Some(rest.split_once('"')?.0.to_owned())
    }

    fn request(&self, question: &Question) -> String {
        let mut body =
            serde_json::json!({"message": question.message, "stream": question.streaming});
        if let Some(id) = &self.conversation {
            body["conversation_id"] = id.as_str().into();
        }
        let body = body.to_string();
        let cookie = self.cookie.as_deref();
        let cookie = cookie.map_or(String::new(), |cookie| format!("cookie: {cookie}\r\n"));
        format!(
            "POST /api/chat HTTP/1.1\r\nhost: {}\r\n{cookie}content-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        )
    }

    async fn read(&mut self, stream: &mut TcpStream) -> anyhow::Result<()> {
        self.received.reserve(READ);
        let read = stream.read_buf(&mut self.received).await?;
        ensure!(read > 0, "the server hung up");
        Ok(())
    }

    fn head(&mut self) -> anyhow::Result<Option<Head>> {
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
        Ok(Some(Head {
            length,
            body,
            closes,
        }))
    }

    /// Reads to the end; tells when the first text of a stream came.
    async fn body(
        &mut self,
        stream: &mut TcpStream,
        head: &Head,
        begun: Instant,
    ) -> anyhow::Result<Option<Duration>> {
        if let Some(body) = head.body {
            while self.received.len() < head.length + body {
                self.read(stream).await?;
            }
            return Ok(None);
        }
        let (mut first, mut seen) = (None, head.length);
        loop {
            if first.is_none() && find(&self.received[seen..], b"event: delta").is_some() {
                first = Some(begun.elapsed());
            }
            if self.received.ends_with(LAST_CHUNK) {
                return Ok(first);
            }
            // The end of what was seen may be the beginning of what is looked for.
            seen = self.received.len().saturating_sub(16).max(head.length);
            self.read(stream).await?;
        }
    }

    fn check(&self, body: &[u8], question: &Question) -> anyhow::Result<()> {
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
    let first = *wanted.first()?;
    let mut from = 0;
    loop {
        from += bytes.get(from..)?.iter().position(|byte| *byte == first)?;
        if bytes[from..].starts_with(wanted) {
            return Some(from);
        }
        from += 1;
    }
}
