//! The arguments of a flight search: what they mean, and what is said of those that cannot be used.

use std::sync::Arc;

use agent::{
    capability::flights::FlightsFound,
    capability::flights::{
        find_cheapest_dates::FindCheapestDatesArgs,
        search_flights::{SearchFlights, SearchFlightsArgs},
    },
    event::Door,
    locale::Locale,
    prompt::tier::Tier,
    sources::{FlightSource, offline::OfflineFlights},
    tools::{Problem, Tool, ToolContext, ToolError, Within},
    travel::Alliance,
};
use jiff::civil::{date, time};
use serde_json::{Value, json};

fn context() -> ToolContext {
    ToolContext {
        now: "2026-11-22T11:00:00[Europe/Paris]".parse().unwrap(),
        locale: Locale::Fr,
        currency: "EUR".parse().unwrap(),
        state: Arc::default(),
        confirmed: None,
        tier: Tier::Full,
        direct: Some(Door::Api),
        conversation: None,
        capture_content: false,
    }
}

/// A search from Lyon to Lisbon with these arguments besides, or instead.
fn with(more: Value) -> SearchFlightsArgs {
    let mut all = json!({"departure": "LYS", "arrival": "LIS", "date": "2027-02-09"});
    let more = more.as_object().unwrap().clone();
    all.as_object_mut().unwrap().extend(more);
    serde_json::from_value(all).unwrap()
}

#[test]
fn a_search_of_an_older_version_still_reads_and_means_the_same() {
    let stored = r#"{"departure":"LYS,GVA","arrival":"NYC","date":"2027-01-12",
        "return_date":"2027-01-20","adults":2,"children_ages":[7],"infants":1,"cabin":"business",
        "max_stops":1,"airline":"AF","departure_time":"morning","max_price":"900","currency":"USD",
        "sort":"price","limit":7}"#;
    let args: SearchFlightsArgs = serde_json::from_str(stored).unwrap();
    let query = args.query(&context()).unwrap();
    assert_eq!(query.search.legs.len(), 2);
    assert_eq!(query.search.legs[1].depart, date(2027, 1, 20));
    assert_eq!(
        query.search.legs[0].origins,
        query.search.legs[1].destinations
    );
    assert!(
        query.search.legs[1].window.part.is_none(),
        "that of the way out"
    );
    assert_eq!(query.search.filter.airlines, ["AF".parse().unwrap()]);
    assert_eq!(
        query.search.filter.max_price.unwrap().to_string(),
        "900.00 USD"
    );
    assert_eq!(
        (query.limit, query.skip, query.search.flexible_days),
        (7, 0, 0)
    );
    let mut again: Value = serde_json::to_value(&args).unwrap();
    let mut before: Value = serde_json::from_str(stored).unwrap();
    assert_eq!(
        again.take(),
        before.take(),
        "nothing new where nothing new is wished"
    );
}

