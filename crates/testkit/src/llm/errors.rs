//! Errors in the shapes that providers send.

use serde_json::{Value, json};

use super::Protocol;

/// An error status with the body of the protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// HTTP status.
    pub status: u16,
    /// Value of `Retry-After`.
    pub retry_after: Option<String>,
    /// Type of the error; `None` = what the provider sends with the status.
    pub kind: Option<String>,
    /// OpenAI's code of the error; `None` = what it sends with the status.
    pub code: Option<String>,
    /// What the body says.
    pub message: String,
}

impl Fault {
    /// The error that a provider sends with this status.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self {
            status,
            retry_after: None,
            kind: None,
            code: None,
            message: format!("scripted error {status}"),
        }
    }

    /// Sets `Retry-After`: seconds, or anything else to see what a client makes of it.
    #[must_use]
    pub fn retry_after(mut self, value: impl ToString) -> Self {
        self.retry_after = Some(value.to_string());
        self
    }

    /// Sets OpenAI's code, such as `insufficient_quota`.
    #[must_use]
    pub fn code(mut self, code: &str) -> Self {
        self.code = Some(code.into());
        self
    }

    /// The body for a protocol.
    pub(super) fn body(&self, protocol: Protocol) -> Value {
        match protocol {
            Protocol::OpenAi => {
                let (kind, code) = openai_kind(self.status);
                let kind = self.kind.as_deref().unwrap_or(kind);
                let code = self.code.as_deref().or(code);
                json!({"error": {
                    "message": self.message, "type": kind, "param": null, "code": code,
                }})
            }
            Protocol::Anthropic => {
                let kind = self.kind.as_deref();
                anthropic_error(kind.unwrap_or(anthropic_kind(self.status)), &self.message)
            }
        }
    }
}

/// Anthropic's error object: a body, or the data of an `error` event.
pub(super) fn anthropic_error(kind: &str, message: &str) -> Value {
    json!({
        "type": "error",
        "error": {"type": kind, "message": message},
        "request_id": "req_scripted",
    })
}

/// Type and code of OpenAI's errors by status.
fn openai_kind(status: u16) -> (&'static str, Option<&'static str>) {
    match status {
        401 => ("invalid_request_error", Some("invalid_api_key")),
        404 => ("invalid_request_error", Some("model_not_found")),
        429 => ("requests", Some("rate_limit_exceeded")),
        500.. => ("server_error", None),
        _ => ("invalid_request_error", None),
    }
}

/// Type of Anthropic's errors by status.
fn anthropic_kind(status: u16) -> &'static str {
    match status {
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        429 => "rate_limit_error",
        504 => "timeout_error",
        529 => "overloaded_error",
        500.. => "api_error",
        _ => "invalid_request_error",
    }
}
