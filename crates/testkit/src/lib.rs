//! Test doubles that speak the real protocols.
//!
//! - [`Receiver`]: an OTLP collector over gRPC that keeps what it gets and answers questions
//!   about it: [`ReceivedSpan`], [`ReceivedLog`], [`Metrics`].
//! - [`Sink`]: one that only counts, for measurements.
//! - [`exposition`]: those metrics as the collector shows them to Prometheus.
//! - [`traffic`]: people who talk to the application, for demonstrations.
//! - [`llm::LlmServer`]: a language model's server that says what a script tells it to.

pub mod exposition;
pub mod llm;
mod metrics;
mod received;
mod receiver;
mod sink;
pub mod traffic;

pub use metrics::{Metrics, Series, SeriesValue};
pub use received::{Attributes, Received, ReceivedLog, ReceivedSpan};
pub use receiver::{Receiver, TimedOut};
pub use sink::Sink;
pub use tonic::Code;
