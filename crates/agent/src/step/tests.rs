use std::time::Duration;

use serde_json::{Map, Value, json};

use super::*;
use crate::{
    capability::{Sources, registry},
    faults::Faults,
    llm::ToolSpec,
    prompt::tier::Tier,
    sources::SourceError,
    tools::ToolError,
};

fn specs() -> Vec<ToolSpec> {
    let registry = registry(Duration::ZERO, Faults::default(), &Sources::offline());
    registry.specs(Tier::Full).to_vec()
}

fn both(tool: &str, arguments: &Value) -> [String; 2] {
    [Locale::Fr, Locale::En].map(|locale| sentence(tool, arguments, locale).replace('\u{a0}', " "))
}

#[test]
fn a_search_tells_its_way_days_and_travellers() {
    let search = json!({
        "departure": "LYS", "arrival": "NYC", "date": "2027-01-12",
        "return_date": "2027-01-20", "adults": 2,
    });
    assert_eq!(
        both("search_flights", &search),
        [
            "Recherche de vols Lyon → New York, du 12 au 20 janvier, 2 adultes",
            "Searching flights Lyon → New York, January 12 to 20, 2 adults",
        ]
    );
}

#[test]
fn every_tool_has_its_words() {
    for (tool, arguments, fr, en) in [
        (
            "search_flights",
            json!({"departure": "ORY,CDG", "arrival": "TYO", "date": "2027-03-01", "adults": 1,
                "legs": [{"departure": "TYO", "arrival": "BKK", "date": "2027-03-08"}],
                "children_ages": [4, 7], "max_stops": 0, "airline": "AF", "skip": 5}),
            "Recherche de vols Paris (ORY) ou Paris (CDG) → Tokyo → Bangkok, le 1er mars, 1 adulte, \
             2 enfants (4 et 7 ans), vols directs, avec Air France, la suite de la liste",
            "Searching flights Paris (ORY) or Paris (CDG) → Tokyo → Bangkok, on March 1, 1 adult, \
             2 children (aged 4 and 7), direct flights, with Air France, more of the list",
        ),
        (
            "find_cheapest_dates",
            json!({"departure": "PAR", "arrival": "TYO", "month": "2027-03", "stay_days": 10}),
            "Recherche des dates les moins chères Paris → Tokyo, mars 2027, 10 nuits",
            "Looking for the cheapest dates Paris → Tokyo, March 2027, 10 nights",
        ),
        (
            "find_trip_window",
            json!({"departure": "LYS", "arrival": "LIS", "from": "2027-03-20", "to": "2027-04-02", "nights": 5}),
            "Recherche de la meilleure période Lyon → Lisbonne, départ du 20 mars au 2 avril, 5 nuits",
            "Looking for the cheapest days of the trip Lyon → Lisbon, leaving March 20 to April 2, 5 nights",
        ),
        (
            "recommend_best_package",
            json!({"departure": "LYS", "arrival": "LIS", "date": "2026-12-28", "return_date": "2027-01-03",
                "budget": 2000, "budget_per_person": true, "currency": "EUR"}),
            "Lyon → Lisbonne, du 28 décembre 2026 au 3 janvier 2027, budget 2 000 € par personne",
            "Lyon → Lisbon, December 28, 2026 to January 3, 2027, budget €2,000 for each person",
        ),
        (
            "calculate_total_cost",
            json!({"departure": "PAR", "city": "LIS", "check_in": "2027-03-03", "check_out": "2027-03-08", "adults": 2}),
            "Calcul du coût total : Lisbonne, au départ de Paris, du 3 au 8 mars, 2 adultes",
            "Adding up the cost: Lisbon, from Paris, March 3 to 8, 2 adults",
        ),
        (
            "search_hotels",
            json!({"city": "LIS", "check_in": "2027-03-03", "check_out": "2027-03-08", "rooms": 2, "category": "mid"}),
            "Prix des hôtels : Lisbonne, du 3 au 8 mars, 2 chambres, gamme intermédiaire",
            "Looking up hotel prices: Lisbon, March 3 to 8, 2 rooms, category: mid-range",
        ),
        (
            "search_vacation_rentals",
            json!({"city": "Lisbonne", "check_in": "2027-03-03"}),
            "Prix des logements entiers : Lisbonne, le 3 mars",
            "Looking up prices of flats: Lisbonne, on March 3",
        ),
        (
            "get_destination_context",
            json!({"city": "TYO", "month": "2027-03", "passport": "FR", "about": ["climate", "entry"]}),
            "Renseignements sur la destination : Tokyo, mars 2027, climat, formalités d’entrée, passeport : France",
            "Looking up facts about the destination: Tokyo, March 2027, climate, entry rules, passport: France",
        ),
        (
            "get_place_facts",
            json!({"place": "TYO", "from": "PAR"}),
            "Consultation des faits sur le lieu : Tokyo, depuis Paris",
            "Looking up facts about the place: Tokyo, from Paris",
        ),
        (
            "find_cultural_activities",
            json!({"city": "ROM", "interests": ["museums"], "exclude": ["religious"]}),
            "Recherche de visites : Rome, musées, sans : lieux de culte",
            "Looking for sights: Rome, museums, without: churches, mosques and temples",
        ),
        (
            "find_nearby_attractions",
            json!({"city": "ROM", "near": "center", "radius_km": 1.5}),
            "Recherche alentour : Rome, autour du centre, à 1,5 km au plus",
            "Looking around the place: Rome, around the centre, within 1.5 km",
        ),
        (
            "create_visit_itinerary",
            json!({"city": "ROM", "check_in": "2027-03-03", "check_out": "2027-03-05", "pace": "relaxed",
                "include": ["Colosseum"], "exclude": ["museums"]}),
            "Rome, du 3 au 5 mars, rythme tranquille, avec Colosseum, sans : musées",
            "Rome, March 3 to 5, pace: relaxed, with Colosseum, without: museums",
        ),
        (
            "suggest_destinations",
            json!({"departure": "LYS", "month": "2027-02", "warmth": "warm", "near": true, "kinds": ["beach"],
                "max_price": "400", "currency": "EUR"}),
            "Idées de destinations : au départ de Lyon, pas loin, février 2027, 400 € au plus, au chaud, plage",
            "Looking for destinations: from Lyon, not far, February 2027, €400 at most, warm, beach",
        ),
        (
            "generate_travel_map",
            json!({"kind": "route", "stops": ["LYS", "LIS", "ROM"]}),
            "le trajet, Lyon → Lisbonne → Rome",
            "the route, Lyon → Lisbon → Rome",
        ),
        (
            "get_flight_details",
            json!({"offer": "#2"}),
            "offre n° 2",
            "offer 2",
        ),
        (
            "get_airport_code",
            json!({"city": "Lyon"}),
            ": Lyon",
            ": Lyon",
        ),
        (
            "recommend_restaurants",
            json!({"city": "NAP"}),
            ": Naples",
            ": Naples",
        ),
        (
            "check_itinerary",
            json!({"city": "ROM", "plan": "Day 1: x"}),
            ": Rome",
            ": Rome",
        ),
        (
            "propose_offer",
            json!({"offer_id": "off_1"}),
            "Préparation de la proposition",
            "Preparing the proposal",
        ),
        (
            "check_price",
            json!({}),
            "Vérification du prix",
            "Checking the price",
        ),
        (
            "export_trip",
            json!({}),
            "Fichiers du voyage",
            "Files of the trip",
        ),
        (
            "undo_trip_change",
            json!({}),
            "Retour en arrière",
            "Taking a change back",
        ),
    ] {
        let [in_french, in_english] = both(tool, &arguments);
        assert!(in_french.ends_with(fr), "{in_french}\n{fr}");
        assert!(in_english.ends_with(en), "{in_english}\n{en}");
    }
}

