//! Rights that treaties give beyond the entry rule, and territories without a rule of their own.

use serde::Serialize;
use travel::Locale;

use super::Passport;

/// A right to enter and stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Free movement of the European Union, the European Economic Area and Switzerland: with an
    /// identity card, three months and more.
    FreeMovement,
    /// The common travel area of the United Kingdom and Ireland.
    CommonTravelArea,
}

impl Right {
    /// Its name.
    #[must_use]
    pub const fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::FreeMovement => locale.pick(
                "libre circulation (UE, EEE, Suisse) : carte d'identité ou passeport",
                "free movement (EU, EEA, Switzerland): identity card or passport",
            ),
            Self::CommonTravelArea => locale.pick("zone commune de voyage", "Common Travel Area"),
        }
    }
}

/// The right of a passport in a country.
pub(super) fn of(passport: Passport, country: &str) -> Option<Right> {
    let home = passport.code() == country;
    if !home && passport.moves_freely() && (in_free_movement(country) || is_outermost(country)) {
        // For the French the outermost regions are France.
        let at_home = passport == Passport::Fr && is_outermost(country);
        return Some(Right::FreeMovement).filter(|_| !at_home);
    }
    (passport == Passport::Gb && country == "IE").then_some(Right::CommonTravelArea)
}

/// A territory without a row of its own.
pub(super) struct Territory {
    /// Its ISO code.
    pub(super) country: &'static str,
    /// The state that it belongs to.
    pub(super) state: &'static str,
    /// Whether the passport may go there freely.
    pub(super) free: bool,
}

/// A territory whose rule for the passport follows from that of its state. Overseas the visa rules
/// of France differ from those at home, so only its own citizens are told, and Europeans in the
/// regions where free movement holds; Puerto Rico has the rules of the United States.
pub(super) fn territory(passport: Passport, country: &str) -> Option<Territory> {
    const FRENCH: [&str; 10] = ["BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "YT"];
    if country == "PR" {
        return Some(Territory {
            country: "PR",
            state: "US",
            free: false,
        });
    }
    let country = *FRENCH.iter().find(|code| **code == country)?;
    let free = passport.moves_freely() && is_outermost(country);
    (free || passport == Passport::Fr).then_some(Territory {
        country,
        state: "FR",
        free,
    })
}

/// Outermost regions of the European Union.
fn is_outermost(country: &str) -> bool {
    matches!(country, "GF" | "GP" | "MF" | "MQ" | "RE" | "YT")
}

/// The European Economic Area and Switzerland.
fn in_free_movement(country: &str) -> bool {
    in_schengen(country) || matches!(country, "CY" | "IE")
}

/// The Schengen area; Bulgaria, Croatia and Romania belong to it.
#[rustfmt::skip]
pub(super) fn in_schengen(country: &str) -> bool {
    matches!(
        country,
        "AT" | "BE" | "BG" | "CH" | "CZ" | "DE" | "DK" | "EE" | "ES" | "FI" | "FR" | "GR" | "HR"
            | "HU" | "IS" | "IT" | "LI" | "LT" | "LU" | "LV" | "MT" | "NL" | "NO" | "PL" | "PT"
            | "RO" | "SE" | "SI" | "SK"
    )
}
