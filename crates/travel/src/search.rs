//! What is wanted of a flight, whoever asks for it and whenever: the value that conversations and
//! proposals keep.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Cabin, Currency, Filter, Leg, Party, Sort};

/// A flight search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlightSearch {
    /// One to [`MAX_LEGS`](super::MAX_LEGS) legs, in order: a return has two. Where a leg starts
    /// from the alternatives at which the one before ends, or ends at those where the first
    /// starts, it is the same city in one offer.
    pub legs: Vec<Leg>,
    /// Each leg may depart so many days before or after its day.
    #[serde(default)]
    pub flexible_days: u8,
    /// Who travels.
    pub party: Party,
    /// Cabin of the longest segment of each slice; a feeder that does not have it is flown in the
    /// next one below, as its segment says.
    pub cabin: Cabin,
    /// What every offer satisfies.
    #[serde(default, skip_serializing_if = "Filter::asks_nothing")]
    pub filter: Filter,
    /// Order of the answer.
    #[serde(default)]
    pub sort: Sort,
    /// Currency of the prices.
    pub currency: Currency,
}

impl FlightSearch {
    /// One adult in economy at any time, best offers first.
    #[must_use]
    pub fn new(legs: Vec<Leg>, currency: Currency) -> Self {
        Self {
            legs,
            flexible_days: 0,
            party: Party::default(),
            cabin: Cabin::Economy,
            filter: Filter::default(),
            sort: Sort::default(),
            currency,
        }
    }

    /// Day of the first departure.
    #[must_use]
    pub fn depart(&self) -> Option<Date> {
        self.legs.first().map(|leg| leg.depart)
    }

    /// The way back of a return: out and back between the same ends.
    #[must_use]
    pub fn way_back(&self) -> Option<&Leg> {
        match &*self.legs {
            [out, back] => (back.origins == out.destinations && back.destinations == out.origins)
                .then_some(back),
            _ => None,
        }
    }

    /// The legs after the first, of an open jaw or of several cities: neither of a single nor of a
    /// return.
    #[must_use]
    pub fn onward(&self) -> &[Leg] {
        match self.way_back() {
            Some(_) => &[],
            None => self.legs.get(1..).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;
    use crate::{Alliance, DayPart, Money, Window};

    fn leg(from: &str, to: &str, day: Date) -> Leg {
        let codes = |text: &str| text.split(',').map(|code| code.parse().unwrap()).collect();
        Leg::new(codes(from), codes(to), day)
    }

    #[test]
    fn a_return_is_told_from_several_cities() {
        let (out, back) = (date(2027, 3, 3), date(2027, 3, 10));
        let legs = |legs: &[(&str, &str, Date)]| {
            let legs = legs.iter().map(|(from, to, day)| leg(from, to, *day));
            FlightSearch::new(legs.collect(), Currency::eur())
        };
        let single = legs(&[("LYS", "ROM", out)]);
        assert_eq!((single.way_back(), single.onward().len()), (None, 0));
        assert_eq!(single.depart(), Some(out));
        let plain = legs(&[("LYS,GVA", "ROM", out), ("ROM", "LYS,GVA", back)]);
        assert_eq!(plain.way_back().map(|leg| leg.depart), Some(back));
        assert!(plain.onward().is_empty());
        let jaw = legs(&[("LYS", "ROM", out), ("ATH", "LYS", back)]);
        assert_eq!((jaw.way_back(), jaw.onward().len()), (None, 1));
    }

    #[test]
    fn what_is_kept_reads_back() {
        let mut search = FlightSearch::new(
            vec![leg("LYS,GVA", "NYC", date(2027, 1, 12))],
            Currency::eur(),
        );
        let plain = serde_json::to_value(&search).unwrap();
        assert!(plain.get("filter").is_none() && plain["legs"][0].get("window").is_none());
        assert_eq!(
            plain["legs"][0]["origins"],
            serde_json::json!(["LYS", "GVA"])
        );
        search.legs[0].window = Window {
            part: Some(DayPart::Morning),
            arrival_before: Some(time(10, 30, 0, 0)),
            ..Window::ANY
        };
        search.filter = Filter {
            max_stops: Some(1),
            airlines: vec!["AF".parse().unwrap()],
            alliance: Some(Alliance::Skyteam),
            via: vec!["AMS".parse().unwrap()],
            no_overnight: true,
            max_price: Some(Money::new(90_000, "USD".parse().unwrap())),
            ..Filter::default()
        };
        search.party.children = vec![Some(7), None];
        for search in [
            FlightSearch::new(search.legs.clone(), Currency::eur()),
            search,
        ] {
            let kept = serde_json::to_string(&search).unwrap();
            let again: FlightSearch = serde_json::from_str(&kept).unwrap();
            assert_eq!(again, search, "{kept}");
        }
    }
}
