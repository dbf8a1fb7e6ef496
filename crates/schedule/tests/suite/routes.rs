//! Well-known routes: who flies them non-stop in reality, and what must not exist.

use std::collections::BTreeSet;

use jiff::{ToSpan, civil::date};
use travel::airport;

use super::{query, search, try_search};

/// Carriers with a non-stop flight in a week of July.
fn nonstop(from: &str, to: &str) -> BTreeSet<String> {
    let mut carriers = BTreeSet::new();
    for day in 0..7 {
        let mut query = query(from, to, date(2027, 7, 5) + day.days());
        query.search.filter.max_stops = Some(0);
        query.limit = 200;
        // Between airports of one city there is not even a search.
        for offer in try_search(&query).unwrap_or_default() {
            carriers.insert(offer.slices[0].segments[0].carrier.iata.to_string());
        }
    }
    carriers
}

#[test]
fn well_known_routes_are_flown_by_those_who_fly_them() {
    let known = [
        ("CDG", "JFK", "AF DL"),
        ("LHR", "JFK", "BA VS AA"),
        ("ORY", "NCE", "AF U2"),
        ("CDG", "NCE", "AF U2"),
        ("LYS", "NTE", "U2 V7"),
        ("SYD", "LAX", "QF"),
        ("CDG", "HND", "AF NH"),
        ("LHR", "SIN", "SQ BA"),
        ("DXB", "LHR", "EK BA"),
        ("FRA", "JFK", "LH"),
        ("AMS", "JFK", "KL DL"),
        ("MAD", "MEX", "IB AM"),
        ("MAD", "EZE", "IB"),
        ("LIS", "GRU", "TP"),
        ("CDG", "GRU", "AF"),
        ("CDG", "DSS", "AF"),
        ("CDG", "ABJ", "AF"),
        ("CDG", "ALG", "AF AH"),
        ("CDG", "TUN", "AF TU"),
        ("ORY", "PTP", "TX SS"),
        ("ORY", "RUN", "SS"),
        ("CDG", "RUN", "AF"),
        ("CDG", "MRU", "AF MK"),
        ("CDG", "YUL", "AF AC"),
        ("LHR", "HKG", "BA CX"),
        ("LHR", "DEL", "BA AI"),
        ("ATL", "LAX", "DL"),
        ("JFK", "LAX", "DL AA B6"),
        ("SFO", "HNL", "UA"),
        ("ORD", "DEN", "UA"),
        ("DFW", "MIA", "AA"),
        ("YYZ", "YVR", "AC"),
        ("MEX", "CUN", "AM Y4"),
        ("HND", "CTS", "JL NH"),
        ("HND", "FUK", "JL NH"),
        ("GMP", "CJU", "KE"),
        ("PEK", "PVG", "CA"),
        ("DEL", "BOM", "6E AI"),
        ("CGK", "DPS", "GA"),
        ("BKK", "HKT", "TG"),
        ("SIN", "CGK", "SQ"),
        ("SYD", "MEL", "QF VA"),
        ("AKL", "SYD", "NZ QF"),
        ("AKL", "WLG", "NZ"),
        ("JNB", "CPT", "SA"),
        ("NBO", "MBA", "KQ"),
        ("ADD", "NBO", "ET KQ"),
        ("CAI", "LHR", "MS"),
        ("IST", "CDG", "TK AF"),
        ("IST", "JFK", "TK"),
        ("DOH", "LHR", "QR"),
        ("SVO", "IST", "SU TK"),
        ("GVA", "LHR", "BA"),
        ("BSL", "NCE", "U2"),
        ("DUB", "STN", "FR"),
        ("BGY", "BCN", "FR"),
        ("BUD", "LTN", "W6"),
        ("BVA", "OPO", "FR"),
        ("OSL", "TOS", "DY SK"),
        ("HEL", "NRT", "AY"),
        ("KEF", "JFK", "FI"),
        ("PTY", "BOG", "CM"),
        ("BOG", "MDE", "AV"),
        ("SCL", "LIM", "LA"),
        ("GRU", "GIG", "LA G3"),
        ("AJA", "ORY", "XK"),
    ];
    let mut missing = Vec::new();
    for (from, to, carriers) in known {
        let there = nonstop(from, to);
        let lacking: Vec<_> = carriers
            .split(' ')
            .filter(|c| !there.contains(*c))
            .collect();
        if !lacking.is_empty() {
            missing.push(format!("{from}-{to} lacks {lacking:?}, has {there:?}"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn routes_that_nobody_flies_do_not_exist() {
    let unflown = [
        ("LYS", "JFK"),
        ("LYS", "EWR"),
        ("CDG", "SYD"),
        ("LHR", "SYD"),
        ("LHR", "AKL"),
        ("BVA", "JFK"),
        ("NTE", "JFK"),
        ("STN", "JFK"),
        ("LHR", "LGA"),
        ("LHR", "DCA"),
        ("CDG", "ORY"),
        ("CDG", "SVO"),
        ("LHR", "SVO"),
        ("JFK", "SVO"),
        ("CDG", "KBP"),
        ("DEL", "LHE"),
        ("ALG", "CMN"),
        ("ORY", "LYS"),
        ("ORY", "BOD"),
        ("LCY", "JFK"),
        ("LIN", "JFK"),
        ("GMP", "CDG"),
        ("CGH", "MIA"),
        ("SXB", "NRT"),
        ("LIL", "BKK"),
        ("TLV", "THR"),
        ("BES", "DXB"),
        ("EZE", "PEK"),
    ];
    for (from, to) in unflown {
        assert_eq!(nonstop(from, to), BTreeSet::new(), "{from}-{to}");
        assert_eq!(nonstop(to, from), BTreeSet::new(), "{to}-{from}");
    }
}

#[test]
fn carriers_stay_where_they_may_fly() {
    let never = [
        ("DUB", "JFK", "FR"),
        ("STN", "BOS", "FR"),
        ("NCE", "TUN", "DL"),
        ("NCE", "TUN", "UA"),
        ("CDG", "FRA", "DL"),
        ("LHR", "CDG", "AA"),
        ("LHR", "CDG", "VS"),
        ("CDG", "LHR", "EK"),
        ("FRA", "MUC", "AF"),
        ("SYD", "MEL", "SQ"),
        ("DEL", "BOM", "EK"),
        ("CDG", "HND", "SS"),
        ("LHR", "CDG", "FR"),
        ("ORY", "NCE", "SS"),
        ("JFK", "LAX", "BA"),
        ("LGW", "JFK", "U2"),
    ];
    for (from, to, carrier) in never {
        assert!(
            !nonstop(from, to).contains(carrier),
            "{carrier} {from}-{to}"
        );
    }
}

#[test]
fn paris_to_new_york_has_several_carriers_a_day() {
    let mut query = query("PAR", "NYC", date(2027, 1, 13));
    query.search.filter.max_stops = Some(0);
    query.limit = 50;
    let carriers: BTreeSet<_> = search(&query)
        .iter()
        .map(|offer| offer.slices[0].segments[0].carrier.iata)
        .collect();
    assert!(carriers.len() >= 3, "{carriers:?}");
}

#[test]
fn lyon_to_new_york_needs_a_connection() {
    let offers = search(&query("LYS", "NYC", date(2027, 1, 12)));
    assert!(offers.len() >= 5);
    assert!(offers.iter().all(|offer| offer.stops() >= 1));
}

#[test]
fn remote_places_are_reached() {
    for (from, to) in [
        ("PAR", "USH"),
        ("PAR", "NOU"),
        ("LYS", "RUN"),
        ("BES", "KTN"),
        ("PAR", "IPC"),
    ] {
        let found =
            (0..7).any(|day| !search(&query(from, to, date(2027, 2, 1) + day.days())).is_empty());
        assert!(found, "{from}-{to}");
        assert!(airport::by_code(to.parse().unwrap()).is_some());
    }
}
