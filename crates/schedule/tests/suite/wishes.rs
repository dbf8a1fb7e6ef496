//! Wishes and refusals: no offer breaks one, whatever the pair and the combination.

use jiff::{
    SignedDuration, ToSpan,
    civil::{Time, date, time},
};
use proptest::prelude::*;
use travel::{
    Alliance, CarrierCode, Filter, FlightQuery, Iata, Money, Offer, Slice, Sort, Window, airport,
    carrier, leg::SAME_DAY_KM,
};

use super::{codes, lines, query, search, with_return};

const ENDS: [&str; 22] = [
    "PAR", "ORY", "LYS", "NCE", "LON", "STN", "ROM", "BCN", "BER", "ATH", "NYC", "LAX", "TYO",
    "SYD", "DXB", "SIN", "BES", "CFE", "IST", "YUL", "RUN", "DUB",
];
const STOPS: [&str; 10] = [
    "ZRH", "FRA", "AMS", "LON", "PAR", "DXB", "DOH", "IST", "MAD", "NYC",
];
const CARRIERS: [&str; 10] = ["FR", "U2", "AF", "LH", "BA", "KL", "EK", "VY", "TK", "DL"];

const SORTS: [Sort; 5] = [
    Sort::Best,
    Sort::Price,
    Sort::Duration,
    Sort::Emissions,
    Sort::Departure,
];

fn some_of<T: std::str::FromStr + Clone + std::fmt::Debug + 'static>(
    texts: &'static [&'static str],
    most: usize,
) -> impl Strategy<Value = Vec<T>> {
    proptest::sample::subsequence(texts, 0..=most).prop_map(|texts| {
        let parsed = texts.iter().map(|text| text.parse());
        parsed.collect::<Result<_, _>>().unwrap_or_default()
    })
}

fn any_filter() -> impl Strategy<Value = Filter> {
    let carriers = (
        prop_oneof![3 => Just(Vec::new()), 1 => some_of::<CarrierCode>(&CARRIERS, 3)],
        some_of::<CarrierCode>(&CARRIERS, 4),
        proptest::option::weighted(0.2, proptest::sample::select(&Alliance::ALL[..])),
        proptest::option::weighted(0.3, any::<bool>()),
    );
    let stops = (
        prop_oneof![4 => Just(Vec::new()), 1 => some_of::<Iata>(&STOPS, 2)],
        some_of::<Iata>(&STOPS, 3),
        proptest::option::of(0..3_u8),
    );
    let fares = (
        proptest::bool::weighted(0.3),
        proptest::bool::weighted(0.3),
        proptest::bool::weighted(0.2),
        proptest::option::weighted(0.3, 40..2_500_i64),
        proptest::option::weighted(0.2, 40..1_500_i64),
    );
    let euros = |amount: i64| Money::new(amount * 100, "EUR".parse().unwrap());
    (carriers, stops, fares).prop_map(
        move |(
            (airlines, exclude_airlines, alliance, low_cost),
            (via, avoid_via, max_stops),
            (no_overnight, checked_bag, refundable, total, each),
        )| Filter {
            max_stops,
            airlines,
            exclude_airlines,
            alliance,
            low_cost,
            via,
            avoid_via,
            no_overnight,
            checked_bag,
            refundable,
            max_price: total.map(euros),
            max_price_each: each.map(euros),
        },
    )
}

fn any_window() -> impl Strategy<Value = Window> {
    let span = || {
        proptest::option::weighted(0.3, (0..20_i8, 3..12_i8)).prop_map(|span| {
            let time = |hour: i8| time(hour.min(23), 0, 0, 0);
            span.map(|(hour, hours)| (time(hour), time(hour + hours)))
        })
    };
    (span(), span()).prop_map(|(departure, arrival)| Window {
        part: None,
        departure_after: departure.map(|span| span.0),
        departure_before: departure.map(|span| span.1),
        arrival_after: arrival.map(|span| span.0),
        arrival_before: arrival.map(|span| span.1),
    })
}

fn any_query() -> impl Strategy<Value = FlightQuery> {
    let trip = (
        0..ENDS.len(),
        1..ENDS.len(),
        5..300_i64,
        proptest::option::of(1..20_i64),
        0..3_u8,
    );
    let rest = (
        proptest::sample::select(&SORTS[..]).boxed(),
        1..12_usize,
        0..8_usize,
    );
    (trip, any_filter(), any_window(), any_window(), rest)
        .prop_map(
            |((from, step, ahead, stay, flexible), filter, out, back, (sort, limit, skip))| {
                let depart = date(2026, 11, 22) + ahead.days();
                let to = ENDS[(from + step) % ENDS.len()];
                let mut query = with_return(
                    query(ENDS[from], to, depart),
                    stay.map(|days| depart + days.days()),
                );
                for (leg, window) in query.search.legs.iter_mut().zip([out, back]) {
                    leg.window = window;
                }
                query.search.flexible_days = flexible;
                query.search.filter = filter;
                query.search.sort = sort;
                FlightQuery {
                    limit,
                    skip,
                    ..query
                }
            },
        )
        .prop_filter("one city", |query| {
            let leg = &query.search.legs[0];
            !airport::same_city(leg.origins[0], leg.destinations[0])
        })
}

