//! Families of sentences that were once misread with confidence.

use language::{Change, Feature, Place, Polarity, Reading};

use super::{days::dates, en, fr};

fn code(place: &Option<Place>) -> &str {
    place.as_ref().map_or("", |place| place.codes[0].as_str())
}

fn route(reading: &Reading) -> String {
    format!("{} {}", code(&reading.origin), code(&reading.destination))
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
    let reading = en("could you look into Cork - Faro for the second Friday of May");
    assert_eq!(
        (route(&reading).as_str(), dates(&reading).as_str()),
        ("ORK FAO", "2027-05-14")
    );
    assert_eq!(reading.choice, None);
}

#[test]
fn towns_are_named_after_holidays() {
    let reading = fr("Paris vers Saint-Jean de Terre-Neuve");
    assert_eq!(route(&reading), "PAR YYT");
    assert_eq!(reading.depart_date, None);
}

#[test]
fn without_stops_refuses_no_airline() {
    for reading in [
        fr("Nantes Tokyo sans escale avec Air France"),
        fr("Nantes Tokyo sans correspondance avec Lufthansa"),
        en("Cork to Rome without layovers with Lufthansa"),
    ] {
        let airline = reading
            .wishes
            .iter()
            .find(|wish| matches!(wish.feature, Feature::Airline(_)));
        assert_eq!(
            airline.map(|wish| wish.polarity),
            Some(Polarity::Wanted),
            "{reading:?}"
        );
    }
}

#[test]
fn a_trip_after_a_way_back_is_another_one() {
    for reading in [
        fr("Nantes Porto le 3 mars, retour le 9, et Lille Oslo le 4 avril"),
        en("Cork to Faro on 3 March, return on the 9th, and Leeds to Malta on 4 April"),
    ] {
        assert_eq!(
            dates(&reading),
            "2027-03-03 > 2027-03-09",
            "{:?}",
            reading.onward
        );
        assert!(reading.onward.is_empty(), "{:?}", reading.onward);
        assert_eq!(reading.also.len(), 1, "{:?}", reading.also);
        let leg = &reading.also[0].legs[0];
        let date = leg.date.as_ref().map(|date| date.from.to_string());
        assert_eq!(date.as_deref(), Some("2027-04-04"));
    }
}

#[test]
fn days_in_a_row_share_their_month() {
    for reading in [
        fr("Nantes > Rome > Athènes > Nantes les 3, 7 et 12 juin"),
        en("Cork > Rome > Athens > Cork on 3, 7 and 12 June"),
    ] {
        let legs = reading.onward.iter();
        let days: Vec<_> = legs
            .filter_map(|leg| leg.date.as_ref().map(|date| date.from.to_string()))
            .collect();
        assert_eq!(dates(&reading), "2027-06-03");
        assert_eq!(days, ["2027-06-07", "2027-06-12"]);
    }
    assert_eq!(
        dates(&fr("Nantes Rome les 3 et 4 juin")),
        "2027-06-03 > 2027-06-04"
    );
    assert_eq!(
        dates(&en("Cork to Rome on the 3rd and 4th of June")),
        "2027-06-03 > 2027-06-04"
    );
}

#[test]
fn a_length_from_a_day_on_begins_that_day() {
    for reading in [
        fr("Nantes Rome une semaine à partir du 10 juin"),
        en("Cork to Rome, a week starting from 10 June"),
    ] {
        assert_eq!(dates(&reading), "2027-06-10");
        assert_eq!(reading.stay_days, Some(7));
    }
    assert_eq!(
        dates(&fr("Nantes Rome à partir du 10 juin")),
        "2027-06-10..2027-06-30"
    );
}

#[test]
fn a_length_that_was_not_decided_is_told() {
    for reading in [
        fr("Nantes Rome le 10 juin pour 3 ou 4 jours"),
        en("Cork to Rome on 10 June for 3 or 4 days"),
    ] {
        assert_eq!(reading.stay_days, None);
        assert!(!reading.left_over.is_empty());
    }
}

#[test]
fn a_price_each_way_is_no_price_of_the_whole() {
    for reading in [
        fr("Nantes Rome du 3 au 9 mai, 80 € max par trajet"),
        en("Cork to Rome 3 to 9 May, under £80 each way"),
    ] {
        assert_eq!(reading.money, None);
        assert!(!reading.left_over.is_empty());
    }
}

#[test]
fn the_month_of_the_weather_is_no_way_back() {
    for reading in [
        fr("Nantes Oslo le 3 mars, et quelle météo en mars ?"),
        en("Cork to Oslo on 3 March, and what is the weather like in March?"),
    ] {
        assert_eq!(dates(&reading), "2027-03-03");
    }
}
