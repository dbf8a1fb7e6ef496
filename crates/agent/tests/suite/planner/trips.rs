//! Several trips in one message, and legs without a day.

use agent::{
    intent::Intent::Planning,
    language::{DateSpan, Leg, Place, PlaceKind, Route},
    locale::Locale::{self, En, Fr},
};
use serde_json::json;

use super::{
    fixtures::{day, place, three_offers},
    scene::{Scene, agency},
};

fn city(name: &str, code: &str) -> Option<Place> {
    Some(place(name, PlaceKind::City, &[code], "NO"))
}

fn route(date: Option<DateSpan>) -> Route {
    let leg = Leg {
        origin: city("bergen", "BGO"),
        destination: city("oslo", "OSL"),
        date,
        ..Leg::default()
    };
    Route {
        legs: vec![leg],
        return_date: None,
        party: None,
    }
}

fn beside(locale: Locale, routes: &[Route]) -> Scene {
    let scene = Scene::new(locale, Planning, "two trips").complete();
    scene.with(|context| context.reading.also = routes.to_vec())
}

#[test]
fn two_trips_are_searched_in_one_round_and_answered_in_turn() {
    for (locale, goes_on) in [(Fr, "premier voyage"), (En, "the first trip")] {
        let scene = beside(locale, &[route(Some(day("2027-06-09")))]);
        let played = scene.play(agency(three_offers(), vec![]));
        assert_eq!(played.tools(), [["search_flights", "search_flights"]]);
        let second = &played.calls[0][1].arguments;
        assert_eq!(
            *second,
            json!({"departure": "BGO", "arrival": "OSL", "date": "2027-06-09"})
        );
        let first = played.text.find("Lyon → New York").unwrap();
        let then = played.text.find("Bergen → Oslo").unwrap();
        assert!(first < then, "{}", played.text);
        assert!(played.text.contains(goes_on), "{}", played.text);
        let illustrative = played.text.matches("**illustrati").count();
        assert_eq!(illustrative, 1, "{}", played.text);
    }
}

#[test]
fn what_the_second_trip_lacks_is_asked_after_the_first_is_answered() {
    for (locale, question) in [
        (Fr, "Quand souhaitez-vous partir"),
        (En, "When would you like to leave?"),
    ] {
        let played = beside(locale, &[route(None)]).play(agency(three_offers(), vec![]));
        assert_eq!(played.tools(), [["search_flights"]]);
        let (answer, last) = played.text.rsplit_once("\n\n").unwrap();
        assert!(answer.contains("Lyon → New York"), "{answer}");
        assert!(last.contains("Bergen → Oslo"), "{last}");
        assert!(last.contains(question), "{last}");
    }
}

#[test]
fn trips_beyond_the_third_are_named() {
    let routes: Vec<_> = ["2027-06-09", "2027-06-10", "2027-06-11"]
        .map(|date| route(Some(day(date))))
        .into();
    let played = beside(En, &routes).play(agency(three_offers(), vec![]));
    assert_eq!(played.calls[0].len(), 3);
    assert!(
        played.text.contains("at most 3 trips at once"),
        "{}",
        played.text
    );
}

#[test]
fn legs_without_a_day_are_asked_for_in_one_question() {
    for (locale, question) in [(Fr, "Quels jours"), (En, "Which days")] {
        let scene = Scene::new(locale, Planning, "and on").complete();
        let text = scene
            .with(|context| {
                let leg = |origin: Option<Place>, destination| Leg {
                    origin,
                    destination,
                    ..Leg::default()
                };
                context.trip.onward = vec![
                    leg(context.trip.destination.clone(), city("oslo", "OSL")),
                    leg(city("oslo", "OSL"), None),
                ];
            })
            .says();
        assert!(text.contains(question), "{text}");
        assert!(text.contains("New York → Oslo"), "{text}");
        assert!(text.contains("Oslo → Lyon"), "{text}");
    }
}

#[test]
fn nights_make_the_days_of_legs() {
    let scene = Scene::new(En, Planning, "3 nights").complete();
    let scene = scene.with(|context| {
        context.trip.onward = vec![Leg {
            origin: context.trip.destination.clone(),
            nights: Some(3),
            ..Leg::default()
        }];
    });
    let played = scene.play(agency(three_offers(), vec![]));
    assert_eq!(played.arguments(0)["legs"][0]["date"], json!("2027-01-15"));
}
