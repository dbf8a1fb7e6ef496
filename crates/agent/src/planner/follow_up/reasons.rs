//! Why an offer is recommended.

use super::{
    super::{compare, phrases, view::View},
    Numbered, named,
};
use crate::{
    language::Choice,
    locale::Locale,
    travel::{Money, Offer, Sort, format},
};

/// The figures for and against the offer that is meant.
pub(super) fn why(view: &View<'_>) -> String {
    let locale = view.locale();
    let Some(meant) = named::meant(view) else {
        return String::new();
    };
    let reasons = reasons(view, meant);
    let reasons = phrases::list(&reasons, locale.pick("et", "and"));
    let order = (meant.number == 1).then(|| order(view));
    let order = order.map_or_else(String::new, |order| format!(" {order}"));
    match locale {
        Locale::Fr => format!("L’offre n° {} : {reasons}.{order}", meant.number),
        Locale::En => format!("Offer no. {}: {reasons}.{order}", meant.number),
    }
}

/// What puts the first offer first.
fn order(view: &View<'_>) -> &'static str {
    let locale = view.locale();
    match view.context.trip.sort {
        Some(Sort::Price) => locale.pick(
            "Vous vouliez le prix le plus bas : les offres sont classées par prix.",
            "You wanted the lowest price: the offers are in order of price.",
        ),
        Some(Sort::Duration) => locale.pick(
            "Vous vouliez le trajet le plus court : les offres sont classées par durée.",
            "You wanted the shortest trip: the offers are in order of duration.",
        ),
        _ => locale.pick(
            "Je la place en tête car je pèse ensemble le prix, la durée et les escales.",
            "I put it first because I weigh price, duration and stops together.",
        ),
    }
}

fn reasons(view: &View<'_>, meant: Numbered<'_>) -> Vec<String> {
    let (offers, locale) = (&view.context.offers, view.locale());
    let at = |choice| {
        let at = compare::position(offers, choice)?;
        named::nth(view, at + 1)
    };
    let mut reasons = Vec::new();
    if meant.offer.stops() == 0 && offers.iter().any(|offer| offer.stops() > 0) {
        reasons.push(locale.pick("le vol est direct", "it is nonstop").to_owned());
    }
    if let Some(cheapest) = at(Choice::Cheapest) {
        reasons.push(against(meant, cheapest, true, locale));
    }
    if let Some(fastest) = at(Choice::Fastest) {
        reasons.push(against(meant, fastest, false, locale));
    }
    reasons
}

/// How the offer compares with the cheapest, or with the fastest.
fn against(meant: Numbered<'_>, rival: Numbered<'_>, cheapest: bool, locale: Locale) -> String {
    let (price, time) = (
        gap(meant.offer, rival.offer),
        meant.offer.duration() - rival.offer.duration(),
    );
    let (name, costs, takes) = (
        rival.name(locale),
        format::money(Money::new(price.minor.abs(), price.currency), locale),
        format::duration(time.abs(), locale),
    );
    let (dearer, slower) = (price.minor > 0, time.is_positive());
    match (cheapest, dearer, slower, locale) {
        (true, false, _, _) => locale
            .pick("c’est le prix le plus bas", "it has the lowest price")
            .to_owned(),
        (false, _, false, _) => locale
            .pick("c’est le trajet le plus rapide", "it is the fastest")
            .to_owned(),
        (true, true, false, Locale::Fr) if !time.is_zero() => format!(
            "il coûte {costs} de plus que {name}, le moins cher, mais dure {takes} de moins"
        ),
        (true, true, false, Locale::En) if !time.is_zero() => {
            format!("it costs {costs} more than {name}, the cheapest, but takes {takes} less")
        }
        (true, true, _, Locale::Fr) => {
            format!("il coûte {costs} de plus que {name}, le moins cher")
        }
        (true, true, _, Locale::En) => format!("it costs {costs} more than {name}, the cheapest"),
        (false, false, true, Locale::Fr) if price.minor < 0 => {
            format!("il coûte {costs} de moins que {name}, le plus rapide, et dure {takes} de plus")
        }
        (false, false, true, Locale::En) if price.minor < 0 => {
            format!("it costs {costs} less than {name}, the fastest, and takes {takes} longer")
        }
        (false, _, true, Locale::Fr) => {
            format!("il dure {takes} de plus que {name}, le plus rapide")
        }
        (false, _, true, Locale::En) => format!("it takes {takes} longer than {name}, the fastest"),
    }
}

fn gap(one: &Offer, other: &Offer) -> Money {
    Money::new(one.total.minor - other.total.minor, one.total.currency)
}