#[test]
fn every_argument_reaches_the_query() {
    let args = with(json!({
        "flexible_days": 2, "airline": "AF, KL", "exclude_airlines": "FR,U2",
        "alliance": "skyteam", "low_cost": false, "via": "AMS,PAR", "avoid_via": "ZRH",
        "departure_after": "8:00", "departure_before": "12:00",
        "arrival_after": "10:30", "arrival_before": "24:00",
        "overnight": false, "checked_bag": true, "refundable": true,
        "max_price": "900", "max_price_per_person": "450.50", "sort": "emissions", "skip": 5,
        "legs": [
            {"departure": "OPO", "arrival": "MAD", "date": "2027-02-12", "arrival_before": "20:00"},
            {"departure": "MAD", "arrival": "LYS,GVA", "date": "2027-02-12"},
        ],
    }));
    let query = args.query(&context()).unwrap();
    let filter = &query.search.filter;
    assert_eq!(
        (
            query.search.flexible_days,
            query.skip,
            query.search.legs.len()
        ),
        (2, 5, 3)
    );
    assert_eq!(
        (filter.airlines.len(), filter.exclude_airlines.len()),
        (2, 2)
    );
    assert_eq!(
        (filter.alliance, filter.low_cost),
        (Some(Alliance::Skyteam), Some(false))
    );
    assert_eq!((filter.via.len(), filter.avoid_via.len()), (2, 1));
    assert!(filter.no_overnight && filter.checked_bag && filter.refundable);
    assert_eq!(filter.max_price_each.unwrap().minor, 45_050);
    let window = &query.search.legs[0].window;
    assert_eq!(window.departure_after, Some(time(8, 0, 0, 0)));
    assert_eq!(window.arrival_before, Some(time(23, 59, 0, 0)));
    assert_eq!(
        query.search.legs[1].window.arrival_before,
        Some(time(20, 0, 0, 0))
    );
    assert_eq!(query.search.legs[2].destinations.len(), 2);
    let back = with(json!({
        "return_date": "2027-02-12", "return_window": {"departure_after": "18:00"},
    }));
    let back = back.query(&context()).unwrap();
    assert_eq!(
        back.search.legs[1].window.departure_after,
        Some(time(18, 0, 0, 0))
    );
    assert!(back.search.legs[0].window.departure_after.is_none());
}

#[test]
fn what_cannot_be_used_is_named() {
    let leg =
        |from: &str, to: &str, date: &str| json!({"departure": from, "arrival": to, "date": date});
    let legs = |count: usize| vec![leg("LIS", "OPO", "2027-02-10"); count];
    for (more, argument, part) in [
        (json!({"date": "2026-01-01"}), "date", "past"),
        (json!({"arrival": "GVAX"}), "arrival", "IATA"),
        (
            json!({"departure": "PAR", "arrival": "ORY"}),
            "arrival",
            "same city",
        ),
        (json!({"flexible_days": 4}), "flexible_days", "0 to 3"),
        (json!({"airline": "Air France"}), "airline", "AF"),
        (
            json!({"exclude_airlines": "FR,,"}),
            "exclude_airlines",
            "AF",
        ),
        (
            json!({"airline": "AF", "exclude_airlines": "AF"}),
            "exclude_airlines",
            "wanted",
        ),
        (json!({"via": "Dubai"}), "via", "IATA"),
        (json!({"avoid_via": "XXQ"}), "avoid_via", "XXQ"),
        (
            json!({"via": "DXB", "avoid_via": "DXB"}),
            "avoid_via",
            "wanted",
        ),
        (json!({"via": "DXB", "max_stops": 0}), "via", "max_stops"),
        (
            json!({"departure_after": "noon"}),
            "departure_after",
            "HH:MM",
        ),
        (
            json!({"arrival_before": "25:00"}),
            "arrival_before",
            "HH:MM",
        ),
        (
            json!({"departure_after": "12:00", "departure_before": "9:00"}),
            "departure_before",
            "before",
        ),
        (json!({"return_window": {}}), "return_window", "return_date"),
        (
            json!({"return_date": "2027-02-12", "return_window": {"arrival_after": "x"}}),
            "return_window",
            "arrival_after",
        ),
        (json!({"max_price": "-3"}), "max_price", "positive"),
        (
            json!({"max_price_per_person": "much"}),
            "max_price_per_person",
            "positive",
        ),
        (json!({"currency": "EURO"}), "currency", "ISO"),
        (
            json!({"return_date": "2027-02-12", "legs": legs(1)}),
            "legs",
            "return_date",
        ),
        (json!({"legs": legs(6)}), "legs", "5"),
        (
            json!({"legs": [leg("LIS", "OPO", "2027-02-01")]}),
            "legs",
            "leg 2: date",
        ),
        (
            json!({"legs": [leg("LIS", "OPO", "2027-02-10"), leg("LHR", "LGW", "2027-02-11")]}),
            "legs",
            "leg 3: arrival",
        ),
        (
            json!({"legs": [leg("LIS", "XXQ", "2027-02-10")]}),
            "legs",
            "leg 2: arrival",
        ),
        (
            json!({"legs": [leg("LIS", "OPO", "2029-02-10")]}),
            "legs",
            "days ahead",
        ),
    ] {
        let bad = with(more.clone()).query(&context()).unwrap_err();
        let outermost = match bad.within {
            None => bad.argument,
            Some(Within::Leg(_)) => "legs",
            Some(Within::ReturnWindow) => "return_window",
        };
        assert_eq!(outermost, argument, "{more} {bad}");
        assert!(bad.to_string().contains(part), "{more} {bad}");
    }
    for wrong in [
        json!({"alliance": "vanilla"}),
        json!({"low_cost": "some"}),
        json!({"sort": "colour"}),
        json!({"skip": -1}),
        json!({"legs": [{"departure": "LIS"}]}),
        json!({"return_window": {"after": "08:00"}}),
    ] {
        let mut all = serde_json::to_value(with(json!({}))).unwrap();
        let name = wrong.as_object().unwrap().clone();
        all.as_object_mut().unwrap().extend(name);
        assert!(
            serde_json::from_value::<SearchFlightsArgs>(all).is_err(),
            "{wrong}"
        );
    }
}

