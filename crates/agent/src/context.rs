//! What the agent understood of a turn, handed to the model in typed form.

use std::sync::Arc;

use jiff::{Zoned, civil::Date};
use llm::ChatRequest;

use crate::{
    booking::Proposal,
    intent::Intent,
    language::{Pending, Problem, Reading, TripRequest},
    locale::Locale,
    tools::ToolResults,
    travel::{Currency, Iata, Offer},
};

/// Who decided what the person wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntentSource {
    /// The classifier in this program.
    Embedded,
    /// A language model, where the classifier was unsure.
    Model,
}

impl IntentSource {
    /// The `agent.intent.source` of spans.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Embedded => "embedded",
            Self::Model => "model",
        }
    }
}

/// The typed context of one turn. It does not change over the turn's rounds.
#[derive(Clone, Debug)]
pub struct TurnContext {
    /// What the person wants.
    pub intent: Intent,
    /// How sure the classifier is, from 0 to 1.
    pub confidence: f32,
    /// Who decided; `None` when a button was pressed.
    pub source: Option<IntentSource>,
    /// What this message says.
    pub reading: Reading,
    /// The trip so far, this message included.
    pub trip: TripRequest,
    /// What cannot be, in this message or after merging it.
    pub problems: Vec<Problem>,
    /// What the agent waited for; `None` = not known, and nothing in its last message tells.
    pub asked: Option<Pending>,
    /// Offers shown last, in the order shown.
    pub offers: Vec<Offer>,
    /// Nights that the trip has: the city, the first and the last day.
    pub stays: Vec<(Iata, Date, Date)>,
    /// How many offers of that search were shown, the pages before included.
    pub shown: u16,
    /// The proposal that is waiting for an answer, or was until this message.
    pub proposal: Option<Proposal>,
    /// The person has just confirmed `proposal`; decided by code, never by a model.
    pub confirmed: bool,
    /// The visitor's clock.
    pub now: Zoned,
    /// Language of the answer.
    pub locale: Locale,
    /// Currency of prices.
    pub currency: Currency,
}

impl TurnContext {
    /// Before anything has been understood.
    #[must_use]
    pub fn unread(intent: Intent, now: Zoned, locale: Locale, currency: Currency) -> Self {
        Self {
            intent,
            confidence: 0.0,
            source: None,
            reading: Reading::default(),
            trip: TripRequest::default(),
            problems: Vec::new(),
            asked: None,
            offers: Vec::new(),
            stays: Vec::new(),
            shown: 0,
            proposal: None,
            confirmed: false,
            now,
            locale,
            currency,
        }
    }
}

impl TurnContext {
    /// Words of the message that nothing was made of, as typed.
    pub fn left_over(&self) -> impl Iterator<Item = &str> {
        self.reading.left_over.iter().map(|left| left.text.as_str())
    }

    /// The proposal, if a yes would still count.
    #[must_use]
    pub fn live_proposal(&self) -> Option<&Proposal> {
        self.proposal
            .as_ref()
            .filter(|proposal| proposal.is_live(self.now.timestamp()))
    }
}

/// What a turn hands to a model in this process, beside the prompt that all models read.
#[derive(Clone, Debug)]
pub struct Handed {
    /// What the agent understood.
    pub context: Arc<TurnContext>,
    /// What this turn's tools answered.
    pub results: ToolResults,
}

impl Handed {
    /// As a request carries it.
    #[must_use]
    pub fn extensions(self) -> http::Extensions {
        let mut extensions = http::Extensions::new();
        extensions.insert(self);
        extensions
    }

    /// What a request carries.
    #[must_use]
    pub fn of(request: &ChatRequest) -> Option<&Self> {
        request.extensions.get()
    }
}
