//! What follows from a failed call.

use std::time::Duration;

/// A failed call, as far as it matters for whether it is made again and what it says of the service.
pub trait Failure {
    /// Whether the same call may well succeed a little later, and does no harm when it is made twice.
    fn is_transient(&self) -> bool;

    /// How long the service asks to wait.
    fn retry_after(&self) -> Option<Duration>;

    /// What it says of the service.
    fn verdict(&self) -> Verdict;
}

/// What a failed call says of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The service is at fault: the breaker counts it.
    Failed,
    /// The fault lies with the request: the service is there. Counted, one caller could cut off all others.
    Answered,
    /// Nothing: nobody has answered who could be given time.
    Unheard,
}
