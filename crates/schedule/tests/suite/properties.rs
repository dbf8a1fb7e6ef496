//! What holds for every search.

use jiff::{ToSpan, civil::date};
use proptest::prelude::*;
use travel::{
    Cabin, Currency, DayPart, Filter, FlightQuery, FlightSearch, Iata, Money, Offer, Party, Sort,
    airport,
};

use super::{lines, query, search, with_return};

const ENDS: [&str; 28] = [
    "PAR", "LYS", "NCE", "LON", "NYC", "TYO", "SYD", "AKL", "JNB", "GRU", "LIM", "DXB", "DEL",
    "SIN", "HNL", "YVR", "RUN", "DSS", "KEF", "TOS", "BES", "PPT", "NBO", "MEX", "IST", "SVO",
    "AAL", "USH",
];

fn any_query() -> impl Strategy<Value = FlightQuery> {
    let trip = (
        0..ENDS.len(),
        1..ENDS.len(),
        1..330_i64,
        proptest::option::of(0..30_i64),
    );
    let party = (1..5_u8, 0..3_usize, 0..2_u8);
    let cabin = prop_oneof![
        4 => Just(Cabin::Economy), 1 => Just(Cabin::PremiumEconomy),
        1 => Just(Cabin::Business), 1 => Just(Cabin::First),
    ];
    let part = prop_oneof![
        Just(DayPart::Morning),
        Just(DayPart::Afternoon),
        Just(DayPart::Evening),
        Just(DayPart::Night),
    ];
    let filters = (
        proptest::option::of(0..3_u8),
        proptest::option::weighted(0.2, part),
        proptest::option::weighted(0.3, 50..3_000_i64),
        proptest::option::weighted(0.1, Just("AF".parse().unwrap())),
    );
    let sort = prop_oneof![
        Just(Sort::Best),
        Just(Sort::Price),
        Just(Sort::Duration),
        Just(Sort::Emissions),
        Just(Sort::Departure),
    ];
    let currency = prop_oneof![Just("EUR"), Just("JPY"), Just("USD"), Just("KWD")];
    (trip, party, cabin, filters, sort, currency, 1..15_usize).prop_map(
        |(
            (from, step, ahead, stay),
            (adults, children, infants),
            cabin,
            filters,
            sort,
            currency,
            limit,
        )| {
            let (max_stops, departure, price, airline) = filters;
            let depart = date(2026, 11, 22) + ahead.days();
            let currency: Currency = currency.parse().unwrap();
            let mut query = with_return(
                query(ENDS[from], ENDS[(from + step) % ENDS.len()], depart),
                stay.map(|days| depart + days.days()),
            );
            query.search.legs[0].window.part = departure;
            query.search = FlightSearch {
                party: Party {
                    adults,
                    children: vec![None; children],
                    infants,
                },
                cabin,
                filter: Filter {
                    max_stops,
                    max_price: price.map(|euros| Money::new(euros * 100, "EUR".parse().unwrap())),
                    airlines: airline.into_iter().collect(),
                    ..Filter::default()
                },
                sort,
                currency,
                ..query.search
            };
            FlightQuery { limit, ..query }
        },
    )
}

fn ends(codes: &[Iata]) -> Vec<String> {
    let airports = codes.iter().flat_map(|&code| airport::resolve(code));
    airports.map(|a| a.iata.to_string()).collect()
}

