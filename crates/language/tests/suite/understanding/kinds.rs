//! Families of sentences that were once misread with confidence.

use language::understanding::{Change, Feature, Place, Polarity, Slots};

use super::{days::dates, en, fr};

fn code(place: &Option<Place>) -> &str {
    place.as_ref().map_or("", |place| place.codes[0].as_str())
}

fn route(slots: &Slots) -> String {
    format!("{} {}", code(&slots.origin), code(&slots.destination))
}

#[test]
fn cities_are_swapped_in_many_words() {
    for text in [
        "j'ai confondu départ et arrivée",
        "permute les deux villes",
        "oups, intervertis le départ et l'arrivée",
    ] {
        assert_eq!(fr(text).changes, [Change::Swap], "{text}");
    }
    for text in [
        "oh, flip these two",
        "I mixed up departure and arrival",
        "please switch those cities",
        "those are the wrong way round",
    ] {
        assert_eq!(en(text).changes, [Change::Swap], "{text}");
    }
}

#[test]
fn weeks_are_counted_from_a_day() {
    for (text, expected) in [
        ("two weeks tomorrow", "2026-12-07"),
        ("a fortnight today", "2026-12-06"),
        ("three weeks Monday", "2026-12-14"),
        ("wk 11", "2027-03-15..2027-03-21"),
    ] {
        assert_eq!(dates(&en(text)), expected, "{text}");
    }
}

#[test]
fn the_day_but_one_follows_the_way_out() {
    for (text, expected) in [
        (
            "Nantes Porto le 3 mai, retour le surlendemain",
            "2027-05-03 > 2027-05-05",
        ),
        ("Nantes Porto 2main", "2026-11-23"),
        ("Nantes Porto dem1", "2026-11-23"),
    ] {
        assert_eq!(dates(&fr(text)), expected, "{text}");
    }
}

#[test]
fn one_way_between_a_return_and_a_day_leaves_the_day_to_the_way_out() {
    assert_eq!(
        dates(&fr(
            "retour en famille : Metz - Porto, aller simple, le 6 mai"
        )),
        "2027-05-06"
    );
    assert_eq!(
        dates(&en("going back home: Cork to Faro, one way, on 6 May")),
        "2027-05-06"
    );
}

#[test]
fn the_nth_weekday_chooses_no_offer() {
    let slots = en("could you look into Cork - Faro for the second Friday of May");
    assert_eq!(
        (route(&slots).as_str(), dates(&slots).as_str()),
        ("ORK FAO", "2027-05-14")
    );
    assert_eq!(slots.choice, None);
}

#[test]
fn towns_are_named_after_holidays() {
    let slots = fr("Paris vers Saint-Jean de Terre-Neuve");
    assert_eq!(route(&slots), "PAR YYT");
    assert_eq!(slots.depart_date, None);
}

#[test]
fn without_stops_refuses_no_airline() {
    for slots in [
        fr("Nantes Tokyo sans escale avec Air France"),
        fr("Nantes Tokyo sans correspondance avec Lufthansa"),
        en("Cork to Rome without layovers with Lufthansa"),
    ] {
        let airline = slots
            .wishes
            .iter()
            .find(|wish| matches!(wish.feature, Feature::Airline(_)));
        assert_eq!(
            airline.map(|wish| wish.polarity),
            Some(Polarity::Wanted),
            "{slots:?}"
        );
    }
}
