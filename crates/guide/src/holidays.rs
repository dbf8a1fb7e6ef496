//! Public holidays of the destinations' countries.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use serde::Serialize;
use travel::Locale;

use crate::{Source, table::rows};

const TABLE: &str = include_str!("../data/public_holidays.tsv");

/// First and last day of the table.
pub const COVERED: (Date, Date) = (date(2026, 12, 1), date(2028, 12, 31));

/// Where the days come from.
pub const SOURCE: Source = Source {
    id: "public_holidays",
    name: (
        "paquet Python holidays 0.109 (jours fériés nationaux)",
        "Python package holidays 0.109 (national public holidays)",
    ),
    as_of: "2026-11-17",
    licence: "MIT, Copyright (c) Vacanza Team and individual contributors",
    derived: false,
};

/// Where a French name comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum French {
    /// The source has it.
    Source,
    /// It was translated for this project.
    Ours,
}

/// A day off in a whole country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Holiday {
    /// ISO 3166 alpha-2 code.
    #[serde(skip)]
    country: &'static str,
    /// The day.
    pub date: Date,
    name_en: &'static str,
    name_fr: Option<&'static str>,
    /// Where the French name comes from; `None` = there is none.
    pub french: Option<French>,
    /// Whether the source computed the day: a calendar of the moon may move it by a day.
    pub estimated: bool,
    /// Whether it is the day off instead of a holiday that falls on another.
    pub observed: bool,
}

impl Holiday {
    /// Its name; the English one where there is no French one.
    #[must_use]
    pub fn name(&self, locale: Locale) -> &'static str {
        locale.pick(self.name_fr.unwrap_or(self.name_en), self.name_en)
    }
}

static ALL: LazyLock<Vec<Holiday>> = LazyLock::new(|| rows::<6>(TABLE).filter_map(parse).collect());

fn parse([country, date, marks, name_en, name_fr, french]: [&'static str; 6]) -> Option<Holiday> {
    Some(Holiday {
        country,
        date: date.parse().ok()?,
        name_en,
        name_fr: Some(name_fr).filter(|name| !name.is_empty()),
        french: match french {
            "source" => Some(French::Source),
            "ours" => Some(French::Ours),
            _ => None,
        },
        estimated: marks.contains('e'),
        observed: marks.contains('o'),
    })
}

/// The holidays of a country from one day to another, both included; `None` = the table does not
/// have the country or does not reach those days.
#[must_use]
pub fn during(country: &str, from: Date, to: Date) -> Option<Vec<Holiday>> {
    if from < COVERED.0 || to > COVERED.1 {
        return None;
    }
    let start = ALL.partition_point(|day| day.country < country);
    let end = ALL.partition_point(|day| day.country <= country);
    let own = ALL.get(start..end)?;
    // Where a government announces them year by year, the table ends with the last year announced.
    if own.last()?.date.year() < to.year() {
        return None;
    }
    let met = own.iter().filter(|day| (from..=to).contains(&day.date));
    Some(met.copied().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{destination, table::is_complete};

    fn days(country: &str, from: &str, to: &str) -> Option<Vec<Holiday>> {
        during(country, from.parse().unwrap(), to.parse().unwrap())
    }

    #[test]
    fn every_row_is_read_and_every_destination_has_some() {
        assert!(is_complete::<6>(TABLE));
        assert_eq!(ALL.len(), TABLE.lines().count() - 1);
        assert!(ALL.is_sorted_by_key(|day| (day.country, day.date)));
        for place in destination::all() {
            let Some(year) = days(place.country, "2027-01-01", "2028-12-31") else {
                assert_eq!(place.country, "LK");
                continue;
            };
            assert!(year.len() >= 8, "{} {}", place.country, year.len());
        }
        for day in ALL.iter() {
            assert!(!day.name_en.is_empty());
            assert_eq!(day.french.is_some(), day.name_fr.is_some(), "{day:?}");
        }
    }

    #[test]
    fn most_days_have_a_french_name() {
        let french = ALL.iter().filter(|day| day.name_fr.is_some()).count();
        let share = french as f64 / ALL.len() as f64;
        println!("French names: {french} of {} ({share:.2})", ALL.len());
        assert!(share > 0.94);
    }

    #[test]
    fn a_stay_meets_its_holidays() {
        let met = days("PT", "2027-04-20", "2027-05-02").unwrap();
        let names: Vec<_> = met.iter().map(|day| day.name(Locale::Fr)).collect();
        assert_eq!(met.len(), 2, "{names:?}");
        assert_eq!(names[1], "Fête du Travail");
        let eid = days("MA", "2027-03-01", "2027-03-31").unwrap();
        assert!(eid.iter().any(|day| day.estimated));
        assert_eq!(days("PT", "2026-11-20", "2026-11-25"), None);
        assert_eq!(days("LK", "2027-01-01", "2027-01-02"), None);
        assert_eq!(days("XX", "2027-01-01", "2027-01-02"), None);
    }
}
