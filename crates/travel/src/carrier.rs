//! Airlines, as facts (docs/data.md).

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{CarrierCode, Iata};

/// An alliance of airlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Alliance {
    /// Star Alliance.
    StarAlliance,
    /// oneworld.
    Oneworld,
    /// SkyTeam.
    Skyteam,
}

impl Alliance {
    /// Every alliance.
    pub const ALL: [Self; 3] = [Self::StarAlliance, Self::Oneworld, Self::Skyteam];

    fn of_cell(cell: &str) -> Option<Self> {
        match cell {
            "star" => Some(Self::StarAlliance),
            "oneworld" => Some(Self::Oneworld),
            "skyteam" => Some(Self::Skyteam),
            _ => None,
        }
    }

    /// Its name, the same in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::StarAlliance => "Star Alliance",
            Self::Oneworld => "oneworld",
            Self::Skyteam => "SkyTeam",
        }
    }
}

/// One airline.
#[derive(Debug)]
pub struct Carrier {
    /// Designator.
    pub code: CarrierCode,
    /// Name in use.
    pub name: &'static str,
    /// ISO 3166 alpha-2 country.
    pub country: &'static str,
    /// Its alliance, or that of the group it flies for.
    pub alliance: Option<Alliance>,
    /// Sells low-cost fares.
    pub low_cost: bool,
    /// Main airports.
    pub hubs: Vec<Iata>,
    /// Further bases and focus cities.
    pub bases: Vec<Iata>,
    /// Flies intercontinental routes.
    pub long_haul: bool,
    /// Narrow-body types in its fleet.
    pub narrowbody: Vec<&'static str>,
    /// Wide-body types in its fleet.
    pub widebody: Vec<&'static str>,
    /// Regional jets and turboprops in its fleet.
    pub regional: Vec<&'static str>,
}

static TABLE: LazyLock<Vec<Carrier>> = LazyLock::new(|| {
    include_str!("../data/carriers.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(parse)
        .collect()
});

fn parse(line: &'static str) -> Option<Carrier> {
    let mut cells = line.split('\t');
    let mut next = || cells.next();
    Some(Carrier {
        code: next()?.parse().ok()?,
        name: next()?,
        country: next()?,
        alliance: Alliance::of_cell(next()?),
        low_cost: next()? == "1",
        hubs: codes(next()?),
        bases: codes(next()?),
        long_haul: next()? == "1",
        narrowbody: names(next()?),
        widebody: names(next()?),
        regional: names(next().unwrap_or_default()),
    })
}

fn codes(cell: &str) -> Vec<Iata> {
    cell.split(',')
        .filter_map(|code| code.trim().parse().ok())
        .collect()
}

fn names(cell: &'static str) -> Vec<&'static str> {
    cell.split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect()
}

/// All carriers, sorted by code.
#[must_use]
pub fn all() -> &'static [Carrier] {
    &TABLE
}

/// The carrier with this designator.
#[must_use]
pub fn by_code(code: CarrierCode) -> Option<&'static Carrier> {
    TABLE.iter().find(|carrier| carrier.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        let rows = include_str!("../data/carriers.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'));
        assert_eq!(all().len(), rows.count());
        assert!(all().len() >= 120);
    }

    #[test]
    fn every_alliance_has_members_and_every_cell_is_one() {
        let cells = include_str!("../data/carriers.tsv").lines().skip(1);
        let cells = cells.filter_map(|line| line.split('\t').nth(3));
        assert!(
            cells
                .into_iter()
                .all(|cell| cell == "-" || Alliance::of_cell(cell).is_some())
        );
        for alliance in Alliance::ALL {
            let members = all().iter().filter(|c| c.alliance == Some(alliance));
            assert!(members.count() >= 10, "{alliance:?}");
        }
    }

    #[test]
    fn every_hub_and_base_is_an_airport() {
        for carrier in all() {
            for code in carrier.hubs.iter().chain(&carrier.bases) {
                assert!(
                    super::super::airport::by_code(*code).is_some(),
                    "{code} of {}",
                    carrier.name
                );
            }
        }
    }
}
