//! Several tasks in one message.

use agent::{
    intent::Intent::{self, OutOfScope, Planning, TravelInfo},
    language::{Place, PlaceKind, is_only_a_question},
    locale::Locale::{self, En, Fr},
};
use serde_json::json;

use super::{
    fixtures::{place, span, three_offers},
    informing::facts,
    scene::{Outcome, Played, Scene, agency, blanks},
};

fn tokyo() -> Place {
    place("tokyo", PlaceKind::Metro, &["TYO"], "JP")
}

/// Answers facts of places, and everything else as an agency does.
fn world() -> impl FnMut(&agent::planner::Call) -> Outcome {
    let mut agency = agency(three_offers(), vec![]);
    move |call| match call.name {
        "get_place_facts" => {
            let from = call.arguments["from"].as_str();
            facts(call.arguments["place"].as_str().unwrap(), from)
        }
        _ => agency(call),
    }
}

fn asked(locale: Locale, intent: Intent, message: &str) -> Played {
    let scene = Scene::new(locale, intent, message)
        .with(|context| context.reading.destination = Some(tokyo()));
    scene.play(world())
}

/// A wish for the flight of every scene, and a question about its destination.
fn beside_a_trip(locale: Locale, message: &str) -> Scene {
    Scene::new(locale, Planning, message)
        .complete()
        .with(|context| {
            context.trip.destination = Some(tokyo());
            context.reading.destination = Some(tokyo());
        })
}

#[test]
fn every_question_is_answered_with_one_look_up() {
    let cases = [
        (
            En,
            "what time is it in Tokyo and what is the currency?",
            ["it is **18:00**", "Japanese yen"],
        ),
        (
            En,
            "Plugs in Tokyo? And the dialling code?",
            ["plug types A and B", "+81"],
        ),
        (
            En,
            "which currency and which plugs in Tokyo",
            ["Japanese yen", "plug types A and B"],
        ),
        (
            Fr,
            "quelle heure est-il à Tokyo et quelle est la monnaie ?",
            ["il est **18:00**", "yen japonais"],
        ),
        (
            Fr,
            "prises et indicatif à Tokyo ?",
            ["prises de type A et B", "+81"],
        ),
        (
            Fr,
            "la monnaie à Tokyo, et faut-il un visa ?",
            ["yen japonais", "consulat"],
        ),
    ];
    for (locale, message, parts) in cases {
        let played = asked(locale, TravelInfo, message);
        assert_eq!(played.tools(), [["get_place_facts"]], "{message}");
        for part in parts {
            assert!(
                blanks(&played.text).contains(part),
                "{message}: {}",
                played.text
            );
        }
    }
}

#[test]
fn each_question_is_about_its_own_place() {
    for (locale, message, yen, real) in [
        (
            En,
            "what time is it in Tokyo and what is the currency in Brazil?",
            "In Tokyo",
            "Brazilian real",
        ),
        (
            Fr,
            "quelle heure est-il à Tokyo et quelle est la monnaie au Brésil ?",
            "À Tokyo",
            "réal brésilien",
        ),
    ] {
        let played = asked(locale, TravelInfo, message);
        assert_eq!(
            played.tools(),
            [["get_place_facts", "get_place_facts"]],
            "{message}"
        );
        assert!(
            played.text.contains(yen) && played.text.contains(real),
            "{}",
            played.text
        );
    }
}

#[test]
fn a_question_and_a_flight_are_both_served() {
    let cases = [
        (
            En,
            "what plugs do they use in Japan, and find me Lyon to Tokyo on 12 January",
            "plug types A and B",
        ),
        (
            En,
            "Find me Lyon to Tokyo on 12 January. What is the currency there?",
            "Japanese yen",
        ),
        (
            Fr,
            "quelles prises au Japon ? et trouve-moi un Lyon Tokyo le 12 janvier",
            "prises de type A et B",
        ),
        (
            Fr,
            "Lyon Tokyo le 12 janvier, et quelle est la monnaie là-bas ?",
            "yen japonais",
        ),
    ];
    for (locale, message, answer) in cases {
        let played = beside_a_trip(locale, message).play(world());
        assert_eq!(
            played.tools(),
            [
                vec!["get_place_facts", "search_flights"],
                vec!["propose_offer"]
            ],
            "{message}"
        );
        assert_eq!(played.calls[0][1].arguments["arrival"], json!("TYO"));
        let text = blanks(&played.text);
        assert!(
            text.starts_with(answer) || text.contains(answer),
            "{message}: {text}"
        );
        assert!(
            text.contains("Lyon → Tokyo") && text.matches('?').count() == 1,
            "{text}"
        );
        assert!(text.ends_with('?'), "{text}");
    }
}

