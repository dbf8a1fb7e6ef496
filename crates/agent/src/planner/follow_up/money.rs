//! What the price covers, and how one would pay.

use super::{
    super::{phrases, view::View},
    named,
};
use crate::{
    locale::Locale,
    travel::{Money, Offer, format, offer::PassengerKind},
};

/// Whether a price is for all, and what each pays.
pub(super) fn per_person(view: &View<'_>) -> String {
    let locale = view.locale();
    let Some(meant) = named::meant(view) else {
        return String::new();
    };
    let total = format::money(meant.offer.total, locale);
    let count: usize = meant
        .offer
        .per_passenger
        .iter()
        .map(|fare| usize::from(fare.count))
        .sum();
    let (name, fares) = (meant.name(locale), fares(meant.offer, locale));
    match (count, locale) {
        (0 | 1, Locale::Fr) => format!(
            "Les prix affichés sont des totaux. Vous voyagez seul : {total} pour {name}, c’est le \
             prix par personne et le total."
        ),
        (0 | 1, Locale::En) => format!(
            "The prices shown are totals. You travel alone: {total} for {name} is both the price per \
             person and the total."
        ),
        (_, Locale::Fr) => format!(
            "Les prix affichés sont des totaux, pas des prix par personne : {total} pour {name}, \
             soit {fares}."
        ),
        (_, Locale::En) => format!(
            "The prices shown are totals, not per person: {total} for {name}, that is {fares}."
        ),
    }
}

/// `450,00 € par adulte (2) et 300,00 € par enfant (1)`.
fn fares(offer: &Offer, locale: Locale) -> String {
    let fares: Vec<_> = offer
        .per_passenger
        .iter()
        .map(|fare| {
            let kind = match fare.kind {
                PassengerKind::Adult => locale.pick("par adulte", "per adult"),
                PassengerKind::Child => locale.pick("par enfant", "per child"),
                PassengerKind::InfantWithoutSeat => locale.pick("par bébé", "per infant"),
            };
            let amount = Money::parse(&fare.amount, offer.currency());
            let amount = amount.map_or_else(
                || format!("{} {}", fare.amount, offer.currency()),
                |amount| format::money(amount, locale),
            );
            format!("{amount} {kind} ({})", fare.count)
        })
        .collect();
    phrases::list(&fares, locale.pick("et", "and"))
}

/// That nothing is paid here, and what can be done instead.
pub(super) fn payment(view: &View<'_>) -> String {
    let locale = view.locale();
    let computed = view.context.offers.iter().find(|offer| offer.illustrative);
    let nothing = locale.pick(
        "On ne paie pas ici : la réservation et le paiement ne sont pas encore proposés. Je compare \
         des vols et je retiens votre choix, sans rien réserver ni débiter.",
        "You cannot pay here: booking and payment are not offered yet. I compare flights and keep \
         your choice; nothing is booked or charged.",
    );
    match (computed.map(|offer| &offer.source), locale) {
        (Some(source), Locale::Fr) => format!(
            "{nothing} Ces offres sont illustratives (source : {source}) : personne ne les vend."
        ),
        (Some(source), Locale::En) => format!(
            "{nothing} These offers are illustrative (source: {source}): nobody sells them."
        ),
        (None, _) => nothing.to_owned(),
    }
}