fn holds(codes: &[Iata], code: Iata) -> bool {
    let airports = codes.iter().flat_map(|&code| airport::resolve(code));
    airports.into_iter().any(|airport| airport.iata == code)
}

fn check_slice(query: &FlightQuery, nth: usize, slice: &Slice) {
    let (leg, filter) = (&query.search.legs[nth], &query.search.filter);
    for segment in &slice.segments {
        let code = segment.carrier.iata;
        let carrier = carrier::by_code(code).unwrap();
        assert!(filter.airlines.is_empty() || filter.airlines.contains(&code));
        assert!(
            !filter.exclude_airlines.contains(&code),
            "{code} is refused"
        );
        assert!(filter.alliance.is_none() || carrier.alliance == filter.alliance);
        assert!(
            filter
                .low_cost
                .is_none_or(|wanted| carrier.low_cost == wanted)
        );
        assert!(!filter.no_overnight || !segment.is_overnight());
    }
    let stops = || {
        slice.segments[1..]
            .iter()
            .map(|segment| segment.origin.iata)
    };
    assert!(filter.via.is_empty() || stops().any(|stop| holds(&filter.via, stop)));
    assert!(!stops().any(|stop| holds(&filter.avoid_via, stop)));
    assert!(filter.max_stops.is_none_or(|most| slice.stops <= most));
    let place = |code| airport::by_code(code).unwrap();
    let (from, to) = (place(slice.origin.iata), place(slice.destination.iata));
    for stop in stops() {
        assert!(
            ![from.area, to.area].contains(&place(stop).area),
            "through its own city"
        );
    }
    let (first, last) = (
        &slice.segments[0],
        &slice.segments[slice.segments.len() - 1],
    );
    let (leaves, lands) = (first.departing_at.civil(), last.arriving_at.civil());
    let shift = (leaves.date() - leg.depart).get_days().unsigned_abs();
    assert!(shift <= u32::from(query.search.flexible_days));
    let minute = |time: Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
    let within = |after: Option<Time>, before: Option<Time>, time: Time| {
        after.is_none_or(|after| minute(time) >= minute(after))
            && before.is_none_or(|before| minute(time) <= minute(before))
    };
    let window = &leg.window;
    assert!(within(
        window.departure_after,
        window.departure_before,
        leaves.time()
    ));
    assert!(within(
        window.arrival_after,
        window.arrival_before,
        lands.time()
    ));
    let short = schedule::direct(from, to).km < SAME_DAY_KM;
    assert!(!(short && window.bounds_arrival()) || leaves.date() == lands.date());
}

