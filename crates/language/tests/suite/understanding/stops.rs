//! Stops that are left out of a trip of several legs.

use language::{Change, Place, TripRequest};
use travel::locale::Locale::{self, En, Fr};

use super::{day, read_in};

const FR: &str = "Paris Rome le 3 mars, puis Rome Athènes le 8 mars, ensuite Athènes Lisbonne le 14 mars \
                  et enfin retour à Paris le 20 mars";
const EN: &str = "Paris to Rome on 3 March, then Rome to Athens on 8 March, then Athens to Lisbon on 14 \
                  March and finally back to Paris on 20 March";

/// The trip after the messages, as `PAR>ROM 2027-03-03 | …`.
fn talked(locale: Locale, messages: &[&str]) -> (String, TripRequest) {
    let mut trip = TripRequest::default();
    for text in messages {
        let reading = read_in(locale, text, None, &trip);
        trip = trip.merge(&reading, None, day("2026-11-22")).0;
    }
    let code = |place: &Option<Place>| match place.as_ref().or(trip.origin.as_ref()) {
        Some(place) => place.codes[0].to_string(),
        None => "?".to_owned(),
    };
    let first = (&trip.origin, &trip.destination, &trip.depart_date);
    let onward = trip.onward.iter();
    let legs = std::iter::once(first)
        .chain(onward.map(|leg| (&leg.origin, &leg.destination, &leg.date)))
        .map(|(from, to, date)| {
            let date = date.as_ref().map(|date| date.from.to_string());
            format!("{}>{} {}", code(from), code(to), date.unwrap_or_default())
        });
    let legs: Vec<_> = legs.collect();
    (legs.join(" | "), trip)
}

#[test]
fn a_stop_is_left_out_and_the_others_stay() {
    let without_athens = "PAR>ROM 2027-03-03 | ROM>LIS 2027-03-08 | LIS>PAR 2027-03-20";
    let without_rome = "PAR>ATH 2027-03-03 | ATH>LIS 2027-03-14 | LIS>PAR 2027-03-20";
    let without_lisbon = "PAR>ROM 2027-03-03 | ROM>ATH 2027-03-08 | ATH>PAR 2027-03-20";
    for (locale, first, second, legs) in [
        (Fr, FR, "supprime Athènes", without_athens),
        (Fr, FR, "finalement sans l'étape d'Athènes", without_athens),
        (Fr, FR, "enlevez l'étape à Rome", without_rome),
        (Fr, FR, "retire Lisbonne s'il te plaît", without_lisbon),
        (Fr, FR, "laisse tomber Rome", without_rome),
        (En, EN, "drop Athens", without_athens),
        (
            En,
            EN,
            "without the stop in Athens after all",
            without_athens,
        ),
        (En, EN, "skip Rome", without_rome),
        (En, EN, "please remove Lisbon", without_lisbon),
        (En, EN, "forget about the stop in Rome", without_rome),
    ] {
        assert_eq!(talked(locale, &[first, second]).0, legs, "{second}");
    }
}

#[test]
fn what_is_left_of_out_and_back_is_a_return() {
    let en = "Paris to Rome on 3 March, then Athens on 8 March, back to Paris on 14 March";
    let fr = "Paris Rome le 3 mars, puis Athènes le 8 mars, retour à Paris le 14 mars";
    for (locale, first, second) in [(En, en, "drop Athens"), (Fr, fr, "supprime Athènes")] {
        let (legs, trip) = talked(locale, &[first, second]);
        assert_eq!(legs, "PAR>ROM 2027-03-03");
        assert_eq!(
            trip.return_date.unwrap().from,
            day("2027-03-14"),
            "{second}"
        );
    }
}

#[test]
fn a_place_that_is_no_stop_is_not_left_out() {
    for (locale, first, second) in [
        (Fr, FR, "supprime Berlin"),
        (En, EN, "drop Berlin"),
        (Fr, "Paris Rome du 3 au 9 mars", "supprime Rome"),
        (En, "Paris to Rome from 3 to 9 March", "drop Rome"),
    ] {
        let (_, trip) = talked(locale, &[first]);
        let reading = read_in(locale, second, None, &trip);
        let drops = |change: &Change| matches!(change, Change::DropStop(_));
        assert!(!reading.changes.iter().any(drops), "{second}");
    }
}
