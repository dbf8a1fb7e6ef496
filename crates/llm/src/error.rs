//! Failures of a model call.

use std::{fmt, time::Duration};

use super::hint;

/// A failed model call. Its `Display` is fit for any log: it holds nothing that a provider has written
/// but its code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ModelError {
    /// Its kind.
    pub kind: ModelErrorKind,
    /// HTTP status of the provider's answer; `None` where there was none, or a stream had begun.
    pub status: Option<u16>,
    /// The provider's own code: `[A-Za-z0-9_.-]{1,64}`, `other` where it is anything else.
    pub code: Option<String>,
    /// What happened, for the operator; never holds a key.
    pub detail: String,
    /// The detail is in the provider's words, which may repeat what people wrote: for telemetry that
    /// keeps content, alone.
    pub quoted: bool,
    /// What is known of the remedy beyond the kind.
    pub advice: Option<&'static str>,
    /// How long the provider asks to wait.
    pub retry_after: Option<Duration>,
    /// The adapter has learnt from it: the same request may pass at once.
    pub adapted: bool,
}

impl ModelError {
    /// A failure of a kind. The detail is in words of ours and quotes nobody.
    pub fn new(kind: ModelErrorKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            status: None,
            code: None,
            detail: detail.into(),
            quoted: false,
            advice: None,
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

    /// A failure that the provider itself has put into words.
    pub(super) fn quoting(kind: ModelErrorKind, detail: impl Into<String>) -> Self {
        Self {
            quoted: true,
            ..Self::new(kind, detail)
        }
    }

    /// The same, with what is odd about the address where that is at fault; `endpoint` is added to it.
    pub(super) fn at(self, base_url: &str, endpoint: &str) -> Self {
        let of_address = self.kind == ModelErrorKind::WrongAddress;
        let odd = || hint::of_address(base_url, endpoint).filter(|_| of_address);
        Self {
            advice: self.advice.or_else(odd),
            ..self
        }
    }

    /// What an operator can do about it, and which variable to change; `None` where waiting is all.
    #[must_use]
    pub fn hint(&self, provider: &str) -> Option<String> {
        hint::of(self.kind, self.advice, provider)
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)?;
        if let Some(status) = self.status {
            write!(f, ", HTTP {status}")?;
        }
        if let Some(code) = &self.code {
            write!(f, ", code {code}")?;
        }
        match &*self.detail {
            "" => Ok(()),
            _ if self.quoted => Ok(()),
            detail => write!(f, ": {detail}"),
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
    /// No API answers at the base address: another path, an unknown host, a certificate that nobody
    /// trusts, a redirect, a page.
    WrongAddress,
    /// The prompt is longer than the model's context.
    ContextLength,
    /// The provider's filter withheld the request.
    ContentFilter,
    /// The model wrote a call that its own server cannot read.
    ToolUseFailed,
    /// The answer passes a bound of ours.
    AnswerTooLong,
    /// The request was refused: any other 4xx.
    BadRequest,
    /// The answer could not be read, or is a 5xx that time does not cure: 501, 505.
    BadResponse,
    /// It failed too often lately, so it was not asked.
    CircuitOpen,
}

/// Who can do something about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Time.
    Wait,
    /// The operator, who finds a hint in the log.
    Operator,
    /// The person, who may put it another way: a filter withheld it.
    Rephrase,
    /// The person, who may begin a new conversation or write less.
    Shorten,
    /// The person, who may ask for less.
    AskLess,
    /// The person or the operator: the provider refused the request and did not say why.
    Unclear,
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
            Self::WrongAddress => "wrong_address",
            Self::ContextLength => "context_length",
            Self::ContentFilter => "content_filter",
            Self::ToolUseFailed => "tool_use_failed",
            Self::AnswerTooLong => "answer_too_long",
            Self::BadRequest => "bad_request",
            Self::BadResponse => "bad_response",
            Self::CircuitOpen => "circuit_open",
        }
    }

    /// Who can do something about it.
    #[must_use]
    pub const fn remedy(self) -> Remedy {
        match self {
            Self::Timeout
            | Self::Connection
            | Self::RateLimited
            | Self::Overloaded
            | Self::Server
            | Self::ToolUseFailed
            | Self::BadResponse
            | Self::CircuitOpen => Remedy::Wait,
            Self::QuotaExceeded
            | Self::Authentication
            | Self::UnknownModel
            | Self::WrongAddress => Remedy::Operator,
            Self::ContentFilter => Remedy::Rephrase,
            Self::ContextLength => Remedy::Shorten,
            Self::AnswerTooLong => Remedy::AskLess,
            Self::BadRequest => Remedy::Unclear,
        }
    }

    /// Whether it depends on what was asked. Then it says nothing of the provider, which has answered:
    /// one person could cut everyone else off.
    #[must_use]
    pub const fn is_of_request(self) -> bool {
        matches!(
            self,
            Self::UnknownModel
                | Self::ContextLength
                | Self::ContentFilter
                | Self::ToolUseFailed
                | Self::AnswerTooLong
                | Self::BadRequest
        )
    }
}

impl fmt::Display for ModelErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