#[test]
fn one_city_is_told_for_what_it_is() {
    let codes =
        |args: &SearchFlightsArgs| args.same_city().map(|(from, to)| format!("{from} {to}"));
    let orly = with(json!({"departure": "PAR", "arrival": "ORY"}));
    assert_eq!(codes(&orly).as_deref(), Some("PAR ORY"));
    assert_eq!(
        codes(&with(json!({"departure": "PAR", "arrival": "ORY,LYS"}))),
        None
    );
    assert_eq!(codes(&with(json!({}))), None);
    let later = with(json!({
        "legs": [{"departure": "NRT", "arrival": "HND", "date": "2027-02-10"}],
    }));
    assert_eq!(codes(&later).as_deref(), Some("NRT HND"));
}

#[tokio::test]
async fn the_answer_says_how_many_there_are_and_goes_on_where_it_ended() {
    let source: Arc<dyn FlightSource> = Arc::new(OfflineFlights);
    let tool = SearchFlights::new(source);
    let mut seen = Vec::new();
    let mut skip = 0;
    loop {
        let args = with(json!({"departure": "NCE", "arrival": "LON", "skip": skip, "limit": 20}));
        let output = tool.call(&context(), args).await.unwrap();
        let FlightsFound { offers, found, .. } = output.data.get::<FlightsFound>().unwrap().clone();
        if offers.is_empty() {
            assert_eq!(seen.len(), found);
            assert!(
                output.text.contains(&format!("{found} offers fit")),
                "{}",
                output.text
            );
            break;
        }
        assert!(found > 20);
        assert!(
            output.text.contains(&format!("of {found} that fit")),
            "{}",
            output.text
        );
        skip += offers.len();
        seen.extend(offers.into_iter().map(|offer| offer.id));
    }
    let total = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), total);
}

#[tokio::test]
async fn one_city_is_no_search() {
    let tool = SearchFlights::new(Arc::new(OfflineFlights));
    let args = with(json!({"departure": "PAR", "arrival": "ORY"}));
    let error = tool.call(&context(), args).await.unwrap_err();
    assert!(
        matches!(&error, ToolError::BadArgument(bad) if matches!(bad.problem, Problem::SameCity(..))),
        "{error}"
    );
}

#[test]
fn a_calendar_takes_the_same_refusals() {
    let args: FindCheapestDatesArgs = serde_json::from_value(json!({
        "departure": "LYS", "arrival": "LIS", "month": "2027-02", "exclude_airlines": "FR,U2",
        "low_cost": false, "avoid_via": "ZRH", "checked_bag": true, "airline": "AF,TP",
    }))
    .unwrap();
    let filter = args.query(&context()).unwrap().filter;
    assert_eq!(
        (filter.airlines.len(), filter.exclude_airlines.len()),
        (2, 2)
    );
    assert!(filter.checked_bag && filter.low_cost == Some(false) && filter.avoid_via.len() == 1);
}
