//! The error page.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{Frame, respond};
use crate::i18n::Texts;

/// A page for whoever came by browser and met an error.
#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    frame: Frame,
    status: StatusCode,
    title: &'static str,
    advice: &'static str,
    /// What exactly went wrong, where that helps.
    detail: Option<String>,
    trace_id: Option<String>,
}

impl ErrorPage {
    /// The page for `status`, with what is known beyond it.
    #[must_use]
    pub fn new(
        frame: Frame,
        status: StatusCode,
        detail: Option<String>,
        trace_id: Option<String>,
    ) -> Self {
        let (title, advice) = texts(frame.t(), status);
        Self {
            frame,
            status,
            title,
            advice,
            detail,
            trace_id,
        }
    }

    /// The page as a response with its status.
    #[must_use]
    pub fn respond(&self) -> Response {
        respond(self.status, self)
    }

    fn t(&self) -> &'static Texts {
        self.frame.t()
    }
}

/// Title and advice for a status: also the notice of a form that was not accepted.
#[must_use]
pub fn texts(t: &'static Texts, status: StatusCode) -> (&'static str, &'static str) {
    let errors = &t.errors;
    match status {
        StatusCode::NOT_FOUND => errors.not_found,
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED | StatusCode::MISDIRECTED_REQUEST => {
            errors.forbidden
        }
        StatusCode::GONE => errors.gone,
        StatusCode::CONFLICT => errors.busy,
        StatusCode::PAYLOAD_TOO_LARGE => errors.too_large,
        StatusCode::UNPROCESSABLE_ENTITY => errors.invalid,
        StatusCode::TOO_MANY_REQUESTS => errors.too_many,
        StatusCode::SERVICE_UNAVAILABLE => errors.overloaded,
        StatusCode::GATEWAY_TIMEOUT => errors.timeout,
        status if status.is_client_error() => errors.bad_request,
        _ => errors.internal,
    }
}
