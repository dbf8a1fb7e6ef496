//! Questions of travellers.

use agent::{
    capability::flights::AirportsFound,
    capability::place::get_place_facts::{Leg, PlaceFacts},
    intent::Intent::TravelInfo,
    language::{Pending, Place, PlaceKind},
    locale::Locale::{self, En, Fr},
    tools::{ToolData, ToolError},
    travel::{airport, country},
};
use jiff::{SignedDuration, Zoned};
use serde_json::json;

use super::{
    fixtures::{NOW, lyon, new_york, place, three_offers},
    scene::{Outcome, Played, Scene, blanks},
};

fn tokyo() -> Place {
    place("tokyo", PlaceKind::Metro, &["TYO"], "JP")
}

pub(super) fn facts(code: &str, from: Option<&str>) -> Outcome {
    let now: Zoned = NOW.parse().unwrap();
    let airport = |code: &str| airport::by_code(code.parse().unwrap()).unwrap();
    let local = |code: &str| now.in_tz(airport(code).time_zone).unwrap();
    Ok(ToolData::from(PlaceFacts {
        airport: airport(code),
        country: country::by_code(airport(code).country),
        local_time: local(code),
        from: from.map(|from| Leg {
            airport: airport(from),
            local_time: local(from),
            distance_km: 9_845,
            flight_time: SignedDuration::from_mins(775),
        }),
    }))
}

fn ask(locale: Locale, message: &str, to: Option<Place>, from: Option<Place>) -> Played {
    let scene = Scene::new(locale, TravelInfo, message).with(|context| {
        context.reading.destination = to;
        context.reading.origin = from;
    });
    scene.play(|call| {
        let from = call.arguments["from"].as_str();
        facts(call.arguments["place"].as_str().unwrap(), from)
    })
}

#[test]
fn facts_answer_just_what_was_asked() {
    let cases = [
        (
            Fr,
            "quelle heure est-il à Tokyo ?",
            "À Tokyo, il est **18:00** (dimanche 22 novembre 2026, fuseau Asia/Tokyo, UTC+09:00), \
             soit 8 h de plus par rapport à l’heure de votre appareil.",
        ),
        (
            En,
            "what time is it in Tokyo",
            "In Tokyo, it is **18:00** (Sunday, November 22, 2026, time zone Asia/Tokyo, \
             UTC+09:00), 8h ahead of the clock of your device.",
        ),
        (
            Fr,
            "quelle monnaie au Japon",
            "Japon : la monnaie est le yen japonais (JPY).",
        ),
        (
            En,
            "what currency do they use",
            "Japan: the currency is the Japanese yen (JPY).",
        ),
        (
            Fr,
            "quelles prises électriques ?",
            "Japon : prises de type A et B. Pour comparer, la France a les types C et E.",
        ),
        (
            Fr,
            "l’indicatif du Japon",
            "Japon : l’indicatif téléphonique est le +81.",
        ),
        (
            En,
            "dialling code for Japan",
            "Japan: the dialling code is +81.",
        ),
        (
            Fr,
            "quelle distance ?",
            "Il me manque la ville de départ : posez la question avec les deux villes, par exemple \
             « temps de vol Lyon – Tokyo ».",
        ),
    ];
    for (locale, message, answer) in cases {
        let played = ask(locale, message, Some(tokyo()), None);
        assert_eq!(played.tools(), [["get_place_facts"]], "{message}");
        assert_eq!(*played.arguments(0), json!({"place": "HND"}), "{message}");
        assert_eq!(blanks(&played.text), answer, "{message}");
    }
}

#[test]
fn two_places_give_distance_flight_time_and_difference() {
    let cases = [
        (
            Fr,
            "c’est à quelle distance ?",
            "Lyon – Tokyo : environ 9 845 km à vol d’oiseau.",
        ),
        (
            En,
            "how long is the flight",
            "Lyon – Tokyo: about 12h 55m nonstop, estimated from the distance; a stop makes it \
             longer.",
        ),
    ];
    for (locale, message, answer) in cases {
        let played = ask(locale, message, Some(tokyo()), Some(lyon()));
        assert_eq!(*played.arguments(0), json!({"place": "HND", "from": "LYS"}));
        assert_eq!(blanks(&played.text), answer);
    }
    let played = ask(
        Fr,
        "quel décalage horaire ?",
        Some(tokyo()),
        Some(new_york()),
    );
    assert!(blanks(&played.text).contains("soit 14 h de plus par rapport à l’heure de New York"));
}

#[test]
fn the_trip_fills_in_what_the_question_leaves_out() {
    let scene = Scene::new(Fr, TravelInfo, "combien de temps de vol ?").complete();
    let scene = scene.with(|context| context.reading = agent::language::Reading::default());
    let played = scene.play(|_| facts("JFK", Some("LYS")));
    assert_eq!(*played.arguments(0), json!({"place": "JFK", "from": "LYS"}));
    assert!(played.text.starts_with("Lyon – New York"));
}

#[test]
fn amounts_are_exchanged_at_the_rates_of_all_other_answers() {
    let euros = agent::travel::Money::new(10_000, "EUR".parse().unwrap());
    let (yen, basis) = guide::rates::convert(euros, "JPY".parse().unwrap());
    let day = agent::travel::format::date(basis.date().unwrap(), Fr);
    let text = ask(Fr, "combien font 100 euros en yens ?", None, None).text;
    let yen = agent::travel::format::money(yen, Fr);
    assert_eq!(
        blanks(&text),
        format!(
            "100,00 € font environ **{}**. Le taux est celui du {}, pas celui du jour : vérifiez \
             auprès de votre banque avant de changer.",
            blanks(&yen),
            blanks(&day)
        )
    );
    let text = ask(En, "how many euros are 5,000 yen", None, None).text;
    assert!(text.starts_with("¥5,000 is about **€"), "{text}");
    let text = ask(En, "how much is 50€ there", Some(tokyo()), None).text;
    assert!(text.starts_with("€50.00 is about **¥"), "{text}");
    let text = ask(En, "convert 20 USD to CAD", None, None).text;
    assert!(text.starts_with("$20.00 is about **CA$"), "{text}");
    let montreal = place("montreal", PlaceKind::Metro, &["YMQ"], "CA");
    let text = ask(En, "20 dollars in euros", Some(montreal), None).text;
    assert!(text.starts_with("CA$20.00 is about **€"), "{text}");
}

