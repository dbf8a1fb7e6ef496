//! What went wrong, from the many shapes in which servers say it. Pure.

use std::time::Duration;

use async_openai::error::{OpenAIError, StreamError};
use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use jiff::Timestamp;
use serde_json::Value;

use super::chunk::Chunk;
use crate::llm::{
    ModelError, ModelErrorKind,
    endpoint::{kind_of_status, of_transport, retry_after},
    redact::Redactor,
};

/// Longest wait that a body may ask for.
const MAX_DELAY_SECONDS: f64 = 3_600.0;

/// A response that is no event stream.
pub(super) fn of_response(
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    redactor: &Redactor,
) -> ModelError {
    let report = serde_json::from_slice::<Value>(body).map(|body| Report::read(&body));
    let report = report.unwrap_or_default();
    // OpenRouter reports failures that it finds late with status 200.
    let kind = if status.is_success() && report.is_empty() {
        ModelErrorKind::BadResponse
    } else {
        report.kind((!status.is_success()).then_some(status.as_u16()))
    };
    let text = match &report.message {
        Some(message) => message.as_str(),
        None if status.is_redirection() => "the base address redirects elsewhere",
        None => match headers
            .get(CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
        {
            Some(kind) => &format!("a body of {kind}"),
            None => "no explanation",
        },
    };
    ModelError {
        kind,
        detail: format!("HTTP {}: {}", status.as_u16(), redactor.clean(text)),
        retry_after: retry_after(headers, Timestamp::now()).or(report.delay),
        adapted: false,
    }
}

/// An error in place of a chunk, or within one.
pub(super) fn in_chunk(chunk: &Chunk, redactor: &Redactor) -> Option<ModelError> {
    let of_choices = || {
        chunk
            .choices
            .iter()
            .flatten()
            .find_map(|c| c.error.as_ref())
    };
    let of_groq = || chunk.x_groq.as_ref().and_then(|groq| groq.error.as_ref());
    let report = match chunk.error.as_ref().or_else(of_choices).or_else(of_groq) {
        Some(error) => Report::read(error),
        None if chunk.object.as_deref() == Some("error") => {
            let field = |value: &Option<Value>| value.clone().unwrap_or_default();
            Report::read(&serde_json::json!({
                "message": field(&chunk.message),
                "type": field(&chunk.r#type),
                "code": field(&chunk.code),
            }))
        }
        None => return None,
    };
    let text = report.message.as_deref().unwrap_or("no explanation");
    Some(ModelError {
        kind: report.kind(None),
        detail: format!("error in the stream: {}", redactor.clean(text)),
        retry_after: report.delay,
        adapted: false,
    })
}

/// A failure of the client, or one of ours that it passes on.
pub(super) fn of_client(error: OpenAIError) -> ModelError {
    let bad_response = |detail: String| ModelError::new(ModelErrorKind::BadResponse, detail);
    match error {
        OpenAIError::Boxed(ours) => match ours.downcast::<ModelError>() {
            Ok(error) => *error,
            Err(_) => bad_response("a failure of unknown origin".to_owned()),
        },
        OpenAIError::Reqwest(error) => of_transport(error),
        // The error's own text quotes the answer.
        OpenAIError::JSONDeserialize(error, _) => bad_response(format!(
            "a chunk cannot be read ({:?} error in column {})",
            error.classify(),
            error.column()
        )),
        OpenAIError::StreamError(error) => match *error {
            // The client only keeps the words of the parser's three errors.
            StreamError::EventStream(text)
                if text.starts_with("UTF8") || text.starts_with("Parse") =>
            {
                bad_response("the stream holds no event stream".to_owned())
            }
            _ => ModelError::new(ModelErrorKind::Connection, "the stream broke off"),
        },
        OpenAIError::ApiError(error) => ModelError::new(
            kind_of_status(error.status_code.as_u16(), error.api_error.code.as_deref()),
            format!("HTTP {}", error.status_code.as_u16()),
        ),
        OpenAIError::InvalidArgument(_)
        | OpenAIError::FileSaveError(_)
        | OpenAIError::FileReadError(_) => {
            ModelError::new(ModelErrorKind::BadRequest, "the request cannot be written")
        }
    }
}

/// What an error object says, whatever its shape.
#[derive(Debug, Default)]
struct Report {
    message: Option<String>,
    /// Code, type, status and reasons: the words that tell the kind.
    words: Vec<String>,
    /// A code that is an HTTP status.
    status: Option<u16>,
    delay: Option<Duration>,
}

impl Report {
    /// Reads a body, or the error object in it.
    fn read(body: &Value) -> Self {
        // Gemini wraps its errors in an array.
        let body = body.get(0).unwrap_or(body);
        let error = body.get("error").filter(|e| !e.is_null()).unwrap_or(body);
        let details = error.get("details").and_then(Value::as_array);
        let details = details.map(Vec::as_slice).unwrap_or_default();
        let reasons = details.iter().map(|detail| &detail["reason"]);
        let words = [&error["code"], &error["type"], &error["status"]];
        let code = &error["code"];
        let number = code.as_u64().or_else(|| code.as_str()?.parse().ok());
        Self {
            message: message(error),
            words: words
                .into_iter()
                .chain(reasons)
                .filter_map(|word| word.as_str().map(str::to_owned))
                .collect(),
            status: number
                .and_then(|number| u16::try_from(number).ok())
                .filter(|status| (400..600).contains(status)),
            delay: details
                .iter()
                .find_map(|detail| delay(&detail["retryDelay"])),
        }
    }

    fn is_empty(&self) -> bool {
        self.message.is_none() && self.words.is_empty() && self.status.is_none()
    }

    /// The kind; `status` is that of the response, where the error is one.
    fn kind(&self, status: Option<u16>) -> ModelErrorKind {
        let find = |kind: fn(&str) -> Option<ModelErrorKind>| {
            self.words.iter().find_map(|word| kind(word))
        };
        if let Some(kind) = find(precise_kind) {
            return kind;
        }
        match status.or(self.status) {
            Some(status) => kind_of_status(status, self.words.first().map(String::as_str)),
            None => find(rough_kind).unwrap_or(ModelErrorKind::Server),
        }
    }
}

/// Words that say more than a status.
fn precise_kind(word: &str) -> Option<ModelErrorKind> {
    Some(match word {
        "insufficient_quota" | "billing_hard_limit_reached" => ModelErrorKind::QuotaExceeded,
        "model_not_found" | "invalid_model" => ModelErrorKind::UnknownModel,
        // Gemini refuses a key with status 400.
        "invalid_api_key" | "API_KEY_INVALID" => ModelErrorKind::Authentication,
        // Groq refuses what its own model wrote; another attempt may be well-formed.
        "tool_use_failed" => ModelErrorKind::BadResponse,
        _ => return None,
    })
}

/// Words that stand in for a status within a stream.
fn rough_kind(word: &str) -> Option<ModelErrorKind> {
    Some(match word {
        "rate_limit_exceeded" | "rate_limit_error" | "RESOURCE_EXHAUSTED" => {
            ModelErrorKind::RateLimited
        }
        "overloaded" | "overloaded_error" | "service_unavailable" | "UNAVAILABLE" => {
            ModelErrorKind::Overloaded
        }
        "invalid_request_error" | "context_length_exceeded" | "INVALID_ARGUMENT" => {
            ModelErrorKind::BadRequest
        }
        "authentication_error" | "permission_error" => ModelErrorKind::Authentication,
        "timeout" => ModelErrorKind::Timeout,
        _ => return None,
    })
}

/// The message of an error: a text, or FastAPI's list of `{loc, msg, input}`, of which the input is
/// the prompt and stays out.
fn message(error: &Value) -> Option<String> {
    if let Some(text) = error.as_str() {
        return Some(text.to_owned());
    }
    if let Some(problems) = error.as_array() {
        let told: Vec<_> = problems
            .iter()
            .filter_map(|problem| {
                let place = problem["loc"].as_array().map(Vec::as_slice);
                let place = place.unwrap_or_default().iter().filter_map(Value::as_str);
                let place = place.collect::<Vec<_>>().join(".");
                Some(format!("{place}: {}", problem["msg"].as_str()?))
            })
            .collect();
        return (!told.is_empty()).then(|| told.join("; "));
    }
    let inner = error.get("message").or_else(|| error.get("detail"))?;
    message(inner)
}

/// `34.5s`, as Google writes durations.
fn delay(text: &Value) -> Option<Duration> {
    let seconds: f64 = text.as_str()?.strip_suffix('s')?.parse().ok()?;
    (seconds >= 0.0).then(|| Duration::from_secs_f64(seconds.min(MAX_DELAY_SECONDS)))
}

#[cfg(test)]
mod tests;
