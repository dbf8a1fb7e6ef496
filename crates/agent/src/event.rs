//! What anyone sees of a running turn.

use serde::{Deserialize, Serialize};

use crate::{
    booking::Proposal,
    conversation::ConversationState,
    intent::Intent,
    llm::Usage,
    locale::Locale,
    message::Message,
    sheet::Sheet,
    travel::{FareCalendar, Offer},
    trip::Trip,
    understood::Understood,
};

/// Where a turn came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// A browser session: its visitor cookie, whether by page or by script.
    Page,
    /// An API key.
    Api,
}

impl Door {
    /// The `agent.door` of spans and metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Api => "api",
        }
    }

    /// Whether a person, and not a program, stands behind it: only then can a proposal be confirmed.
    #[must_use]
    pub const fn is_person(self) -> bool {
        matches!(self, Self::Page)
    }
}

/// A card: what people look at. The text stays complete without it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Card {
    /// Flight offers to compare.
    FlightOffers {
        /// In the order of the search.
        offers: Vec<Offer>,
        /// Offers that fit as well and come after these.
        #[serde(default, skip_serializing_if = "is_zero")]
        more: usize,
    },
    /// Cheapest fare of each day of a month.
    FareCalendar(FareCalendar),
    /// What a planning tool found.
    Sheet(Box<Sheet>),
}

const fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// One event of a running turn.
#[derive(Clone, Debug, PartialEq)]
pub enum TurnEvent {
    /// What the person wants.
    Intent {
        /// Intent.
        name: Intent,
        /// From 0 to 1.
        confidence: f32,
        /// Language of the answer.
        locale: Locale,
    },
    /// What was read in the message, as people look at it.
    Understood(Understood),
    /// A round of model and tools began, counted from 1, on this model.
    Round {
        /// Number of the round.
        number: u32,
        /// Provider of the model.
        provider: String,
        /// Name of the model.
        model: String,
    },
    /// A tool runs.
    ToolStarted {
        /// Call id, unique in the turn.
        id: String,
        /// Tool name, as the model wrote it.
        name: String,
        /// Arguments; null when they are not JSON.
        arguments: serde_json::Value,
    },
    /// A tool has answered.
    ToolFinished {
        /// Call id.
        id: String,
        /// Whether it succeeded.
        success: bool,
        /// Number of results.
        result_count: u64,
        /// Wall-clock time, in milliseconds.
        latency_ms: f64,
        /// What went wrong.
        error: Option<String>,
        /// Where its data comes from.
        source: Option<&'static str>,
    },
    /// A card.
    Card(Card),
    /// More of the answer's text.
    Delta(String),
    /// What the answer says and no tool result of the conversation does, as written.
    Ungrounded(Vec<String>),
    /// An offer waits for a yes or a no.
    Proposed(Box<Proposal>),
    /// The trip in the making is now this.
    Planned(Box<Trip>),
    /// Tokens of one model call; cost is `None` when the price is unknown.
    Usage {
        /// Tokens.
        usage: Usage,
        /// US dollars.
        cost_usd: Option<f64>,
    },
    /// The turn has added this to the conversation that models are told: what the person wrote, with
    /// its note, an answer with its tool calls, a tool's result, the final answer.
    Transcript(Message),
    /// The turn is over; the last event.
    Ended {
        /// How.
        end: TurnEnd,
        /// The conversation's state from here on.
        state: Box<ConversationState>,
    },
}

/// How a turn ended by itself (a stopped one does not end by itself).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TurnEnd {
    /// With an answer.
    Ok,
    /// With a failure.
    Failed(TurnFailure),
}

/// Why a turn failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TurnFailure {
    /// The model could not answer.
    #[error("the model could not answer: {0}")]
    Model(#[from] crate::llm::ModelError),
    /// The model twice gave an answer that holds nothing to show and nothing that may run.
    #[error("the model twice answered with a thought alone, or with a call in its text")]
    Unusable,
    /// A tool failed in a way that the turn cannot survive.
    #[error("tool {name} failed: {detail}")]
    Tool {
        /// Tool.
        name: String,
        /// What happened.
        detail: String,
    },
    /// The deadline passed.
    #[error("the turn took longer than allowed")]
    Deadline,
    /// Something panicked.
    #[error("an internal error ended the turn")]
    Panic,
    /// The server is shutting down.
    #[error("the server is shutting down")]
    Draining,
}

impl TurnFailure {
    /// The `error.type` of spans and metrics.
    #[must_use]
    pub const fn error_type(&self) -> &'static str {
        match self {
            Self::Model(error) => error.kind.as_str(),
            Self::Unusable => "unusable_answer",
            Self::Tool { .. } => "tool_failed",
            Self::Deadline => "deadline",
            Self::Panic => "panic",
            Self::Draining => "draining",
        }
    }
}