/// A value that fits a property of a schema.
fn sample(name: &str, schema: &Value, root: &Value) -> Value {
    let schema = resolved(schema, root);
    if let Some(word) = schema["enum"].as_array().and_then(|words| words.first()) {
        return word.clone();
    }
    if let Some(first) = schema["oneOf"].get(0) {
        return first["const"].clone();
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().find(|kind| **kind != "null"),
        kind => Some(kind),
    };
    match kind.and_then(Value::as_str) {
        Some("boolean") => json!(name != "overnight"),
        Some("integer" | "number") => json!(2),
        Some("array") if name == "legs" => json!([{"departure": "NYC", "arrival": "BOS"}]),
        Some("array") => json!([sample(name, &schema["items"], root)]),
        Some("object") => json!({"departure_after": "09:00"}),
        _ if matches!(name, "return_date" | "check_out" | "to") => json!("2027-03-09"),
        _ if name.contains("date") || name.starts_with("check_") => json!("2027-03-05"),
        _ if name == "from" => json!("2027-03-05"),
        _ if name == "month" => json!("2027-03"),
        _ => json!("Zz"),
    }
}

fn resolved<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    let choice = schema["anyOf"].as_array().or(schema["allOf"].as_array());
    let schema = choice.and_then(|choice| choice.first()).unwrap_or(schema);
    let name = schema["$ref"]
        .as_str()
        .and_then(|path| path.strip_prefix("#/$defs/"));
    name.map_or(schema, |name| &root["$defs"][name])
}

