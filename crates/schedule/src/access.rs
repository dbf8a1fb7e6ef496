//! Who may fly where: freedoms of the air, closed skies, and airports with a limited reach.

use crate::{
    operators::Operator,
    places::{Node, Places},
    region::{adjacent, in_single_market, of, sovereign},
};

/// Airports that rules or runways keep to shorter routes, with their longest in kilometres.
#[rustfmt::skip]
const SHORT_REACH: [(&str, u16); 38] = [
    // Perimeter rules of 1,500 and 1,250 statute miles.
    ("LGA", 2_414), ("DCA", 2_012),
    // Second airports without long runways or border control for distant flights.
    ("MDW", 4_300), ("DAL", 4_300), ("HOU", 4_300), ("SNA", 4_300), ("BUR", 4_300), ("LGB", 4_300),
    ("SJC", 9_000), ("OAK", 9_000), ("ONT", 4_300), ("PIE", 4_300), ("SFB", 7_000), ("HPN", 2_500),
    ("ISP", 2_500), ("AZA", 4_300), ("YTZ", 1_500), ("YHU", 3_700), ("LCY", 2_500), ("LIN", 1_700),
    ("BMA", 1_500), ("BHD", 1_600), ("RKV", 1_000), ("TSF", 3_000), ("CIA", 3_500), ("BVA", 4_200),
    // Domestic airports of Asian and South American capitals, with some near routes.
    ("SHA", 2_600), ("GMP", 2_200), ("TSA", 2_300), ("ITM", 1_500), ("UKB", 2_300), ("HLP", 2_500),
    ("SZB", 2_000), ("DMK", 5_200), ("SDU", 1_200), ("CGH", 2_700), ("AEP", 3_000),
    ("EOH", 800),
];

/// Airports whose slots low-cost carriers without a base there do not get.
const SLOT_BOUND: [&str; 6] = ["LHR", "CDG", "AMS", "FRA", "HND", "ZRH"];

/// French domestic routes ended by decree 2023-385 of 22 May 2023, for the train is as fast.
const REPLACED_BY_TRAIN: [(&str, &str); 3] = [("LYS", "ORY"), ("NTE", "ORY"), ("BOD", "ORY")];

/// Countries between which no airline of either flies.
const CLOSED: [(&str, &str); 15] = [
    ("IN", "PK"),
    ("DZ", "MA"),
    ("AM", "AZ"),
    ("KP", "KR"),
    ("KP", "US"),
    ("IR", "US"),
    ("SY", "US"),
    ("IL", "IR"),
    ("IL", "LB"),
    ("IL", "SY"),
    ("IL", "IQ"),
    ("IL", "SA"),
    ("IL", "PK"),
    ("IL", "QA"),
    ("DZ", "IL"),
];

/// Whether the skies between two countries are open. Russia and Belarus are closed to the
/// countries that closed theirs in 2022, and Ukraine to everyone.
fn open(a: &str, b: &str) -> bool {
    let (a, b) = (sovereign(a), sovereign(b));
    let shut_in_2022 = |c: &str| {
        let open = matches!(c, "RS" | "MD" | "BA" | "AL" | "ME" | "MK" | "XK");
        (in_single_market(c) && !open)
            || matches!(c, "US" | "CA" | "JP" | "KR" | "AU" | "NZ" | "TW" | "SG")
    };
    let sanctioned = |c: &str| matches!(c, "RU" | "BY");
    let pair = if a < b { (a, b) } else { (b, a) };
    !(a == "UA" || b == "UA" || CLOSED.contains(&pair))
        && !(sanctioned(a) && shut_in_2022(b) || sanctioned(b) && shut_in_2022(a))
}

/// Longest route from an airport, in kilometres.
pub(super) fn longest_km(iata: &str) -> u16 {
    let limited = SHORT_REACH.iter().find(|(code, _)| *code == iata);
    limited.map_or(u16::MAX, |&(_, km)| km)
}

/// Whether low-cost carriers without a base there stay away for want of slots.
pub(super) fn is_slot_bound(iata: &str) -> bool {
    SLOT_BOUND.contains(&iata)
}

/// Whether the two airports may be linked by anyone. Flights of one metropolitan area are not.
pub(super) fn may_link(places: &Places, a: Node, b: Node, km: u16) -> bool {
    let (one, other) = (places[a].airport, places[b].airport);
    let (first, second) = (one.iata.as_str(), other.iata.as_str());
    let pair = if first < second {
        (first, second)
    } else {
        (second, first)
    };
    km <= places[a].longest_km.min(places[b].longest_km)
        && !places.same_metro(a, b)
        && !REPLACED_BY_TRAIN.contains(&pair)
        && open(one.country, other.country)
}

/// Whether this carrier may fly from its station to another airport: a route touches its home,
/// except inside the single market and, for bases abroad, inside their region.
pub(super) fn may_fly(places: &Places, operator: &Operator, station: Node, other: Node) -> bool {
    let (from, to) = (&places[station], &places[other]);
    if operator.carrier.low_cost && to.slot_bound && !operator.is_station(other) {
        return false;
    }
    if operator.is_home(places, station) || operator.is_home(places, other) {
        return true;
    }
    if operator.single_market && in_single_market(from.airport.country) {
        return adjacent(from.region, to.region);
    }
    let own = of(operator.carrier.country);
    operator.carrier.low_cost && from.region == own && to.region == own
}

#[cfg(test)]
mod tests {
    use super::*;
    use travel::airport;

    #[test]
    fn every_airport_named_here_exists() {
        let limited = SHORT_REACH.iter().map(|(code, _)| code);
        for code in limited.chain(&SLOT_BOUND) {
            assert!(airport::by_code(code.parse().unwrap()).is_some(), "{code}");
        }
    }

    #[test]
    fn pairs_are_written_in_order() {
        for (a, b) in CLOSED.iter().chain(&REPLACED_BY_TRAIN) {
            assert!(a < b, "{a} {b}");
        }
    }

    #[test]
    fn skies_closed_in_2022() {
        assert!(!open("FR", "RU") && !open("RU", "RE") && !open("PL", "UA"));
        assert!(open("RU", "TR") && open("RS", "RU") && open("FR", "US"));
    }
}
