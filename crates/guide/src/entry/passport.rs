//! The passports whose entry rules are told.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use travel::code::InvalidCode;

/// A passport, by the country that gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Passport {
    /// France.
    Fr,
    /// Belgium.
    Be,
    /// Switzerland.
    Ch,
    /// Luxembourg.
    Lu,
    /// Canada.
    Ca,
    /// United Kingdom.
    Gb,
    /// United States.
    Us,
    /// Morocco.
    Ma,
    /// Tunisia.
    Tn,
    /// Algeria.
    Dz,
    /// Senegal.
    Sn,
    /// Côte d'Ivoire.
    Ci,
}

impl Passport {
    /// All of them, in the order of the table's columns.
    pub const ALL: [Self; 12] = [
        Self::Fr,
        Self::Be,
        Self::Ch,
        Self::Lu,
        Self::Ca,
        Self::Gb,
        Self::Us,
        Self::Ma,
        Self::Tn,
        Self::Dz,
        Self::Sn,
        Self::Ci,
    ];

    /// ISO 3166 alpha-2 code of the country.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fr => "FR",
            Self::Be => "BE",
            Self::Ch => "CH",
            Self::Lu => "LU",
            Self::Ca => "CA",
            Self::Gb => "GB",
            Self::Us => "US",
            Self::Ma => "MA",
            Self::Tn => "TN",
            Self::Dz => "DZ",
            Self::Sn => "SN",
            Self::Ci => "CI",
        }
    }

    /// Its column.
    pub(super) const fn index(self) -> usize {
        self as usize
    }

    /// Whether it gives free movement in the European Economic Area and Switzerland.
    pub(super) const fn moves_freely(self) -> bool {
        matches!(self, Self::Fr | Self::Be | Self::Ch | Self::Lu)
    }
}

impl FromStr for Passport {
    type Err = InvalidCode;

    fn from_str(text: &str) -> Result<Self, InvalidCode> {
        let found = Self::ALL.into_iter().find(|known| known.code() == text);
        found.ok_or_else(|| InvalidCode(text.to_owned()))
    }
}