fn check(query: &FlightQuery, offer: &Offer) {
    assert_eq!(offer.slices.len(), query.search.legs.len());
    for (nth, slice) in offer.slices.iter().enumerate() {
        check_slice(query, nth, slice);
    }
    let filter = &query.search.filter;
    assert!(!filter.checked_bag || offer.baggage.checked >= 1);
    assert!(!filter.refundable || offer.conditions.refundable);
    assert!(
        filter
            .max_price
            .is_none_or(|most| offer.total.minor <= most.minor)
    );
    let each = offer.per_passenger.iter();
    let each = each.map(|fare| Money::parse(&fare.amount, offer.currency()).unwrap().minor);
    assert!(
        filter
            .max_price_each
            .is_none_or(|most| each.max().unwrap() <= most.minor)
    );
    for pair in offer.slices.windows(2) {
        let landed = pair[0].segments.last().unwrap().arriving_at.at;
        let wait = pair[1].segments[0].departing_at.at.duration_since(landed);
        assert!(wait >= SignedDuration::from_mins(90), "{wait:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_offer_breaks_a_wish_or_a_refusal(query in any_query()) {
        let found = schedule::search(&query).unwrap();
        prop_assert!(found.offers.len() <= query.limit);
        prop_assert_eq!(
            found.offers.len(),
            query.limit.min(found.in_all.saturating_sub(query.skip))
        );
        for offer in &found.offers {
            check(&query, offer);
            let again = schedule::reprice(offer, &query).unwrap();
            prop_assert_eq!(again.as_ref(), Some(offer), "{}", lines(&found.offers));
        }
    }

    #[test]
    fn a_refusal_adds_nothing(mut query in any_query()) {
        query.search.filter = Filter::default();
        query.limit = 20;
        query.skip = 0;
        query.search.flexible_days = 0;
        let free = schedule::search(&query).unwrap();
        let Some(offer) = free.offers.first() else { return Ok(()) };
        let refused = offer.slices[0].segments[0].carrier.iata;
        query.search.filter.exclude_airlines = vec![refused];
        for offer in search(&query) {
            check(&query, &offer);
        }
    }

    #[test]
    fn where_someone_flies_nonstop_nobody_takes_days(
        (from, step, ahead) in (0..ENDS.len(), 1..ENDS.len(), 5..300_i64)
    ) {
        let to = ENDS[(from + step) % ENDS.len()];
        let from = ENDS[from];
        prop_assume!(!airport::same_city(from.parse().unwrap(), to.parse().unwrap()));
        let mut query = query(from, to, date(2026, 11, 22) + ahead.days());
        query.limit = 1_000;
        let offers = search(&query);
        let nonstop = offers.iter().filter(|offer| offer.stops() == 0).map(Offer::duration).min();
        if let Some(nonstop) = nonstop {
            for offer in &offers {
                let more = (nonstop * 3 / 2).clamp(SignedDuration::from_hours(5), SignedDuration::from_hours(12));
                prop_assert!(offer.duration() <= nonstop + more, "{}", lines(&offers));
            }
        }
    }

    #[test]
    fn pages_show_every_offer_once_and_the_best_at_once(mut query in any_query(), size in 3..9_usize) {
        query.search.filter = Filter::default();
        query.search.flexible_days = 0;
        query.skip = 0;
        query.limit = 100_000;
        let all = schedule::search(&query).unwrap();
        prop_assert_eq!(all.offers.len(), all.in_all);
        query.limit = size;
        let mut seen = Vec::new();
        for page in 0..4 {
            query.skip = page * size;
            let shown = schedule::search(&query).unwrap();
            prop_assert_eq!(shown.in_all, all.in_all);
            if page == 0 && all.in_all > 0 {
                let cheapest = all.offers.iter().map(|o| o.total.minor).min();
                let fastest = all.offers.iter().map(Offer::duration).min();
                prop_assert_eq!(shown.offers.iter().map(|o| o.total.minor).min(), cheapest);
                prop_assert_eq!(shown.offers.iter().map(Offer::duration).min(), fastest);
                prop_assert_eq!(&shown.offers[0].id, &all.offers[0].id);
            }
            seen.extend(shown.offers.into_iter().map(|offer| offer.id));
        }
        let count = seen.len();
        prop_assert_eq!(count, all.in_all.min(4 * size));
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen.len(), count, "no offer on two pages");
    }
}

#[test]
fn wishes_that_cost_more_are_paid_for() {
    let mut plain = query("NCE", "LON", date(2027, 2, 10));
    plain.search.sort = Sort::Price;
    plain.limit = 1;
    let cheapest = search(&plain).remove(0).total.minor;
    for wish in [
        |filter: &mut Filter| filter.checked_bag = true,
        |filter: &mut Filter| filter.refundable = true,
    ] {
        let mut more = plain.clone();
        wish(&mut more.search.filter);
        let offers = search(&more);
        assert!(!offers.is_empty() && offers[0].total.minor > cheapest);
        check(&more, &offers[0]);
    }
}

#[test]
fn a_place_on_the_way_is_gone_through() {
    for (from, via, to) in [
        ("PAR", "DXB", "SYD"),
        ("PAR", "DXB", "ROM"),
        ("LYS", "LON", "NYC"),
        ("NCE", "IST", "SIN"),
    ] {
        let mut through = query(from, to, date(2027, 3, 10));
        through.search.filter.via = codes(via);
        let offers = search(&through);
        assert!(!offers.is_empty(), "{from} {via} {to}");
        for offer in &offers {
            check(&through, offer);
        }
        let mut around = query(from, to, date(2027, 3, 10));
        around.search.filter.avoid_via = codes(via);
        assert!(!search(&around).is_empty(), "{from} not {via} {to}");
    }
}

#[test]
fn flexible_days_are_searched_and_told() {
    let mut flexible = query("LYS", "LIS", date(2027, 2, 10));
    flexible.search.flexible_days = 3;
    flexible.search.sort = Sort::Price;
    flexible.limit = 200;
    let offers = search(&flexible);
    let mut days: Vec<_> = offers
        .iter()
        .map(|offer| offer.slices[0].segments[0].departing_at.civil().date())
        .collect();
    days.sort_unstable();
    days.dedup();
    assert!(days.len() >= 4, "{days:?}");
    let mut fixed = flexible.clone();
    fixed.search.flexible_days = 0;
    assert!(offers[0].total.minor <= search(&fixed)[0].total.minor);
}
