//! The server: its port, what it has received, and what was wrong with it.

use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    net::TcpListener,
    sync::watch,
    task::{JoinHandle, JoinSet},
};

use super::{LlmRequest, Outcome, Reply, connection, invariants};

/// How long [`LlmServer::wait_for_requests`] and [`LlmServer::wait_for_hang_up`] wait.
const PATIENCE: Duration = Duration::from_secs(10);

type Script = dyn Fn(&LlmRequest) -> Reply + Send + Sync;

/// A language model's server on a port of its own.
///
/// Dropping it closes the port and every connection, and panics if any request broke an invariant
/// of its protocol: see [`Self::take_violations`] for tests that want one to.
pub struct LlmServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

/// What the connections share.
pub(super) struct Shared {
    pub(super) script: Box<Script>,
    state: Mutex<State>,
    /// Counts the changes, so that whoever waits looks again.
    changed: watch::Sender<usize>,
}

#[derive(Default)]
struct State {
    /// How many came; the number of the next one.
    received: usize,
    /// Those kept, by number.
    requests: Vec<LlmRequest>,
    violations: Vec<String>,
}

/// What was waited for did not come in time.
#[derive(Debug)]
pub struct TimedOut {
    /// What had been received by then.
    pub received: Vec<LlmRequest>,
}

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outcomes: Vec<_> = self
            .received
            .iter()
            .map(|request| request.outcome)
            .collect();
        write!(
            f,
            "timed out with {} requests: {outcomes:?}",
            outcomes.len()
        )
    }
}

impl std::error::Error for TimedOut {}

impl LlmServer {
    /// Starts on a free port of the loopback interface. The script decides each reply.
    pub async fn start<R: Into<Reply>>(
        script: impl Fn(&LlmRequest) -> R + Send + Sync + 'static,
    ) -> io::Result<Self> {
        Self::start_at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), script).await
    }

    /// Starts on this address.
    pub async fn start_at<R: Into<Reply>>(
        address: SocketAddr,
        script: impl Fn(&LlmRequest) -> R + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            script: Box::new(move |request| script(request).into()),
            state: Mutex::default(),
            changed: watch::channel(0).0,
        });
        let task = tokio::spawn(accept(listener, shared.clone()));
        Ok(Self {
            address,
            shared,
            task,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Base URL for clients of OpenAI's protocol.
    pub fn base_url_openai(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// Base URL for clients of Anthropic's protocol.
    pub fn base_url_anthropic(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every request received so far, by number.
    pub fn requests(&self) -> Vec<LlmRequest> {
        self.shared.lock().requests.clone()
    }

    /// Takes the requests whose replies have ended, for a server that runs for long; the others stay.
    pub fn take_finished(&self) -> Vec<LlmRequest> {
        let mut state = self.shared.lock();
        let is_finished = |request: &mut LlmRequest| request.outcome != Outcome::Answering;
        state.requests.extract_if(.., is_finished).collect()
    }

    /// What was wrong with the requests so far.
    pub fn violations(&self) -> Vec<String> {
        self.shared.lock().violations.clone()
    }

    /// Takes what was wrong with the requests so far: dropping the server no longer minds.
    pub fn take_violations(&self) -> Vec<String> {
        std::mem::take(&mut self.shared.lock().violations)
    }

    /// Waits until `done` holds, looking again after each request and at the end of each reply;
    /// then gives every request.
    pub async fn wait_until(
        &self,
        timeout: Duration,
        mut done: impl FnMut(&[LlmRequest]) -> bool,
    ) -> Result<Vec<LlmRequest>, TimedOut> {
        let mut changed = self.shared.changed.subscribe();
        let found = tokio::time::timeout(timeout, async {
            loop {
                changed.borrow_and_update();
                if done(&self.shared.lock().requests) || changed.changed().await.is_err() {
                    return;
                }
            }
        });
        match found.await {
            Ok(()) => Ok(self.requests()),
            Err(_) => Err(TimedOut {
                received: self.requests(),
            }),
        }
    }

    /// Waits until so many requests came; ten seconds at most.
    pub async fn wait_for_requests(&self, count: usize) -> Result<Vec<LlmRequest>, TimedOut> {
        self.wait_until(PATIENCE, |requests| requests.len() >= count)
            .await
    }

    /// Waits until the client of this request hung up before its reply ended; ten seconds at most.
    pub async fn wait_for_hang_up(&self, number: usize) -> Result<Vec<LlmRequest>, TimedOut> {
        self.wait_until(PATIENCE, |requests| {
            let mut requests = requests.iter();
            requests.any(|request| request.number == number && request.outcome == Outcome::HungUp)
        })
        .await
    }
}

impl fmt::Debug for LlmServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LlmServer")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Drop for LlmServer {
    fn drop(&mut self) {
        self.task.abort();
        let violations = self.violations();
        assert!(
            violations.is_empty() || std::thread::panicking(),
            "requests that a provider would refuse:\n{}",
            violations.join("\n")
        );
    }
}

/// Accepts connections for ever. Aborting it drops them all.
async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    let mut number = 0;
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                // What fails here is a connection that is gone already.
                let Ok((stream, _)) = accepted else { continue };
                let shared = shared.clone();
                connections.spawn(async move { connection::serve(stream, number, &shared).await });
                number += 1;
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the request that is made for the next number, and what is wrong with it.
    pub(super) fn keep(&self, make: impl FnOnce(usize) -> LlmRequest) -> LlmRequest {
        let mut state = self.lock();
        let request = make(state.received);
        state.received += 1;
        let wrong = invariants::of_request(&request).into_iter();
        let number = request.number;
        state
            .violations
            .extend(wrong.map(|what| format!("request {number}: {what}")));
        state.requests.push(request.clone());
        drop(state);
        self.changed.send_modify(|changes| *changes += 1);
        request
    }

    /// Notes how the reply to a request ended.
    pub(super) fn played(&self, number: Option<usize>, outcome: Outcome) {
        let mut state = self.lock();
        let mut requests = state.requests.iter_mut();
        if let Some(request) = requests.find(|request| Some(request.number) == number) {
            request.outcome = outcome;
        }
        drop(state);
        self.changed.send_modify(|changes| *changes += 1);
    }

    /// Notes something that no client may do.
    pub(super) fn violation(&self, what: String) {
        self.lock().violations.push(what);
    }
}
