//! A language model's server that says what a script tells it to.
//!
//! [`LlmServer`] speaks OpenAI's chat completions (`POST …/chat/completions`) and Anthropic's
//! Messages (`POST …/v1/messages`) over HTTP/1.1, streamed and whole. It owns the socket, so that
//! a script rules every byte: where the stream is cut, how slowly it comes, and how it breaks.
//!
//! - A script maps an [`LlmRequest`] to a [`Reply`]; most replies are an [`Answer`], which is
//!   rendered in the protocol of the request.
//! - [`invariants`] says what is wrong with a request. The server applies it to each one, and
//!   dropping the server fails the test when anything was.
//! - [`RapidLlm`] checks nothing and is fast: for measurements.
//! - [`fixtures`] holds streams in the shapes of real providers, [`wire`] those that are wrong.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use serde_json::json;
//! use testkit::llm::{Answer, Cuts, LlmServer};
//!
//! let server = LlmServer::start(|request| match request.number {
//!     0 => Answer::call("search_flights", json!({"from": "PAR", "to": "LIS"})),
//!     _ => Answer::text("Trois vols.").cut(Cuts::Random(7)),
//! })
//! .await?;
//! let base_url = server.base_url_openai();
//! // … let the client under test make its two requests to `base_url` …
//! assert_eq!(server.requests()[1].tool_results()[0].call_id, "call_0_0");
//! # let _ = base_url;
//! # Ok(())
//! # }
//! ```

mod answer;
mod anthropic;
mod connection;
mod conversation;
mod cuts;
pub mod demo;
mod errors;
pub mod fixtures;
mod http;
pub mod invariants;
mod openai;
mod plan;
mod rapid;
mod reply;
mod request;
mod server;
pub mod wire;

pub use answer::{Answer, Ending, Finish, Noise, Pace, ToolCall, Usage};
pub use conversation::{Entry, ToolResult};
pub use cuts::Cuts;
pub use errors::Fault;
pub use rapid::{Delivery, RapidLlm};
pub use reply::{Raw, Reply};
pub use request::{LlmRequest, Outcome, Protocol};
pub use server::{LlmServer, TimedOut};
