//! What failures of the API mean. Source: <https://platform.claude.com/docs/en/api/errors>.

use std::{borrow::Cow, error::Error};

use reqwest::Response;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;

use crate::llm::{
    ModelError, ModelErrorKind,
    endpoint::{kind_of_status, retry_after},
};

/// Most characters of a provider's message that are kept.
const MAX_MESSAGE: usize = 200;

/// Most bytes of an error's body that are read: a proxy's page may be of any length.
const MAX_BODY: usize = 64 * 1024;

/// A prepaid account without credit gets a 400, `invalid_request_error`, and this text alone to tell
/// it by (<https://github.com/anthropics/claude-code/issues/88711>).
const NO_CREDIT: &str = "Your credit balance is too low";

/// What stands in place of a key.
const MASK: &str = "***";

/// The error inside of a body or an event.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ErrorBody {
    r#type: String,
    message: String,
    /// Of some errors; its `error_code` says more than the type.
    details: Value,
}

#[derive(Deserialize)]
struct Envelope {
    error: ErrorBody,
}

/// A response that is no success.
pub(super) async fn of_response(response: Response, key: Option<&SecretString>) -> ModelError {
    let status = response.status().as_u16();
    let retry_after = retry_after(response.headers());
    let body = beginning(response).await;
    ModelError {
        retry_after,
        ..of_body(status, &body, key)
    }
}

/// As much of the body as matters; what cannot be read is not missed, since the status says enough.
async fn beginning(mut response: Response) -> Vec<u8> {
    let mut body = Vec::new();
    while body.len() < MAX_BODY
        && let Ok(Some(chunk)) = response.chunk().await
    {
        body.extend_from_slice(&chunk);
    }
    body
}

fn of_body(status: u16, body: &[u8], key: Option<&SecretString>) -> ModelError {
    let Ok(Envelope { error }) = serde_json::from_slice(body) else {
        let kind = kind_of_status(status, None);
        return ModelError::new(kind, format!("status {status}, not in the API's words"));
    };
    let message = match key.map(SecretString::expose_secret) {
        Some(key) if !key.is_empty() => Cow::Owned(error.message.replace(key, MASK)),
        _ => Cow::Borrowed(&*error.message),
    };
    let kind = kind(status, &error);
    let (r#type, message) = (told(&error.r#type), told(&message));
    ModelError::new(kind, format!("status {status}, {type}: {message}"))
}

/// An error that comes as an event, after the response had begun with a 200.
pub(super) fn of_event(error: &ErrorBody) -> ModelError {
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
    let (r#type, message) = (told(&error.r#type), told(&error.message));
    let detail = format!("in the stream, {type}: {message}");
    ModelError::new(kind(status, error), detail)
}

fn kind(status: u16, error: &ErrorBody) -> ModelErrorKind {
    // Limits of the account, its contract or its tier: a 400 or a 429 that waiting does not cure.
    let code = error.details["error_code"].as_str().unwrap_or_default();
    if code.ends_with("spend_limit_reached") || error.message.starts_with(NO_CREDIT) {
        return ModelErrorKind::QuotaExceeded;
    }
    kind_of_status(status, Some(&error.r#type))
}

/// A request that could not be sent, or a body that broke.
pub(super) fn of_transport(error: reqwest::Error) -> ModelError {
    let kind = if error.is_timeout() {
        ModelErrorKind::Timeout
    } else if error.is_builder() {
        ModelErrorKind::BadRequest
    } else {
        ModelErrorKind::Connection
    };
    // An address may hold a password.
    let error = error.without_url();
    let mut detail = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        detail = format!("{detail}: {cause}");
        source = cause.source();
    }
    ModelError::new(kind, detail)
}

/// A provider's words as they may be logged: no keys, and not too many.
fn told(text: &str) -> String {
    let in_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let mut told = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c| !in_word(c)) {
        let word = piece.trim_end_matches(|c| !in_word(c));
        told.push_str(if is_like_key(word) { MASK } else { word });
        told.push_str(&piece[word.len()..]);
    }
    // After masking: half a key may not look like one.
    if let Some((end, _)) = told.char_indices().nth(MAX_MESSAGE) {
        told.truncate(end);
    }
    told
}

/// Whether a word looks like a key: by its prefix, or by 20 letters and digits without a break, which
/// neither a model's name nor a date has.
fn is_like_key(word: &str) -> bool {
    word.starts_with("sk-")
        || word.split(['-', '_']).any(|part| {
            part.len() >= 20
                && part.bytes().any(|byte| byte.is_ascii_digit())
                && part.bytes().any(|byte| byte.is_ascii_alphabetic())
        })
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
            (413, "request_too_large", ModelErrorKind::BadRequest),
            (429, "rate_limit_error", ModelErrorKind::RateLimited),
            (500, "api_error", ModelErrorKind::Server),
            (504, "timeout_error", ModelErrorKind::Server),
            (529, "overloaded_error", ModelErrorKind::Overloaded),
        ] {
            let error = of_body(status, &body(word, "Why"), None);
            assert_eq!(error.kind, kind, "{word}");
            assert_eq!(error.detail, format!("status {status}, {word}: Why"));
            let Envelope { error } = serde_json::from_slice(&body(word, "Why")).unwrap();
            assert_eq!(of_event(&error).kind, kind, "{word}");
        }
        let unknown = ErrorBody::default();
        assert_eq!(of_event(&unknown).kind, ModelErrorKind::Server);
    }

    #[test]
    fn an_account_without_credit_is_told_from_a_bad_request() {
        let message = "Your credit balance is too low to access the Anthropic API.";
        let error = of_body(400, &body("invalid_request_error", message), None);
        assert_eq!(error.kind, ModelErrorKind::QuotaExceeded);
        let limit = r#"{"type":"error","error":{"type":"invalid_request_error","message":"No",
            "details":{"error_code":"enforced_spend_limit_reached"}}}"#;
        let error = of_body(400, limit.as_bytes(), None);
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
            let error = of_body(502, text.as_bytes(), None);
            assert_eq!(error.kind, ModelErrorKind::Server);
            assert_eq!(error.detail, "status 502, not in the API's words");
        }
    }

    #[test]
    fn keys_are_masked_and_model_names_are_not() {
        let told = told(
            "model: claude-sonnet-4-20250514, keys sk-ant-api03-x \"AKIA0123456789abcdefghij\".",
        );
        assert_eq!(told, "model: claude-sonnet-4-20250514, keys *** \"***\".");
        let key = SecretString::from("hunter2");
        let error = of_body(
            401,
            &body("authentication_error", "no hunter2!"),
            Some(&key),
        );
        assert_eq!(error.detail, "status 401, authentication_error: no ***!");
    }

    #[test]
    fn messages_are_cut_between_characters() {
        assert_eq!(told(&"é".repeat(300)), "é".repeat(200));
        let cut = format!("{} sk-ant-api03-secret", "a".repeat(190));
        assert!(!told(&cut).contains("sk-"));
    }
}
