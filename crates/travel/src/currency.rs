//! Currencies, with the illustrative rates that the offline source prices in.

use std::{fmt, str::FromStr, sync::LazyLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Money, code::InvalidCode};
use crate::locale::Locale;

/// One row of `data/currencies.tsv`.
#[derive(Debug)]
pub struct CurrencyFacts {
    code: &'static str,
    exponent: u32,
    /// Symbol in prices, such as `€`.
    pub symbol: &'static str,
    name_en: &'static str,
    name_fr: &'static str,
    /// Units of this currency for one euro; illustrative (docs/data.md).
    pub per_euro: f64,
}

static TABLE: LazyLock<Vec<CurrencyFacts>> = LazyLock::new(|| {
    include_str!("../data/currencies.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some(CurrencyFacts {
                code: cells.next()?,
                exponent: cells.next()?.parse().ok()?,
                symbol: cells.next()?,
                name_en: cells.next()?,
                name_fr: cells.next()?,
                per_euro: cells.next()?.parse().ok()?,
            })
        })
        .collect()
});

/// An ISO 4217 currency that the table knows.
#[derive(Clone, Copy)]
pub struct Currency(&'static CurrencyFacts);

impl Currency {
    /// The euro.
    #[must_use]
    #[expect(
        clippy::expect_used,
        reason = "the table is compiled in, and a test reads EUR from it"
    )]
    pub fn eur() -> Self {
        static EUR: LazyLock<Currency> =
            LazyLock::new(|| "EUR".parse().expect("EUR is in the table"));
        *EUR
    }

    /// The ISO code.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        self.0.code
    }

    /// Digits after the decimal point.
    #[must_use]
    pub fn exponent(&self) -> u32 {
        self.0.exponent
    }

    /// Symbol in prices, such as `€`.
    #[must_use]
    pub fn symbol(&self) -> &'static str {
        self.0.symbol
    }

    /// Units of this currency for one euro; illustrative.
    #[must_use]
    pub fn per_euro(&self) -> f64 {
        self.0.per_euro
    }

    /// The currency's name.
    #[must_use]
    pub fn name(&self, locale: Locale) -> &'static str {
        locale.pick(self.0.name_fr, self.0.name_en)
    }

    /// The amount in another currency at the illustrative rates, rounded to its minor unit.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "fares stay far below 2^52"
    )]
    pub fn convert(money: Money, to: Self) -> Money {
        if money.currency == to {
            return money;
        }
        let major = money.minor as f64 / 10_f64.powi(money.currency.exponent() as i32);
        let converted = major / money.currency.per_euro() * to.per_euro();
        Money::new(
            (converted * 10_f64.powi(to.exponent() as i32)).round() as i64,
            to,
        )
    }
}

impl FromStr for Currency {
    type Err = InvalidCode;

    fn from_str(text: &str) -> Result<Self, InvalidCode> {
        let found = TABLE.binary_search_by(|row| row.code.cmp(text));
        found
            .map(|at| Self(&TABLE[at]))
            .map_err(|_| InvalidCode(text.to_owned()))
    }
}

impl PartialEq for Currency {
    fn eq(&self, other: &Self) -> bool {
        // The table has each once.
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Currency {}

impl std::hash::Hash for Currency {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.code.hash(state);
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code)
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.code)
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}
