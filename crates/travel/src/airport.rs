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
    /// Number of the city or metropolitan area that it serves: airports of one city share it.
    pub area: u16,
    /// Prominence from 0 to 100: ranks homonyms and sizes the derived network.
    pub rank: u8,
}

impl Airport {
    /// The city that the airport serves.
    #[must_use]
    pub fn city(&self, locale: Locale) -> &'static str {
        locale.pick(self.city_fr, self.city_en)
    }

    /// Great-circle distance in kilometres.
    fn km_to(&self, other: &Self) -> f64 {
        const EARTH_KM: f64 = 6_371.0;
        let (a, b) = (self.latitude.to_radians(), other.latitude.to_radians());
        let east = (other.longitude - self.longitude).to_radians();
        let half = ((b - a) / 2.0).sin().powi(2) + a.cos() * b.cos() * (east / 2.0).sin().powi(2);
        2.0 * EARTH_KM * half.sqrt().min(1.0).asin()
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
    let mut airports: Vec<Airport> = include_str!("../data/airports.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(parse)
        .collect();
    number_areas(&mut airports);
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

/// Airports of one city that the table puts into no metropolitan area are at most so far apart, in
/// kilometres; homonyms of one country are further.
const CITY_KM: f64 = 80.0;

/// Gives the airports of a metropolitan area, and those near to each other whose city has one name,
/// one number.
fn number_areas(airports: &mut [Airport]) {
    let mut metros: HashMap<Iata, u16> = HashMap::new();
    let mut cities: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    // Those of metropolitan areas first: an airport of the same city joins them.
    let mut order: Vec<usize> = (0..airports.len()).collect();
    order.sort_by_key(|&at| airports[at].metro.is_none());
    let mut next = 0;
    for at in order {
        let airport = &airports[at];
        let namesakes = cities
            .entry((airport.country, airport.city_en))
            .or_default();
        let known = match airport.metro {
            Some(metro) => metros.get(&metro).copied(),
            None => namesakes
                .iter()
                .map(|&other| &airports[other])
                .find(|other| airport.km_to(other) <= CITY_KM)
                .map(|other| other.area),
        };
        namesakes.push(at);
        let area = known.unwrap_or_else(|| {
            next += 1;
            next
        });
        if let Some(metro) = airport.metro {
            metros.insert(metro, area);
        }
        airports[at].area = area;
    }
}

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
        area: 0,
        rank: {
            let _size = next()?;
            next()?.parse().ok()?
        },
    };
    Some(airport)
}

/// Whether two codes stand for airports of one city or metropolitan area alone.
#[must_use]
pub fn same_city(a: Iata, b: Iata) -> bool {
    let (a, b) = (resolve(a), resolve(b));
    let area = a.first().map(|airport| airport.area);
    area.is_some() && !b.is_empty() && a.iter().chain(&b).all(|airport| Some(airport.area) == area)
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
    fn airports_of_one_city_are_known_as_such() {
        let same = |a: &str, b: &str| same_city(a.parse().unwrap(), b.parse().unwrap());
        for (a, b) in [
            ("PAR", "ORY"),
            ("CDG", "ORY"),
            ("PAR", "PAR"),
            ("NYC", "EWR"),
            ("LHR", "LGW"),
            ("NRT", "HND"),
        ] {
            assert!(same(a, b) && same(b, a), "{a} {b}");
        }
        // Portland is in Oregon and in Maine.
        for (a, b) in [
            ("PDX", "PWM"),
            ("PAR", "LYS"),
            ("LIS", "OPO"),
            ("PAR", "XXQ"),
        ] {
            assert!(!same(a, b) && !same(b, a), "{a} {b}");
        }
        for airport in all() {
            for member in airport.metro.map(of_metro).unwrap_or_default() {
                assert_eq!(member.area, airport.area, "{airport:?}");
            }
        }
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
