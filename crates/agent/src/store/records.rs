//! What goes into the store and comes out of it.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Search, Snippet};
use crate::{
    answer::{Answer, AnswerStatus, TurnIds, UsageRecord},
    booking::ProposalId,
    conversation::{ConversationState, PastMessage},
    feedback::{Feedback, Score},
    locale::Locale,
    message::Message,
};

/// Whose data it is: an opaque name that the server derives from a cookie or key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Owner(pub String);

/// A turn to begin.
#[derive(Clone, Debug)]
pub struct NewTurn {
    /// Whose.
    pub owner: Owner,
    /// Its ids; the conversation's too when it is new.
    pub ids: TurnIds,
    /// Whether the conversation begins with this turn.
    pub new_conversation: bool,
    /// What it answers.
    pub question: Question,
    /// When.
    pub at: Timestamp,
    /// The root span of the turn (W3C), where it is recorded.
    pub traceparent: Option<String>,
    /// Key under which the request may be sent again.
    pub idempotency: Option<IdempotencyKey>,
    /// The answer before the first event.
    pub answer: Answer,
}

/// What a turn answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// A message that is stored with the turn.
    New {
        /// The message to go on from; `None` = the newest.
        parent: Option<Uuid>,
        /// What the person wrote.
        text: String,
        /// The proposal whose button was pressed: it must be live where the message goes on.
        decides: Option<ProposalId>,
    },
    /// Another wording of a stored message of the person's: it goes on from where that one does.
    Edited {
        /// The message as it was.
        of: Uuid,
        /// What the person wrote instead.
        text: String,
    },
    /// The stored message that the turn's ids name, once more: the answer becomes a sibling of those
    /// that it has, and knows nothing of them.
    Again,
}

/// A client's key and a digest of the request that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The key.
    pub key: String,
    /// Digest of the request's body.
    pub digest: String,
    /// The answer that has the key, of a run that came to nothing: this one takes its place.
    pub replaces: Option<Uuid>,
}

/// What the turn goes on from.
#[derive(Clone, Debug, PartialEq)]
pub struct BegunTurn {
    /// Earlier messages of the branch, oldest first.
    pub history: Vec<Arc<PastMessage>>,
    /// State after the last of them.
    pub state: ConversationState,
}

/// How a turn ended.
#[derive(Clone, Debug)]
pub struct FinishedTurn {
    /// Whose: what it cost counts even when its conversation was deleted meanwhile.
    pub owner: Owner,
    /// The answer.
    pub answer: Answer,
    /// State of the conversation from here on; `None` = as before the turn.
    pub state: Option<ConversationState>,
    /// What the turn added to the prompt, for the next one to begin with.
    pub transcript: Vec<Message>,
    /// When.
    pub at: Timestamp,
    /// The answer's JSON once somebody asked for it; empty before.
    pub json: OnceLock<Arc<str>>,
}

impl FinishedTurn {
    /// One that leaves the state of its conversation as it was, and adds nothing to the prompt.
    #[must_use]
    pub const fn new(owner: Owner, answer: Answer, at: Timestamp) -> Self {
        Self {
            owner,
            answer,
            state: None,
            transcript: Vec::new(),
            at,
            json: OnceLock::new(),
        }
    }

    /// The answer's JSON, written once for the store and for those who wait for the answer.
    ///
    /// # Errors
    /// Those of JSON, which our own types do not have.
    pub fn json(&self) -> serde_json::Result<Arc<str>> {
        if let Some(json) = self.json.get() {
            return Ok(Arc::clone(json));
        }
        let json = serde_json::to_string(&self.answer)?;
        Ok(Arc::clone(self.json.get_or_init(|| json.into())))
    }
}

/// An earlier request under the same key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// Digest of its body.
    pub digest: String,
    /// The message that answers it.
    pub message: Uuid,
}

/// A line of the list of conversations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationSummary {
    /// Identity.
    pub id: Uuid,
    /// Title.
    pub title: String,
    /// Kept on top.
    pub pinned: bool,
    /// When it began.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Where the words stand that were looked for; `None` where the title alone has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snippet: Option<Snippet>,
    /// Where they stand in the title, if that alone has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_snippet: Option<Snippet>,
}

/// Which conversations to list.
#[derive(Clone, Debug, Default)]
pub struct ConversationQuery {
    /// Most to return.
    pub limit: u32,
    /// Where the last page ended.
    pub after: Option<Cursor>,
    /// What a message or the title must hold.
    pub search: Search,
}

/// A place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Pin of the last line.
    pub pinned: bool,
    /// Its time, in Unix milliseconds.
    pub updated_at: i64,
    /// Its id.
    pub id: Uuid,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversationPage {
    /// Lines, pinned ones first, then newest first.
    pub conversations: Vec<ConversationSummary>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

/// A conversation with its messages, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Conversation {
    /// Its line in the list.
    #[serde(flatten)]
    pub summary: ConversationSummary,
    /// Messages of all branches.
    pub messages: Vec<MessageRecord>,
    /// Tokens and cost of them all.
    pub usage: UsageRecord,
    /// State after the newest message, on its branch.
    #[serde(skip)]
    pub state: ConversationState,
}