fn check_flights(query: &FlightQuery, offer: &Offer) {
    assert_eq!(offer.slices.len(), query.search.legs.len());
    for (slice, leg) in offer.slices.iter().zip(&query.search.legs) {
        let sides = [ends(&leg.origins), ends(&leg.destinations)];
        let (first, last) = (
            &slice.segments[0],
            &slice.segments[slice.segments.len() - 1],
        );
        assert!(sides[0].contains(&first.origin.iata.to_string()));
        assert!(sides[1].contains(&last.destination.iata.to_string()));
        assert_eq!(
            (&slice.origin, &slice.destination),
            (&first.origin, &last.destination)
        );
        assert_eq!(
            first.departing_at.civil().date(),
            leg.depart,
            "departs on its day"
        );
        assert_eq!(
            slice.duration,
            last.arriving_at.at.duration_since(first.departing_at.at)
        );
        assert_eq!(usize::from(slice.stops) + 1, slice.segments.len());
        let mut visited = vec![first.origin.iata];
        for segment in &slice.segments {
            assert!(segment.arriving_at.at > segment.departing_at.at);
            assert_eq!(*visited.last().unwrap(), segment.origin.iata, "contiguous");
            assert!(
                !visited.contains(&segment.destination.iata),
                "no airport twice"
            );
            visited.push(segment.destination.iata);
            for (time, place) in [
                (segment.departing_at, &segment.origin),
                (segment.arriving_at, &segment.destination),
            ] {
                let zone = airport::by_code(place.iata).unwrap().zone();
                assert_eq!(zone.to_offset(time.at), time.offset);
            }
            assert!(segment.cabin <= query.search.cabin);
        }
        for pair in slice.segments.windows(2) {
            let wait = pair[1]
                .departing_at
                .at
                .duration_since(pair[0].arriving_at.at);
            assert!((35..=24 * 60).contains(&wait.as_mins()), "{wait:?}");
            let separate = pair[0].carrier.iata != pair[1].carrier.iata && {
                let low_cost = |code| travel::carrier::by_code(code).unwrap().low_cost;
                low_cost(pair[0].carrier.iata) || low_cost(pair[1].carrier.iata)
            };
            assert!(!separate || wait.as_mins() >= 180, "two tickets");
        }
        let main = slice.segments.iter().max_by_key(|s| s.duration).unwrap();
        assert!(
            query.search.cabin == main.cabin
                || slice.segments.iter().any(|s| s.cabin == query.search.cabin)
        );
    }
    if let [out, back] = offer.slices.as_slice() {
        assert!(back.segments[0].departing_at.at > out.segments.last().unwrap().arriving_at.at);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn offers_hold_what_was_asked(query in any_query()) {
        let offers = search(&query);
        prop_assert!(offers.len() <= query.limit);
        prop_assert_eq!(&search(&query), &offers, "the same answer twice");
        if let Some(quick) = schedule::quick(&query).unwrap() {
            prop_assert_eq!(quick, schedule::search(&query).unwrap(), "the same answer sooner");
        }
        for offer in &offers {
            check_flights(&query, offer);
            prop_assert_eq!(offer.currency(), query.search.currency);
            prop_assert!(offer.total.minor > 0);
            if let Some(stops) = query.search.filter.max_stops {
                prop_assert!(offer.stops() <= stops);
            }
            if let Some(part) = query.search.legs[0].window.part {
                let hour = offer.slices[0].segments[0].departing_at.civil().hour();
                prop_assert_eq!(DayPart::of_hour(hour), part);
            }
            if let Some(limit) = query.search.filter.max_price {
                prop_assert!(offer.total.minor <= Currency::convert(limit, query.search.currency).minor);
            }
            for &airline in &query.search.filter.airlines {
                let all = offer.slices.iter().flat_map(|s| &s.segments);
                prop_assert!(all.into_iter().all(|s| s.carrier.iata == airline));
            }
        }
        let sorted = match query.search.sort {
            Sort::Price => offers.is_sorted_by_key(|o| o.total.minor),
            Sort::Duration => offers.is_sorted_by_key(Offer::duration),
            Sort::Emissions => offers.is_sorted_by_key(|o| o.emissions_kg),
            Sort::Departure => {
                offers.is_sorted_by_key(|o| o.slices[0].segments[0].departing_at.at)
            }
            Sort::Best => true,
        };
        prop_assert!(sorted, "{}", lines(&offers));
        let mut ids: Vec<_> = offers.iter().map(|o| &o.id).collect();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), offers.len(), "no offer twice");
    }

    #[test]
    fn every_passenger_costs_more(mut query in any_query()) {
        query.search.sort = Sort::Price;
        query.search.filter.max_price = None;
        query.limit = 1;
        let alone = search(&query);
        for grow in [
            (|p: &mut Party| p.adults += 1) as fn(&mut Party),
            |p| p.children.push(Some(5)),
        ] {
            let mut more = query.clone();
            grow(&mut more.search.party);
            let together = search(&more);
            prop_assert_eq!(alone.len(), together.len());
            for (few, many) in alone.iter().zip(&together) {
                prop_assert!(many.total.minor > few.total.minor);
                prop_assert!(many.emissions_kg > few.emissions_kg || few.slices != many.slices);
            }
        }
    }
}
