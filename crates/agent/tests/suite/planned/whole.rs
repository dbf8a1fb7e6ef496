//! Several questions of one trip, one message after the other: each is of the trip, and none moves it.

use agent::locale::Locale::{En, Fr};

use super::talk;

#[tokio::test]
async fn nights_are_where_one_goes_and_not_where_one_sets_out() {
    for (locale, messages) in [
        (
            Fr,
            [
                "où partir 4 jours au soleil en mars depuis Nantes, à deux ?",
                "Porto, du 11 au 15 mars, un vol",
                "un hôtel correct ?",
            ],
        ),
        (
            En,
            [
                "where could we go for 4 days of sun in March from Nantes, two of us?",
                "Porto, 11 to 15 March, flights please",
                "a mid-range hotel?",
            ],
        ),
    ] {
        let said = talk(locale, &messages).await;
        let call = said[2].only("search_hotels");
        assert_eq!(
            (&call["city"], &call["check_in"], &call["check_out"]),
            (&"OPO".into(), &"2027-03-11".into(), &"2027-03-15".into()),
            "{said:?}"
        );
    }
}

#[tokio::test]
async fn several_stays_are_looked_up_each_and_move_no_flight() {
    for (locale, messages) in [
        (
            Fr,
            [
                "vol Lyon Madrid le 3 mai 2027, retour Séville Lyon le 12 mai, 2 adultes",
                "les hôtels : Madrid du 3 au 7, puis Séville du 7 au 12",
            ],
        ),
        (
            En,
            [
                "flight Lyon to Madrid on 3 May 2027, back from Seville to Lyon on 12 May, 2 adults",
                "hotels: madrid 3 to 7, seville 7 to 12",
            ],
        ),
    ] {
        let said = talk(locale, &messages).await;
        let turn = &said[1];
        let of = |city: &str| {
            let mut calls = turn.tools.iter();
            calls
                .find(|(name, call)| name == "search_hotels" && call["city"] == city)
                .map(|(_, call)| call.clone())
                .unwrap_or_default()
        };
        assert_eq!(of("MAD")["check_out"], "2027-05-07", "{said:?}");
        assert_eq!(of("SVQ")["check_in"], "2027-05-07", "{said:?}");
        assert_eq!(turn.state.plan.stays.len(), 2, "{said:?}");
        assert_eq!(turn.state.trip.depart_date, said[0].state.trip.depart_date);
        assert_eq!(turn.state.trip.onward, said[0].state.trip.onward);
    }
}

#[tokio::test]
async fn what_is_asked_without_a_place_is_of_every_city_of_the_trip() {
    let said = talk(
        En,
        &[
            "London to Hanoi 6 March 2027, Hanoi to Bangkok on 13 March, Bangkok to London 20 March",
            "visas? both UK passports",
        ],
    )
    .await;
    let calls: Vec<_> = said[1]
        .tools
        .iter()
        .map(|(_, call)| (call["city"].clone(), call["passport"].clone()))
        .collect();
    assert_eq!(
        calls,
        [("HAN".into(), "GB".into()), ("BKK".into(), "GB".into())],
        "{said:?}"
    );
}

#[tokio::test]
async fn nights_within_the_trip_move_no_flight() {
    for (locale, messages) in [
        (
            Fr,
            [
                "vols Paris Lima du 10 au 24 avril 2027 pour 2",
                "un appartement du 11 au 24 avril",
                "un programme tranquille",
            ],
        ),
        (
            En,
            [
                "flights Paris to Lima 10 to 24 April 2027 for 2",
                "an apartment from 11 to 24 April",
                "a relaxed itinerary please",
            ],
        ),
    ] {
        let said = talk(locale, &messages).await;
        let nights = said[1].only("search_vacation_rentals");
        assert_eq!(nights["check_in"], "2027-04-11", "{said:?}");
        assert_eq!(
            said[1].state.trip.depart_date,
            said[0].state.trip.depart_date
        );
        // The days are those of the nights.
        let days = said[2].only("create_visit_itinerary");
        assert_eq!(days["check_in"], "2027-04-11", "{said:?}");
    }
}

#[tokio::test]
async fn a_town_after_suggestions_is_where_one_goes() {
    for (locale, messages) in [
        (
            Fr,
            [
                "où partir 4 jours au soleil en avril depuis Lille, à quatre ?",
                "SÉVILLE ! du 9 au 13 avril 2027, des vols ?",
            ],
        ),
        (
            En,
            [
                "where could four of us go for 4 days of sun in April, from Lille?",
                "SEVILLE. 9 to 13 april 2027, flights?",
            ],
        ),
    ] {
        let said = talk(locale, &messages).await;
        let call = said[1].only("search_flights");
        assert_eq!(
            (&call["departure"], &call["arrival"], &call["adults"]),
            (&"LIL".into(), &"SVQ".into(), &4.into()),
            "{said:?}"
        );
    }
}

#[tokio::test]
async fn taking_a_change_back_brings_the_travellers_back_and_leaves_nothing_to_say_yes_to() {
    for (locale, messages) in [
        (
            Fr,
            [
                "vol Nantes Prague le 7 mai 2027, retour le 10 mai, 4 adultes",
                "finalement on sera 3",
                "annule ce changement",
            ],
        ),
        (
            En,
            [
                "flight Nantes to Prague on 7 May 2027, back on 10 May, 4 adults",
                "actually we will be 3",
                "undo that",
            ],
        ),
    ] {
        let said = talk(locale, &messages).await;
        let adults = |at: usize| said[at].state.trip.party.as_ref().map(|party| party.adults);
        assert_eq!((adults(0), adults(1)), (Some(4), Some(3)), "{said:?}");
        assert_eq!(adults(2), Some(4), "{said:?}");
        assert_eq!(said[2].state.proposal, None);
    }
}

#[tokio::test]
async fn a_quarter_of_the_city_is_no_other_town() {
    for (locale, messages) in [
        (
            Fr,
            [
                "vol Lyon Buenos Aires le 10 avril 2027, retour le 24 avril, 2 adultes",
                "un studio à Palermo du 12 au 20 avril, ça coûte quoi ?",
            ],
        ),
        (
            En,
            [
                "flight Lyon to Buenos Aires on 10 April 2027, back on 24 April, 2 adults",
                "what would a flat in Palermo cost from 12 to 20 April?",
            ],
        ),
    ] {
        let said = talk(locale, &messages).await;
        let call = said[1].only("search_vacation_rentals");
        assert_eq!(
            (&call["city"], &call["check_in"], &call["check_out"]),
            (&"BUE".into(), &"2027-04-12".into(), &"2027-04-20".into()),
            "{said:?}"
        );
    }
}
