//! What is shown without a connection.

use agent::locale::Locale;
use askama::Template;

use super::Frame;
use crate::i18n::offline::OfflineTexts;

/// `GET /offline`: kept by the browser for when nothing can be reached, and nobody's. It speaks both
/// languages, since it cannot be asked which one is wanted.
#[derive(Template)]
#[template(path = "offline.html")]
pub struct OfflinePage {
    frame: Frame,
    texts: [(Locale, &'static OfflineTexts); 2],
}

impl OfflinePage {
    /// The page, the reader's language first.
    #[must_use]
    pub fn new(frame: Frame) -> Self {
        let languages = [frame.locale, frame.other()];
        Self {
            texts: languages.map(|locale| (locale, OfflineTexts::of(locale))),
            frame,
        }
    }
}
