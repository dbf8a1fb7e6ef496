//! The confirmation gate: the one place that turns a proposal into a confirmed one.
//!
//! A model or a tool result cannot pass it: [`ConfirmedProposal`] has no other constructor, and the
//! evidence that it takes comes from the person's message or button alone.

use jiff::Timestamp;

use super::{Proposal, ProposalId, ProposalStatus};
use crate::{
    event::Door,
    intent::{Detection, Intent},
    language::Reading,
};

/// What the person did.
#[derive(Clone, Copy, Debug)]
pub enum Evidence<'a> {
    /// Pressed the button of this proposal.
    Button(ProposalId),
    /// Wrote a message: the embedded classifier's verdict and what the message says.
    Message {
        /// Verdict of the embedded classifier; never one of a language model.
        detection: &'a Detection,
        /// What the message says.
        reading: &'a Reading,
        /// The message points at an offer that is not the proposed one.
        names_other_offer: bool,
    },
}

/// A proposal that the person has confirmed. Only [`ConfirmedProposal::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmedProposal(Proposal);

impl ConfirmedProposal {
    /// Confirms `proposal` if it is live, the person stands behind `door` in a browser session, and
    /// the evidence is a clear yes to this very offer.
    #[must_use]
    pub fn check(
        proposal: &Proposal,
        evidence: Evidence<'_>,
        door: Door,
        now: Timestamp,
    ) -> Option<Self> {
        let yes = match evidence {
            Evidence::Button(id) => id == proposal.id,
            Evidence::Message {
                detection,
                reading,
                names_other_offer,
            } => {
                detection.intent == Intent::Confirmation
                    && detection.confirms()
                    && !names_other_offer
                    && reading.may_be_yes()
            }
        };
        let passes = yes && door.is_person() && proposal.is_live(now);
        passes.then(|| {
            Self(Proposal {
                status: ProposalStatus::Confirmed,
                ..proposal.clone()
            })
        })
    }

    /// What was confirmed.
    #[must_use]
    pub fn proposal(&self) -> &Proposal {
        &self.0
    }
}
