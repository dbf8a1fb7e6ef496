//! Questions about the offers that are there, answered from them and from nothing else.

mod ask;
mod describe;
mod difference;
mod money;
mod named;
mod pick;
mod reasons;

pub(super) use self::ask::{Ask, asks, is_follow_up, wants_more};

use super::{
    LookUp, ask as questions, offer_text,
    step::{Call, Reply, Step},
    view::View,
};
use crate::{
    capability::flights::get_flight_details::{
        GetFlightDetails, GetFlightDetailsArgs, OfferDetails,
    },
    language::{Pending, SlotName},
    locale::Locale,
    travel::Offer,
};

/// A shown offer with its number on the card.
#[derive(Clone, Copy)]
struct Numbered<'a> {
    number: usize,
    offer: &'a Offer,
}

impl Numbered<'_> {
    /// `le n° 2`, `no. 2`.
    fn name(&self, locale: Locale) -> String {
        match locale {
            Locale::Fr => format!("le n° {}", self.number),
            Locale::En => format!("no. {}", self.number),
        }
    }
}

/// The number of the offer that a message is about: the named one, the proposed one, or the
/// recommended one; `None` = none were shown.
pub(crate) fn named_offer(view: &View<'_>) -> Option<usize> {
    named::meant(view).map(|meant| meant.number)
}

/// What a message asks about the offers, carried out.
pub(super) enum Answer {
    /// First this.
    Step(Step),
    /// The answer, and the question that ends it.
    Text { text: String, question: Reply },
}

/// Answers all of `asks`, at least one of them.
pub(super) fn answer(view: &View<'_>, asks: &[Ask]) -> Answer {
    let picked = asks.iter().find_map(|ask| match ask {
        Ask::Pick(wish) => pick::offer(view, *wish),
        _ => None,
    });
    if let Some(picked) = picked
        && let Some(step) = pick::proposal(view, picked)
    {
        return Answer::Step(step);
    }
    if let Some(call) = details_call(view, asks) {
        return Answer::Step(call.into());
    }
    let mut sentences: Vec<_> = asks.iter().map(|ask| text(view, *ask)).collect();
    // What is not taken from an offer needs no source.
    if asks.iter().any(|ask| *ask != Ask::Payment) {
        let source = view.context.offers.first();
        sentences.extend(source.map(|offer| offer_text::provenance(offer, view.locale())));
    }
    Answer::Text {
        text: sentences.join("\n\n"),
        question: question(view, picked, asks.contains(&Ask::Difference)),
    }
}

/// The look-up behind questions about one offer alone: its card shows all of it.
fn details_call(view: &View<'_>, asks: &[Ask]) -> Option<Call> {
    let of_one = asks
        .iter()
        .all(|ask| matches!(ask, Ask::Terms | Ask::Layover | Ask::Whole));
    let [named] = named::all(view)[..] else {
        return None;
    };
    if !of_one {
        return None;
    }
    let args = GetFlightDetailsArgs {
        offer_id: None,
        offer: Some(format!("#{}", named.number)),
    };
    match view.look_up::<GetFlightDetails, OfferDetails>(&args) {
        LookUp::Open(call) => Some(call),
        LookUp::Found(_) | LookUp::Failed(_) | LookUp::Absent => None,
    }
}

fn text(view: &View<'_>, ask: Ask) -> String {
    match ask {
        Ask::Why => reasons::why(view),
        Ask::PerPerson => money::per_person(view),
        Ask::Payment => money::payment(view),
        Ask::Difference => difference::text(view),
        Ask::Pick(wish) => pick::text(view, wish),
        Ask::Terms => describe::terms(view),
        Ask::Layover => describe::stops(view),
        Ask::Whole => describe::whole(view),
    }
}

/// One question at the end: the yes or no to the proposal that is open, or which offer is wanted.
fn question(view: &View<'_>, picked: Option<Numbered<'_>>, compares: bool) -> Reply {
    let locale = view.locale();
    // A yes would mean the proposed offer: it is asked for where the answer was about that one.
    let about = picked.or_else(|| named::meant(view).filter(|_| !compares));
    let proposed = about.is_some_and(|about| pick::is_proposed(view, about, picked.is_some()));
    if view.context.offers.is_empty() {
        let slot = SlotName::Destination;
        return Reply::asking(questions::question(slot, locale), Pending::slot(slot));
    }
    if proposed {
        let take = locale.pick(
            "Souhaitez-vous retenir cette offre ?",
            "Would you like to take this offer?",
        );
        let open = view
            .context
            .live_proposal()
            .filter(|open| about.is_some_and(|about| about.offer.id == open.offer.id));
        let asks = open.map_or_else(|| questions::about_offers(view), questions::yes);
        return Reply::asking(take, asks);
    }
    Reply::asking(
        locale.pick("Quelle offre préférez-vous ?", "Which offer do you prefer?"),
        Pending::WhichOffer,
    )
}

/// The offer that a yes would confirm.
fn open_proposal<'a>(view: &View<'a>) -> Option<&'a Offer> {
    let proposal = view.context.live_proposal()?;
    Some(&proposal.offer)
}
