//! Origins and destinations.

use language::{Place, PlaceKind, Problem, Reading, SlotName, TripRequest};
use travel::locale::Locale;

use super::{en, fr, read_in};

fn code(place: &Option<Place>) -> &str {
    place.as_ref().map_or("", |place| place.codes[0].as_str())
}

fn ends(reading: &Reading) -> (&str, &str) {
    (code(&reading.origin), code(&reading.destination))
}

#[test]
fn french_sentences() {
    for (text, origin, destination) in [
        ("Je veux aller à New York en janvier", "", "NYC"),
        ("un vol de Paris à Rome", "PAR", "ROM"),
        ("vol Paris-Rome", "PAR", "ROM"),
        ("Paris → Rome", "PAR", "ROM"),
        ("PARIS ROME DEMAIN", "PAR", "ROM"),
        ("Rome depuis Lyon", "LYS", "ROM"),
        ("depuis lyon vers geneve", "LYS", "GVA"),
        ("je pars de Nantes pour Alger", "NTE", "ALG"),
        ("à Bordeaux, au départ de Lille", "LIL", "BOD"),
        ("un vol pour le Japon", "", "TYO"),
        ("aux États-Unis", "", "NYC"),
        ("au Caire", "", "CAI"),
        ("La Nouvelle-Orléans depuis Toulouze", "TLS", "MSY"),
        (
            "de l'aéroport d'Orly à Saint-Denis de la Réunion",
            "ORY",
            "RUN",
        ),
        (
            "j'habite à Marseille et je voudrais visiter Rio de Janeiro",
            "MRS",
            "RIO",
        ),
        ("Nice-Tours", "NCE", "TUF"),
        ("de nice à tours", "NCE", "TUF"),
        ("quelle belle journée pour voyager", "", ""),
        ("le vol de nuit est long", "", ""),
        ("cdg to jfk", "CDG", "JFK"),
        ("depuis lys", "LYS", ""),
        ("Paris CDG vers Londres", "CDG", "LON"),
        ("plutôt Rome au lieu de Milan", "", "ROM"),
        ("via Doha, de Paris à Bali", "PAR", "DPS"),
        ("entre Nantes et Genève", "NTE", "GVA"),
        ("merci les amis, à la prochaine", "", ""),
    ] {
        assert_eq!(ends(&fr(text)), (origin, destination), "{text}");
    }
}

#[test]
fn english_sentences() {
    for (text, origin, destination) in [
        ("I'd like to fly from Vancouver to Seattle", "YVR", "SEA"),
        ("flights out of Mexico City", "MEX", ""),
        ("leaving Chicago for San Francisco", "CHI", "SFO"),
        ("I'm flying New York to Las Vegas", "NYC", "LAS"),
        ("San Diego is the departure city", "SAN", ""),
        ("the city I will start my trip from is Atlanta", "ATL", ""),
        ("a nice flight to Nice please", "", "NCE"),
        ("have a nice day", "", ""),
        ("I'm in London and want to go to Rome", "LON", "ROM"),
        ("CDG JFK", "CDG", "JFK"),
        ("need to get from NYC to LA asap", "NYC", "QLA"),
        ("back from Rome on the 8th", "", "ROM"),
        ("heathrow to orlando", "LHR", "ORL"),
        ("can you book it for me?", "", ""),
        ("what are you and the others doing", "", ""),
        ("London Ontario", "", "YXU"),
        ("San Jose, California", "", "SJC"),
        ("Birmingham UK", "", "BHX"),
        ("Portland, Maine", "", "PWM"),
        ("I'm going to see my mum", "", ""),
        ("to san fransisco", "", "SFO"),
        ("no, to Rome instead of Milan", "", "ROM"),
    ] {
        assert_eq!(ends(&en(text)), (origin, destination), "{text}");
    }
}

#[test]
fn kinds_and_surfaces() {
    let reading = fr("de l'aéroport de Roissy à  Genève, en Suisse");
    let origin = reading.origin.unwrap();
    assert_eq!(
        (origin.kind, origin.surface.as_str()),
        (PlaceKind::Airport, "Roissy")
    );
    assert_eq!(reading.destination.unwrap().surface, "Genève");
    assert_eq!(fr("à Paris").destination.unwrap().kind, PlaceKind::Metro);
    assert_eq!(fr("à Toulouse").destination.unwrap().kind, PlaceKind::City);
    let country = fr("en Italie").destination.unwrap();
    assert_eq!(
        (country.kind, country.country.as_str()),
        (PlaceKind::Country, "IT")
    );
}

#[test]
fn the_question_says_which_end_a_bare_place_is() {
    let trip = TripRequest::default();
    let asked = |slot| read_in(Locale::Fr, "Lyon", Some(slot), &trip);
    assert_eq!(ends(&asked(SlotName::Origin)), ("LYS", ""));
    assert_eq!(ends(&asked(SlotName::Destination)), ("", "LYS"));
    let nice = read_in(Locale::Fr, "nice", Some(SlotName::Origin), &trip);
    assert_eq!(ends(&nice), ("NCE", ""));
}

