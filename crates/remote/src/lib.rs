//! What any remote service needs, whatever it offers: a circuit breaker and a credit for retries, bounds
//! and deadlines of what it sends, texts without its key, a client that carries the key nowhere else.
//!
//! It knows no other crate of ours and no protocol: what a failure is stays with the caller, who says of
//! each by [`Failure`] what follows from it.

mod ask;
mod bounded;
mod breaker;
mod client;
mod failure;
mod redact;
mod retry;
mod retry_after;
mod service;
mod timed;
mod transport;

pub use ask::{Unanswered, ask};
pub use bounded::{Bounds, beginning, bounded};
pub use breaker::Circuit;
pub use client::{Propagate, client};
pub use failure::{Failure, Verdict};
pub use redact::Redactor;
pub use retry_after::retry_after;
pub use service::{Permit, Service};
pub use timed::{Limits, Passed, Timed, Waited};
pub use transport::{Broken, How};
