//! A language model's server for measurements: what it says is rendered before anybody asks.
//!
//! [`LlmServer`](super::LlmServer) keeps and checks each request, which costs more than what is measured.
//! This one reads no more of a request than it must: whether its last message is the result of a tool, and
//! whether the answer is to be streamed. The bytes are those that `LlmServer` would send.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
    time::Instant,
};

use super::{
    Answer, Cuts, LlmRequest, Outcome, Protocol, http,
    plan::{Part, plan},
};

/// How much is read at once, in bytes: a whole prompt.
const READ: usize = 64 << 10;
/// How many connections may wait to be accepted.
const BACKLOG: u32 = 4096;

/// How a streamed answer travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Head and body in one write.
    AtOnce,
    /// Each token is a write, without a wait between them.
    ByToken,
    /// Each token is a write, in its time.
    Paced {
        /// Wait before the first token.
        first: Duration,
        /// Wait before each further one.
        between: Duration,
    },
}

/// A server that answers a person's message with a call of a tool, and the tool's result with a text.
/// Dropping it closes the port and every connection.
#[derive(Debug)]
pub struct RapidLlm {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    call: Answer,
    text: Answer,
    rendered: Mutex<Arc<Rendered>>,
    answered: AtomicU64,
}

/// The two answers as bytes, in the order: call, text.
#[derive(Debug)]
struct Rendered {
    streamed: [Vec<Part>; 2],
    whole: [Vec<Part>; 2],
}

impl RapidLlm {
    /// Starts on a free port of the loopback interface.
    ///
    /// # Errors
    /// No port is to be had.
    pub async fn start(call: Answer, text: Answer) -> io::Result<Self> {
        let socket = tokio::net::TcpSocket::new_v4()?;
        socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        let listener = socket.listen(BACKLOG)?;
        let address = listener.local_addr()?;
        let rendered = Rendered::new(&call, &text, Delivery::AtOnce);
        let shared = Arc::new(Shared {
            call,
            text,
            rendered: Mutex::new(Arc::new(rendered)),
            answered: AtomicU64::new(0),
        });
        let task = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self {
            address,
            shared,
            task,
        })
    }

    /// From the next request on, answers travel so.
    pub fn deliver(&self, delivery: Delivery) {
        let rendered = Rendered::new(&self.shared.call, &self.shared.text, delivery);
        let mut current = self
            .shared
            .rendered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *current = Arc::new(rendered);
    }

    /// Base URL for clients of OpenAI's protocol.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// How many requests were answered to the end.
    #[must_use]
    pub fn answered(&self) -> u64 {
        self.shared.answered.load(Ordering::Relaxed)
    }
}

impl Drop for RapidLlm {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Rendered {
    fn new(call: &Answer, text: &Answer, delivery: Delivery) -> Self {
        let answers = [call, text];
        Self {
            streamed: answers.map(|answer| streamed(answer, delivery)),
            whole: answers.map(|answer| at_once(parts(answer.clone(), false))),
        }
    }
}

fn streamed(answer: &Answer, delivery: Delivery) -> Vec<Part> {
    let answer = answer.clone();
    match delivery {
        Delivery::AtOnce => at_once(parts(answer.cut(Cuts::None), true)),
        Delivery::ByToken => parts(answer, true),
        Delivery::Paced { first, between } => {
            parts(answer.slow(first, between).cut(Cuts::None), true)
        }
    }
}

fn parts(answer: Answer, stream: bool) -> Vec<Part> {
    let request = LlmRequest {
        number: 0,
        connection: 0,
        protocol: Protocol::OpenAi,
        path: String::new(),
        headers: Vec::new(),
        body: json!({
            "model": "scripted", "stream": stream, "stream_options": {"include_usage": true},
        }),
        outcome: Outcome::Answering,
    };
    plan(answer.into(), &request).parts
}

fn at_once(parts: Vec<Part>) -> Vec<Part> {
    let bytes = parts.into_iter().flat_map(|part| part.bytes).collect();
    let delay = Duration::ZERO;
    vec![Part { delay, bytes }]
}

/// Accepts connections for ever. Aborting it drops them all.
async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                // What fails here is a connection that is gone already.
                let Ok((stream, _)) = accepted else { continue };
                let shared = Arc::clone(&shared);
                // A connection that fails is the client's to notice: it counts answers.
                connections.spawn(async move { drop(serve(stream, &shared).await) });
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve(mut stream: TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut received = Vec::with_capacity(READ);
    loop {
        let request = loop {
            let taken = http::take_request(&mut received).map_err(io::Error::other)?;
            if let Some(request) = taken {
                break request;
            }
            received.reserve(READ);
            if stream.read_buf(&mut received).await? == 0 {
                return Ok(());
            }
        };
        let rendered = Arc::clone(
            &shared
                .rendered
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        );
        let body = std::str::from_utf8(&request.body).map_err(io::Error::other)?;
        let wanted = usize::from(ends_with_a_result(body));
        let parts = match body.contains(r#""stream":true"#) {
            true => &rendered.streamed[wanted],
            false => &rendered.whole[wanted],
        };
        let mut due = Instant::now();
        for part in parts {
            if !part.delay.is_zero() {
                // A wait that came late does not make the next one later.
                due += part.delay;
                tokio::time::sleep_until(due).await;
            }
            stream.write_all(&part.bytes).await?;
        }
        shared.answered.fetch_add(1, Ordering::Relaxed);
    }
}

/// Whether the last message is the result of a tool, by its role in compact JSON.
fn ends_with_a_result(body: &str) -> bool {
    body.rfind(r#""role":"tool""#) > body.rfind(r#""role":"user""#)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn ask(server: &RapidLlm, role: &str, stream: bool) -> String {
        let url = format!("{}/chat/completions", server.base_url());
        let body = json!({"messages": [{"role": role, "content": "x"}], "stream": stream});
        let _ = rustls::crypto::ring::default_provider().install_default();
        let answer = reqwest::Client::new().post(url).json(&body).send();
        answer.await.unwrap().text().await.unwrap()
    }

    #[tokio::test]
    async fn it_calls_the_tool_and_then_answers_however_it_delivers() {
        let call = Answer::call("search_flights", json!({"date": "2027-01-12"}));
        let server = RapidLlm::start(call, Answer::text("Two flights."))
            .await
            .unwrap();
        let paced = Delivery::Paced {
            first: Duration::from_millis(2),
            between: Duration::from_millis(1),
        };
        for delivery in [Delivery::AtOnce, Delivery::ByToken, paced] {
            server.deliver(delivery);
            for stream in [true, false] {
                let called = ask(&server, "user", stream).await;
                assert!(called.contains("search_flights"), "{delivery:?}: {called}");
                let said = ask(&server, "tool", stream).await;
                assert!(said.contains("flights."), "{delivery:?}: {said}");
                assert_eq!(said.contains("[DONE]"), stream);
            }
        }
        assert_eq!(server.answered(), 12);
    }
}
