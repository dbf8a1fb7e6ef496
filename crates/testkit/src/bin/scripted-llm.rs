//! A stand-in for a language model's server: answers every request with a text that says so.
//!
//! For demonstrations without a key, and for checks of the wire format. A request for the model
//! `fixture:openai/two_calls.sse` gets that fixture, byte for byte.

use std::{
    io::{self, Write},
    net::SocketAddr,
    time::Duration,
};

use clap::Parser;
use jiff::{ToSpan, Zoned, civil::Date};
use testkit::llm::{Answer, Fault, LlmRequest, LlmServer, Outcome, Reply, Usage, demo, fixtures};
use tokio::signal::unix::{SignalKind, signal};

/// What it says where no fixture is asked for.
const TEXT: &str = "Réponse scriptée : aucun modèle de langage n’a répondu ici. \
    (A scripted answer: no language model was asked.)";
/// Wait before each word, so that one sees it stream.
const PACE: Duration = Duration::from_millis(30);
/// How far ahead the demonstration's searches look.
const DAYS_AHEAD: i32 = 40;

/// Speaks OpenAI's chat completions and Anthropic's Messages, and thinks nothing.
#[derive(Parser)]
struct Args {
    /// Where to listen; port 0 takes a free one. The first line printed says which.
    #[arg(long, env = "SCRIPTED_LLM_ADDR", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Call tools, report cached tokens and fail now and then, as the demonstration wants it.
    #[arg(long, env = "SCRIPTED_LLM_DEMO")]
    demo: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let args = Args::parse();
    let server = LlmServer::start_at(args.listen, move |request| reply(request, args.demo)).await?;
    writeln!(io::stdout(), "{}", server.base_url_anthropic())?;
    // As the first process of a container it would else ignore them.
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    loop {
        tokio::select! {
            _ = terminated.recv() => return Ok(()),
            _ = interrupted.recv() => return Ok(()),
            _ = server.wait_until(Duration::MAX, any_finished) => report(&server)?,
        }
    }
}

fn reply(request: &LlmRequest, demo: bool) -> Reply {
    if let Some(name) = request.model().strip_prefix("fixture:") {
        return match fixtures::load(name) {
            Ok(raw) => raw.into(),
            Err(_) => Fault::status(404).into(),
        };
    }
    if demo {
        return demo::reply(request, &search_day().to_string());
    }
    let answer = Answer::text(TEXT).slow(PACE, PACE);
    let usage = Usage {
        prompt: request.rough_tokens(),
        completion: answer.text.len() as u64,
        cached: 0,
        cache_write: 0,
        reasoning: 0,
    };
    answer.with_usage(usage).into()
}

/// A day that the schedule knows, whenever the demonstration runs.
#[expect(
    clippy::disallowed_methods,
    reason = "a program's edge: nobody hands it a clock"
)]
fn search_day() -> Date {
    Zoned::now().date().saturating_add(DAYS_AHEAD.days())
}

fn any_finished(requests: &[LlmRequest]) -> bool {
    requests
        .iter()
        .any(|request| request.outcome != Outcome::Answering)
}

/// Prints a line for each finished request, and what was wrong with any. No text of a prompt.
fn report(server: &LlmServer) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for request in server.take_finished() {
        let (path, model) = (&request.path, request.model());
        let outcome = request.outcome;
        writeln!(out, "{} {path} model={model} {outcome:?}", request.number)?;
    }
    for violation in server.take_violations() {
        writeln!(out, "violation: {violation}")?;
    }
    Ok(())
}
