//! Which of the offers is advised, and why.

use super::{
    compare::{self, Pick},
    offer_text, phrases,
};
use crate::{
    locale::Locale,
    travel::{Offer, format},
};

/// The offer that fits, what it is weighed against, and what its figures are worth; all others are
/// on the cards.
pub(super) fn recommendation(offers: &[Offer], locale: Locale) -> String {
    let picks = compare::picks(offers);
    let best = picks.iter().find(|pick| pick.recommended);
    let others = picks.iter().filter(|pick| !pick.recommended);
    let sentences = best
        .map(|pick| of(pick, offers.len(), locale))
        .into_iter()
        .chain(others.map(|pick| alternative(pick, locale)))
        .chain(
            offers
                .first()
                .map(|offer| offer_text::provenance(offer, locale)),
        );
    sentences.collect::<Vec<_>>().join(" ")
}

/// An offer that is advised, among `count`.
pub(super) fn of(pick: &Pick<'_>, count: usize, locale: Locale) -> String {
    let line = offer_text::line(pick.offer, locale);
    if count == 1 {
        return format!("{line}.");
    }
    let merits = merits(pick, locale);
    let merits = (!merits.is_empty()).then(|| format!(" ({merits})"));
    let merits = merits.unwrap_or_default();
    let trade = pick.trade.map_or_else(String::new, |(more, saved)| {
        let (more, saved) = (format::money(more, locale), format::duration(saved, locale));
        match locale {
            Locale::Fr => format!(", soit {saved} de moins pour {more} de plus"),
            Locale::En => format!(", {saved} less for {more} more"),
        }
    });
    let number = pick.number;
    match locale {
        Locale::Fr => format!("**Mon conseil**, le n° {number}{merits} : {line}{trade}."),
        Locale::En => format!("**My pick**, no. {number}{merits}: {line}{trade}."),
    }
}

fn alternative(pick: &Pick<'_>, locale: Locale) -> String {
    let merits = phrases::capitalised(&merits(pick, locale));
    let (number, figures) = (pick.number, offer_text::figures(pick.offer, locale));
    match locale {
        Locale::Fr => format!("{merits}, le n° {number} : {figures}."),
        Locale::En => format!("{merits}, no. {number}: {figures}."),
    }
}

/// `le moins cher et le plus rapide`, as far as it applies.
fn merits(pick: &Pick<'_>, locale: Locale) -> String {
    let merits = [
        (pick.cheapest, locale.pick("le moins cher", "cheapest")),
        (pick.fastest, locale.pick("le plus rapide", "fastest")),
    ];
    let merits = merits.iter().filter(|(applies, _)| *applies);
    let merits: Vec<_> = merits.map(|(_, merit)| (*merit).to_owned()).collect();
    phrases::list(&merits, locale.pick("et", "and"))
}
