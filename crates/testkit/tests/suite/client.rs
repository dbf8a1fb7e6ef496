//! A client that sees the bytes: HTTP/1.1 over a socket, without a library between.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use serde_json::{Value, json};
use testkit::llm::{LlmServer, Protocol, Reply};

pub(crate) const KEY: &str = "sk-canary-0123456789";

/// A response as it came.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: String,
    /// The chunks of a chunked body, or one part with what came of another.
    pub(crate) chunks: Vec<Vec<u8>>,
    /// Whether the body ended as its framing promised.
    pub(crate) complete: bool,
    /// How the connection failed while it was read.
    pub(crate) error: Option<io::ErrorKind>,
}

impl Response {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.chunks.concat()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text()).unwrap()
    }

    /// The data of each event that is JSON, by name.
    pub(crate) fn events(&self) -> Vec<(String, Value)> {
        let mut name = String::new();
        let mut events = Vec::new();
        for line in self.text().lines() {
            if let Some(event) = line.strip_prefix("event: ") {
                name = event.to_owned();
            } else if let Some(Ok(data)) = line.strip_prefix("data: ").map(serde_json::from_str) {
                events.push((std::mem::take(&mut name), data));
            }
        }
        events
    }
}

/// A body that breaks no invariant.
pub(crate) fn body(protocol: Protocol, stream: bool) -> Value {
    let messages = json!([{"role": "user", "content": "Lisbon?"}]);
    match (protocol, stream) {
        (Protocol::Anthropic, _) => {
            json!({"model": "asked", "max_tokens": 9, "messages": messages, "stream": stream})
        }
        (Protocol::OpenAi, true) => json!({"model": "asked", "messages": messages, "stream": true,
            "stream_options": {"include_usage": true}}),
        (Protocol::OpenAi, false) => json!({"model": "asked", "messages": messages}),
    }
}

/// Sends one request.
pub(crate) fn send(stream: &mut TcpStream, protocol: Protocol, body: &Value) {
    let (path, auth) = match protocol {
        Protocol::OpenAi => (
            "/v1/chat/completions",
            format!("authorization: Bearer {KEY}"),
        ),
        Protocol::Anthropic => (
            "/v1/messages",
            format!("x-api-key: {KEY}\r\nanthropic-version: 2023-06-01"),
        ),
    };
    let body = body.to_string();
    let length = body.len();
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nhost: x\r\n{auth}\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
    .unwrap();
}

/// Reads one response, byte by byte, so that nothing of the next is taken.
pub(crate) fn receive(stream: &mut TcpStream) -> Response {
    let mut response = Response {
        status: 0,
        headers: String::new(),
        chunks: Vec::new(),
        complete: false,
        error: None,
    };
    if let Err(error) = read(stream, &mut response) {
        response.error = Some(error.kind());
    }
    response
}

fn read(stream: &mut TcpStream, response: &mut Response) -> io::Result<()> {
    let mut byte = [0];
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    response.headers = String::from_utf8(head).unwrap().to_lowercase();
    response.status = response.headers[9..12].parse().unwrap();
    let length = response.headers.split("content-length: ").nth(1);
    if let Some(length) = length.map(|rest| rest.split("\r\n").next().unwrap().parse().unwrap()) {
        response.chunks.push(Vec::new());
        for _ in 0..length {
            stream.read_exact(&mut byte)?;
            response.chunks[0].push(byte[0]);
        }
        response.complete = true;
        return Ok(());
    }
    assert!(response.headers.contains("transfer-encoding: chunked"));
    loop {
        let mut size = Vec::new();
        while !size.ends_with(b"\r\n") {
            stream.read_exact(&mut byte)?;
            size.push(byte[0]);
        }
        let size = usize::from_str_radix(std::str::from_utf8(&size).unwrap().trim(), 16).unwrap();
        let mut chunk = vec![0; size + 2];
        stream.read_exact(&mut chunk)?;
        assert_eq!(&chunk[size..], b"\r\n");
        if size == 0 {
            response.complete = true;
            return Ok(());
        }
        chunk.truncate(size);
        response.chunks.push(chunk);
    }
}

pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    // A test that waits for ever says less than one that fails.
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    stream
}

/// Runs something that blocks, beside the server.
pub(crate) async fn blocking<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(run).await.unwrap()
}

/// One request on a connection of its own.
pub(crate) async fn ask(server: &LlmServer, protocol: Protocol, body: Value) -> Response {
    let address = server.address();
    blocking(move || {
        let mut stream = connect(address);
        send(&mut stream, protocol, &body);
        receive(&mut stream)
    })
    .await
}

/// What this reply comes to.
pub(crate) async fn reply(reply: impl Into<Reply>, protocol: Protocol, stream: bool) -> Response {
    let reply = reply.into();
    let server = LlmServer::start(move |_| reply.clone()).await.unwrap();
    let address = server.address();
    blocking(move || {
        let mut connection = connect(address);
        send(&mut connection, protocol, &body(protocol, stream));
        receive(&mut connection)
    })
    .await
}
