//! Conversion of money at dated rates: those of the European Central Bank where it has both
//! currencies, else the illustrative ones of the currency table, and each amount says which.

use std::{collections::HashMap, sync::LazyLock};

use jiff::civil::{Date, date};
use serde::Serialize;
use travel::{Currency, Money};

use crate::{Source, table::rows};

const TABLE: &str = include_str!("../data/ecb.tsv");

/// The day of the bank's rates.
pub const DATE: Date = date(2026, 10, 30);

/// Where the bank's rates come from.
pub const SOURCE: Source = Source {
    id: "ecb",
    name: (
        "taux de référence de la Banque centrale européenne",
        "reference rates of the European Central Bank",
    ),
    as_of: "2026-10-30",
    licence: "free with source: European Central Bank",
    derived: false,
};

/// Where the other rates come from.
pub const ILLUSTRATIVE: Source = Source {
    id: "currencies",
    name: (
        "taux indicatifs arrondis, sans valeur officielle",
        "rounded indicative rates, not official",
    ),
    as_of: "2025",
    licence: "MIT OR Apache-2.0",
    derived: true,
};

/// What a converted amount rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// It is in the wanted currency already.
    Same,
    /// Rates of the European Central Bank, of [`DATE`].
    Ecb,
    /// The illustrative rates, because the bank does not have one of the currencies.
    Illustrative,
}

impl Basis {
    /// The table that the amount rests on; none when nothing was converted.
    #[must_use]
    pub const fn source(self) -> Option<Source> {
        match self {
            Self::Same => None,
            Self::Ecb => Some(SOURCE),
            Self::Illustrative => Some(ILLUSTRATIVE),
        }
    }

    /// The day of the rates, where they have one.
    #[must_use]
    pub const fn date(self) -> Option<Date> {
        match self {
            Self::Ecb => Some(DATE),
            Self::Same | Self::Illustrative => None,
        }
    }
}

/// What one unit of a currency is in another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rate {
    /// The currency of the one unit.
    pub from: Currency,
    /// The other.
    pub to: Currency,
    /// Units of `to` for one of `from`.
    pub per_unit: f64,
    /// What it rests on.
    pub basis: Basis,
}

impl Rate {
    /// An amount in the other currency, rounded to its minor unit; amounts of a third currency are
    /// left as they are.
    #[must_use]
    pub fn convert(&self, money: Money) -> Money {
        if money.currency != self.from || self.basis == Basis::Same {
            return money;
        }
        let scale = |currency: Currency| libm::pow(10.0, f64::from(currency.exponent()));
        let major = money.minor as f64 / scale(self.from);
        let minor = major * self.per_unit * scale(self.to);
        Money::new(minor.round() as i64, self.to)
    }
}

static PER_EURO: LazyLock<HashMap<&'static str, f64>> = LazyLock::new(|| {
    let read = rows::<2>(TABLE).filter_map(|[code, rate]| Some((code, rate.parse().ok()?)));
    read.chain([("EUR", 1.0)]).collect()
});

/// The rate between two currencies. Both sides come from one table: the illustrative rates of two
/// currencies that are tied to each other fit together, a mixture would not.
#[must_use]
pub fn rate(from: Currency, to: Currency) -> Rate {
    let official = |currency: Currency| PER_EURO.get(currency.as_str()).copied();
    let (per_unit, basis) = match (official(from), official(to)) {
        _ if from == to => (1.0, Basis::Same),
        (Some(a), Some(b)) => (b / a, Basis::Ecb),
        _ => (to.per_euro() / from.per_euro(), Basis::Illustrative),
    };
    Rate {
        from,
        to,
        per_unit,
        basis,
    }
}

/// An amount in another currency, and what it rests on.
#[must_use]
pub fn convert(money: Money, to: Currency) -> (Money, Basis) {
    let rate = rate(money.currency, to);
    (rate.convert(money), rate.basis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::is_complete;
    use proptest::prelude::*;

    fn money(amount: &str, currency: &str) -> Money {
        Money::parse(amount, currency.parse().unwrap()).unwrap()
    }

    #[test]
    fn every_rate_is_of_a_known_currency() {
        assert!(is_complete::<2>(TABLE));
        assert_eq!(PER_EURO.len(), 30);
        for (code, rate) in PER_EURO.iter() {
            assert!(code.parse::<Currency>().is_ok() && *rate > 0.0, "{code}");
        }
    }

    #[test]
    fn an_amount_says_what_it_rests_on() {
        let to = |code: &str| code.parse().unwrap();
        let euros = money("100.00", "EUR");
        assert_eq!(
            convert(euros, to("USD")),
            (money("111.72", "USD"), Basis::Ecb)
        );
        assert_eq!(
            convert(euros, to("JPY")),
            (money("17568", "JPY"), Basis::Ecb)
        );
        assert_eq!(convert(euros, to("EUR")), (euros, Basis::Same));
        let (dirhams, basis) = convert(money("100.00", "USD"), to("MAD"));
        assert_eq!(basis, Basis::Illustrative);
        assert_eq!(
            dirhams,
            Currency::convert(money("100.00", "USD"), to("MAD"))
        );
        assert_eq!(basis.date(), None);
        assert_eq!(Basis::Ecb.date(), Some(DATE));
    }

    proptest! {
        #[test]
        fn there_and_back_is_nearly_the_same(cents in 1_000_i64..100_000_000) {
            let (there, _) = convert(Money::new(cents, Currency::eur()), "CHF".parse().unwrap());
            let (back, _) = convert(there, Currency::eur());
            prop_assert!((back.minor - cents).abs() <= 1);
        }
    }
}
