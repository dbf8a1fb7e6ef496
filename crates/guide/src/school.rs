//! French school holidays by zone.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Serialize;
use travel::Locale;

use crate::{Source, table::rows};

const TABLE: &str = include_str!("../data/school_holidays.tsv");

/// Where the dates come from.
pub const SOURCE: Source = Source {
    id: "school_holidays_fr",
    name: (
        "calendrier scolaire du ministère de l'Éducation nationale (vacances-scolaires-france 0.12.0)",
        "school calendar of the French Ministry of Education (vacances-scolaires-france 0.12.0)",
    ),
    as_of: "2026-08",
    licence: "Licence Ouverte; MIT",
    derived: false,
};

/// A zone of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Zone {
    /// Lyon, Bordeaux and others.
    A,
    /// Lille, Nantes, Nice and others.
    B,
    /// Paris, Toulouse, Montpellier and others.
    C,
}

impl Zone {
    /// `A`, `B` or `C`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }

    fn read(text: &str) -> Option<Self> {
        [Self::A, Self::B, Self::C]
            .into_iter()
            .find(|zone| zone.as_str() == text)
    }
}

/// Which holidays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// Around All Saints' Day.
    Autumn,
    /// Christmas.
    Christmas,
    /// In February and March.
    Winter,
    /// In April.
    Spring,
    /// The long weekend of Ascension Day.
    Ascension,
    /// July and August.
    Summer,
}

impl Period {
    fn read(text: &str) -> Option<Self> {
        match text {
            "autumn" => Some(Self::Autumn),
            "christmas" => Some(Self::Christmas),
            "winter" => Some(Self::Winter),
            "spring" => Some(Self::Spring),
            "ascension" => Some(Self::Ascension),
            "summer" => Some(Self::Summer),
            _ => None,
        }
    }

    /// Its name.
    #[must_use]
    pub const fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Autumn => locale.pick("vacances de la Toussaint", "autumn holidays"),
            Self::Christmas => locale.pick("vacances de Noël", "Christmas holidays"),
            Self::Winter => locale.pick("vacances d'hiver", "winter holidays"),
            Self::Spring => locale.pick("vacances de printemps", "spring holidays"),
            Self::Ascension => locale.pick("pont de l'Ascension", "Ascension long weekend"),
            Self::Summer => locale.pick("vacances d'été", "summer holidays"),
        }
    }
}

/// Holidays of the zones that have the same days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SchoolBreak {
    /// Which ones.
    pub period: Period,
    /// The zones, A first.
    pub zones: Vec<Zone>,
    /// First day without school.
    pub from: Date,
    /// Last day without school.
    pub to: Date,
}

static ALL: LazyLock<Vec<SchoolBreak>> = LazyLock::new(|| {
    let mut all: Vec<SchoolBreak> = Vec::new();
    for row in rows::<4>(TABLE).filter_map(parse) {
        let same = |known: &&mut SchoolBreak| {
            (known.period, known.from, known.to) == (row.period, row.from, row.to)
        };
        match all.iter_mut().find(same) {
            Some(known) => known.zones.extend(row.zones),
            None => all.push(row),
        }
    }
    all.sort_by_key(|known| (known.from, known.to));
    for known in &mut all {
        known.zones.sort();
    }
    all
});

fn parse([period, zone, from, to]: [&'static str; 4]) -> Option<SchoolBreak> {
    Some(SchoolBreak {
        period: Period::read(period)?,
        zones: vec![Zone::read(zone)?],
        from: from.parse().ok()?,
        to: to.parse().ok()?,
    })
}

/// The holidays that overlap a stay, earliest first; `None` = the calendar does not reach so far.
#[must_use]
pub fn during(from: Date, to: Date) -> Option<Vec<SchoolBreak>> {
    let (first, last) = (ALL.first()?.from, ALL.last()?.to);
    if from < first || to > last {
        return None;
    }
    let overlapping = ALL
        .iter()
        .filter(|known| known.from <= to && known.to >= from);
    Some(overlapping.cloned().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::is_complete;

    fn days(from: &str, to: &str) -> Option<Vec<SchoolBreak>> {
        during(from.parse().unwrap(), to.parse().unwrap())
    }

    #[test]
    fn every_row_is_read() {
        assert!(is_complete::<4>(TABLE));
        let zones: usize = ALL.iter().map(|known| known.zones.len()).sum();
        assert_eq!(zones, 36);
        assert!(ALL.iter().all(|known| known.from < known.to));
    }

    #[test]
    fn a_stay_in_february_meets_the_zones_of_its_week() {
        let met = days("2027-02-16", "2027-02-20").unwrap();
        let zones: Vec<_> = met.iter().flat_map(|known| known.zones.clone()).collect();
        assert_eq!(zones, [Zone::C, Zone::A, Zone::B]);
        assert!(met.iter().all(|known| known.period == Period::Winter));
        assert_eq!(days("2027-03-15", "2027-03-20"), Some(Vec::new()));
    }

    #[test]
    fn zones_of_one_calendar_stand_together() {
        let met = days("2027-07-10", "2027-07-12").unwrap();
        assert_eq!(met.len(), 1);
        assert_eq!(met[0].zones, [Zone::A, Zone::B, Zone::C]);
    }

    #[test]
    fn beyond_the_calendar_nothing_is_known() {
        assert_eq!(days("2028-08-30", "2028-09-02"), None);
    }
}