#[test]
fn a_question_goes_beside_the_comparison_of_days() {
    let scene = beside_a_trip(
        En,
        "Lyon to Tokyo in January, and what is the currency there?",
    )
    .with(|context| context.trip.depart_date = Some(span("2027-01-01", "2027-01-31")));
    let played = scene.play(|call| match call.name {
        "find_cheapest_dates" => Err(agent::tools::ToolError::TimedOut),
        _ => world()(call),
    });
    assert_eq!(
        played.tools()[0],
        ["get_place_facts", "find_cheapest_dates"]
    );
    assert!(
        played.text.contains("Japanese yen") && played.text.contains("too long"),
        "{}",
        played.text
    );
}

#[test]
fn an_honest_no_goes_beside_the_flight() {
    for (locale, message, no) in [
        (
            En,
            "Lyon to Tokyo on 12 January, I need a wheelchair",
            "cannot arrange assistance",
        ),
        (
            Fr,
            "Lyon Tokyo le 12 janvier avec mon chien",
            "animaux à bord",
        ),
        (
            Fr,
            "Lyon Tokyo le 12 janvier. Est-ce qu’il faut un visa ?",
            "consulat",
        ),
        (
            En,
            "Lyon to Tokyo on 12 January, and what is the weather like?",
            "weather",
        ),
    ] {
        let played = beside_a_trip(locale, message).play(world());
        assert_eq!(
            played.tools(),
            [["search_flights"], ["propose_offer"]],
            "{message}"
        );
        assert!(
            blanks(&played.text).contains(no),
            "{message}: {}",
            played.text
        );
    }
}

#[test]
fn one_question_is_asked_where_several_things_are_missing() {
    let scene = Scene::new(
        En,
        Planning,
        "what is the currency there, and find me a flight on 12 January",
    );
    let text = scene
        .with(|context| {
            context.trip.depart_date = Some(super::fixtures::day("2027-01-12"));
            context.reading.depart_date = context.trip.depart_date.clone();
        })
        .says();
    assert!(
        text.starts_with("To tell you the currency, I also need a country or city."),
        "{text}"
    );
    assert!(
        text.ends_with("Where would you like to go?") && text.matches('?').count() == 1,
        "{text}"
    );
    let text = Scene::new(Fr, TravelInfo, "quelle heure là-bas ? et quelle monnaie ?").says();
    let text = blanks(&text);
    assert_eq!(text.matches('?').count(), 1, "{text}");
    assert!(
        text.contains("l’heure") && text.contains("la monnaie"),
        "{text}"
    );
}

#[test]
fn a_wish_is_no_question() {
    for (locale, message) in [
        (
            En,
            "a flight to Tokyo with a checked bag at the cheapest time in January",
        ),
        (
            En,
            "What is the cheapest day to fly from Lyon to Tokyo in January?",
        ),
        (En, "can I fly to Tokyo in January for less money?"),
        (En, "I need to be in Tokyo on time on Monday"),
        (En, "Do you have seats for Tokyo, not too early?"),
        (
            Fr,
            "un vol pour Tokyo avec bagage en soute, en basse saison",
        ),
        (
            Fr,
            "je veux voir Tokyo, à quelle heure part le premier vol ?",
        ),
        (Fr, "combien coûte un billet pour Tokyo ?"),
        (Fr, "est-ce que je peux partir pour Tokyo le soir ?"),
    ] {
        let played = beside_a_trip(locale, message).play(world());
        assert_eq!(
            played.tools(),
            [["search_flights"], ["propose_offer"]],
            "{message}"
        );
        let lines = played.text.lines().filter(|line| !line.is_empty()).count();
        assert_eq!(lines, 3, "{message}: {}", played.text);
    }
}

