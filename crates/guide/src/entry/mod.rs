//! Entry rules of a country for the passports that the agent serves: indicative, with their date,
//! and the official page to look at where there is one that is sure.

mod official;
mod passport;
mod remark;
mod right;

use std::{collections::HashMap, sync::LazyLock};

use serde::Serialize;
use travel::Locale;

pub use official::link;
pub use passport::Passport;
pub use remark::Remark;
pub use right::Right;

use crate::{Source, table::rows};

const TABLE: &str = include_str!("../../data/entry.tsv");
const COUNT: usize = Passport::ALL.len();

/// Where the rules come from.
pub const SOURCE: Source = Source {
    id: "entry",
    name: (
        "passport-index-data, relevé du 17 février 2026 (indicatif)",
        "passport-index-data, as read on 17 February 2026 (indicative)",
    ),
    as_of: "2026-02-17",
    licence: "MIT",
    derived: false,
};

/// What a traveller needs for a stay as a tourist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "days", rename_all = "snake_case")]
pub enum Requirement {
    /// The country of the passport.
    Home,
    /// No visa; the source tells no limit of days.
    Free,
    /// No visa for so many days.
    Days(u16),
    /// A visa that is given on arrival.
    OnArrival,
    /// An electronic travel authorisation before the journey.
    Eta,
    /// A visa that is asked for online.
    EVisa,
    /// A visa of the consulate.
    Visa,
    /// Entry is refused.
    Refused,
}

impl Requirement {
    fn read(text: &str) -> Option<Self> {
        match text {
            "-" => Some(Self::Home),
            "F" => Some(Self::Free),
            "A" => Some(Self::OnArrival),
            "T" => Some(Self::Eta),
            "E" => Some(Self::EVisa),
            "V" => Some(Self::Visa),
            "X" => Some(Self::Refused),
            days => days.parse().ok().map(Self::Days),
        }
    }

    /// Whether something must be asked for before the journey.
    #[must_use]
    pub const fn before_travel(self) -> bool {
        matches!(self, Self::Eta | Self::EVisa | Self::Visa)
    }

    /// Its name, such as `visa-free, up to 90 days`.
    #[must_use]
    pub fn label(self, locale: Locale) -> String {
        let text = match self {
            Self::Home => locale.pick("pays du passeport", "country of the passport"),
            Self::Free => locale.pick("sans visa", "visa-free"),
            Self::Days(days) => {
                return match locale {
                    Locale::Fr => format!("sans visa, jusqu'à {days} jours"),
                    Locale::En => format!("visa-free, up to {days} days"),
                };
            }
            Self::OnArrival => locale.pick("visa à l'arrivée", "visa on arrival"),
            Self::Eta => locale.pick(
                "autorisation de voyage électronique",
                "electronic travel authorisation",
            ),
            Self::EVisa => locale.pick("visa électronique", "e-visa"),
            Self::Visa => locale.pick("visa du consulat", "consular visa"),
            Self::Refused => locale.pick("entrée refusée", "entry refused"),
        };
        text.to_owned()
    }
}

/// The rule of a country for a passport.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The passport.
    pub passport: Passport,
    /// The country, or the territory, that is visited.
    pub country: &'static str,
    /// The state whose rule is told, where the table has none of the territory's own.
    pub by_rule_of: Option<&'static str>,
    /// What is needed.
    pub requirement: Requirement,
    /// A right to stay that goes beyond it.
    pub right: Option<Right>,
    /// The name of the electronic authorisation, such as `ESTA`.
    pub authorisation: Option<&'static str>,
    /// Dated facts to add.
    pub remarks: Vec<Remark>,
    /// The official page of the country.
    pub link: Option<&'static str>,
}

static RULES: LazyLock<HashMap<&'static str, [&'static str; COUNT]>> = LazyLock::new(|| {
    rows::<{ COUNT + 1 }>(TABLE)
        .map(|[country, rules @ ..]| (country, rules))
        .collect()
});

