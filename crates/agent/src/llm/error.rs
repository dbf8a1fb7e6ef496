//! Failures of a model call.

use std::time::Duration;

/// A failed model call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}: {detail}")]
pub struct ModelError {
    /// Its kind.
    pub kind: ModelErrorKind,
    /// What happened, for the operator; never holds a key or a prompt.
    pub detail: String,
    /// How long the provider asks to wait.
    pub retry_after: Option<Duration>,
    /// The adapter has learnt from it: the same request may pass at once.
    pub adapted: bool,
}

impl ModelError {
    /// A failure of a kind.
    pub fn new(kind: ModelErrorKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
            retry_after: None,
            adapted: false,
        }
    }

    /// The same failure, of a request that the adapter now puts otherwise.
    #[must_use]
    pub(super) fn adapted(self) -> Self {
        Self {
            adapted: true,
            ..self
        }
    }
}

/// Kinds of failure: a closed set, used as `error.type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ModelErrorKind {
    /// One of our deadlines passed.
    Timeout,
    /// The connection could not be made or broke.
    Connection,
    /// The provider asks to slow down: 429.
    RateLimited,
    /// The account has no credit left.
    QuotaExceeded,
    /// The provider has no capacity left: 503, 529.
    Overloaded,
    /// The provider failed: 408, 500, 502, 504, or an error in the stream.
    Server,
    /// The key was refused: 401, 403.
    Authentication,
    /// The provider has no such model.
    UnknownModel,
    /// The request was refused: any other 4xx.
    BadRequest,
    /// The answer could not be read, or is a 5xx that time does not cure: 501, 505.
    BadResponse,
    /// It failed too often lately, so it was not asked.
    CircuitOpen,
}

impl ModelErrorKind {
    /// The `error.type` of spans and metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Connection => "connection",
            Self::RateLimited => "rate_limited",
            Self::QuotaExceeded => "quota_exceeded",
            Self::Overloaded => "overloaded",
            Self::Server => "server_error",
            Self::Authentication => "authentication",
            Self::UnknownModel => "unknown_model",
            Self::BadRequest => "bad_request",
            Self::BadResponse => "bad_response",
            Self::CircuitOpen => "circuit_open",
        }
    }
}

impl ModelErrorKind {
    /// What an operator can do about it; `None` where waiting is all.
    #[must_use]
    pub const fn hint(self) -> Option<&'static str> {
        match self {
            Self::Authentication => Some("check the provider's API key and what it may do"),
            Self::UnknownModel => Some("check the model's name: LLM_MODEL, LLM_FALLBACK"),
            Self::QuotaExceeded => Some("the account has no credit left, or its limit is reached"),
            Self::Connection => Some("check the base address and the network"),
            Self::Timeout => Some("slow models need longer deadlines: LLM_*_TIMEOUT_SECONDS"),
            Self::RateLimited
            | Self::Overloaded
            | Self::Server
            | Self::BadRequest
            | Self::BadResponse
            | Self::CircuitOpen => None,
        }
    }
}

impl std::fmt::Display for ModelErrorKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
