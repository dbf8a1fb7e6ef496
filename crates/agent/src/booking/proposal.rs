//! An offer put to the person for a yes or a no.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    capability::flights::earlier,
    travel::{FlightSearch, Offer},
};

/// Identifies a proposal (UUIDv7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProposalId(pub Uuid);

impl std::fmt::Display for ProposalId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Where a proposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalStatus {
    /// Waiting for an answer.
    Pending,
    /// The person said yes.
    Confirmed,
    /// The person said no.
    Rejected,
}

/// An offer put to the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Identity.
    pub id: ProposalId,
    /// What is proposed.
    pub offer: Offer,
    /// The search that found it, to ask the price again.
    #[serde(deserialize_with = "earlier::search")]
    pub search: FlightSearch,
    /// One line for people, in the language of the turn.
    pub summary: String,
    /// Until when it can be confirmed.
    pub expires_at: Timestamp,
    /// Where it stands.
    pub status: ProposalStatus,
}

impl Proposal {
    /// Whether a yes still counts.
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.status == ProposalStatus::Pending && now < self.expires_at
    }
}
