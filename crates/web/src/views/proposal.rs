//! An offer that waits for a yes or a no.

use agent::{
    answer::{Answer, ProposalView},
    booking::{Proposal, proposal::ProposalStatus},
    event::Card,
    locale::Locale,
    travel::Offer,
};
use askama::Template;
use jiff::Timestamp;
use uuid::Uuid;

use super::{flights, format, message::Surroundings, offer, offer_line, slice::SliceView};
use crate::i18n::{Texts, offers::OfferTexts};

/// A proposal under an answer, ready to print.
#[derive(Template)]
#[template(path = "partials/proposal.html")]
pub(crate) struct ProposalBox {
    t: &'static Texts,
    o: &'static OfferTexts,
    id: String,
    conversation: Uuid,
    /// The route, where what is proposed is told in full below it; else all in one line. Empty below
    /// the offer itself.
    summary: String,
    /// What a yes would mean, part by part; empty where it can no longer be said.
    terms: Vec<(String, String)>,
    /// `Air France, 734 €`: what tells its buttons from others.
    what: String,
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
    /// The proposal of `answer`, which is `shown`. Where a card of the answer has the offer it stands
    /// below it, which says who flies and when.
    pub(crate) fn new(shown: &ProposalView, answer: &Answer, around: &Surroundings<'_>) -> Self {
        let locale = answer.locale;
        let (t, o) = (Texts::of(locale), OfferTexts::of(locale));
        let standing = Standing::of(shown, around.proposal, around.now);
        let offer = offer(shown, answer, around.proposal).filter(|_| standing == Standing::Open);
        let below = offers(answer).any(|offer| offer.id.0 == shown.offer_id);
        let until = format::moment(shown.expires_at, around.zone, locale);
        Self {
            t,
            o,
            id: shown.id.to_string(),
            conversation: answer.conversation_id,
            summary: match offer {
                _ if below => String::new(),
                Some(offer) => flights::route(offer).join(" → "),
                None => shown.summary.clone(),
            },
            terms: match offer {
                Some(offer) if below => conditions(offer, locale).into(),
                Some(offer) => terms(offer, locale),
                None => Vec::new(),
            },
            what: offer.map_or_else(
                || shown.summary.clone(),
                |offer| {
                    let price = format::money(offer.total, locale);
                    format!("{}, {price}", offer_line::carriers(offer))
                },
            ),
            until: t.proposal_until.replace("{date}", &until),
            until_machine: shown.expires_at.to_string(),
            standing,
        }
    }
}

/// The offers on the cards of an answer.
fn offers(answer: &Answer) -> impl Iterator<Item = &Offer> {
    answer.cards.iter().flat_map(|card| match card {
        Card::FlightOffers { offers, .. } => offers.as_slice(),
        Card::FareCalendar(_) | Card::Sheet(_) => &[],
    })
}

/// The offer behind a proposal: the one that a yes would take, or what the answer's card shows.
fn offer<'a>(
    shown: &ProposalView,
    answer: &'a Answer,
    current: Option<&'a Proposal>,
) -> Option<&'a Offer> {
    let current = current.filter(|proposal| proposal.id == shown.id);
    current
        .map(|proposal| &proposal.offer)
        .or_else(|| offers(answer).find(|offer| offer.id.0 == shown.offer_id))
}

/// Who flies, when, and the [`conditions`].
fn terms(offer: &Offer, locale: Locale) -> Vec<(String, String)> {
    let (t, o) = (Texts::of(locale), OfferTexts::of(locale));
    let carriers = [(o.carrier.to_owned(), offer_line::carriers(offer))];
    let slices = offer.slices.iter().enumerate().map(|(at, slice)| {
        let label = offer::label(offer, at, t);
        let slice = SliceView::new(slice, label.clone(), locale);
        (label, slice.in_words())
    });
    let rest = conditions(offer, locale);
    carriers.into_iter().chain(slices).chain(rest).collect()
}

/// Who travels, what it costs and what the fare allows.
fn conditions(offer: &Offer, locale: Locale) -> [(String, String); 4] {
    let (t, o) = (Texts::of(locale), OfferTexts::of(locale));
    let term = |label: &str, value: String| (label.to_owned(), value);
    [
        term(o.travellers, offer::party(offer, locale)),
        term(o.total, format::money(offer.total, locale)),
        term(o.baggage, offer::baggage(offer, t)),
        term(o.terms, offer::conditions(offer, t)),
    ]
}
