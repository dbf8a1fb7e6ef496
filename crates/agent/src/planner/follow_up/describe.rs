//! Details of one offer.

use super::{
    super::{offer_text, phrases, view::View},
    Numbered, named, open_proposal,
};
use crate::{
    locale::Locale,
    travel::{Slice, format},
};

/// Baggage, conditions and emissions.
pub(super) fn terms(view: &View<'_>) -> String {
    let locale = view.locale();
    let Some(meant) = named::meant(view) else {
        return String::new();
    };
    let price = format::money(meant.offer.total, locale);
    let terms = offer_text::terms(meant.offer, locale);
    match locale {
        Locale::Fr => format!("Offre n° {}, à {price}. {terms}", meant.number),
        Locale::En => format!("Offer no. {}, at {price}. {terms}", meant.number),
    }
}

/// Everything that matters of the offer.
pub(super) fn whole(view: &View<'_>) -> String {
    let locale = view.locale();
    let Some(meant) = named::meant(view) else {
        return String::new();
    };
    let (line, terms) = (
        offer_text::line(meant.offer, locale),
        offer_text::terms(meant.offer, locale),
    );
    let is_advice = meant.number == 1 || open_proposal(view).is_some();
    match (is_advice && named::all(view).is_empty(), locale) {
        (true, Locale::Fr) => format!("L’offre que je vous conseille : {line}. {terms}"),
        (true, Locale::En) => format!("The offer that I suggest: {line}. {terms}"),
        (false, Locale::Fr) => format!("Offre n° {} : {line}. {terms}", meant.number),
        (false, Locale::En) => format!("Offer no. {}: {line}. {terms}", meant.number),
    }
}

/// `2 h 15 à Paris`; `None` when it is nonstop.
fn layovers_of(numbered: Numbered<'_>, locale: Locale) -> Option<String> {
    let stops = numbered.offer.slices.iter().flat_map(Slice::layovers);
    let stops: Vec<_> = stops
        .map(|(city, wait)| {
            let wait = format::duration(wait, locale);
            let at = phrases::at_city(city, locale);
            format!("{wait} {at}")
        })
        .collect();
    (!stops.is_empty()).then(|| phrases::list(&stops, locale.pick("et", "and")))
}

/// The layovers of the offer that is meant; where it has none, of the first that has one.
pub(super) fn stops(view: &View<'_>) -> String {
    let locale = view.locale();
    let Some(meant) = named::meant(view) else {
        return String::new();
    };
    if let Some(stops) = layovers_of(meant, locale) {
        return match locale {
            Locale::Fr => format!("Escale de l’offre n° {} : {stops}.", meant.number),
            Locale::En => format!("Layover of offer no. {}: {stops}.", meant.number),
        };
    }
    let nonstop = match locale {
        Locale::Fr => format!(
            "L’offre n° {} est directe : il n’y a pas d’escale.",
            meant.number
        ),
        Locale::En => format!(
            "Offer no. {} is nonstop: there is no layover.",
            meant.number
        ),
    };
    let others = (1..=view.context.offers.len()).filter_map(|number| named::nth(view, number));
    let other = others
        .filter(|_| named::all(view).is_empty())
        .find_map(|other| Some((other.number, layovers_of(other, locale)?)));
    match (other, locale) {
        (Some((number, stops)), Locale::Fr) => format!("{nonstop} Pour la n° {number} : {stops}."),
        (Some((number, stops)), Locale::En) => format!("{nonstop} For no. {number}: {stops}."),
        (None, _) => nonstop,
    }
}
