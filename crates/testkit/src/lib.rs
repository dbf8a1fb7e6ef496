//! Test doubles that speak the real protocols.
//!
//! - [`Receiver`]: an OTLP collector over gRPC that keeps what it gets and answers questions
//!   about it: [`ReceivedSpan`], [`ReceivedLog`], [`Metrics`].
//! - [`llm::LlmServer`]: a language model's server that says what a script tells it to.

pub mod llm;
mod metrics;
mod received;
mod receiver;

pub use metrics::{Metrics, Series, SeriesValue};
pub use received::{Attributes, Received, ReceivedLog, ReceivedSpan};
pub use receiver::{Receiver, TimedOut};
