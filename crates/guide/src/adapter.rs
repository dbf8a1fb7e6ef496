//! Whether plugs from home fit.

use serde::Serialize;
use travel::Locale;

use crate::{Source, country_facts::CountryFacts};

/// Where the answer comes from.
pub const SOURCE: Source = Source {
    id: "adapter",
    name: (
        "comparaison des types de prises (règle du projet)",
        "comparison of the plug types (rule of the project)",
    ),
    as_of: "2026-11",
    licence: "CC0",
    derived: true,
};

/// Whether a traveller needs an adapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Adapter {
    /// Plugs of home fit.
    NotNeeded,
    /// Some do, or some sockets take them.
    Maybe,
    /// None fits.
    Needed,
}

impl Adapter {
    /// Its name.
    #[must_use]
    pub const fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::NotNeeded => locale.pick("pas d'adaptateur", "no adapter needed"),
            Self::Maybe => locale.pick("adaptateur conseillé", "adapter advisable"),
            Self::Needed => locale.pick("adaptateur nécessaire", "adapter needed"),
        }
    }

    /// Compares the plugs of home with the sockets there. Plugs of types E and F are made as one,
    /// and C fits the sockets of both.
    #[must_use]
    pub fn between(home: &CountryFacts, there: &CountryFacts) -> Option<Self> {
        let fits = |plug: &str| {
            there.plugs.iter().any(|socket| {
                *socket == plug || matches!((plug, *socket), ("C" | "E" | "F", "E" | "F"))
            })
        };
        if home.plugs.is_empty() || there.plugs.is_empty() {
            return None;
        }
        let fitting = home.plugs.iter().filter(|plug| fits(plug)).count();
        let foreign = there.plugs.iter().any(|socket| {
            let same = |plug: &str| matches!((plug, *socket), ("C" | "E" | "F", "C" | "E" | "F"));
            !home.plugs.iter().any(|plug| plug == socket || same(plug))
        });
        Some(match fitting {
            0 => Self::Needed,
            _ if fitting < home.plugs.len() || foreign => Self::Maybe,
            _ => Self::NotNeeded,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::country_facts::of;

    #[test]
    fn adapters_are_told_by_the_plugs() {
        for (home, there, expected) in [
            ("FR", "DE", Adapter::NotNeeded),
            ("FR", "PT", Adapter::NotNeeded),
            ("FR", "GB", Adapter::Needed),
            ("FR", "US", Adapter::Needed),
            ("FR", "TH", Adapter::Maybe),
            ("CH", "FR", Adapter::Maybe),
            ("US", "JP", Adapter::NotNeeded),
        ] {
            let found = Adapter::between(of(home).unwrap(), of(there).unwrap());
            assert_eq!(found, Some(expected), "{home} {there}");
        }
    }
}
