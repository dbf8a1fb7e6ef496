//! The 350 destinations that the other tables speak of.

use std::{collections::HashMap, sync::LazyLock};

use travel::{Country, Iata, Locale, airport, country};

use crate::{Point, table::rows};

const TABLE: &str = include_str!("../data/destinations.tsv");

/// A place that people travel to.
#[derive(Debug)]
pub struct Destination {
    /// Metropolitan or airport code; `UKY` (Kyoto), `AGR` (Agra) and `HLG` (Ha Long) have no airport
    /// of their own.
    pub code: Iata,
    name_en: &'static str,
    name_fr: &'static str,
    /// ISO 3166 alpha-2 code.
    pub country: &'static str,
    /// Latitude of its centre in degrees.
    pub lat: f64,
    /// Longitude of its centre in degrees.
    pub lon: f64,
    /// Inhabitants.
    pub population: u32,
}

impl Destination {
    /// Its name.
    #[must_use]
    pub const fn name(&self, locale: Locale) -> &'static str {
        locale.pick(self.name_fr, self.name_en)
    }

    /// Its centre.
    #[must_use]
    pub const fn at(&self) -> Point {
        Point {
            lat: self.lat,
            lon: self.lon,
        }
    }

    /// Its country.
    #[must_use]
    pub fn country(&self) -> Option<&'static Country> {
        country::by_code(self.country)
    }
}

static ALL: LazyLock<Vec<Destination>> = LazyLock::new(|| {
    let rows = rows::<8>(TABLE);
    let parsed = rows.filter_map(
        |[code, name_en, name_fr, country, lat, lon, population, _]| {
            Some(Destination {
                code: code.parse().ok()?,
                name_en,
                name_fr,
                country,
                lat: lat.parse().ok()?,
                lon: lon.parse().ok()?,
                population: population.parse().ok()?,
            })
        },
    );
    parsed.collect()
});

static BY_CODE: LazyLock<HashMap<Iata, &'static Destination>> =
    LazyLock::new(|| ALL.iter().map(|place| (place.code, place)).collect());

/// All of them, by code.
#[must_use]
pub fn all() -> &'static [Destination] {
    &ALL
}

/// The destination of a metropolitan or airport code; an airport of a metropolitan area stands for
/// its area.
#[must_use]
pub fn by_code(code: Iata) -> Option<&'static Destination> {
    let own = BY_CODE.get(&code).copied();
    own.or_else(|| {
        let metro = airport::by_code(code)?.metro?;
        BY_CODE.get(&metro).copied()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::is_complete;

    #[test]
    fn every_row_is_read() {
        assert!(is_complete::<8>(TABLE));
        assert_eq!(all().len(), TABLE.lines().count() - 1);
        assert!(all().iter().all(|place| place.country().is_some()));
    }

    #[test]
    fn an_airport_stands_for_its_city() {
        let of = |code: &str| by_code(code.parse().unwrap()).map(|place| place.name_en);
        assert_eq!(of("ORY"), Some("Paris"));
        assert_eq!(of("PAR"), Some("Paris"));
        assert_eq!(of("UKY"), Some("Kyoto"));
        assert_eq!(of("AAC"), None);
    }
}
