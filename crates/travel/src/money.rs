//! Amounts of money, exact in the currency's minor unit.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Currency;

/// An amount in minor units (cents for EUR, whole yen for JPY) of one currency.
///
/// On the wire: `{"amount": "431.20", "currency": "EUR"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// Minor units.
    pub minor: i64,
    /// ISO 4217 currency.
    pub currency: Currency,
}

impl Money {
    /// An amount of `minor` units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// The amount as a decimal string with the currency's number of decimals, such as `431.20`.
    #[must_use]
    pub fn decimal(&self) -> String {
        decimal(self.minor, self.currency.exponent())
    }

    /// Reads a decimal string; `None` when it is not a number or too precise for the currency.
    #[must_use]
    pub fn parse(amount: &str, currency: Currency) -> Option<Self> {
        let exponent = currency.exponent() as usize;
        let (negative, digits) = match amount.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, amount),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(fraction) || fraction.len() > exponent {
            return None;
        }
        let padded = format!("{whole}{fraction:0<exponent$}");
        let minor: i64 = padded.parse().ok()?;
        Some(Self::new(if negative { -minor } else { minor }, currency))
    }
}

/// Formats minor units with `exponent` decimals.
fn decimal(minor: i64, exponent: u32) -> String {
    let scale = 10_u64.pow(exponent);
    let sign = if minor < 0 { "-" } else { "" };
    let value = minor.unsigned_abs();
    if exponent == 0 {
        return format!("{sign}{value}");
    }
    format!(
        "{sign}{}.{:0width$}",
        value / scale,
        value % scale,
        width = exponent as usize
    )
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

/// The wire form.
#[derive(Serialize, Deserialize)]
struct Wire {
    amount: String,
    currency: Currency,
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Wire {
            amount: self.decimal(),
            currency: self.currency,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        Self::parse(&wire.amount, wire.currency)
            .ok_or_else(|| serde::de::Error::custom(format!("bad amount {:?}", wire.amount)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_follow_the_currency() {
        let eur: Currency = "EUR".parse().unwrap();
        let jpy: Currency = "JPY".parse().unwrap();
        assert_eq!(Money::new(43_120, eur).decimal(), "431.20");
        assert_eq!(Money::new(5, eur).decimal(), "0.05");
        assert_eq!(Money::new(43_120, jpy).decimal(), "43120");
        assert_eq!(Money::parse("431.2", eur), Some(Money::new(43_120, eur)));
        assert_eq!(Money::parse("431.203", eur), None);
        assert_eq!(Money::parse("4e3", eur), None);
    }

    #[test]
    fn the_wire_form_reads_back() {
        let money = Money::new(-1_234, "USD".parse().unwrap());
        let json = serde_json::to_string(&money).unwrap();
        assert_eq!(json, r#"{"amount":"-12.34","currency":"USD"}"#);
        assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), money);
    }
}
