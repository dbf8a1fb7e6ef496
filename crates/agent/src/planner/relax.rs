//! What could be relaxed where no flight fits, each wish by its name.

use super::{view::View, wish_text};
use crate::{
    capability::flights::search_flights::SearchFlightsArgs,
    language::Scope,
    locale::Locale,
    travel::{Alliance, Cabin, CarrierCode, Iata},
};

/// Wishes that narrowed the search; dates and departure always can be changed.
pub(super) fn wishes(view: &View<'_>, search: &SearchFlightsArgs) -> Vec<String> {
    let locale = view.locale();
    let pick = |applies: bool, fr: &str, en: &str| applies.then(|| locale.pick(fr, en).to_owned());
    let stops = search.max_stops.is_some_and(|stops| stops < 2);
    let named = [
        pick(stops, "le nombre d’escales", "the number of stops"),
        with(
            search.airline.as_deref().map(airlines),
            ["la compagnie ({})", "the airline ({})"],
            locale,
        ),
        with(
            search.exclude_airlines.as_deref().map(airlines),
            ["le refus de {}", "the refusal of {}"],
            locale,
        ),
        with(
            search.alliance.map(alliance),
            ["l’alliance ({})", "the alliance ({})"],
            locale,
        ),
        pick(
            search.low_cost == Some(false),
            "le refus du low-cost",
            "the refusal of low-cost airlines",
        ),
        pick(
            search.low_cost == Some(true),
            "les low-cost seulement",
            "low-cost airlines only",
        ),
        with(
            search.via.as_deref().map(|codes| cities(codes, locale)),
            ["l’escale à {}", "the stop in {}"],
            locale,
        ),
        with(
            search
                .avoid_via
                .as_deref()
                .map(|codes| cities(codes, locale)),
            ["le refus de passer par {}", "the refusal to stop in {}"],
            locale,
        ),
    ];
    let each = view
        .context
        .trip
        .money
        .is_some_and(|money| money.scope == Scope::Each);
    let budget = search.max_price.is_some() || search.max_price_per_person.is_some();
    let cabin = search.cabin.is_some_and(|cabin| cabin != Cabin::Economy);
    let plain = [
        pick(
            budget && each,
            "le budget par personne",
            "the budget per person",
        ),
        pick(budget && !each, "le budget", "the budget"),
        pick(
            search.departure_time.is_some(),
            "l’heure de départ",
            "the time of departure",
        ),
        pick(
            has_times(search),
            "les horaires de l’aller",
            "the times of the way out",
        ),
        pick(
            search.return_window.is_some(),
            "les horaires du retour",
            "the times of the way back",
        ),
        pick(
            has_leg_times(search),
            "les horaires des étapes",
            "the times of the further legs",
        ),
        pick(
            search.overnight == Some(false),
            "le refus des vols de nuit",
            "the refusal of night flights",
        ),
        pick(
            search.checked_bag == Some(true),
            "le bagage en soute compris",
            "the checked bag in the price",
        ),
        pick(
            search.refundable == Some(true),
            "le billet remboursable",
            "the refundable ticket",
        ),
        pick(cabin, "la cabine", "the cabin"),
        pick(true, "les dates", "the dates"),
        pick(true, "la ville de départ", "the departure city"),
    ];
    named.into_iter().chain(plain).flatten().collect()
}

fn has_times(search: &SearchFlightsArgs) -> bool {
    search.departure_after.is_some()
        || search.departure_before.is_some()
        || search.arrival_after.is_some()
        || search.arrival_before.is_some()
}

fn has_leg_times(search: &SearchFlightsArgs) -> bool {
    search.legs.iter().any(|leg| {
        leg.departure_after.is_some()
            || leg.departure_before.is_some()
            || leg.arrival_after.is_some()
            || leg.arrival_before.is_some()
    })
}

/// A wish with the names that it is about.
fn with(names: Option<String>, [fr, en]: [&str; 2], locale: Locale) -> Option<String> {
    names.map(|names| locale.pick(fr, en).replace("{}", &names))
}

fn airlines(codes: &str) -> String {
    let names = codes
        .split(',')
        .filter_map(|code| code.parse::<CarrierCode>().ok());
    names.map(wish_text::airline).collect::<Vec<_>>().join(", ")
}

fn alliance(alliance: Alliance) -> String {
    wish_text::alliance_name(alliance).to_owned()
}

fn cities(codes: &str, locale: Locale) -> String {
    let codes: Vec<Iata> = codes
        .split(',')
        .filter_map(|code| code.parse().ok())
        .collect();
    wish_text::places(&codes, locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_codes_are_told_by_name() {
        assert_eq!(airlines("FR,U2"), "Ryanair, easyJet");
        assert_eq!(cities("FRA,IST", Locale::Fr), "Francfort, Istanbul");
        assert_eq!(alliance(Alliance::Skyteam), "SkyTeam");
    }
}
