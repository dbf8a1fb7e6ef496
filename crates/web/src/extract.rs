//! Strict extractors: what does not fit is refused with the field's name.

use axum::{
    body::HttpBody,
    extract::{FromRequest, FromRequestParts, OptionalFromRequest, Request},
    http::{StatusCode, header, request::Parts},
};
use futures::StreamExt;
use serde::de::DeserializeOwned;
use serde_json::{Value, error::Category};

use crate::{connections, problem::Problem, state::AppState};

/// How much of a body that is too large is read and thrown away: a client that is still sending
/// when the connection is closed does not see why.
const MAX_DISCARDED_BYTES: usize = 4 * 1024 * 1024;

/// A JSON body: 415, 413, 400, or 422 when it does not fit.
pub struct StrictJson<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for StrictJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            let detail = "the body must be application/json";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
        }
        let bytes = body(request, state.config.limits.max_body_bytes).await?;
        parse(&bytes).map(Self)
    }
}

/// A JSON body that may be left out: then nothing is said of its content type either.
impl<T: DeserializeOwned> OptionalFromRequest<AppState> for StrictJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Option<Self>, Problem> {
        if request.body().is_end_stream() {
            return Ok(None);
        }
        <Self as FromRequest<AppState>>::from_request(request, state)
            .await
            .map(Some)
    }
}

/// Reads a body of at most `limit` bytes: 413 beyond.
pub async fn body(request: Request, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut parts = request.into_body().into_data_stream();
    let (mut bytes, mut read) = (Vec::new(), 0_usize);
    while let Some(part) = parts.next().await {
        let part = part.map_err(|error| unread(&error))?;
        read = read.saturating_add(part.len());
        if read <= limit {
            bytes.extend_from_slice(&part);
        } else if read > limit.saturating_add(MAX_DISCARDED_BYTES) {
            break;
        }
    }
    if read > limit {
        let detail = "the body is too large";
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail));
    }
    Ok(bytes)
}

/// Why a body could not be read to its end.
fn unread(error: &axum::Error) -> Problem {
    if connections::is_overdue(error) {
        let detail = "the rest of the body did not come in time";
        return Problem::new(StatusCode::REQUEST_TIMEOUT, detail);
    }
    Problem::new(StatusCode::BAD_REQUEST, "the body could not be read")
}

/// Whether a body is said to be JSON.
#[must_use]
pub fn is_json(headers: &http::HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let essence = kind
        .and_then(|kind| kind.split(';').next())
        .unwrap_or_default()
        .trim();
    essence.eq_ignore_ascii_case("application/json")
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// Reads JSON: 400 when it is none, 422 naming the field when it is not what is wanted.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| match error.classify() {
        Category::Data => Problem::field("body", error.to_string()),
        _ => Problem::new(StatusCode::BAD_REQUEST, format!("malformed JSON: {error}")),
    })?;
    if let Some(field) = nul(&value, String::new()) {
        return Err(Problem::field(field, "must not hold a NUL character"));
    }
    serde_path_to_error::deserialize(value).map_err(|error| bad_field(&error))
}

/// The path of a string with a NUL character.
fn nul(value: &Value, path: String) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then_some(path),
        Value::Array(items) => items.iter().find_map(|item| nul(item, path.clone())),
        Value::Object(fields) => fields.iter().find_map(|(name, field)| {
            let path = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}.{name}")
            };
            if name.contains('\0') {
                Some(path)
            } else {
                nul(field, path)
            }
        }),
        _ => None,
    }
}

fn bad_field<E: std::error::Error>(error: &serde_path_to_error::Error<E>) -> Problem {
    let message = error.inner().to_string();
    let path = error.path().to_string();
    // A missing or unknown field is named by the message, not by the path.
    let named = message
        .strip_prefix("missing field `")
        .or_else(|| message.strip_prefix("unknown field `"))
        .and_then(|rest| rest.split('`').next());
    let field = match (named, path.as_str()) {
        (Some(named), _) => named.to_owned(),
        (None, "." | "?") => "body".to_owned(),
        (None, path) => path.to_owned(),
    };
    Problem::field(field, message)
}

/// A query string: 422 naming the parameter when it does not fit.
pub struct StrictQuery<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for StrictQuery<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        parse_pairs(query.as_bytes()).map(Self)
    }
}

/// Reads names and values as browsers encode them: 422 naming the field that does not fit.
pub fn parse_pairs<T: DeserializeOwned>(encoded: &[u8]) -> Result<T, Problem> {
    let pairs = form_urlencoded::parse(encoded);
    if let Some((field, _)) = pairs.clone().find(|(_, value)| value.contains('\0')) {
        return Err(Problem::field(field, "must not hold a NUL character"));
    }
    serde_path_to_error::deserialize(serde_urlencoded::Deserializer::new(pairs))
        .map_err(|error| bad_field(&error))
}

/// A form body: as [`StrictJson`], for pages without script.
pub struct StrictForm<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for StrictForm<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded")) {
            let detail = "the body must be application/x-www-form-urlencoded";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
        }
        let bytes = body(request, state.config.limits.max_body_bytes).await?;
        parse_pairs(&bytes).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its shape counts")]
    struct Body {
        message: String,
        count: Option<u8>,
    }

    fn problem(text: &str) -> Problem {
        parse::<Body>(text.as_bytes()).unwrap_err()
    }

    #[test]
    fn a_bad_field_is_named() {
        assert_eq!(problem(r#"{"message": "a", "x": 1}"#).errors[0].field, "x");
        assert_eq!(problem(r#"{"message": 3}"#).errors[0].field, "message");
        assert_eq!(problem(r#"{}"#).errors[0].field, "message");
        assert_eq!(
            problem(r#"{"message": "a\u0000b"}"#).errors[0].field,
            "message"
        );
        assert_eq!(
            problem(r#"{"message": "a", "count": 300}"#).errors[0].field,
            "count"
        );
        assert_eq!(problem("[]").status, 422);
    }

    #[test]
    fn a_nul_in_a_pair_is_named() {
        let pairs = parse_pairs::<Body>(b"message=a%00b&count=1").unwrap_err();
        assert_eq!(
            (pairs.status, pairs.errors[0].field.as_str()),
            (422, "message")
        );
        assert!(parse_pairs::<Body>(b"message=a%20b").is_ok());
    }

    #[test]
    fn what_is_no_json_is_a_bad_request() {
        assert_eq!(problem("{").status, 400);
        assert_eq!(problem("").status, 400);
        assert_eq!(problem(r#"{"message": "a"} x"#).status, 400);
    }
}
