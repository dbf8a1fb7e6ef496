//! The reading of a message as people look at it: what was understood, each part with a way to take
//! it back or to change it; what was not; and what is asked, as choices.

mod chips;
mod choices;

use serde::{Deserialize, Serialize};

pub use chips::chips;
pub use choices::choices;

use crate::{context::TurnContext, intent::Intent};

/// What was understood of a message, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Understood {
    /// The trip as it stands after the message, part by part.
    pub chips: Vec<Chip>,
    /// Words that nothing was made of, as typed.
    pub left_over: Vec<String>,
    /// The answers to a question that has only a few.
    pub choices: Vec<Alternative>,
}

/// What a chip is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChipKind {
    /// Where from and where to.
    Route,
    /// A day or days, of the way out or back; one-way.
    Date,
    /// Who travels.
    Party,
    /// How: cabin, stops, airline, part of the day.
    Wish,
    /// What it may cost.
    Money,
}

/// One part of what was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chip {
    /// What it is about.
    pub kind: ChipKind,
    /// The part in a few words, in the answer's language.
    pub label: String,
    /// The message that, sent as a turn, takes it back; `None` for what no search can do without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove: Option<String>,
    /// The beginning of a message that changes it, to be completed or edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<String>,
}

/// One answer to a question that has only a few.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// What it says, in the answer's language.
    pub label: String,
    /// The message that, sent as a turn, chooses it.
    pub message: String,
}

impl Understood {
    /// The reading of the message of a turn. A message that is not about the trip says nothing of it.
    #[must_use]
    pub fn of(context: &TurnContext) -> Self {
        // The words of a button, or of a yes that was taken for one, leave nothing to be told.
        let answers = matches!(context.intent, Intent::Confirmation | Intent::Rejection);
        let decided = context.confirmed || answers && context.source.is_none();
        let left_over = match decided {
            true => Vec::new(),
            false => context.left_over().map(str::to_owned).collect(),
        };
        if context.intent != Intent::Planning {
            return Self {
                left_over,
                ..Self::default()
            };
        }
        Self {
            chips: chips(&context.trip, context.locale),
            left_over,
            choices: choices(&context.trip, context.locale),
        }
    }
}
