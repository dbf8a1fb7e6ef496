//! What the agent waits for after its message: stated by who asks, kept with the message, and read
//! with the answer.

use serde::{Deserialize, Serialize};

use crate::{
    reading::{Ambiguity, SlotName},
    topic::Topic,
};

/// What an answer of the agent waits for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Pending {
    /// Nothing was asked that an answer of a few words would fill.
    #[default]
    Nothing,
    /// A part of the trip.
    Slot {
        /// Which part.
        slot: SlotName,
        /// Of which leg, counted from 0.
        #[serde(default)]
        leg: usize,
    },
    /// Which of the places that share a name is meant.
    WhichPlace(Ambiguity),
    /// What else of the trip should change, when nothing was found or an offer was declined.
    Change {
        /// What a place or a day without a preposition is taken for.
        bare: SlotName,
    },
    /// Which of the shown offers is wanted.
    WhichOffer,
    /// Which place a question was about.
    Topic {
        /// What was asked.
        topic: Topic,
        /// The question, as typed: the answer completes it.
        said: String,
    },
    /// Whether the proposed offer is taken.
    Yes {
        /// The proposal's id.
        proposal: String,
    },
    /// Whether the trip, as far as it is known, is to be searched (again).
    Search,
}

impl Pending {
    /// A part of the first leg.
    #[must_use]
    pub const fn slot(slot: SlotName) -> Self {
        Self::Slot { slot, leg: 0 }
    }

    /// The part of the trip that an answer without a role, a bare place or day, is for.
    #[must_use]
    pub const fn awaited_slot(&self) -> Option<SlotName> {
        match self {
            Self::Slot { slot, .. } | Self::Change { bare: slot } => Some(*slot),
            Self::WhichPlace(open) => Some(open.slot),
            Self::Nothing
            | Self::WhichOffer
            | Self::Topic { .. }
            | Self::Yes { .. }
            | Self::Search => None,
        }
    }

    /// Whether anything was asked.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::Nothing
    }

    /// Whether a plain yes may mean this proposal: a yes to another question does not.
    #[must_use]
    pub fn may_confirm(&self, id: &str) -> bool {
        match self {
            Self::Nothing => true,
            Self::Yes { proposal } => proposal == id,
            Self::Slot { .. }
            | Self::WhichPlace(_)
            | Self::Change { .. }
            | Self::WhichOffer
            | Self::Topic { .. }
            | Self::Search => false,
        }
    }
}
