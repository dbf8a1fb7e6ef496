//! The page that brings a conversation back from a file.

use askama::Template;

use super::Frame;
use crate::i18n::transfer::TransferTexts;

/// `GET /import`, and what answers its form where there is no new conversation.
#[derive(Template)]
#[template(path = "import.html")]
pub struct ImportPage {
    frame: Frame,
    i: &'static TransferTexts,
    /// Why there is none: for people, and what exactly.
    refused: Option<(String, String)>,
}

impl ImportPage {
    /// The page, with why a file was refused.
    #[must_use]
    pub fn new(frame: Frame, refused: Option<(String, String)>) -> Self {
        Self {
            i: TransferTexts::of(frame.locale),
            refused,
            frame,
        }
    }
}
