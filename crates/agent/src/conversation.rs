//! What a conversation remembers between turns.

use serde::{Deserialize, Serialize};

use crate::{
    booking::Proposal,
    capability::flights::earlier,
    language::{Pending, TripRequest},
    locale::Locale,
    message::Message,
    travel::{FlightSearch, Offer},
    trip::Trip,
};

/// The typed state after a message; stored with it, so that a branch continues from its own point.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ConversationState {
    /// The trip so far.
    #[serde(default)]
    pub trip: TripRequest,
    /// Offers shown last, in the order shown.
    #[serde(default)]
    pub offers: Vec<Offer>,
    /// The search that found them.
    #[serde(default, deserialize_with = "earlier::searched")]
    pub search: Option<Searched>,
    /// The last proposal, whatever became of it.
    #[serde(default)]
    pub proposal: Option<Proposal>,
    /// The trip in the making.
    #[serde(default, skip_serializing_if = "Trip::is_empty")]
    pub plan: Trip,
    /// What the agent's message waits for; `None` = not known: it is a foreign model's, or an old one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Pending>,
    /// Language of the conversation.
    #[serde(default)]
    pub locale: Option<Locale>,
}

/// A search whose offers were shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Searched {
    /// The search.
    pub search: FlightSearch,
    /// Its offers that were shown before these.
    #[serde(default)]
    pub skip: usize,
}

/// One earlier message, as the prompt needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastMessage {
    /// Whether the agent wrote it.
    pub by_agent: bool,
    /// Its text.
    pub text: String,
    /// What its turn added to the prompt, as [`crate::transcript::TranscriptBuilder`] collected it;
    /// with the agent's messages only. Empty = not kept.
    pub transcript: Vec<Message>,
}