/// The rule for entering a country as a tourist; `None` = not known.
#[must_use]
pub fn entry(passport: Passport, country: &str) -> Option<Entry> {
    let own = RULES.get_key_value(country);
    let (name, by_rule_of, requirement) = if let Some((name, rules)) = own {
        let cell = rules.get(passport.index())?;
        (*name, None, Requirement::read(cell)?)
    } else {
        let territory = right::territory(passport, country)?;
        let requirement = match (passport.code() == territory.state, territory.free) {
            (true, _) => Requirement::Home,
            (false, true) => Requirement::Free,
            (false, false) => {
                let cell = RULES.get(territory.state)?.get(passport.index())?;
                Requirement::read(cell)?
            }
        };
        (territory.country, Some(territory.state), requirement)
    };
    let right = right::of(passport, name);
    let asks = requirement == Requirement::Eta;
    Some(Entry {
        passport,
        country: name,
        by_rule_of,
        requirement,
        right,
        authorisation: asks
            .then(|| official::authorisation(passport, by_rule_of.unwrap_or(name)))
            .flatten(),
        remarks: remark::of(passport, name, requirement, right),
        link: asks
            .then(|| official::authorisation_link(name))
            .flatten()
            .or_else(|| link(name)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{destination, table::is_complete};
    use Requirement::{Days, EVisa, Eta, Free, Home, OnArrival, Visa};

    fn rule(passport: &str, country: &str) -> Option<Requirement> {
        entry(passport.parse().unwrap(), country).map(|found| found.requirement)
    }

    #[test]
    fn every_cell_is_read() {
        assert!(is_complete::<{ COUNT + 1 }>(TABLE));
        assert_eq!(RULES.len(), 199);
        let head = TABLE.lines().next().unwrap().split('\t').skip(1);
        assert!(head.eq(Passport::ALL.iter().map(|passport| passport.code())));
        for (country, rules) in RULES.iter() {
            for cell in rules {
                let read = Requirement::read(cell);
                assert!(read.is_some(), "{country} {cell}");
                assert!(!matches!(read, Some(Days(days)) if !(7..=360).contains(&days)));
            }
        }
        for passport in Passport::ALL {
            assert_eq!(rule(passport.code(), passport.code()), Some(Home));
        }
    }

    #[test]
    fn the_countries_without_a_rule_are_few() {
        let unknown: std::collections::BTreeSet<_> = destination::all()
            .iter()
            .filter(|place| rule("FR", place.country).is_none())
            .map(|place| place.country)
            .collect();
        assert_eq!(
            unknown.into_iter().collect::<Vec<_>>(),
            ["AW", "CK", "CW", "GI", "KY", "SX"]
        );
    }

    #[test]
    fn rules_are_those_of_the_table() {
        for (passport, country, expected) in [
            ("FR", "TH", Some(Days(60))),
            ("FR", "US", Some(Eta)),
            ("FR", "DZ", Some(Visa)),
            ("CI", "FR", Some(Visa)),
            ("TN", "MA", Some(Days(90))),
            ("US", "IN", Some(EVisa)),
            ("FR", "ID", Some(OnArrival)),
            ("FR", "XX", None),
        ] {
            assert_eq!(rule(passport, country), expected, "{passport} {country}");
        }
    }

    #[test]
    fn territories_follow_their_state_where_that_is_sure() {
        assert_eq!(rule("FR", "GP"), Some(Home));
        assert_eq!(rule("FR", "PF"), Some(Home));
        assert_eq!(rule("BE", "RE"), Some(Free));
        assert_eq!(rule("BE", "PF"), None);
        assert_eq!(rule("MA", "RE"), None);
        assert_eq!(rule("FR", "PR"), Some(Eta));
        assert_eq!(rule("US", "PR"), Some(Home));
        let found = entry(Passport::Fr, "PR").unwrap();
        assert_eq!(found.by_rule_of, Some("US"));
        assert_eq!(found.authorisation, Some("ESTA"));
        assert_eq!(found.link, Some("https://esta.cbp.dhs.gov"));
    }

    #[test]
    fn europeans_move_freely_and_others_are_told_of_etias() {
        let belgian = entry(Passport::Be, "PT").unwrap();
        assert_eq!(belgian.right, Some(Right::FreeMovement));
        assert!(belgian.remarks.is_empty());
        let canadian = entry(Passport::Ca, "PT").unwrap();
        assert_eq!(canadian.right, None);
        assert!(canadian.remarks.contains(&Remark::Etias));
        let moroccan = entry(Passport::Ma, "PT").unwrap();
        assert!(!moroccan.remarks.contains(&Remark::Etias));
        assert!(moroccan.remarks.contains(&Remark::EntryExit));
        let british = entry(Passport::Gb, "IE").unwrap();
        assert_eq!(british.right, Some(Right::CommonTravelArea));
    }
}
