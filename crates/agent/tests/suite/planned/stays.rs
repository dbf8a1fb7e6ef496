//! Nights.

use agent::{
    locale::Locale::{En, Fr},
    sheet::Block,
    trip::Lodging,
};

use super::talk;

#[tokio::test]
async fn a_hotel_is_priced_by_category_and_joins_the_trip() {
    for (locale, message) in [
        (
            Fr,
            "un hôtel pas cher à Lisbonne du 3 au 6 mars pour 2 personnes",
        ),
        (En, "a cheap hotel in Lisbon from 3 to 6 March for 2 people"),
    ] {
        let said = talk(locale, &[message]).await.remove(0);
        let call = said.only("search_hotels");
        assert_eq!(call["city"], "LIS");
        assert_eq!(
            (&call["check_in"], &call["check_out"]),
            (&"2027-03-03".into(), &"2027-03-06".into())
        );
        assert_eq!(
            (&call["category"], &call["adults"]),
            (&"budget".into(), &2.into())
        );
        let stay = &said.state.plan.stays[0];
        assert_eq!(
            (stay.city.as_str(), stay.nights(), stay.lodging),
            ("LIS", 3, Lodging::Budget)
        );
        // The figures of the card are those of the table: 0.35 of the ceiling of March.
        let Block::Table { rows, best, .. } = &said.sheets[0].blocks[0] else {
            panic!("{said:?}")
        };
        assert_eq!((rows.len(), *best), (3, Some(0)), "{said:?}");
        assert!(said.ungrounded.is_empty(), "{said:?}");
        assert!(!said.sheets[0].sources.is_empty() && !said.sheets[0].notes.is_empty());
    }
}

#[tokio::test]
async fn days_are_asked_once_and_complete_the_question() {
    let turns = talk(
        Fr,
        &[
            "un hôtel à Rome pour deux",
            "du 4 au 8 avril",
            "et à Porto ?",
        ],
    )
    .await;
    assert!(
        turns[0].tools.is_empty() && turns[0].reply.contains("quels jours"),
        "{turns:?}"
    );
    assert_eq!(
        turns[1].only("search_hotels")["check_out"],
        "2027-04-08",
        "{turns:?}"
    );
    let porto = turns[2].only("search_hotels");
    assert_eq!(
        (&porto["city"], &porto["check_in"]),
        (&"OPO".into(), &"2027-04-04".into())
    );
}

#[tokio::test]
async fn a_flat_takes_the_place_of_the_hotel() {
    let turns = talk(
        En,
        &[
            "a hotel in Seville from 25 to 30 March for two",
            "and a flat instead?",
        ],
    )
    .await;
    turns[1].only("search_vacation_rentals");
    let stays = &turns[1].state.plan.stays;
    assert_eq!((stays.len(), stays[0].lodging), (1, Lodging::Rental));
    let before = turns[1].state.plan.before.as_deref();
    assert_eq!(before.map(|trip| trip.stays[0].lodging), Some(Lodging::Mid));
}

#[tokio::test]
async fn a_flight_and_a_hotel_are_found_together() {
    let said = talk(
        En,
        &["flights from London to Seville on 25 March, back on 30 March for 2, and a hotel there"],
    )
    .await
    .remove(0);
    said.only("search_flights");
    assert_eq!(said.only("search_hotels")["city"], "SVQ", "{said:?}");
}

#[tokio::test]
async fn a_party_too_large_is_told_and_looked_up_for_nobody() {
    for (locale, message) in [
        (Fr, "un hôtel à Rome du 3 au 8 mars pour 25 adultes"),
        (En, "a hotel in Rome from 3 to 8 March for 25 adults"),
    ] {
        let said = talk(locale, &[message]).await.remove(0);
        assert!(said.tools.is_empty(), "{said:?}");
        assert!(said.reply.contains('9'), "{said:?}");
    }
}