impl Conversation {
    /// What the person thinks of an agent's message.
    #[must_use]
    pub fn feedback(&self, message: Uuid) -> Option<&Feedback> {
        self.messages.iter().find_map(|record| match record {
            MessageRecord::Agent { id, feedback, .. } if *id == message => feedback.as_ref(),
            _ => None,
        })
    }

    /// What the person wrote that a message answers.
    #[must_use]
    pub fn question_of(&self, answer: &MessageRecord) -> Option<&str> {
        let asked = answer.parent_id()?;
        self.messages.iter().find_map(|message| match message {
            MessageRecord::User { id, text, .. } if *id == asked => Some(text.as_str()),
            _ => None,
        })
    }

    /// Whether a person's message decided on a proposal. Worded anew or answered again, a button's would
    /// forget the press, and a yes or a no the proposal that it was said to: neither is.
    #[must_use]
    pub fn decided(&self, user_message: Uuid) -> bool {
        self.messages.iter().any(|message| {
            matches!(message, MessageRecord::User { id, decided, .. } if *decided && *id == user_message)
        })
    }
}

/// A stored message.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum MessageRecord {
    /// The person's.
    User {
        /// Identity.
        id: Uuid,
        /// The message that it goes on from.
        parent_id: Option<Uuid>,
        /// Text.
        text: String,
        /// Whether it pressed a proposal's button, or said yes or no to one: it stays as it is.
        #[serde(skip)]
        decided: bool,
        /// When.
        created_at: Timestamp,
    },
    /// The agent's.
    Agent {
        /// Identity.
        id: Uuid,
        /// The message that it answers.
        parent_id: Option<Uuid>,
        /// When it began.
        created_at: Timestamp,
        /// The answer.
        answer: Box<Answer>,
        /// What the person thinks of it.
        #[serde(skip_serializing_if = "Option::is_none")]
        feedback: Option<Feedback>,
    },
}

/// An answer that was rated.
#[derive(Clone, Debug, PartialEq)]
pub struct Rated {
    /// The answer.
    pub answer: Answer,
    /// The root span of its turn (W3C); `None` where it was not recorded.
    pub traceparent: Option<String>,
    /// The spans of its turn, as they were stored; `None` when they are not there yet, or never
    /// will be.
    pub trace: Option<String>,
}

/// The trace of a turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTrace {
    /// Whose turn it was.
    pub owner: Owner,
    /// Its root span (W3C); `None` where it was not recorded.
    pub traceparent: Option<String>,
    /// The spans, as they were stored; `None` when the process died before.
    pub trace: Option<String>,
}

/// What is kept of a turn besides its spans, for a list of traces.
#[derive(Clone, Debug, PartialEq)]
pub struct TracedTurn {
    /// Its trace.
    pub trace_id: String,
    /// Its root span (W3C); `None` where it was not recorded.
    pub traceparent: Option<String>,
    /// What was asked; `None` where the turn is not the owner's.
    pub question: Option<String>,
    /// Time to the first word of the answer, in milliseconds.
    pub first_text_ms: Option<f64>,
    /// What the person thinks of the answer.
    pub score: Option<Score>,
}

/// A turn of a conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct AnsweredTurn {
    /// When it began.
    pub created_at: Timestamp,
    /// Its answer, finished or not.
    pub answer: Answer,
    /// What the person thinks of it.
    pub score: Option<Score>,
}

/// What was spent on a day, in US dollars.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spent {
    /// By the owner.
    pub by_owner_usd: f64,
    /// By all owners.
    pub total_usd: f64,
}

/// What an owner chose last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Language.
    pub locale: Option<Locale>,
    /// ISO 4217 currency.
    pub currency: Option<String>,
    /// IANA time zone.
    pub time_zone: Option<String>,
}

impl MessageRecord {
    /// Identity.
    #[must_use]
    pub const fn id(&self) -> Uuid {
        match self {
            Self::User { id, .. } | Self::Agent { id, .. } => *id,
        }
    }

    /// The message that it goes on from.
    #[must_use]
    pub const fn parent_id(&self) -> Option<Uuid> {
        match self {
            Self::User { parent_id, .. } | Self::Agent { parent_id, .. } => *parent_id,
        }
    }

    /// Whether it is an answer whose end is not stored.
    #[must_use]
    pub fn is_running(&self) -> bool {
        matches!(self, Self::Agent { answer, .. } if answer.status == AnswerStatus::Running)
    }

    /// The answer of an agent's message.
    #[must_use]
    pub fn answer(&self) -> Option<&Answer> {
        match self {
            Self::User { .. } => None,
            Self::Agent { answer, .. } => Some(answer),
        }
    }

    /// Tokens and cost of an agent's message.
    #[must_use]
    pub fn usage(&self) -> Option<&UsageRecord> {
        Some(&self.answer()?.usage)
    }
}
