//! The page that makes links to a conversation: its preview, the new link, those that work.

use agent::store::Share;
use askama::Template;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::{Frame, format, shared::SharedThread};
use crate::{i18n::share::ShareTexts, sharing};

/// `GET /c/{id}/share`, and what answers its form.
#[derive(Template)]
#[template(path = "share.html")]
pub struct SharePage {
    /// Language and address.
    pub frame: Frame,
    /// The conversation.
    pub conversation: Uuid,
    /// Its title, as a stranger will see it.
    pub title: String,
    /// The last message of the preview; `None` where there is nothing to share.
    pub end: Option<Uuid>,
    /// What a stranger will see.
    pub thread: SharedThread,
    /// Links that work.
    pub links: Vec<ShareLine>,
    /// The address of the link that was just made: it is shown once.
    pub made: Option<String>,
    /// Why none was made.
    pub notice: Option<&'static str>,
}

/// A link that works.
pub struct ShareLine {
    id: Uuid,
    made_on: String,
    works_until: String,
    unshare: String,
}

impl ShareLine {
    /// A link, its times on clocks of `zone`.
    #[must_use]
    pub fn new(share: &Share, frame: &Frame, zone: &TimeZone) -> Self {
        let s = ShareTexts::of(frame.locale);
        let made = format::moment(share.created_at, zone, frame.locale);
        let until = format::moment(share.expires_at, zone, frame.locale);
        Self {
            id: share.id,
            made_on: s.made_on.replace("{date}", &made),
            works_until: s.works_until.replace("{date}", &until),
            unshare: s.unshare_of.replace("{date}", &made),
        }
    }
}

impl SharePage {
    fn s(&self) -> &'static ShareTexts {
        ShareTexts::of(self.frame.locale)
    }

    /// For how long a link may work: days, their words, and whether they are chosen at first.
    fn lives(&self) -> impl Iterator<Item = (u32, &'static str, bool)> {
        let s = self.s();
        let words = [s.day, s.week, s.month];
        let days = sharing::DAYS.into_iter().zip(words);
        days.map(|(days, words)| (days, words, days == sharing::DEFAULT_DAYS))
    }
}
