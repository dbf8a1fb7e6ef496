//! What a message wants: a linear classifier over hashed n-grams, trained by the build script
//! from `corpus/`, embedded as int8 weights.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

pub(crate) use consent_words::are_consent;
pub use settle::{Evidence, settle};

use consent::is_reserved;
use features::Features;
use model::Model;

mod consent;
mod consent_words;
mod features;
mod judge;
pub mod language;
mod logits;
mod model;
mod normalize;
mod settle;

/// The weights of this build.
const MODEL: Model<'static> = include!(concat!(env!("OUT_DIR"), "/intent_model.rs"));

/// From this confidence on a confirmation is acted upon. Missing one costs the visitor a word,
/// a false one selects an offer that nobody wanted: no sentence of the measured sets that is not
/// a confirmation is acted upon.
pub const CONFIRM_THRESHOLD: f32 = 0.92;

thread_local! {
    /// Feature buffers, reused by every message of a thread.
    static SCRATCH: RefCell<Features> = RefCell::default();
}

/// What a message wants, a closed set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// Greetings, thanks, acknowledgements, questions about the agent itself.
    SmallTalk,
    /// To search, compare or plan travel, and answers to the agent's questions about it.
    Planning,
    /// To go ahead with the live proposal.
    Confirmation,
    /// To drop the proposal or the subject.
    Rejection,
    /// The status, change or cancellation of a booking.
    BookingManagement,
    /// Facts for travellers: visa, baggage, weather, time, currency, phrases, status of a flight.
    TravelInfo,
    /// Anything else.
    OutOfScope,
}

impl Intent {
    /// Every intent, in the order of the model's columns.
    pub const ALL: [Self; 7] = [
        Self::SmallTalk,
        Self::Planning,
        Self::Confirmation,
        Self::Rejection,
        Self::BookingManagement,
        Self::TravelInfo,
        Self::OutOfScope,
    ];

    /// The name in answers, spans and corpus files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SmallTalk => "small_talk",
            Self::Planning => "planning",
            Self::Confirmation => "confirmation",
            Self::Rejection => "rejection",
            Self::BookingManagement => "booking_management",
            Self::TravelInfo => "travel_info",
            Self::OutOfScope => "out_of_scope",
        }
    }
}

/// The state of the conversation in which a message is said.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The agent's last message.
    pub previous: Option<&'a str>,
    /// Whether a proposal waits for a decision.
    pub pending_proposal: bool,
}

/// The most probable intent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detection {
    /// What the message wants.
    pub intent: Intent,
    /// Its calibrated probability: of the detections at 0.9, nine in ten are right.
    pub confidence: f32,
    /// A plain yes to a live proposal.
    consents: bool,
}

impl Detection {
    /// Whether this confirms a live proposal clearly enough to act upon: with enough confidence
    /// and without a condition, a negation or a question.
    #[must_use]
    pub fn confirms(&self) -> bool {
        self.consents && self.confidence >= CONFIRM_THRESHOLD
    }
}

/// Detects what `text` wants when it is said in `context`.
#[must_use]
pub fn detect(text: &str, context: Context<'_>) -> Detection {
    SCRATCH.with_borrow_mut(|features| {
        let probabilities = judge::judge(
            &MODEL,
            features,
            text,
            context.previous,
            context.pending_proposal,
        );
        let (intent, confidence) = Intent::ALL
            .into_iter()
            .zip(probabilities)
            .max_by(|(_, one), (_, other)| one.total_cmp(other))
            .unwrap_or((Intent::OutOfScope, 0.0));
        let consents = context.pending_proposal
            && intent == Intent::Confirmation
            && !is_reserved(text, &mut features.normal);
        Detection {
            intent,
            confidence,
            consents,
        }
    })
}
