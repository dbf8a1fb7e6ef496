//! What an offer has to satisfy besides its ends and days: wishes and refusals.

use serde::{Deserialize, Serialize};

use super::{Carrier, CarrierCode, Iata, Money, carrier::Alliance};

/// Conditions that every offer of a search satisfies; the default asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// At most this many stops a slice; `None` = up to two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_stops: Option<u8>,
    /// Every flight is flown by one of these, where there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub airlines: Vec<CarrierCode>,
    /// No flight is flown by these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclude_airlines: Vec<CarrierCode>,
    /// Every flight is flown by a member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alliance: Option<Alliance>,
    /// `true` = low-cost carriers alone, `false` = none of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low_cost: Option<bool>,
    /// Every slice stops at one of these, where there are any: airports or metropolitan areas.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<Iata>,
    /// No slice stops at these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub avoid_via: Vec<Iata>,
    /// No flight is in the air over the night.
    pub no_overnight: bool,
    /// A hold bag is included for each seated passenger.
    pub checked_bag: bool,
    /// Money back on cancellation.
    pub refundable: bool,
    /// The whole party may pay this much; any currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_price: Option<Money>,
    /// No passenger may pay more than this; any currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_price_each: Option<Money>,
}

impl Filter {
    /// Whether every offer passes.
    #[must_use]
    pub fn asks_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it says anything of carriers.
    #[must_use]
    pub const fn restricts_carriers(&self) -> bool {
        !self.airlines.is_empty()
            || !self.exclude_airlines.is_empty()
            || self.alliance.is_some()
            || self.low_cost.is_some()
    }

    /// Whether a flight of this carrier may be offered.
    #[must_use]
    pub fn accepts(&self, carrier: &Carrier) -> bool {
        (self.airlines.is_empty() || self.airlines.contains(&carrier.code))
            && !self.exclude_airlines.contains(&carrier.code)
            && self
                .alliance
                .is_none_or(|alliance| carrier.alliance == Some(alliance))
            && self
                .low_cost
                .is_none_or(|low_cost| carrier.low_cost == low_cost)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::carrier, *};

    #[test]
    fn every_condition_counts() {
        let accepts = |filter: &Filter, code: &str| {
            filter.accepts(carrier::by_code(code.parse().unwrap()).unwrap())
        };
        let codes = |codes: &[&str]| codes.iter().map(|code| code.parse().unwrap()).collect();
        let two = Filter {
            airlines: codes(&["AF", "KL"]),
            ..Filter::default()
        };
        assert!(accepts(&two, "AF") && accepts(&two, "KL") && !accepts(&two, "LH"));
        let refused = Filter {
            exclude_airlines: codes(&["FR", "U2"]),
            ..Filter::default()
        };
        assert!(accepts(&refused, "AF") && !accepts(&refused, "FR") && !accepts(&refused, "U2"));
        let star = Filter {
            alliance: Some(Alliance::StarAlliance),
            ..Filter::default()
        };
        assert!(accepts(&star, "LH") && !accepts(&star, "AF") && !accepts(&star, "FR"));
        for (low_cost, code) in [(true, "FR"), (false, "AF")] {
            let filter = Filter {
                low_cost: Some(low_cost),
                ..Filter::default()
            };
            assert!(accepts(&filter, code) && filter.restricts_carriers());
        }
        assert!(!Filter::default().restricts_carriers());
    }
}