#[test]
fn every_argument_of_every_tool_is_said_or_known_to_be_silent() {
    for spec in specs() {
        let schema: Value = serde_json::from_str(&spec.parameters.to_string()).unwrap();
        let properties = schema["properties"]
            .as_object()
            .cloned()
            .unwrap_or_default();
        let required: Map<String, Value> = properties
            .iter()
            .filter(|(name, _)| {
                let required = schema["required"].as_array();
                required.is_some_and(|required| required.contains(&json!(name)))
            })
            .map(|(name, property)| (name.clone(), sample(name, property, &schema)))
            .collect();
        for (name, property) in &properties {
            let mut without = required.clone();
            without.remove(name);
            let mut with = without.clone();
            with.insert(name.clone(), sample(name, property, &schema));
            for locale in [Locale::Fr, Locale::En] {
                let said = sentence(spec.name, &Value::Object(with.clone()), locale);
                let unsaid = sentence(spec.name, &Value::Object(without.clone()), locale);
                let silent = SILENT.contains(&&**name);
                assert_eq!(said != unsaid, !silent, "{} {name}: {said}", spec.name);
                let vague =
                    said.contains("et d’autres précisions") || said.contains("and other details");
                assert!(!vague, "{} {name}: {said}", spec.name);
            }
        }
    }
}

#[test]
fn anything_a_model_writes_becomes_a_short_line_without_json() {
    let long = "x".repeat(10_000);
    let odd = [
        json!(null),
        json!("departure: LYS"),
        json!([1, 2]),
        json!({"departure": {"code": "LYS"}, "arrival": ["NYC", null, 7], "date": 20_270_112}),
        json!({"city": long, "place": long, "departure": long, "arrival": long, "stops": vec![&long; 50]}),
        json!({"city": "{\"city\": \"LIS\"}", "about": "[1]", "near": "[\"a\"]"}),
        json!({"city": "<b>Lyon</b>\n\u{202e}evil\u{7}", "date": "next week", "month": "soon"}),
        json!({"adults": -1, "children_ages": [400], "nights": "many", "rooms": 1e30, "max_stops": "0"}),
        json!({"unknown": {"deep": [true]}, "adults": "2"}),
        json!({"legs": [{"departure": 1}], "return_window": [], "overnight": "maybe"}),
    ];
    for arguments in odd {
        for name in specs().iter().map(|spec| spec.name).chain(["no_such_tool"]) {
            for line in both(name, &arguments) {
                assert!(line.chars().count() <= LONGEST, "{line}");
                assert!(!line.is_empty());
                for sign in ["{", "[", "\n", "\u{202e}", "\u{7}", "null", "true"] {
                    assert!(!line.contains(sign), "{name}: {line}");
                }
            }
        }
    }
}

#[test]
fn what_cannot_be_read_is_named_as_unsaid() {
    let [fr, en] = both(
        "search_flights",
        &json!({"departure": "LYS", "arrival": "NYC", "adults": {"n": 2}}),
    );
    assert_eq!(
        fr,
        "Recherche de vols Lyon → New York, et d’autres précisions"
    );
    assert_eq!(en, "Searching flights Lyon → New York, and other details");
    // Half a way, and nothing at all.
    let [fr, _] = both("search_flights", &json!({"departure": "LYS"}));
    assert_eq!(fr, "Recherche de vols : au départ de Lyon");
    let [fr, _] = both("search_flights", &json!({}));
    assert_eq!(fr, "Recherche de vols");
    let [fr, _] = both(
        "search_flights",
        &json!({"departure": "LYS", "arrival": "NYC", "date": "bientôt"}),
    );
    assert_eq!(fr, "Recherche de vols Lyon → New York, bientôt");
}

#[test]
fn every_kind_of_failure_has_words_that_quote_nothing() {
    let failures = [
        ToolError::Unreadable {
            argument: None,
            problem: "secret".to_owned(),
        },
        ToolError::Source(SourceError::Unavailable),
        ToolError::Source(SourceError::Timeout),
        ToolError::Source(SourceError::RateLimited),
        ToolError::Source(SourceError::Unsupported("secret")),
        ToolError::TimedOut,
        ToolError::Panicked,
    ];
    let other = failure("secret", Locale::En);
    for error in failures {
        let said = failure(&error.to_string(), Locale::En);
        assert!(said != other && !said.contains("secret"), "{error}: {said}");
    }
    assert_eq!(other, "did not succeed");
}