#[test]
fn homonyms_are_asked() {
    for (text, codes) in [
        ("San José", vec!["SJC", "SJO"]),
        ("Birmingham", vec!["BHX", "BHM"]),
        ("Saint-Denis", vec!["RUN", "PAR"]),
        ("Portland", vec!["PDX", "PWM"]),
        ("Valencia", vec!["VLC", "VLN"]),
    ] {
        let reading = fr(text);
        let open = &reading.ambiguities[0];
        let found: Vec<&str> = open
            .options
            .iter()
            .map(|place| place.codes[0].as_str())
            .collect();
        assert_eq!(
            (open.slot, open.surface.as_str()),
            (SlotName::Destination, text)
        );
        assert_eq!(found, codes);
        assert_eq!(reading.destination, None);
    }
    assert!(fr("Londres").ambiguities.is_empty());
}

#[test]
fn an_open_homonym_is_settled() {
    let (trip, _) = TripRequest::default().merge(&fr("à San José"), None, super::day("2026-11-22"));
    for (text, code) in [
        ("celui du Costa Rica", "SJO"),
        ("the one in California", "SJC"),
        ("SJO", "SJO"),
        ("le deuxième", "SJO"),
    ] {
        let reading = read_in(Locale::Fr, text, None, &trip);
        assert_eq!(ends(&reading), ("", code), "{text}");
        let (settled, _) = trip.merge(&reading, None, super::day("2026-11-22"));
        assert_eq!(settled.open_ambiguity, None);
        assert_eq!(settled.destination.unwrap().surface, "San José");
    }
}

#[test]
fn unknown_places_are_said() {
    let unknown = |slot, surface: &str| Problem::UnknownPlace {
        slot,
        surface: surface.to_owned(),
    };
    assert_eq!(
        en("to Xyzville").problems,
        [unknown(SlotName::Destination, "Xyzville")]
    );
    assert_eq!(
        en("from Xyzville to Rome").problems,
        [unknown(SlotName::Origin, "Xyzville")]
    );
    assert_eq!(
        fr("un vol pour Trifouilly").problems,
        [unknown(SlotName::Destination, "Trifouilly")]
    );
    for text in [
        "pour deux",
        "to see my mum",
        "pour Marie",
        "merci à vous",
        "from Monday",
    ] {
        assert_eq!(fr(text).problems, [], "{text}");
    }
}

#[test]
fn one_of_a_name_that_is_near_the_other_end_is_meant() {
    for (text, origin) in [
        ("Birmingham to Dublin on 3 May", "BHX"),
        ("Birmingham to Vienna on 3 May", "BHX"),
        ("Birmingham, Alabama to Atlanta on 3 May", "BHM"),
    ] {
        let reading = en(text);
        let codes = reading.origin.map(|place| place.codes[0].to_string());
        assert_eq!(codes.as_deref(), Some(origin), "{text}");
    }
    // Either of them may fly there.
    assert_eq!(en("Birmingham to Miami on 3 May").ambiguities.len(), 1);
}

#[test]
fn a_city_is_its_served_airports() {
    for (text, codes) in [
        ("to Denver", "DEN"),
        ("to Washington", "WAS"),
        ("to Baltimore", "BWI"),
        ("to Monaco", "NCE"),
        ("to Bruges", "BRU"),
        ("to Saint-Nazaire", "NTE"),
        ("to Santa Cruz, Bolivia", "VVI"),
    ] {
        let place = en(text).destination.unwrap();
        let found: Vec<_> = place.codes.iter().map(ToString::to_string).collect();
        assert_eq!(found.join(","), codes, "{text}");
    }
}

#[test]
fn an_article_is_no_code_and_a_code_no_town() {
    let ends = |reading: &Reading| {
        let code = |place: &Option<Place>| place.as_ref().map(|place| place.codes[0].to_string());
        // What only asks has a place of its own.
        let asked = reading
            .asked()
            .find_map(|question| question.destination.clone());
        let destination = reading.destination.clone().or(asked);
        (code(&reading.origin), code(&destination))
    };
    let expected = |origin: &str, destination: &str| {
        let code = |code: &str| (!code.is_empty()).then(|| code.to_owned());
        (code(origin), code(destination))
    };
    for (text, origin, destination) in [
        ("c'est dangereux la thailande ?", "", "BKK"),
        ("de là Prague le 4", "", "PRG"),
        ("vol mrs cdg 14 dec", "MRS", "CDG"),
        ("strasbourg >> lisbonne", "SXB", "LIS"),
        ("je cherche barcelonne depuis marseile", "MRS", "BCN"),
        ("de Montréal à Québec", "YMQ", "YQB"),
        ("on habite Saint-Étienne, direction Rome", "LYS", "ROM"),
        ("un truc pour mon Nice – Varsovie", "NCE", "WAW"),
    ] {
        assert_eq!(ends(&fr(text)), expected(origin, destination), "{text}");
    }
    for (text, origin, destination) in [
        ("MAN to AGP 6 June", "MAN", "AGP"),
        ("from nyc to la on 3 May", "NYC", "QLA"),
        ("Bristol to Zzyxville on 3 March", "BRS", ""),
        ("Springfield, Illinois to Miami", "SPI", "MIA"),
    ] {
        assert_eq!(ends(&en(text)), expected(origin, destination), "{text}");
    }
}
