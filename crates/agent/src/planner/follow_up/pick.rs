//! The shown offer that fits a wish best.

use jiff::Timestamp;

use super::{
    super::{compare, offer_text, phrases, step::Step, view::View},
    Numbered, named, open_proposal,
};
use crate::{
    capability::flights::propose_offer::ProposeOffer,
    locale::Locale,
    travel::{Offer, Slice},
};

/// What the offer must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum With {
    Any,
    Bag,
    Refund,
}

/// What it is chosen by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Order {
    Cheapest,
    Fastest,
    LandsFirst,
    LandsLast,
    LeavesFirst,
    LeavesLast,
    ShortestLayover,
    FewestStops,
    Greenest,
}

/// A wish among the shown offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Wish {
    pub(in super::super) order: Order,
    pub(in super::super) with: With,
}

/// The offer that fits; the cheaper one of equals. `None` when none has what it must.
pub(super) fn offer<'a>(view: &View<'a>, wish: Wish) -> Option<Numbered<'a>> {
    let offers = view.context.offers.iter().enumerate();
    offers
        .filter(|(_, offer)| match wish.with {
            With::Any => true,
            With::Bag => offer.baggage.checked > 0,
            With::Refund => offer.conditions.refundable,
        })
        .filter(|(_, offer)| wish.order != Order::ShortestLayover || offer.stops() > 0)
        .min_by_key(|(at, offer)| (key(wish.order, offer), offer.total.minor, *at))
        .and_then(|(at, _)| named::nth(view, at + 1))
}

fn key(order: Order, offer: &Offer) -> i128 {
    let leaves = || offer.slices.first().and_then(departure);
    let lands = || offer.slices.first().and_then(arrival);
    let nanos = |at: Option<Timestamp>| at.map_or(i128::MAX / 2, Timestamp::as_nanosecond);
    match order {
        Order::Cheapest => offer.total.minor.into(),
        Order::Fastest => offer.duration().as_nanos(),
        Order::LandsFirst => nanos(lands()),
        Order::LandsLast => -nanos(lands()),
        Order::LeavesFirst => nanos(leaves()),
        Order::LeavesLast => -nanos(leaves()),
        Order::ShortestLayover => {
            let waits = offer.slices.iter().flat_map(Slice::layovers);
            waits.map(|(_, wait)| wait.as_nanos()).sum()
        }
        Order::FewestStops => offer.stops().into(),
        Order::Greenest => offer.emissions_kg.into(),
    }
}

fn departure(slice: &Slice) -> Option<Timestamp> {
    slice
        .segments
        .first()
        .map(|segment| segment.departing_at.at)
}

fn arrival(slice: &Slice) -> Option<Timestamp> {
    slice.segments.last().map(|segment| segment.arriving_at.at)
}

/// Whether a yes to the question after the answer means this offer; it may have been proposed in
/// this turn, where it was picked.
pub(super) fn is_proposed(view: &View<'_>, about: Numbered<'_>, picked: bool) -> bool {
    let open = open_proposal(view).is_some_and(|offer| offer.id == about.offer.id);
    let proposal = || view.last::<ProposeOffer>();
    open || (picked && proposal().is_some_and(|done| done.outcome.is_ok()))
}

/// The call that proposes the picked offer; `None` where it is proposed, was tried, or is too old.
pub(super) fn proposal(view: &View<'_>, picked: Numbered<'_>) -> Option<Step> {
    let fresh = picked.offer.expires_at > view.context.now.timestamp();
    let wanted = fresh
        && !is_proposed(view, picked, true)
        && view.last::<ProposeOffer>().is_none()
        && view.can::<ProposeOffer>();
    wanted.then(|| compare::proposal(picked.offer))
}

/// `Le moins cher avec un bagage en soute est le n° 2 : …`.
pub(super) fn text(view: &View<'_>, wish: Wish) -> String {
    let locale = view.locale();
    let with = match wish.with {
        With::Any => "",
        With::Bag => locale.pick(" avec un bagage en soute", " with a checked bag"),
        With::Refund => locale.pick(" remboursable", " that is refundable"),
    };
    let Some(picked) = offer(view, wish) else {
        return none(view, wish);
    };
    let superlative = match wish.order {
        Order::Cheapest => locale.pick("la moins chère", "the cheapest"),
        Order::Fastest => locale.pick("la plus rapide", "the fastest"),
        Order::LandsFirst => {
            locale.pick("celle qui arrive le plus tôt", "the one that lands first")
        }
        Order::LandsLast => locale.pick("celle qui arrive le plus tard", "the one that lands last"),
        Order::LeavesFirst => {
            locale.pick("celle qui part le plus tôt", "the one that leaves first")
        }
        Order::LeavesLast => locale.pick("celle qui part le plus tard", "the one that leaves last"),
        Order::ShortestLayover => locale.pick(
            "celle dont l’escale est la plus courte",
            "the one with the shortest layover",
        ),
        Order::FewestStops => locale.pick(
            "celle qui a le moins d’escales",
            "the one with fewest stops",
        ),
        Order::Greenest => locale.pick("la moins polluante", "the one with the lowest emissions"),
    };
    let superlative = phrases::capitalised(superlative);
    let (line, terms) = (
        offer_text::line(picked.offer, locale),
        offer_text::terms(picked.offer, locale),
    );
    let (number, count) = (picked.number, view.context.offers.len());
    match locale {
        Locale::Fr => format!(
            "{superlative}{with}, parmi les {count} offres affichées, est la n° {number} : {line}. {terms}"
        ),
        Locale::En => format!(
            "{superlative}{with}, of the {count} offers shown, is no. {number}: {line}. {terms}"
        ),
    }
}

fn none(view: &View<'_>, wish: Wish) -> String {
    let (locale, count) = (view.locale(), view.context.offers.len());
    let what = match wish.with {
        With::Bag => locale.pick("n’inclut de bagage en soute", "includes a checked bag"),
        With::Refund => locale.pick("n’est remboursable", "is refundable"),
        With::Any => locale.pick("n’a d’escale", "has a stop"),
    };
    match locale {
        Locale::Fr => format!("Aucune des {count} offres affichées {what}."),
        Locale::En => format!("None of the {count} offers shown {what}."),
    }
}
