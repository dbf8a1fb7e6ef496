//! Comparison and choice of offers.

use jiff::SignedDuration;
use serde_json::json;

use super::{
    answer,
    step::{Call, Step},
    view::View,
};
use crate::{
    capability::flights::propose_offer::ProposeOffer,
    language::Choice,
    travel::{Money, Offer},
};

/// An offer that stands out, with its number on the card.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pick<'a> {
    pub(super) number: usize,
    pub(super) offer: &'a Offer,
    pub(super) cheapest: bool,
    pub(super) fastest: bool,
    pub(super) recommended: bool,
    /// Against the cheapest: what it costs more, and the time that it saves; both positive.
    pub(super) trade: Option<(Money, SignedDuration)>,
}

/// The offer that fits: the search puts it first, by what matters to the person.
pub(super) fn recommended(offers: &[Offer]) -> Option<&Offer> {
    offers.first()
}

/// The cheapest, the fastest and the recommended offer, each once, in the order of price.
pub(super) fn picks(offers: &[Offer]) -> Vec<Pick<'_>> {
    let (Some(cheapest), Some(fastest), Some(best)) = (
        position(offers, Choice::Cheapest),
        position(offers, Choice::Fastest),
        position(offers, Choice::Best),
    ) else {
        return Vec::new();
    };
    let mut positions = vec![cheapest, fastest, best];
    positions.sort_by_key(|&at| (offers[at].total.minor, at));
    positions.dedup();
    let pick = |at: usize| Pick {
        number: at + 1,
        offer: &offers[at],
        cheapest: at == cheapest,
        fastest: at == fastest,
        recommended: at == best,
        trade: trade(&offers[cheapest], &offers[at]),
    };
    positions.into_iter().map(pick).collect()
}

fn trade(cheapest: &Offer, offer: &Offer) -> Option<(Money, SignedDuration)> {
    let more = offer.total.minor - cheapest.total.minor;
    let saved = cheapest.duration() - offer.duration();
    let pays = more > 0 && saved.is_positive();
    pays.then(|| (Money::new(more, offer.total.currency), saved))
}

/// The offer that a choice means.
pub(super) fn position(offers: &[Offer], choice: Choice) -> Option<usize> {
    let least = |key: fn(&Offer) -> i128| (0..offers.len()).min_by_key(|&at| key(&offers[at]));
    let at = match choice {
        Choice::Nth(n) => usize::from(n).checked_sub(1),
        Choice::Last => offers.len().checked_sub(1),
        Choice::Cheapest => least(|offer| i128::from(offer.total.minor)),
        Choice::Fastest => least(|offer| offer.duration().as_nanos()),
        Choice::Best => Some(0),
    };
    at.filter(|&at| at < offers.len())
}

/// The shown offer that the message names.
pub(super) fn meant<'a>(view: &View<'a>) -> Option<&'a Offer> {
    let offers = &view.context.offers;
    offers.get(position(offers, view.context.reading.choice?)?)
}

/// Answers a message that picks one of the shown offers; `None` when it picks none, changes the
/// trip, or the offers are too old.
pub(super) fn choose(view: &View<'_>) -> Option<Step> {
    let (context, offers) = (view.context, &view.context.offers);
    let choice = context.reading.choice?;
    let stale = offers
        .first()
        .is_none_or(|offer| offer.expires_at <= context.now.timestamp());
    if stale || context.reading.change_trip() {
        return None;
    }
    let Some(at) = position(offers, choice) else {
        return Some(answer::no_such_offer(view).into());
    };
    let offer = &offers[at];
    Some(match view.last::<ProposeOffer>() {
        None if view.can::<ProposeOffer>() => proposal(offer),
        done => {
            let proposed = done.is_some_and(|done| done.outcome.is_ok());
            answer::chosen(view, at + 1, offer, proposed).into()
        }
    })
}

/// The call that proposes `offer`.
pub(super) fn proposal(offer: &Offer) -> Step {
    Call::of::<ProposeOffer>(json!({ "offer_id": offer.id.0 })).into()
}
