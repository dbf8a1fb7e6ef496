//! Proposals and the confirmation gate. Only a person's own word passes the gate.

pub mod gate;
pub mod proposal;

pub use gate::{ConfirmedProposal, Evidence};
pub use proposal::{Proposal, ProposalId, ProposalStatus};
