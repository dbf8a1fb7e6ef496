//! What holds all over a country: the side of the road, plugs, emergency numbers, languages, units.

use std::{collections::HashMap, sync::LazyLock};

use serde::Serialize;
use travel::{Locale, format};

use crate::{Source, emergency::Emergency, spoken::Spoken, table::rows};

const TABLE: &str = include_str!("../data/country_facts.tsv");

/// Where the facts come from; the plugs are those that two tables agree on.
pub const SOURCE: Source = Source {
    id: "country_facts",
    name: (
        "Wikidata (KDE Itinerary), libphonenumber et Unicode CLDR",
        "Wikidata (KDE Itinerary), libphonenumber and Unicode CLDR",
    ),
    as_of: "2026-08",
    licence: "CC0; Apache-2.0; Unicode-3.0",
    derived: false,
};

/// The side of the road.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// As in Great Britain.
    Left,
    /// As in France.
    Right,
}

impl Side {
    /// `à droite` or `on the right`.
    #[must_use]
    pub const fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Left => locale.pick("à gauche", "on the left"),
            Self::Right => locale.pick("à droite", "on the right"),
        }
    }
}

/// The day that calendars begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FirstDay {
    /// Monday.
    Monday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl FirstDay {
    fn read(text: &str) -> Option<Self> {
        match text {
            "mon" => Some(Self::Monday),
            "fri" => Some(Self::Friday),
            "sat" => Some(Self::Saturday),
            "sun" => Some(Self::Sunday),
            _ => None,
        }
    }

    /// The day's name.
    #[must_use]
    pub fn label(self, locale: Locale) -> &'static str {
        let from_monday = match self {
            Self::Monday => 0,
            Self::Friday => 4,
            Self::Saturday => 5,
            Self::Sunday => 6,
        };
        format::weekday_name(from_monday, locale)
    }
}

/// How lengths, weights and temperatures are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Units {
    /// Kilometres, kilograms, °C.
    Metric,
    /// Miles on the road, else mostly metric.
    Uk,
    /// Miles, pounds, °F.
    Us,
}

impl Units {
    /// Its name.
    #[must_use]
    pub const fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Metric => locale.pick("métriques", "metric"),
            Self::Uk => locale.pick("métriques, miles sur la route", "metric, miles on the road"),
            Self::Us => locale.pick("américaines (miles, °F)", "US customary (miles, °F)"),
        }
    }
}

/// The facts of one country or territory.
#[derive(Debug, PartialEq, Serialize)]
pub struct CountryFacts {
    /// ISO 3166 alpha-2 code.
    pub country: &'static str,
    /// The side of the road; `None` = not known.
    pub driving: Option<Side>,
    /// Letters of the plug types (IEC).
    pub plugs: Vec<&'static str>,
    /// Emergency numbers.
    pub emergency: Emergency,
    /// Languages, most spoken first.
    pub languages: Vec<Spoken>,
    /// First day of the week.
    pub first_day: FirstDay,
    /// Units of measurement.
    pub units: Units,
}

static ALL: LazyLock<HashMap<&'static str, CountryFacts>> = LazyLock::new(|| {
    rows::<11>(TABLE)
        .filter_map(parse)
        .map(|row| (row.country, row))
        .collect()
});

fn parse(row: [&'static str; 11]) -> Option<CountryFacts> {
    let [
        country,
        side,
        plugs,
        numbers,
        police,
        ambulance,
        fire,
        general,
        languages,
        first_day,
        units,
    ] = row;
    Some(CountryFacts {
        country,
        driving: match side {
            "left" => Some(Side::Left),
            "right" => Some(Side::Right),
            _ => None,
        },
        plugs: cells(plugs, '/'),
        emergency: Emergency::read(cells(numbers, ','), police, ambulance, fire, general),
        languages: languages.split(',').filter_map(Spoken::read).collect(),
        first_day: FirstDay::read(first_day)?,
        units: match units {
            "metric" => Units::Metric,
            "uk" => Units::Uk,
            "us" => Units::Us,
            _ => return None,
        },
    })
}

fn cells(text: &'static str, between: char) -> Vec<&'static str> {
    text.split(between)
        .filter(|cell| !cell.is_empty())
        .collect()
}

/// The facts of a country.
#[must_use]
pub fn of(country: &str) -> Option<&'static CountryFacts> {
    ALL.get(country)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{destination, table::is_complete};

    #[test]
    fn every_row_is_read_and_every_destination_has_one() {
        assert!(is_complete::<11>(TABLE));
        assert_eq!(ALL.len(), 237);
        for place in destination::all() {
            let facts = of(place.country).unwrap();
            assert!(facts.driving.is_some() && !facts.plugs.is_empty());
            assert!(facts.plugs.iter().all(|plug| plug.len() == 1), "{facts:?}");
            let written = TABLE.lines().find(|line| line.starts_with(place.country));
            let languages = written.unwrap().split('\t').nth(8).unwrap();
            assert_eq!(languages.split(',').count(), facts.languages.len());
        }
    }

    #[test]
    fn facts_are_what_people_know() {
        let japan = of("JP").unwrap();
        assert_eq!(japan.driving, Some(Side::Left));
        assert_eq!(japan.plugs, ["A", "B"]);
        assert_eq!(of("US").unwrap().units, Units::Us);
        assert_eq!(of("FR").unwrap().first_day.label(Locale::En), "Monday");
        assert!(of("XX").is_none());
    }
}
