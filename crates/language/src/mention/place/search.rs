//! Airports by what people type: code, city, airport or country, in French or English.

use std::sync::LazyLock;

use super::gazetteer::gazetteer;
use travel::fold::key;
use travel::locale::Locale;
use travel::{Airport, airport, country};

/// How well an airport fits what was typed; later is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    CountryBegins,
    WordBegins,
    NameBegins,
    CityBegins,
    Named,
    Code,
}

/// The folded names of one airport.
struct Names {
    airport: &'static Airport,
    code: String,
    cities: [String; 2],
    name: String,
    countries: [String; 2],
}

static NAMES: LazyLock<Vec<Names>> = LazyLock::new(|| {
    let names = |airport: &'static Airport| {
        let country = country::by_code(airport.country);
        let country =
            |locale| country.map_or_else(String::new, |country| key(country.name(locale)));
        Names {
            airport,
            code: key(airport.iata.as_str()),
            cities: [key(airport.city(Locale::En)), key(airport.city(Locale::Fr))],
            name: key(airport.name),
            countries: [country(Locale::En), country(Locale::Fr)],
        }
    };
    airport::all().iter().map(names).collect()
});

/// The airports that fit best, at most `limit`; whole names come before beginnings of names, and
/// prominent airports before others.
#[must_use]
pub fn search(text: &str, limit: usize) -> Vec<&'static Airport> {
    let typed = key(text);
    if typed.is_empty() {
        return Vec::new();
    }
    let named = named(&typed);
    let fits = |names: &'static Names| {
        let fit = if names.code == typed {
            Some(Fit::Code)
        } else if named
            .iter()
            .any(|airport| airport.iata == names.airport.iata)
        {
            Some(Fit::Named)
        } else {
            fit(names, &typed)
        };
        fit.map(|fit| (fit, names.airport))
    };
    let mut found: Vec<_> = NAMES.iter().filter_map(fits).collect();
    found.sort_by_key(|(fit, airport)| std::cmp::Reverse((*fit, airport.rank)));
    found
        .into_iter()
        .take(limit)
        .map(|(_, airport)| airport)
        .collect()
}

/// The airports of the place that has this very name.
fn named(typed: &str) -> Vec<&'static Airport> {
    let gazetteer = gazetteer();
    let options = gazetteer.lookup(typed, Locale::Fr).unwrap_or_default();
    let codes = options
        .into_iter()
        .flat_map(|option| gazetteer.candidate(option).codes.iter());
    codes.flat_map(|code| airport::resolve(*code)).collect()
}

fn fit(names: &Names, typed: &str) -> Option<Fit> {
    let begins = |name: &String| name.starts_with(typed);
    if names.cities.iter().any(begins) {
        Some(Fit::CityBegins)
    } else if begins(&names.name) {
        Some(Fit::NameBegins)
    } else if names.name.split(' ').any(|word| word.starts_with(typed)) {
        Some(Fit::WordBegins)
    } else if names.countries.iter().any(begins) {
        Some(Fit::CountryBegins)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<&'static str> {
        search(text, 5)
            .into_iter()
            .map(|airport| airport.iata.as_str())
            .collect()
    }

    #[test]
    fn codes_cities_airports_and_countries_are_found() {
        assert_eq!(codes("lys")[0], "LYS");
        assert_eq!(codes("Londres")[0], "LHR");
        assert_eq!(codes("genev")[0], "GVA");
        assert_eq!(codes("new york")[0], "JFK");
        assert_eq!(codes("Heathrow")[0], "LHR");
        assert!(codes("Japon").contains(&"HND"));
        assert!(codes("qqqq").is_empty());
        assert!(codes(" ").is_empty());
    }
}
