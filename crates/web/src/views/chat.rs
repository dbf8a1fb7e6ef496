//! The chat page.

use agent::{locale::Locale, starters::Starter, store::Snippet};
use askama::Template;
use jiff::{Timestamp, tz::TimeZone};
use uuid::Uuid;

use super::{
    Frame, day_groups, format,
    message::{AgentMessage, UserMessage},
    totals::Totals,
    trip::TripPanel,
};
use crate::i18n::{
    Texts, offline::OfflineTexts, opinion::OpinionTexts, share::ShareTexts, thread::ThreadTexts,
    transfer::TransferTexts, trip::TripTexts,
};

/// `GET /` (no conversation yet) and `GET /c/{id}`.
#[derive(Template)]
#[template(path = "chat.html")]
pub struct ChatPage {
    /// Language and address.
    pub frame: Frame,
    /// Conversations of the sidebar.
    pub history: History,
    /// The conversation that is open.
    pub conversation: Option<OpenConversation>,
    /// Its messages, oldest first.
    pub messages: Vec<MessageView>,
    /// What the conversation has planned.
    pub trip: TripPanel,
    /// What to ask on an empty page.
    pub starters: Vec<Starter>,
    /// Something to say above the input, in the page's language: an error of the form.
    pub notice: Option<String>,
    /// What the input holds: a message that was not accepted.
    pub draft: String,
    /// The end of the branch that was chosen: what is asked next goes on from there.
    pub branch_end: Option<Uuid>,
}

/// The conversation of a page.
#[derive(Clone, Debug)]
pub struct OpenConversation {
    /// Identity.
    pub id: Uuid,
    /// Title.
    pub title: String,
    /// What its answers cost, in US dollars; `None` = unknown.
    pub cost_usd: Option<f64>,
    /// What its answers took.
    pub totals: Totals,
}

/// The sidebar's list.
#[derive(Default)]
pub struct History {
    /// Conversations, newest first.
    pub conversations: Vec<ConversationItem>,
    /// Where the next page of the list begins.
    pub next_cursor: Option<String>,
    /// What was searched for.
    pub query: String,
}

/// One line of the sidebar.
#[derive(Clone, Debug)]
pub struct ConversationItem {
    /// Identity.
    pub id: Uuid,
    /// Title.
    pub title: String,
    /// Last change.
    pub updated_at: Timestamp,
    /// Kept on top.
    pub pinned: bool,
    /// Where the words that were looked for stand.
    pub snippet: Option<Snippet>,
    /// Where they stand in the title, if that alone has them.
    pub title_snippet: Option<Snippet>,
    /// The day of the last change, as the list shows it.
    day: String,
    /// What stands over it, where it begins a group.
    heading: Option<String>,
}

impl ConversationItem {
    /// A line of the sidebar, its day by clocks of `zone`.
    #[must_use]
    pub fn new(
        id: Uuid,
        title: impl Into<String>,
        updated_at: Timestamp,
        pinned: bool,
        frame: &Frame,
        zone: &TimeZone,
    ) -> Self {
        let day = format::day_of_month(zone.to_datetime(updated_at).date(), frame.locale);
        Self {
            id,
            title: title.into(),
            updated_at,
            pinned,
            snippet: None,
            title_snippet: None,
            day,
            heading: None,
        }
    }

    /// The same with where the words stand that were looked for: in a message, or in the title.
    #[must_use]
    pub fn found(self, snippet: Option<Snippet>, title_snippet: Option<Snippet>) -> Self {
        Self {
            snippet,
            title_snippet,
            ..self
        }
    }
}

/// Puts a heading over the first conversation of each group; `now` by clocks of `zone`.
pub fn group(items: &mut [ConversationItem], now: Timestamp, locale: Locale, zone: &TimeZone) {
    let day = |at: Timestamp| zone.to_datetime(at).date();
    let mut last = None;
    for item in items {
        let heading = day_groups::heading(day(item.updated_at), day(now), item.pinned, locale);
        if last.as_ref() != Some(&heading) {
            item.heading = Some(heading.clone());
        }
        last = Some(heading);
    }
}

/// A message of the thread.
pub enum MessageView {
    /// A person's.
    User(UserMessage),
    /// The agent's.
    Agent(Box<AgentMessage>),
}

impl ChatPage {
    fn t(&self) -> &'static Texts {
        self.frame.t()
    }

    fn b(&self) -> &'static ThreadTexts {
        ThreadTexts::of(self.frame.locale)
    }

    fn f(&self) -> &'static OfflineTexts {
        OfflineTexts::of(self.frame.locale)
    }

    fn i(&self) -> &'static TransferTexts {
        TransferTexts::of(self.frame.locale)
    }

    fn s(&self) -> &'static ShareTexts {
        ShareTexts::of(self.frame.locale)
    }

    fn p(&self) -> &'static TripTexts {
        TripTexts::of(self.frame.locale)
    }

    fn is_current(&self, item: &ConversationItem) -> bool {
        self.conversation
            .as_ref()
            .is_some_and(|open| open.id == item.id)
    }

    fn n(&self) -> &'static OpinionTexts {
        OpinionTexts::of(self.frame.locale)
    }

    /// What the open conversation took.
    fn totals(&self) -> Vec<(&'static str, String)> {
        let open = self.conversation.as_ref();
        open.map_or_else(Vec::new, |open| open.totals.rows(self.frame.locale).into())
    }

    /// What the open conversation cost, where it cost anything.
    fn cost(&self) -> Option<String> {
        let usd = self.conversation.as_ref()?.cost_usd?;
        (usd > 0.0).then(|| format::usd(usd, self.frame.locale))
    }

    fn has_running(&self) -> bool {
        let running = |message: &MessageView| matches!(message, MessageView::Agent(answer) if answer.is_running());
        self.messages.last().is_some_and(running)
    }
}
