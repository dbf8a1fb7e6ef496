//! Failures of a model call.

/// A failed model call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}: {detail}")]
pub struct ModelError {
    /// Its kind.
    pub kind: ModelErrorKind,
    /// What happened, for the operator; never holds a key or a prompt.
    pub detail: String,
}

/// Kinds of failure: a closed set, used as `error.type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ModelErrorKind {
    /// No answer in time.
    Timeout,
    /// The connection could not be made or broke.
    Connection,
    /// The provider asks to slow down.
    RateLimited,
    /// The provider failed.
    Server,
    /// The key was refused.
    Authentication,
    /// The request was refused.
    BadRequest,
    /// The answer could not be read.
    BadResponse,
}

impl ModelErrorKind {
    /// The `error.type` of spans and metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Connection => "connection",
            Self::RateLimited => "rate_limited",
            Self::Server => "server_error",
            Self::Authentication => "authentication",
            Self::BadRequest => "bad_request",
            Self::BadResponse => "bad_response",
        }
    }
}

impl std::fmt::Display for ModelErrorKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
