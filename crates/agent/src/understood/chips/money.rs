//! What it may cost, and for whom.

use super::chip_of;
use crate::{
    language::{Bound, Scope, TripRequest},
    locale::Locale,
    travel::format,
    understood::{Chip, ChipKind},
};

/// `900 € au plus`, `environ 400 € par personne`.
pub(super) fn chip(trip: &TripRequest, locale: Locale) -> Option<Chip> {
    let said = trip.money.as_ref();
    let most = said.map(|money| money.amount).or(trip.budget)?;
    let amount = format::money(most, locale);
    // Nobody says the cents of a round sum.
    let amount = match most.decimal().ends_with(".00") {
        true => amount.replacen(locale.pick(",00", ".00"), "", 1),
        false => amount,
    };
    let about = said.is_some_and(|money| money.bound == Bound::About);
    let amount = match (about, locale) {
        (true, Locale::Fr) => format!("environ {amount}"),
        (true, Locale::En) => format!("about {amount}"),
        (false, Locale::Fr) => format!("{amount} au plus"),
        (false, Locale::En) => format!("{amount} at most"),
    };
    let scope = match said.map(|money| money.scope).unwrap_or_default() {
        Scope::All => "",
        Scope::Each => locale.pick(" par personne", " per person"),
        Scope::Night => locale.pick(" par nuit", " a night"),
    };
    Some(
        chip_of(ChipKind::Money, amount + scope)
            .removed_by(locale.pick("Sans limite de budget", "No budget limit"))
            .changed_by(locale.pick("Budget maximum : ", "Budget at most ")),
    )
}