#[test]
fn subjects_of_travel_get_an_answer_of_their_own() {
    /// Messages, and what their answers name in French and English.
    type Subject = (&'static [(Locale, &'static str)], [&'static str; 2]);
    let cases: &[Subject] = &[
        (
            &[
                (Fr, "faut-il un visa ?"),
                (En, "do I need a visa"),
                (En, "is my passport valid enough"),
            ],
            ["visas", "visas"],
        ),
        (
            &[
                (Fr, "quel temps fait-il ?"),
                (En, "what is the weather like"),
                (En, "will it rain"),
            ],
            ["météo", "weather"],
        ),
        (
            &[
                (Fr, "quels vaccins ?"),
                (En, "which jabs do I need"),
                (En, "is there malaria"),
            ],
            ["médical", "medical"],
        ),
        (
            &[
                (Fr, "taille du bagage cabine ?"),
                (En, "can I bring liquids"),
                (En, "hand luggage size"),
            ],
            ["bagages", "Baggage rules"],
        ),
        (
            &[
                (Fr, "j’ai besoin d’un fauteuil roulant"),
                (En, "I need a wheelchair"),
                (Fr, "mon fils voyage non accompagné"),
                (En, "I am pregnant"),
                (Fr, "prise en charge PMR à l’aéroport"),
            ],
            ["assistance", "assistance"],
        ),
        (
            &[
                (Fr, "puis-je emmener mon chien ?"),
                (En, "can my cat come along"),
                (En, "are pets allowed"),
            ],
            ["animaux", "pets"],
        ),
        (
            &[
                (En, "my flight is delayed"),
                (Fr, "mon vol a du retard, il est en retard de 2 h"),
            ],
            ["temps réel", "real time"],
        ),
        (
            &[
                (En, "compensation for my flight"),
                (Fr, "ai-je droit à une indemnité ? mes droits ?"),
            ],
            ["dû", "owed"],
        ),
        (
            &[
                (En, "my luggage is lost"),
                (Fr, "ma valise est perdue, bagage perdu"),
            ],
            ["bagage", "bag"],
        ),
        (
            &[
                (En, "how do I get from the airport to the centre?"),
                (Fr, "navette pour le centre-ville ?"),
                (En, "is there a taxi downtown"),
            ],
            ["aéroport et la ville", "airport and the city"],
        ),
        (
            &[(En, "is it safe there"), (Fr, "c’est dangereux ?")],
            ["sécurité", "safety"],
        ),
        (
            &[
                (En, "how much should I tip in restaurants"),
                (Fr, "faut-il laisser un pourboire ?"),
            ],
            ["usages", "customs"],
        ),
        (
            &[
                (En, "what should I see"),
                (En, "things to do"),
                (Fr, "que visiter là-bas ?"),
                (Fr, "quoi voir ?"),
            ],
            ["à voir ou à faire", "to see or do"],
        ),
        (
            &[(En, "what to eat there"), (Fr, "où manger ?")],
            ["cuisine", "food"],
        ),
        (
            &[
                (En, "which hotel do you recommend"),
                (Fr, "un hôtel pas cher ?"),
            ],
            ["hôtels", "hotels"],
        ),
        (
            &[(En, "can I rent a car"), (Fr, "location de voiture ?")],
            ["voitures", "car hire"],
        ),
        (
            &[(En, "is there a train"), (Fr, "y a-t-il un ferry ?")],
            ["trains", "trains"],
        ),
        (
            &[(En, "is there legroom"), (Fr, "repas végétarien à bord ?")],
            ["sièges", "seats"],
        ),
        (
            &[
                (En, "when does check-in open"),
                (Fr, "l’enregistrement ouvre quand ?"),
            ],
            ["enregistrement", "check-in"],
        ),
        (
            &[
                (En, "do I earn miles"),
                (Fr, "est-ce que je gagne des miles ?"),
            ],
            ["fidélité", "loyalty"],
        ),
        (
            &[
                (En, "do I need travel insurance"),
                (Fr, "quelle assurance prendre ?"),
            ],
            ["assurance", "insurance"],
        ),
        (
            &[(En, "can I buy a SIM card"), (Fr, "une carte SIM là-bas ?")],
            ["téléphone", "phones"],
        ),
        (
            &[
                (En, "which language is spoken"),
                (Fr, "quelle langue parle-t-on ?"),
            ],
            ["langues", "languages"],
        ),
        (
            &[
                (En, "do they drive on the left"),
                (Fr, "de quel côté on roule ?"),
            ],
            ["conduite", "driving"],
        ),
        (
            &[
                (En, "how many people live there"),
                (Fr, "combien d’habitants ?"),
            ],
            ["Je ne peux pas répondre", "cannot answer"],
        ),
    ];
    let mut faults = Vec::new();
    for (messages, named) in cases {
        for (locale, message) in *messages {
            let played = asked(*locale, TravelInfo, message);
            let named = locale.pick(named[0], named[1]);
            assert!(played.calls.is_empty(), "{message}: {:?}", played.calls);
            let text = blanks(&played.text);
            let named = named.split('|').any(|part| text.contains(part));
            if !named || text.contains("\n- ") {
                faults.push(format!("{message}: {text}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn needs_of_passengers_are_never_out_of_scope() {
    for (locale, message, named) in [
        (En, "I need a wheelchair", "cannot arrange assistance"),
        (Fr, "je voyage avec mon chat", "animaux à bord"),
    ] {
        let text = Scene::new(locale, OutOfScope, message)
            .without_tools()
            .says();
        assert!(text.contains(named), "{message}: {text}");
    }
}

#[test]
fn a_message_that_only_asks_is_told_from_one_that_wants_a_flight_too() {
    for message in [
        "how far is Lyon from Rome",
        "what is the time difference between Paris and Sydney in June?",
        "temps de vol Lyon Tokyo le 3 mars ?",
        "quel temps fait-il à Rome et à Lyon en mai ?",
    ] {
        assert!(is_only_a_question(message), "{message}");
    }
    for message in [
        "what plugs do they use in Japan, and find me Lyon to Tokyo on 9 March",
        "Lyon to Portugal in March",
        "quelle monnaie au Japon ? et un vol Lyon Tokyo le 9 mars",
        "Paris Rome le 3 mars",
    ] {
        assert!(!is_only_a_question(message), "{message}");
    }
}
