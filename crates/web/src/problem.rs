//! Errors over HTTP: RFC 9457 problem documents.

use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::{Serialize, Serializer, ser::SerializeStruct};

use agent::{event::TurnFailure, llm::Remedy, store::StoreError};

/// A problem document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// HTTP status.
    pub status: u16,
    /// What the status does not say.
    pub kind: ProblemKind,
    /// What went wrong this time.
    pub detail: String,
    /// The fields at fault.
    pub errors: Vec<FieldError>,
    /// Trace of the request; empty until it is known.
    pub trace_id: String,
    /// Seconds after which to try again; becomes `Retry-After`.
    pub retry_after: Option<u32>,
}

/// What a problem is beyond its status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProblemKind {
    /// Nothing more.
    #[default]
    General,
    /// A budget is used up; the detail says so in the visitor's language.
    BudgetExhausted,
    /// The answer is there and not stored; the detail says so in the visitor's language.
    AnswerPending,
}

impl ProblemKind {
    /// The `type` of the document.
    const fn uri(self) -> &'static str {
        match self {
            Self::General => "about:blank",
            Self::BudgetExhausted => "tag:travel-agent,2026:budget-exhausted",
            Self::AnswerPending => "tag:travel-agent,2026:answer-pending",
        }
    }
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_struct("Problem", 6)?;
        document.serialize_field("type", self.kind.uri())?;
        document.serialize_field("title", self.title())?;
        document.serialize_field("status", &self.status)?;
        document.serialize_field("detail", &self.detail)?;
        if !self.errors.is_empty() {
            document.serialize_field("errors", &self.errors)?;
        }
        document.serialize_field("trace_id", &self.trace_id)?;
        document.end()
    }
}

/// A field at fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The field.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

impl Problem {
    /// A problem of this status.
    #[must_use]
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            status: status.as_u16(),
            kind: ProblemKind::General,
            detail: detail.into(),
            errors: Vec::new(),
            trace_id: String::new(),
            retry_after: None,
        }
    }

    /// 422: a field cannot be used.
    #[must_use]
    pub fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        let error = FieldError {
            field: field.into(),
            message: message.into(),
        };
        let detail = format!("{}: {}", error.field, error.message);
        Self {
            errors: vec![error],
            ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
        }
    }

    /// 404, which does not say whether there is such a thing for anyone else.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "there is no such resource")
    }

    /// 429: a budget is used up for `seconds` more.
    #[must_use]
    pub fn budget_exhausted(detail: &str, seconds: u32) -> Self {
        Self {
            kind: ProblemKind::BudgetExhausted,
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, detail).retry_after(seconds)
        }
    }

    /// 503: the store does not answer, or takes nothing.
    #[must_use]
    pub fn unavailable() -> Self {
        let status = StatusCode::SERVICE_UNAVAILABLE;
        Self::new(status, "the database is unavailable").retry_after(5)
    }

    /// 503: an answer waits to be stored, and may appear later.
    #[must_use]
    pub fn answer_pending(detail: &str) -> Self {
        Self {
            kind: ProblemKind::AnswerPending,
            ..Self::new(StatusCode::SERVICE_UNAVAILABLE, detail).retry_after(10)
        }
    }

    /// 409: the proposal cannot be decided on any more.
    #[must_use]
    pub fn closed_proposal() -> Self {
        let detail = "this proposal has expired or was answered already";
        Self::new(StatusCode::CONFLICT, detail)
    }

    /// 409: the message decided on a proposal.
    #[must_use]
    pub fn decided() -> Self {
        let detail = "this message decided on a proposal, so it is answered only once";
        Self::new(StatusCode::CONFLICT, detail)
    }

    /// The same, of this trace.
    #[must_use]
    pub fn in_trace(self, trace_id: &str) -> Self {
        Self {
            trace_id: trace_id.to_owned(),
            ..self
        }
    }

    /// Asks to try again later.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// An answer that stands for this problem, such as a page, with the headers that go with it.
    #[must_use]
    pub fn told_by(&self, mut answer: Response) -> Response {
        if let Some(seconds) = self.retry_after {
            answer
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        answer
    }

    /// The status, in words.
    fn title(&self) -> &'static str {
        self.status_code().canonical_reason().unwrap_or("Error")
    }

    /// The status.
    #[must_use]
    pub fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for Problem {
    fn into_response(mut self) -> Response {
        if self.trace_id.is_empty() {
            self.trace_id = obs::http::trace_id(&tracing::Span::current())
                .map(|id| id.to_string())
                .unwrap_or_default();
        }
        let body = serde_json::to_string(&self).unwrap_or_default();
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = self.told_by((self.status_code(), kind, body).into_response());
        // Whoever came by browser is shown a page made of it.
        response.extensions_mut().insert(self);
        response
    }
}

/// Makes problem documents of the framework's own refusals, such as a path that is no UTF-8.
pub async fn complete(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_plain = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if status.is_client_error() && is_plain {
        return Problem::new(status, "the request cannot be understood").into_response();
    }
    response
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::not_found(),
            StoreError::Busy => Self::busy(),
            StoreError::Closed => Self::closed_proposal(),
            StoreError::Decided => Self::decided(),
            StoreError::NothingToTakeBack => {
                Self::new(StatusCode::CONFLICT, "there is nothing to take back")
            }
            StoreError::TooManyShares => {
                let detail = "this conversation has 20 links already: end one of them first";
                Self::new(StatusCode::CONFLICT, detail)
            }
            StoreError::NoSuchDay => Self::new(
                StatusCode::CONFLICT,
                "the trip has no such day whose programme could be moved",
            ),
            // The operator was told once.
            StoreError::Lost { .. } => Self::unavailable(),
            StoreError::TimedOut => {
                tracing::warn!(%error, "a read was given up");
                let detail = "the database did not answer in time: try again in a moment";
                Self::new(StatusCode::SERVICE_UNAVAILABLE, detail).retry_after(5)
            }
            StoreError::Database(_) | StoreError::InUse { .. } | StoreError::Corrupt(_) => {
                tracing::error!(%error, "store failed");
                Self::unavailable()
            }
        }
    }
}

impl Problem {
    /// 409: one turn at a time.
    #[must_use]
    pub fn busy() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "a turn is already running in this conversation",
        )
    }

    /// A turn that failed before it said anything.
    #[must_use]
    pub fn of_failure(failure: &TurnFailure, trace_id: &str) -> Self {
        let status = match failure {
            TurnFailure::Deadline => StatusCode::GATEWAY_TIMEOUT,
            TurnFailure::Draining => StatusCode::SERVICE_UNAVAILABLE,
            TurnFailure::Model(error) => match error.kind.remedy() {
                Remedy::Rephrase => StatusCode::UNPROCESSABLE_ENTITY,
                Remedy::Shorten => StatusCode::PAYLOAD_TOO_LARGE,
                Remedy::Wait | Remedy::Operator | Remedy::AskLess | Remedy::Unclear => {
                    StatusCode::BAD_GATEWAY
                }
            },
            TurnFailure::Unusable => StatusCode::BAD_GATEWAY,
            TurnFailure::Tool { .. } | TurnFailure::Panic => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let detail = failure.public_text(agent::locale::Locale::En);
        Self::new(status, detail).in_trace(trace_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_read_that_took_too_long_may_be_tried_again() {
        let response = Problem::from(StoreError::TimedOut).into_response();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()[header::RETRY_AFTER], "5");
    }
}
