//! Airports and codes of a place.

use super::super::{phrases, view::View};
use crate::{locale::Locale, travel::Airport};

/// The airports that were found for `asked`, the most prominent first.
pub(super) fn text(asked: &str, airports: &[&Airport], view: &View<'_>) -> String {
    let locale = view.locale();
    let asked = phrases::quoted(asked, locale);
    if airports.is_empty() {
        return match locale {
            Locale::Fr => format!("Je ne trouve aucun aéroport pour {asked}."),
            Locale::En => format!("I find no airport for {asked}."),
        };
    }
    let lines: Vec<_> = airports
        .iter()
        .map(|airport| {
            let city = airport.city(locale);
            format!("- **{}** – {} ({city})", airport.iata, airport.name)
        })
        .collect();
    let lines = lines.join("\n");
    match locale {
        Locale::Fr => format!("Aéroports pour {asked} :\n\n{lines}"),
        Locale::En => format!("Airports for {asked}:\n\n{lines}"),
    }
}