#[test]
fn topics_without_facts_are_admitted_and_pointed_elsewhere() {
    let cases = [
        (Fr, "faut-il un visa pour le Vietnam ?", "consulat"),
        (En, "do I need a passport", "consulate"),
        (Fr, "quels vaccins pour le Kenya", "médecin"),
        (Fr, "taille de la valise cabine", "site de la compagnie"),
        (En, "the airline lost my bag", "baggage desk"),
        (En, "weather in Tokyo", "weather service"),
        (Fr, "quand partir au Japon ?", "jours les moins chers"),
        (Fr, "vol AF225, statut ?", "numéro de vol"),
        (Fr, "il est où le af225", "numéro de vol"),
        (En, "what time does BA99 land", "flight number"),
        (En, "is it safe to go to Turkey", "travel advice"),
        (En, "how do you say hello in Japanese", "phrasebook"),
        (En, "do I tip in Japan", "guidebook"),
    ];
    for (locale, message, pointer) in cases {
        let played = ask(locale, message, Some(tokyo()), None);
        assert!(played.calls.is_empty(), "{message}");
        assert!(played.text.contains(pointer), "{message}: {}", played.text);
    }
}

#[test]
fn a_question_about_a_place_as_such_gets_what_is_known_of_it() {
    let played = ask(En, "tell me about Tokyo", Some(tokyo()), Some(lyon()));
    for part in [
        "what I know of the place",
        "18:00",
        "Japanese yen",
        "plug types A and B",
        "+81",
        "12h 55m",
    ] {
        assert!(played.text.contains(part), "{part}: {}", played.text);
    }
}

#[test]
fn airport_codes_are_looked_up() {
    let scene = |locale, message: &str| {
        Scene::new(locale, TravelInfo, message)
            .with(|context| context.reading.destination = Some(tokyo()))
    };
    let found = |code: &str| airport::by_code(code.parse().unwrap()).unwrap();
    let played = scene(En, "what is the airport code of Tokyo")
        .play(|_| Ok(AirportsFound(vec![found("HND"), found("NRT")]).into()));
    assert_eq!(*played.arguments(0), json!({"city": "Tokyo"}));
    assert_eq!(
        played.text,
        "Airports for “Tokyo”:\n\n- **HND** – Tokyo Haneda International Airport (Tokyo)\n\
         - **NRT** – Narita International Airport (Tokyo)"
    );
    let played = scene(Fr, "le code IATA de Tokyo").play(|_| Ok(AirportsFound(vec![]).into()));
    assert_eq!(
        blanks(&played.text),
        "Je ne trouve aucun aéroport pour « Tokyo »."
    );
}

#[test]
fn a_question_about_the_shown_offer_needs_no_lookup() {
    let scene = Scene::new(Fr, TravelInfo, "le bagage est-il inclus dans cette offre ?")
        .with(|context| context.offers = three_offers());
    assert!(blanks(&scene.says()).contains("Sans bagage en soute, non remboursable"));
}

#[test]
fn a_place_that_was_asked_for_completes_the_question() {
    let cases = [
        (Fr, "quelle heure est-il là-bas ?", "il est **18:00**"),
        (
            Fr,
            "combien font 50 euros là-bas ?",
            "50,00 € font environ **",
        ),
        (Fr, "quel est leur indicatif ?", "+81"),
        (Fr, "on se branche sur quelles prises ?", "type A et B"),
        (En, "what is the currency?", "Japanese yen"),
        (En, "what is the time difference?", "8h ahead"),
        (En, "how much is 50€ there?", "€50.00 is about **¥"),
        (En, "do I need an adapter there", "plug types A and B"),
    ];
    for (locale, question, answer) in cases {
        let played = ask(locale, question, None, None);
        assert!(matches!(played.asks, Pending::Topic { .. }), "{question}");
        let (asked, pending) = (played.text, played.asks);
        for place in ["Tokyo", "Japan", "le Japon"] {
            let context = agent::intent::Context {
                previous: Some(&asked),
                pending_proposal: false,
            };
            let detected = agent::intent::detect(place, context);
            assert_eq!(detected.intent, TravelInfo, "{place} after {asked}");
        }
        let mut scene = Scene::new(locale, TravelInfo, "Tokyo");
        scene.context.reading.destination = Some(tokyo());
        scene.context.asked = Some(pending);
        let played = scene.play(|_| facts("HND", None));
        assert!(blanks(&played.text).contains(answer), "{}", played.text);
    }
}

#[test]
fn without_place_or_tool_the_answer_says_so() {
    let text = ask(Fr, "quelle heure est-il là-bas ?", None, None).text;
    assert_eq!(
        blanks(&text),
        "De quel pays ou de quelle ville voulez-vous connaître l’heure ?"
    );
    let scene = Scene::new(En, TravelInfo, "what time is it in Tokyo")
        .with(|context| context.reading.destination = Some(tokyo()));
    assert!(
        scene
            .clone()
            .without_tools()
            .says()
            .contains("ask again in full mode")
    );
    let played = scene.play(|_| Err(ToolError::respond("no such place in the table")));
    assert!(played.text.contains("did not find this place"));
}
