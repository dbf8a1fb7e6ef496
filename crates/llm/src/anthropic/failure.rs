//! What failures of the API mean. Source: <https://platform.claude.com/docs/en/api/errors>.

use jiff::Timestamp;
use remote::{Redactor, beginning, retry_after};
use reqwest::Response;
use serde::Deserialize;
use serde_json::Value;

use super::dialect::Dialect;
use crate::{
    ModelError, ModelErrorKind,
    learn::Lesson,
    wording::{Meaning, Refusal},
};

/// Most bytes of an error's body that are read: a proxy's page may be of any length.
const MAX_BODY: usize = 64 * 1024;

/// A prepaid account without credit gets a 400, `invalid_request_error`, and this text alone to tell
/// it by (<https://github.com/anthropics/claude-code/issues/88711>).
const NO_CREDIT: &str = "Your credit balance is too low";

/// The error inside of a body or an event.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ErrorBody {
    r#type: String,
    message: String,
    /// Of some errors; its `error_code` says more than the type.
    details: Value,
}

impl ErrorBody {
    /// Reads an error of any shape: an object, or its message alone.
    pub(super) fn read(error: &Value) -> Self {
        let text = |field: &str| error[field].as_str().unwrap_or_default().to_owned();
        match error.as_str() {
            Some(message) => Self {
                message: message.to_owned(),
                ..Self::default()
            },
            None => Self {
                r#type: text("type"),
                message: text("message"),
                details: error["details"].clone(),
            },
        }
    }
}

#[derive(Deserialize)]
struct Envelope {
    error: ErrorBody,
}

/// A response that is no success.
pub(super) async fn of_response(
    response: Response,
    redactor: &Redactor,
    lesson: &Lesson<Dialect>,
) -> ModelError {
    let status = response.status().as_u16();
    let retry_after = retry_after(response.headers(), Timestamp::now());
    let body = beginning(response, MAX_BODY).await;
    let error = ModelError {
        retry_after,
        ..of_body(status, &body, redactor)
    };
    lesson.of(status, &body, error)
}

