//! The error page.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{Frame, respond};
use crate::{
    i18n::Texts,
    problem::{Problem, ProblemKind},
};

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
    /// The page for a problem, with what is known beyond it.
    #[must_use]
    pub fn new(frame: Frame, problem: &Problem, detail: Option<String>) -> Self {
        let (title, advice) = texts(frame.t(), problem);
        Self {
            frame,
            status: problem.status_code(),
            title,
            advice,
            detail,
            trace_id: (!problem.trace_id.is_empty()).then(|| problem.trace_id.clone()),
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

/// Title and advice for a problem: also the notice of a form that was not accepted.
#[must_use]
pub fn texts(t: &'static Texts, problem: &Problem) -> (&'static str, &'static str) {
    let errors = &t.errors;
    match problem.kind {
        ProblemKind::BudgetExhausted => return errors.no_budget,
        ProblemKind::AnswerPending => return errors.pending,
        ProblemKind::General => {}
    }
    match problem.status_code() {
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
