//! What pages and files say of lodgings, expenses and how a flight stands.

use super::{Lodging, Standing, Total};
use crate::{
    language::Scope,
    locale::Locale,
    planner::phrases,
    travel::{Money, Party, format},
};

/// What one sleeps in.
#[must_use]
pub const fn lodging(lodging: Lodging, locale: Locale) -> &'static str {
    match lodging {
        Lodging::Budget => locale.pick("hôtel simple", "simple hotel"),
        Lodging::Mid => locale.pick("hôtel de gamme moyenne", "mid-range hotel"),
        Lodging::Comfort => locale.pick("hôtel confortable", "comfortable hotel"),
        Lodging::Rental => locale.pick("logement entier", "flat or house"),
    }
}

/// How the flight stands: it is booked in no case.
#[must_use]
pub const fn standing(standing: Standing, locale: Locale) -> &'static str {
    match standing {
        Standing::Planned => locale.pick("au programme, non réservé", "planned, not booked"),
        Standing::Proposed => locale.pick("proposé, non réservé", "proposed, not booked"),
        Standing::Selected => locale.pick("choisi, non réservé", "selected, not booked"),
    }
}

/// What an expense is for; a name that is not known stays as it is.
#[must_use]
pub fn expense(expense: &str, locale: Locale) -> &str {
    match expense {
        "flights" => locale.pick("Vols", "Flights"),
        "stay" => locale.pick("Nuits", "Nights"),
        "meals" => locale.pick("Repas", "Meals"),
        "visits" => locale.pick("Visites", "Visits"),
        "transport" => locale.pick("Transports", "Transport"),
        other => other,
    }
}

/// That the figures are no offers.
#[must_use]
pub const fn indicative(locale: Locale) -> &'static str {
    locale.pick(
        "Prix et horaires indicatifs : rien n’est réservé.",
        "Indicative prices and times: nothing is booked.",
    )
}

/// Whom or what a budget is for, after its name; nothing where it is for it all.
#[must_use]
pub const fn scope(scope: Scope, locale: Locale) -> &'static str {
    match scope {
        Scope::All => "",
        Scope::Each => locale.pick(" par personne", " for each person"),
        Scope::Night => locale.pick(" par nuit", " a night"),
    }
}

/// `2 adultes et 1 enfant`.
#[must_use]
pub fn party(party: &Party, locale: Locale) -> String {
    phrases::party(party, locale)
}

/// `7 nuits`.
#[must_use]
pub fn nights(count: i64, locale: Locale) -> String {
    match count {
        1 => locale.pick("1 nuit", "1 night").to_owned(),
        count => format!("{count} {}", locale.pick("nuits", "nights")),
    }
}

/// What nights cost, and what is left: indicative, and so in whole units, as on the cards.
#[must_use]
pub fn about(amount: Money, locale: Locale) -> String {
    format::whole_money(amount, locale)
}

/// An amount of a trip's cost: a fare alone has its cents, if any, all else is indicative.
#[must_use]
pub fn cost(total: &Total, amount: Money, locale: Locale) -> String {
    match total.is_fare() {
        true => said(amount, locale),
        false => about(amount, locale),
    }
}

/// An amount that was said: with cents where it has any.
#[must_use]
pub fn said(amount: Money, locale: Locale) -> String {
    let unit = 10_i64.pow(amount.currency.exponent());
    match amount.minor % unit {
        0 => format::whole_money(amount, locale),
        _ => format::money(amount, locale),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::travel::Currency;

    #[test]
    fn a_fare_has_cents_where_it_has_any() {
        let fare = Total {
            lines: Vec::new(),
            amount: None,
            per_person: None,
            complete: false,
        };
        let said = |minor, locale| cost(&fare, Money::new(minor, Currency::eur()), locale);
        assert_eq!(said(73_400, Locale::Fr), "734\u{a0}€");
        assert_eq!(said(73_450, Locale::Fr), "734,50\u{a0}€");
        assert_eq!(said(73_400, Locale::En), "€734");
        assert_eq!(said(73_405, Locale::En), "€734.05");
    }
}
