//! An offer that waits for a yes or a no.

use agent::{
    answer::ProposalView,
    booking::{Proposal, proposal::ProposalStatus},
    locale::Locale,
};
use askama::Template;
use jiff::{Timestamp, tz::TimeZone};
use uuid::Uuid;

use super::format;
use crate::i18n::Texts;

/// A proposal under an answer, ready to print.
#[derive(Template)]
#[template(path = "partials/proposal.html")]
pub(crate) struct ProposalBox {
    t: &'static Texts,
    id: String,
    conversation: Uuid,
    summary: String,
    until: String,
    until_machine: String,
    standing: Standing,
}

/// What can still be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Open,
    Confirmed,
    Rejected,
    Closed,
}

impl Standing {
    /// `current` is the conversation's last proposal: an older one is closed.
    fn of(shown: &ProposalView, current: Option<&Proposal>, now: Timestamp) -> Self {
        match current {
            Some(proposal) if proposal.id == shown.id => match proposal.status {
                ProposalStatus::Confirmed => Self::Confirmed,
                ProposalStatus::Rejected => Self::Rejected,
                ProposalStatus::Pending if proposal.is_live(now) => Self::Open,
                ProposalStatus::Pending => Self::Closed,
            },
            _ => Self::Closed,
        }
    }

    fn text(self, t: &'static Texts) -> &'static str {
        match self {
            Self::Open => "",
            Self::Confirmed => t.proposal_confirmed,
            Self::Rejected => t.proposal_rejected,
            Self::Closed => t.proposal_closed,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Confirmed => "confirmed",
            Self::Rejected | Self::Closed => "closed",
        }
    }
}

impl ProposalBox {
    pub(crate) fn new(
        shown: &ProposalView,
        conversation: Uuid,
        current: Option<&Proposal>,
        locale: Locale,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Self {
        let t = Texts::of(locale);
        let until = format::moment(shown.expires_at, zone, locale);
        Self {
            t,
            id: shown.id.to_string(),
            conversation,
            summary: shown.summary.clone(),
            until: t.proposal_until.replace("{date}", &until),
            until_machine: shown.expires_at.to_string(),
            standing: Standing::of(shown, current, now),
        }
    }
}
