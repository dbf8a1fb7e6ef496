//! What a conversation remembers between turns.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    booking::Proposal,
    capability::flights::earlier,
    language::{Pending, TripRequest},
    locale::Locale,
    message::Message,
    travel::{FlightSearch, Offer},
    trip::{Part, Trip},
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

impl ConversationState {
    /// Takes back the last change of the trip. Where that was one of the wishes, what was searched for the
    /// changed ones goes with it, and no yes means it any more.
    pub fn take_back(&mut self) {
        self.plan = self.plan.with(Part::Undo);
        if let Some(wished) = self.plan.wished.take() {
            self.trip = *wished;
            self.offers.clear();
            (self.search, self.proposal) = (None, None);
        }
    }

    /// Takes other wishes; whether the change can be taken back: the first ones cannot.
    pub(crate) fn wish(&mut self, trip: TripRequest) -> bool {
        let known = self.trip.origin.is_some() && self.trip.destination.is_some();
        let before = Trip {
            before: None,
            wished: Some(Box::new(self.trip.clone())),
            ..self.plan.clone()
        };
        self.trip = trip;
        self.plan = self.plan.following(&self.trip);
        if known {
            self.plan.before = Some(Box::new(before));
        }
        known
    }
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

/// Conversations of fewer messages are read again in no time: they are not worth remembering.
const FEWEST_REMEMBERED: usize = 6;

/// Whether it is worth it to remember these messages.
pub(crate) const fn is_long(past: &[Arc<PastMessage>]) -> bool {
    past.len() >= FEWEST_REMEMBERED
}

/// How much text messages hold, in bytes.
pub(crate) fn bytes(past: &[Arc<PastMessage>]) -> usize {
    past.iter().map(|message| message.bytes()).sum()
}

impl PastMessage {
    fn bytes(&self) -> usize {
        self.text.len() + self.transcript.iter().map(Message::bytes).sum::<usize>()
    }
}
