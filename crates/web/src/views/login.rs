//! The page where the admin signs in.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{Frame, respond};

/// Why nobody was signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The key is another one.
    WrongKey,
    /// One attempt too many.
    TooMany {
        /// Time until the next one.
        seconds: u64,
    },
}

/// The form for the admin key.
#[derive(Clone, Debug, Template)]
#[template(path = "login.html")]
pub struct LoginPage {
    /// Around it.
    pub frame: Frame,
    /// Path to go to afterwards.
    pub next: String,
    /// An admin key is configured.
    pub has_key: bool,
    /// The reader sees everything already.
    pub is_admin: bool,
    /// Why the last attempt failed.
    pub refusal: Option<Refusal>,
}

impl LoginPage {
    /// The page as a response.
    #[must_use]
    pub fn respond(&self, status: StatusCode) -> Response {
        respond(status, self)
    }

    fn notice(&self) -> Option<String> {
        let v = self.frame.v();
        Some(match self.refusal? {
            Refusal::WrongKey => v.wrong_key.to_owned(),
            Refusal::TooMany { seconds } => v.too_many.replace("{n}", &seconds.to_string()),
        })
    }
}
