//! What could be relaxed where no flight fits, each wish by its name.

use super::{view::View, wish_text};
use crate::{
    language::Scope,
    locale::Locale,
    travel::{Alliance, Cabin, CarrierCode, FlightSearch, Iata, Leg},
};

/// Wishes that narrowed the search; dates and departure always can be changed.
pub(super) fn wishes(view: &View<'_>, search: &FlightSearch) -> Vec<String> {
    let (filter, locale) = (&search.filter, view.locale());
    let pick = |applies: bool, fr: &str, en: &str| applies.then(|| locale.pick(fr, en).to_owned());
    let stops = filter.max_stops.is_some_and(|stops| stops < 2);
    let named = [
        pick(stops, "le nombre d’escales", "the number of stops"),
        with(
            airlines(&filter.airlines),
            ["la compagnie ({})", "the airline ({})"],
            locale,
        ),
        with(
            airlines(&filter.exclude_airlines),
            ["le refus de {}", "the refusal of {}"],
            locale,
        ),
        with(
            filter.alliance.map(alliance),
            ["l’alliance ({})", "the alliance ({})"],
            locale,
        ),
        pick(
            filter.low_cost == Some(false),
            "le refus du low-cost",
            "the refusal of low-cost airlines",
        ),
        pick(
            filter.low_cost == Some(true),
            "les low-cost seulement",
            "low-cost airlines only",
        ),
        with(
            cities(&filter.via, locale),
            ["l’escale à {}", "the stop in {}"],
            locale,
        ),
        with(
            cities(&filter.avoid_via, locale),
            ["le refus de passer par {}", "the refusal to stop in {}"],
            locale,
        ),
    ];
    let each = view
        .context
        .trip
        .money
        .is_some_and(|money| money.scope == Scope::Each);
    let budget = filter.max_price.is_some() || filter.max_price_each.is_some();
    let cabin = search.cabin != Cabin::Economy;
    let first = search.legs.first();
    let plain = [
        pick(
            budget && each,
            "le budget par personne",
            "the budget per person",
        ),
        pick(budget && !each, "le budget", "the budget"),
        pick(
            first.is_some_and(|leg| leg.window.part.is_some()),
            "l’heure de départ",
            "the time of departure",
        ),
        pick(
            first.is_some_and(has_times),
            "les horaires de l’aller",
            "the times of the way out",
        ),
        pick(
            search.way_back().is_some_and(has_times),
            "les horaires du retour",
            "the times of the way back",
        ),
        pick(
            search.onward().iter().any(has_times),
            "les horaires des étapes",
            "the times of the further legs",
        ),
        pick(
            filter.no_overnight,
            "le refus des vols de nuit",
            "the refusal of night flights",
        ),
        pick(
            filter.checked_bag,
            "le bagage en soute compris",
            "the checked bag in the price",
        ),
        pick(
            filter.refundable,
            "le billet remboursable",
            "the refundable ticket",
        ),
        pick(cabin, "la cabine", "the cabin"),
        pick(true, "les dates", "the dates"),
        pick(true, "la ville de départ", "the departure city"),
    ];
    named.into_iter().chain(plain).flatten().collect()
}

fn has_times(leg: &Leg) -> bool {
    leg.window.has_bounds()
}

/// A wish with the names that it is about.
fn with(names: Option<String>, [fr, en]: [&str; 2], locale: Locale) -> Option<String> {
    names.map(|names| locale.pick(fr, en).replace("{}", &names))
}

fn airlines(codes: &[CarrierCode]) -> Option<String> {
    let names: Vec<_> = codes.iter().copied().map(wish_text::airline).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn alliance(alliance: Alliance) -> String {
    wish_text::alliance_name(alliance).to_owned()
}

fn cities(codes: &[Iata], locale: Locale) -> Option<String> {
    (!codes.is_empty()).then(|| wish_text::places(codes, locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_codes_are_told_by_name() {
        let carriers = ["FR", "U2"].map(|code| code.parse().unwrap());
        assert_eq!(airlines(&carriers).as_deref(), Some("Ryanair, easyJet"));
        let codes = ["FRA", "IST"].map(|code| code.parse().unwrap());
        let told = cities(&codes, Locale::Fr);
        assert_eq!(told.as_deref(), Some("Francfort, Istanbul"));
        assert_eq!((airlines(&[]), cities(&[], Locale::En)), (None, None));
        assert_eq!(alliance(Alliance::Skyteam), "SkyTeam");
    }
}
