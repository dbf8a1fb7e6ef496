//! The airport table: every airport with scheduled service (sources: docs/data.md).

use std::{collections::HashMap, sync::LazyLock};

use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::Iata;

/// Names that people use beside those of the table, as rows of `data/aliases.tsv`.
pub const ALIASES: &str = include_str!("../data/aliases.tsv");
use crate::locale::Locale;

/// One airport.
#[derive(Debug)]
pub struct Airport {
    /// IATA code.
    pub iata: Iata,
    /// Official name, in English.
    pub name: &'static str,
    city_en: &'static str,
    city_fr: &'static str,
    /// ISO 3166 alpha-2 country.
    pub country: &'static str,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// IANA time zone.
    pub time_zone: &'static str,
    /// Metropolitan area, such as `PAR` for `CDG`.
    pub metro: Option<Iata>,
    /// Prominence from 0 to 100: ranks homonyms and sizes the derived network.
    pub rank: u8,
}

impl Airport {
    /// The city that the airport serves.
    #[must_use]
    pub fn city(&self, locale: Locale) -> &'static str {
        locale.pick(self.city_fr, self.city_en)
    }

    /// Its time zone by the bundled rules, which are the same on every machine; UTC for a name that
    /// they do not know (a test proves that there is none).
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        TimeZoneDatabase::bundled()
            .get(self.time_zone)
            .unwrap_or(TimeZone::UTC)
    }
}

struct Table {
    airports: Vec<Airport>,
    by_code: HashMap<Iata, usize>,
    by_metro: HashMap<Iata, Vec<usize>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let airports: Vec<Airport> = include_str!("../data/airports.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(parse)
        .collect();
    let by_code = airports
        .iter()
        .enumerate()
        .map(|(at, airport)| (airport.iata, at))
        .collect();
    let mut by_metro: HashMap<Iata, Vec<usize>> = HashMap::new();
    for (at, airport) in airports.iter().enumerate() {
        if let Some(metro) = airport.metro {
            by_metro.entry(metro).or_default().push(at);
        }
    }
    for members in by_metro.values_mut() {
        members.sort_by_key(|&at| std::cmp::Reverse(airports[at].rank));
    }
    Table {
        airports,
        by_code,
        by_metro,
    }
});

fn parse(line: &'static str) -> Option<Airport> {
    let mut cells = line.split('\t');
    let mut next = || cells.next();
    let airport = Airport {
        iata: next()?.parse().ok()?,
        name: next()?,
        city_en: next()?,
        city_fr: next()?,
        country: next()?,
        latitude: next()?.parse().ok()?,
        longitude: next()?.parse().ok()?,
        time_zone: next()?,
        metro: next()?.parse().ok(),
        rank: {
            let _size = next()?;
            next()?.parse().ok()?
        },
    };
    Some(airport)
}

/// All airports, sorted by code.
#[must_use]
pub fn all() -> &'static [Airport] {
    &TABLE.airports
}

/// The airport with this code.
#[must_use]
pub fn by_code(code: Iata) -> Option<&'static Airport> {
    TABLE.by_code.get(&code).map(|&at| &TABLE.airports[at])
}

/// The airports of a metropolitan area, most prominent first; empty when there is none.
#[must_use]
pub fn of_metro(metro: Iata) -> Vec<&'static Airport> {
    let members = TABLE.by_metro.get(&metro);
    members
        .into_iter()
        .flatten()
        .map(|&at| &TABLE.airports[at])
        .collect()
}

/// The airports that a code stands for: those of the metropolitan area, else the airport itself.
#[must_use]
pub fn resolve(code: Iata) -> Vec<&'static Airport> {
    match of_metro(code) {
        members if members.is_empty() => by_code(code).into_iter().collect(),
        members => members,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        let rows = include_str!("../data/airports.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'));
        assert_eq!(all().len(), rows.count());
        assert!(all().len() > 4_000);
    }

    #[test]
    fn metropolitan_areas_hold_their_airports() {
        let codes = |metro: &str| -> Vec<String> {
            of_metro(metro.parse().unwrap())
                .iter()
                .map(|a| a.iata.to_string())
                .collect()
        };
        assert_eq!(codes("PAR").first().unwrap(), "CDG");
        assert!(codes("NYC").contains(&"EWR".to_owned()));
        assert!(codes("LON").contains(&"SEN".to_owned()));
    }

    #[test]
    fn every_time_zone_is_known() {
        for airport in all() {
            assert!(
                TimeZoneDatabase::bundled().get(airport.time_zone).is_ok(),
                "{airport:?}"
            );
        }
    }
}
