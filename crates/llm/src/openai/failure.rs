//! What went wrong, from the many shapes in which servers say it. Pure.

use std::time::Duration;

use async_openai::error::{OpenAIError, StreamError};
use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use jiff::Timestamp;
use remote::{Redactor, retry_after};
use serde_json::Value;

use super::chunk::Chunk;
use crate::{
    ModelError, ModelErrorKind,
    endpoint::{kind_of_status, of_transport},
    wording::{Meaning, Refusal},
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
    let content_type = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let is_page = content_type.is_some_and(|kind| kind.starts_with("text/html"))
        || body.trim_ascii_start().starts_with(b"<");
    let (kind, advice) = if !status.is_success() {
        // What is no JSON may still say it: `404 page not found`.
        let plain = match report.is_empty() && !is_page {
            true => String::from_utf8_lossy(body),
            false => "".into(),
        };
        report.meaning(Some(status.as_u16()), &plain)
    } else if !report.is_empty() {
        // OpenRouter reports failures that it finds late with status 200.
        report.meaning(None, "")
    } else if is_page {
        (ModelErrorKind::WrongAddress, Some("a page answered there"))
    } else {
        (ModelErrorKind::BadResponse, None)
    };
    let text = match &report.message {
        Some(message) => message.as_str(),
        None if status.is_redirection() => "the base address redirects elsewhere",
        None => match content_type {
            Some(kind) => &format!("a body of {kind}"),
            None => "no explanation",
        },
    };
    ModelError {
        status: Some(status.as_u16()),
        code: report.code(redactor),
        advice,
        retry_after: retry_after(headers, Timestamp::now()).or(report.delay),
        ..ModelError::quoting(
            kind,
            format!("HTTP {}: {}", status.as_u16(), redactor.clean(text)),
        )
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
    let (kind, advice) = report.meaning(None, "");
    Some(ModelError {
        code: report.code(redactor),
        advice,
        retry_after: report.delay,
        ..ModelError::quoting(
            kind,
            format!("error in the stream: {}", redactor.clean(text)),
        )
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
        // Azure's filter, and what LiteLLM and OpenRouter make of others' errors.
        let passed_on = &error["provider_specific_fields"];
        let words = [
            &error["code"],
            &error["type"],
            &error["status"],
            &error["innererror"]["code"],
            &passed_on["innererror"]["code"],
            &error["metadata"]["error_type"],
        ];
        let generation = (!error["failed_generation"].is_null()).then_some("failed_generation");
        let code = &error["code"];
        let number = code.as_u64().or_else(|| code.as_str()?.parse().ok());
        Self {
            message: message(error),
            words: words
                .into_iter()
                .chain(reasons)
                .filter_map(|word| match word {
                    Value::String(word) => Some(word.clone()),
                    Value::Number(number) => Some(number.to_string()),
                    _ => None,
                })
                .filter(|word| !word.is_empty())
                .chain(generation.map(str::to_owned))
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

    /// The provider's own code, fit for telemetry.
    fn code(&self, redactor: &Redactor) -> Option<String> {
        self.words.first().map(|word| redactor.code(word))
    }

    /// What it means; `status` is that of the response, where the error is one, and `plain` its body
    /// where that is no JSON.
    fn meaning(&self, status: Option<u16>, plain: &str) -> Meaning {
        let refusal = Refusal {
            status: status.or(self.status),
            words: &self.words,
            message: self.message.as_deref().unwrap_or(plain),
        };
        let rough = || self.words.iter().find_map(|word| rough_kind(word));
        refusal
            .meaning()
            .unwrap_or_else(|| (rough().unwrap_or(ModelErrorKind::Server), None))
    }
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
        "invalid_request_error" | "INVALID_ARGUMENT" => ModelErrorKind::BadRequest,
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