fn of_body(status: u16, body: &[u8], redactor: &Redactor) -> ModelError {
    let Ok(Envelope { error }) = serde_json::from_slice(body) else {
        let plain = match body.trim_ascii_start().starts_with(b"<") {
            true => "".into(),
            false => String::from_utf8_lossy(body),
        };
        let (kind, advice) = Refusal {
            status: Some(status),
            words: &[],
            message: &plain,
        }
        .meaning()
        .unwrap_or((ModelErrorKind::BadResponse, None));
        let detail = format!("status {status}, not in the API's words");
        return ModelError {
            status: Some(status),
            advice,
            ..ModelError::new(kind, detail)
        };
    };
    let told = redactor.clean(&format!("{}: {}", error.r#type, error.message));
    let (kind, advice) = meaning(status, &error);
    ModelError {
        status: Some(status),
        code: code(&error, redactor),
        advice,
        ..ModelError::quoting(kind, format!("status {status}, {told}"))
    }
}

/// An error that comes as an event, after the response had begun with a 200.
pub(super) fn of_event(error: &ErrorBody, redactor: &Redactor) -> ModelError {
    // The status that the API gives an error of this type where it comes as a response.
    let status = match &*error.r#type {
        "invalid_request_error" => 400,
        "authentication_error" => 401,
        "billing_error" => 402,
        "permission_error" => 403,
        "not_found_error" => 404,
        "request_too_large" => 413,
        "rate_limit_error" => 429,
        "overloaded_error" => 529,
        // `api_error`, `timeout_error`, and what the API may add.
        _ => 500,
    };
    let told = redactor.clean(&format!("{}: {}", error.r#type, error.message));
    let (kind, advice) = meaning(status, error);
    ModelError {
        code: code(error, redactor),
        advice,
        ..ModelError::quoting(kind, format!("in the stream, {told}"))
    }
}

fn code(error: &ErrorBody, redactor: &Redactor) -> Option<String> {
    (!error.r#type.is_empty()).then(|| redactor.code(&error.r#type))
}

fn meaning(status: u16, error: &ErrorBody) -> Meaning {
    // Limits of the account, its contract or its tier: a 400 or a 429 that waiting does not cure.
    let code = error.details["error_code"].as_str().unwrap_or_default();
    if code.ends_with("spend_limit_reached") || error.message.starts_with(NO_CREDIT) {
        return (ModelErrorKind::QuotaExceeded, None);
    }
    let words = [error.r#type.clone(), code.to_owned()];
    let refusal = Refusal {
        status: Some(status),
        words: &words,
        message: &error.message,
    };
    // There is a status.
    refusal
        .meaning()
        .unwrap_or((ModelErrorKind::BadResponse, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(r#type: &str, message: &str) -> Vec<u8> {
        let error = serde_json::json!({"type": r#type, "message": message});
        let body = serde_json::json!({"type": "error", "error": error, "request_id": "req_1"});
        body.to_string().into_bytes()
    }

    #[test]
    fn each_error_of_the_api_has_its_kind_as_a_response_and_as_an_event() {
        for (status, word, kind) in [
            (400, "invalid_request_error", ModelErrorKind::BadRequest),
            (401, "authentication_error", ModelErrorKind::Authentication),
            (402, "billing_error", ModelErrorKind::QuotaExceeded),
            (403, "permission_error", ModelErrorKind::Authentication),
            (404, "not_found_error", ModelErrorKind::UnknownModel),
            (413, "request_too_large", ModelErrorKind::ContextLength),
            (429, "rate_limit_error", ModelErrorKind::RateLimited),
            (500, "api_error", ModelErrorKind::Server),
            (504, "timeout_error", ModelErrorKind::Server),
            (529, "overloaded_error", ModelErrorKind::Overloaded),
        ] {
            let error = of_body(status, &body(word, "Why"), &Redactor::default());
            assert_eq!(error.kind, kind, "{word}");
            assert_eq!(error.detail, format!("status {status}, {word}: Why"));
            let Envelope { error } = serde_json::from_slice(&body(word, "Why")).unwrap();
            assert_eq!(of_event(&error, &Redactor::default()).kind, kind, "{word}");
        }
        let unknown = ErrorBody::default();
        assert_eq!(
            of_event(&unknown, &Redactor::default()).kind,
            ModelErrorKind::Server
        );
    }

    #[test]
    fn an_account_without_credit_is_told_from_a_bad_request() {
        let message = "Your credit balance is too low to access the Anthropic API.";
        let error = of_body(
            400,
            &body("invalid_request_error", message),
            &Redactor::default(),
        );
        assert_eq!(error.kind, ModelErrorKind::QuotaExceeded);
        let limit = r#"{"type":"error","error":{"type":"invalid_request_error","message":"No",
            "details":{"error_code":"enforced_spend_limit_reached"}}}"#;
        let error = of_body(400, limit.as_bytes(), &Redactor::default());
        assert_eq!(error.kind, ModelErrorKind::QuotaExceeded);
    }

    #[test]
    fn a_body_of_anything_else_is_survived() {
        for text in [
            "<html><h1>502 Bad Gateway</h1></html>",
            "",
            "{\"error\":\"no\"}",
            "[1",
        ] {
            let error = of_body(502, text.as_bytes(), &Redactor::default());
            assert_eq!(error.kind, ModelErrorKind::Server);
            assert_eq!(error.detail, "status 502, not in the API's words");
        }
    }

    #[test]
    fn the_key_is_masked_in_a_response_and_in_an_event() {
        let redactor = Redactor::new(Some("hunter2".to_owned().into()), []);
        let told = body("authentication_error", "no hunter2, no sk-ant-api03-x!");
        let error = of_body(401, &told, &redactor);
        let masked = "authentication_error: no ***, no ***!";
        assert_eq!(error.detail, format!("status 401, {masked}"));
        let Envelope { error } = serde_json::from_slice(&told).unwrap();
        let error = of_event(&error, &redactor);
        assert_eq!(error.detail, format!("in the stream, {masked}"));
    }
}
