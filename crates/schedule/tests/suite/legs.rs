//! Journeys of several legs: open jaws and round trips.

use jiff::{SignedDuration, ToSpan, civil::date};
use proptest::prelude::*;
use travel::{FlightQuery, Leg, Offer, Sort, airport};

use super::{codes, lines, query, search, with_return};

const CITIES: [&str; 12] = [
    "PAR", "ROM", "ATH", "LIS", "BER", "LON", "NYC", "TYO", "SIN", "DXB", "IST", "MAD",
];

/// A round trip through cities, each some days after the one before.
fn through(cities: &[&str], start: jiff::civil::Date, days: i64) -> FlightQuery {
    let mut query = query(cities[0], cities[1], start);
    query.search.legs = (0..)
        .zip(cities.windows(2))
        .map(|(nth, pair)| {
            let day = start + (days * nth).days();
            Leg::new(codes(pair[0]), codes(pair[1]), day)
        })
        .collect();
    query
}

/// Whether the second of two offers of a leg leaves well after the first has landed, whatever
/// changing airports within a city takes.
fn follow(pair: &[Offer]) -> bool {
    let landed = pair[0].slices[0].segments.last().unwrap().arriving_at.at;
    let leaves = pair[1].slices[0].segments[0].departing_at.at;
    leaves.duration_since(landed) >= SignedDuration::from_hours(5)
}

fn check(query: &FlightQuery, offer: &Offer) {
    assert_eq!(offer.slices.len(), query.search.legs.len());
    for (slice, leg) in offer.slices.iter().zip(&query.search.legs) {
        let place = |code| airport::resolve(code).into_iter();
        let mut from = leg.origins.iter().flat_map(|&code| place(code));
        assert!(from.any(|airport| airport.iata == slice.origin.iata));
        let mut to = leg.destinations.iter().flat_map(|&code| place(code));
        assert!(to.any(|airport| airport.iata == slice.destination.iata));
        assert_eq!(slice.segments[0].departing_at.civil().date(), leg.depart);
    }
    for pair in offer.slices.windows(2) {
        let landed = pair[0].segments.last().unwrap().arriving_at.at;
        let wait = pair[1].segments[0].departing_at.at.duration_since(landed);
        let change = if pair[0].destination.iata == pair[1].origin.iata {
            90
        } else {
            180
        };
        assert!(wait >= SignedDuration::from_mins(change), "{wait:?}");
    }
}

#[test]
fn an_open_jaw_comes_back_from_elsewhere() {
    let mut jaw = query("PAR", "ROM", date(2027, 3, 3));
    jaw.search
        .legs
        .push(Leg::new(codes("ATH"), codes("PAR"), date(2027, 3, 14)));
    let offers = search(&jaw);
    assert!(!offers.is_empty());
    for offer in &offers {
        check(&jaw, offer);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn up_to_six_legs_follow_each_other(
        cities in proptest::sample::subsequence(&CITIES[..], 2..=6).prop_shuffle(),
        ahead in 5..250_i64,
        // A day after a flight to the other side of the world, it has not landed yet.
        days in 2..6_i64,
        limit in 3..8_usize,
    ) {
        let mut stops = cities.clone();
        stops.push(cities[0]);
        let mut query = through(&stops, date(2026, 11, 22) + ahead.days(), days);
        query.limit = limit;
        let found = schedule::search(&query).unwrap();
        prop_assert!(!found.offers.is_empty(), "{stops:?}");
        for offer in &found.offers {
            check(&query, offer);
            let again = schedule::reprice(offer, &query).unwrap();
            prop_assert_eq!(again.as_ref(), Some(offer), "{}", lines(&found.offers));
        }
        // The cheapest of all costs no more than the cheapest of each leg alone, where those can
        // follow each other: one that lands days later may miss the next.
        query.search.sort = Sort::Price;
        let alone = query.search.legs.iter().map(|leg| {
            let mut one = query.clone();
            one.search.legs = vec![leg.clone()];
            search(&one).swap_remove(0)
        });
        let alone: Vec<Offer> = alone.collect();
        let cheapest = search(&query)[0].total.minor;
        let sum: i64 = alone.iter().map(|offer| offer.total.minor).sum();
        let rounding = 100 * query.search.legs.len() as i64;
        prop_assert!(
            cheapest <= sum + rounding || !alone.windows(2).all(follow),
            "{cheapest} {sum}"
        );
    }

    #[test]
    fn alternatives_are_chosen_once(ahead in 5..250_i64, limit in 3..12_usize) {
        let depart = date(2026, 11, 22) + ahead.days();
        let mut query = with_return(query("LYS,GVA", "OPO,LIS", depart), Some(depart + 7.days()));
        query.limit = limit;
        let offers = search(&query);
        prop_assert!(!offers.is_empty());
        for offer in &offers {
            let (out, back) = (&offer.slices[0], &offer.slices[1]);
            prop_assert_eq!(&out.destination.iata, &back.origin.iata, "{}", lines(&offers));
            prop_assert_eq!(&out.origin.iata, &back.destination.iata, "{}", lines(&offers));
        }
    }
}

#[test]
fn days_of_legs_go_forward() {
    let mut wrong = through(&["PAR", "ROM", "ATH", "PAR"], date(2027, 3, 3), 5);
    wrong.search.legs[1].depart = date(2027, 3, 2);
    assert!(schedule::search(&wrong).is_err());
}
