//! Towns without airline service, regions, and what tells homonyms apart.

use language::{Place, PlaceKind, Problem, Reading, SlotName, TripRequest};
use travel::locale::Locale;

use super::{en, fr, read_in};

fn codes(place: &Option<Place>) -> String {
    let codes = place.iter().flat_map(|place| &place.codes);
    codes
        .map(|code| code.as_str())
        .collect::<Vec<_>>()
        .join(",")
}

fn ends(reading: &Reading) -> (String, String) {
    (codes(&reading.origin), codes(&reading.destination))
}

fn check(read: fn(&str) -> Reading, rows: &[(&str, &str, &str)]) {
    for (text, origin, destination) in rows {
        let reading = read(text);
        assert_eq!(
            ends(&reading),
            (origin.to_string(), destination.to_string()),
            "{text}: {:?}",
            reading.ambiguities
        );
    }
}

#[test]
fn a_town_stands_for_the_airports_that_people_there_use() {
    check(
        fr,
        &[
            ("J'habite à Amiens et je veux aller à Rome", "PAR", "ROM"),
            ("de Lausanne à Porto", "GVA", "OPO"),
            ("depuis Saint-Malo vers Lisbonne", "RNS", "LIS"),
            ("St Malo - Lisbonne", "RNS", "LIS"),
            ("Vannes Rome", "LRT", "ROM"),
            ("Nancy - Lyon", "ETZ", "LYS"),
            ("je pars de Bourg-en-Bresse pour Lisbonne", "LYS", "LIS"),
        ],
    );
    check(
        en,
        &[
            ("from Oxford to Porto", "LON", "OPO"),
            ("Bath to Geneva", "BRS", "GVA"),
            ("leaving from harrogate to malaga", "LBA", "AGP"),
            ("Boston to Raleigh", "BOS", "RDU"),
        ],
    );
}

#[test]
fn the_distance_is_about_that_by_road() {
    let place = fr("de Versailles à Vienne").origin.unwrap();
    let town = place.town.unwrap();
    assert_eq!(
        (place.kind, town.name.as_str()),
        (PlaceKind::Town, "Versailles")
    );
    assert_eq!(town.km.len(), place.codes.len());
    assert!((15..50).contains(&town.km[0]), "{:?}", town.km);
}

#[test]
fn a_town_in_the_mountains_is_no_other_name_of_an_airport() {
    for reading in [
        fr("Lille Chamonix le 16 janvier"),
        en("London to Chamonix on 16 January"),
    ] {
        let place = reading.destination.unwrap();
        assert_eq!(place.kind, PlaceKind::Town);
        assert_eq!(place.codes[0].as_str(), "GVA");
        let town = place.town.unwrap();
        assert_eq!(town.km.len(), place.codes.len());
        assert!((60..130).contains(&town.km[0]), "{:?}", town.km);
    }
}

#[test]
fn region_and_country_tell_homonyms_apart() {
    check(
        en,
        &[
            ("New York, NY to Boston, MA", "NYC", "BOS"),
            ("Naples, Florida to Chicago", "RSW", "CHI"),
            ("Naples to Chicago", "NAP", "CHI"),
            ("from Vancouver, WA to Seattle", "PDX", "SEA"),
            ("Paris, Texas to Miami", "DFW", "MIA"),
            ("Athens, Georgia to Berlin", "ATL", "BER"),
            ("from Cambridge, MA to London", "BOS", "LON"),
            ("Lima Peru to Quito Ecuador", "LIM", "UIO"),
            ("London, Ontario to Paris", "YXU", "PAR"),
        ],
    );
    check(
        fr,
        &[
            ("Valence en Espagne vers Paris", "VLC", "PAR"),
            ("Paris Tripoli au Liban", "PAR", "BEY"),
            ("Madrid Santiago du Chili", "MAD", "SCL"),
            ("Paris vers Saint-Denis de La Réunion", "PAR", "RUN"),
            ("de Genève, Suisse à Porto", "GVA", "OPO"),
        ],
    );
}

#[test]
fn codes_and_names_that_are_words_follow_the_sentence() {
    check(
        fr,
        &[
            ("Nice Paris demain", "NCE", "PAR"),
            ("nice londres le 4 mai", "NCE", "LON"),
            ("un Nice Lyon le 4 mai", "NCE", "LYS"),
            ("Dole Nice le 4 mai", "DLE", "NCE"),
            ("Dijon Lyon", "DIJ", "LYS"),
            ("je pars avec Marie et Martin à Rome", "", "ROM"),
        ],
    );
    check(
        en,
        &[
            ("DAY to ATL 4 May", "DAY", "ATL"),
            ("SEA to ONT 4 May", "SEA", "ONT"),
            ("have a nice day", "", ""),
            ("a nice flight to Nice please", "", "NCE"),
        ],
    );
    let trip = TripRequest::default();
    for (answer, code) in [
        ("Pau", "PUF"),
        ("Lens", "LIL"),
        ("DAY", "DAY"),
        ("MAN", "MAN"),
        ("Bath", "BRS"),
        ("Annemasse", "GVA"),
        ("Mon", ""),
    ] {
        let reading = read_in(Locale::Fr, answer, Some(SlotName::Origin), &trip);
        assert_eq!(codes(&reading.origin), code, "{answer}");
    }
}

#[test]
fn regions_are_places() {
    for (reading, first) in [
        (fr("en Toscane depuis Lyon"), "FLR"),
        (fr("en Bavière"), "MUC"),
        (en("from Munich to Sicily"), "PMO"),
        (en("to the Canaries"), "TFS"),
        (en("fly to Queensland"), "BNE"),
    ] {
        let place = reading.destination.unwrap();
        assert_eq!(
            (place.kind, place.codes[0].as_str()),
            (PlaceKind::Region, first)
        );
    }
}

#[test]
fn every_unknown_place_is_said() {
    let surfaces = |reading: Reading| -> Vec<String> {
        let problems = reading.problems.into_iter();
        let unknown = problems.filter_map(|problem| match problem {
            Problem::UnknownPlace { surface, .. } => Some(surface),
            _ => None,
        });
        unknown.collect()
    };
    assert_eq!(
        surfaces(en("from Xyzville to Trifouilly")),
        ["Xyzville", "Trifouilly"]
    );
    assert_eq!(
        surfaces(fr("de Trifouilly à Plouc-les-Bains")),
        ["Trifouilly", "Plouc-les-Bains"]
    );
}
