//! When the whole trip is cheapest.

use agent::{
    locale::Locale::{self, En, Fr},
    sheet::Block,
    travel::{Cabin, CalendarQuery, Currency, Filter, Party, format},
};
use guide::{
    destination,
    stays::Category,
    window::{self, TripWindow},
};
use jiff::civil::{Date, date};

use super::{Said, talk};

/// The windows of a month, from the tables.
fn expected(month: Date, nights: u16, party: &Party, rooms: u8) -> Vec<TripWindow> {
    let query = CalendarQuery {
        origins: vec!["TLS".parse().unwrap()],
        destinations: vec!["RAK".parse().unwrap()],
        month,
        stay_days: Some(nights),
        party: party.clone(),
        cabin: Cabin::Economy,
        filter: Filter::default(),
        currency: Currency::eur(),
        now: "2026-11-29T09:00:00+01:00[Europe/Paris]"
            .parse::<jiff::Zoned>()
            .unwrap()
            .timestamp(),
    };
    let fares = schedule::calendar(&query).unwrap().days;
    let place = destination::by_code("RAK".parse().unwrap()).unwrap();
    window::cheapest(place, &fares, nights, rooms, Category::Mid, Currency::eur())
}

fn rows(said: &Said) -> Vec<Vec<String>> {
    let tables = said.sheets[0].blocks.iter();
    let tables = tables.filter_map(|block| match block {
        Block::Table { rows, .. } => Some(rows.clone()),
        _ => None,
    });
    tables.flatten().collect()
}

fn told(windows: &[TripWindow], locale: Locale) -> Vec<String> {
    let windows = windows.iter().take(5);
    windows
        .map(|window| format::whole_money(window.total, locale))
        .collect()
}

#[tokio::test]
async fn flight_and_nights_are_weighed_together_and_a_button_searches_the_flights() {
    let couple = Party {
        adults: 2,
        children: Vec::new(),
        infants: 0,
    };
    for (locale, message) in [
        (
            Fr,
            "c'est quand le moins cher en février pour 5 nuits à Marrakech ? départ Toulouse, on est 2",
        ),
        (
            En,
            "when is it cheapest in February for 5 nights in Marrakesh? from Toulouse, 2 adults",
        ),
    ] {
        let turns = talk(locale, &[message]).await;
        let call = turns[0].only("find_trip_window");
        assert_eq!(
            (&call["departure"], &call["arrival"], &call["month"]),
            (&"TLS".into(), &"RAK".into(), &"2027-02".into()),
            "{turns:?}"
        );
        assert_eq!((&call["nights"], &call["adults"]), (&5.into(), &2.into()));
        let windows = expected(date(2027, 2, 1), 5, &couple, 1);
        let totals: Vec<_> = rows(&turns[0]).iter().map(|row| row[3].clone()).collect();
        assert_eq!(totals, told(&windows, locale));
        assert!(turns[0].reply.contains(&totals[0]), "{turns:?}");
        assert!(turns[0].ungrounded.is_empty(), "{turns:?}");
        let Some(Block::Next { say }) = turns[0].sheets[0].blocks.last() else {
            panic!("{turns:?}")
        };
        assert_eq!(say.len(), 5);
        let after = talk(locale, &[message, &say[0].message]).await.remove(1);
        let search = after.only("search_flights");
        assert_eq!(search["date"], windows[0].depart.to_string(), "{after:?}");
        assert_eq!(search["return_date"], windows[0].return_date.to_string());
        assert_eq!(search["adults"], 2);
    }
}

#[tokio::test]
async fn what_is_missing_is_asked_once_and_completes_the_question() {
    for (locale, messages) in [
        (
            Fr,
            [
                "quelles sont les dates les moins chères en mai pour 4 nuits à Porto ?",
                "de Toulouse",
            ],
        ),
        (
            En,
            [
                "which dates are cheapest in May for 4 nights in Porto?",
                "from Toulouse",
            ],
        ),
    ] {
        let turns = talk(locale, &messages).await;
        assert!(turns[0].tools.is_empty(), "{turns:?}");
        let call = turns[1].only("find_trip_window");
        assert_eq!(
            (&call["departure"], &call["month"], &call["nights"]),
            (&"TLS".into(), &"2027-05".into(), &4.into()),
            "{turns:?}"
        );
    }
}
