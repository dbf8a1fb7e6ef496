//! A conversation as whoever has its link sees it. The preview of its owner is the same thread.

use agent::{
    answer::{Answer, AnswerStatus},
    locale::Locale,
    store::MessageRecord,
};
use askama::Template;
use jiff::{Timestamp, tz::TimeZone};

use super::{
    Frame,
    cards::{CardView, Cards},
    folded::Folded,
    format, marks,
    message::Surroundings,
};
use crate::{
    i18n::{
        Texts, offers::OfferTexts, offline::OfflineTexts, share::ShareTexts,
        transfer::TransferTexts,
    },
    markdown, sharing,
    telemetry::redaction::redact,
};

/// `GET /shared/{token}`.
#[derive(Template)]
#[template(path = "shared.html")]
pub struct SharedPage {
    frame: Frame,
    s: &'static ShareTexts,
    title: String,
    /// What the page is, in two words.
    kind: &'static str,
    /// What it is of.
    note: String,
    thread: SharedThread,
}

impl SharedPage {
    /// The page of a conversation with this title, shared at `created_at`, its times on clocks of `zone`.
    #[must_use]
    pub fn new(
        frame: Frame,
        title: &str,
        [created_at, expires_at]: [Timestamp; 2],
        thread: SharedThread,
        zone: &TimeZone,
    ) -> Self {
        let s = ShareTexts::of(frame.locale);
        let on = |text: &str, at| text.replace("{date}", &format::moment(at, zone, frame.locale));
        Self {
            s,
            title: sharing::own(title),
            kind: s.shared,
            note: format!(
                "{} {}",
                on(s.shared_on, created_at),
                on(s.shared_until, expires_at)
            ),
            thread,
            frame,
        }
    }
}

impl SharedPage {
    /// The same for its own visitor, as a copy of `now` that is read without a connection.
    #[must_use]
    pub fn kept(
        frame: Frame,
        title: &str,
        now: Timestamp,
        thread: SharedThread,
        zone: &TimeZone,
    ) -> Self {
        let f = OfflineTexts::of(frame.locale);
        let date = format::moment(now, zone, frame.locale);
        Self {
            s: ShareTexts::of(frame.locale),
            title: sharing::own(title),
            kind: f.copy,
            note: format!("{} {}", f.copy_of.replace("{date}", &date), f.copy_again),
            thread,
            frame,
        }
    }
}

/// The messages, with nothing that acts and nothing of who wrote them.
#[derive(Template)]
#[template(path = "partials/shared_thread.html")]
pub struct SharedThread {
    t: &'static Texts,
    s: &'static ShareTexts,
    messages: Vec<SharedMessage>,
}

enum SharedMessage {
    Person(String),
    Agent(Box<SharedAnswer>),
}

struct SharedAnswer {
    lang: &'static str,
    /// The reply, sanitised and masked.
    html: String,
    /// What of it a card says, too, and what opens it; empty where there is nothing.
    folded: String,
    folded_label: &'static str,
    cards: Vec<CardView>,
    /// What was proposed, in words.
    proposed: Option<String>,
    /// That it was brought along in a file, in words.
    imported: Option<String>,
    /// Why there is no more of it.
    note: Option<&'static str>,
}

impl SharedThread {
    /// The messages of a branch for readers of `locale`, as they stood at `shared_at`.
    #[must_use]
    pub fn new<'a>(
        messages: impl IntoIterator<Item = &'a MessageRecord>,
        locale: Locale,
        zone: &TimeZone,
        shared_at: Timestamp,
    ) -> Self {
        let around = Surroundings {
            locale,
            zone,
            now: shared_at,
            proposal: None,
            has_viewer: false,
            grafana_url: None,
        };
        let messages: Vec<_> = messages.into_iter().collect();
        let said = sharing::Addresses::of(messages.iter().filter_map(|message| match message {
            MessageRecord::User { text, .. } => Some(text.as_str()),
            MessageRecord::Agent { .. } => None,
        }));
        let view = |(number, message): (u32, &MessageRecord)| match message {
            MessageRecord::User { text, .. } => SharedMessage::Person(sharing::own(text)),
            MessageRecord::Agent { answer, .. } => {
                let shown = sharing::answer(answer, number, &said);
                SharedMessage::Agent(Box::new(SharedAnswer::new(shown, &around)))
            }
        };
        Self {
            t: Texts::of(locale),
            s: ShareTexts::of(locale),
            messages: (1..).zip(messages).map(view).collect(),
        }
    }

    /// Whether there is nothing to see.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }
}

impl SharedAnswer {
    fn new(mut answer: Answer, around: &Surroundings<'_>) -> Self {
        let (t, o) = (Texts::of(around.locale), OfferTexts::of(answer.locale));
        let folded = Folded::of(&answer, None);
        // Markdown may write an address so that only its reader sees it: `zoe&#64;example.fr`.
        let html = |text: &str| {
            let html = redact(&markdown::render(text));
            marks::mark(&html, &answer.ungrounded, o.unverified)
        };
        let (lead, rest) = (html(&folded.lead), html(&folded.rest));
        let proposal = answer.proposal.take();
        let cards = Cards::of(&answer, around);
        let cards = cards.first.into_iter().chain(cards.after);
        Self {
            lang: answer.locale.as_str(),
            html: lead,
            folded: rest,
            folded_label: folded.label,
            cards: cards.map(CardView::read_only).collect(),
            proposed: proposal.map(|proposal| proposal.summary),
            imported: answer
                .imported
                .map(|imported| TransferTexts::mark(imported, around.locale)),
            note: match answer.status {
                AnswerStatus::Stopped => Some(t.stopped),
                AnswerStatus::Error => Some(t.failed),
                AnswerStatus::Running | AnswerStatus::Ok => None,
            },
        }
    }
}
