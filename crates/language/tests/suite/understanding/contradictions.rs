//! What a message says of one thing in two ways, and what it says of each of several things.

use language::{Place, Problem, Reading, TripRequest};
use travel::Party;

use super::{day, en, fr};

#[test]
fn a_way_back_and_one_way_are_told() {
    for reading in [
        fr("Lyon Rome le 3 mars, retour le 9 mars, aller simple"),
        fr("un aller simple Lyon Rome du 3 au 9 mars"),
        en("a one-way from Lyon to Rome on 3 March, back on 9 March"),
        en("Lyon to Rome from 3 to 9 March, one way"),
    ] {
        assert_eq!(reading.problems, [Problem::OneWayWithReturn]);
        let today = day("2026-11-22");
        let (trip, problems) = TripRequest::default().merge(&reading, None, today);
        assert_eq!(problems, [Problem::OneWayWithReturn]);
        assert_eq!(trip.return_date.unwrap().from, day("2027-03-09"));
    }
    for reading in [
        fr("un aller simple Lyon Rome le 3 mars"),
        fr("Lyon Rome le 3 mars, retour le 9 mars"),
        en("one way from Lyon to Rome on 3 March"),
        en("Lyon to Rome on 3 March, back on 9 March"),
    ] {
        assert_eq!(reading.problems, []);
    }
}

#[test]
fn a_total_that_its_parts_do_not_make_is_told() {
    let torn = |total, named| [Problem::PartyMismatch { total, named }];
    for (reading, problems) in [
        (en("family of 6: me, my husband and three kids"), torn(6, 5)),
        (en("we are 5: 2 adults and 2 children"), torn(5, 4)),
        (en("4 people (2 adults, 3 children)"), torn(4, 5)),
        (
            fr("nous sommes 6 : moi, mon mari et trois enfants"),
            torn(6, 5),
        ),
        (fr("5 personnes : 2 adultes et 2 enfants"), torn(5, 4)),
        (fr("4 personnes (2 adultes, 3 enfants)"), torn(4, 5)),
    ] {
        assert_eq!(reading.problems, problems);
    }
    for reading in [
        en("family of 5: me, my husband and three kids"),
        en("4 people: 2 adults and 2 kids"),
        en("6 people: 2 kids"),
        en("a family of four, two of them children"),
        fr("nous sommes 5 : moi, mon mari et trois enfants"),
        fr("4 personnes dont 1 enfant de 6 ans"),
        fr("6 personnes (2 enfants)"),
    ] {
        assert_eq!(reading.problems, []);
    }
}

/// The adults of each trip of a message.
fn adults(reading: &Reading) -> Vec<u8> {
    let first = reading.passengers.as_ref().and_then(|party| party.adults);
    let trip = TripRequest {
        party: first.map(|adults| Party {
            adults,
            ..Party::default()
        }),
        ..TripRequest::default()
    };
    let others = reading.also.iter().map(|route| trip.along(route).party);
    std::iter::once(trip.party.clone())
        .chain(others)
        .map(|party| party.map_or(1, |party| party.adults))
        .collect()
}

#[test]
fn each_of_two_trips_has_its_own_travellers() {
    for (reading, counts) in [
        (
            en("2 adults Lyon to Rome on 3 March and Paris to Oslo on 5 April for 1 adult"),
            [2, 1],
        ),
        (
            en(
                "Lyon to Rome on 3 March for 3 adults, and also Paris to Oslo on 5 April for 2 adults",
            ),
            [3, 2],
        ),
        (
            fr("Lyon Rome le 3 mars pour 2 adultes et aussi Paris Oslo le 5 avril pour 1 adulte"),
            [2, 1],
        ),
        (
            fr("2 adultes Lyon Rome le 3 mars et Paris Oslo le 5 avril pour 3 adultes"),
            [2, 3],
        ),
        (
            en("Lyon to Rome on 3 March and Paris to Oslo on 5 April for 2 adults"),
            [2, 2],
        ),
        (
            fr("Lyon Rome le 3 mars et aussi Paris Oslo le 5 avril, 2 adultes"),
            [2, 2],
        ),
    ] {
        assert_eq!(adults(&reading), counts);
    }
}

#[test]
fn three_days_in_a_row_are_alternatives_where_no_legs_take_them() {
    for reading in [
        fr("Lyon Rome les 3, 7 et 12 juin"),
        fr("de Lyon à Rome les 3, 7 et le 12 juin"),
        en("Lyon to Rome on the 3rd, 7th and 12th of June"),
    ] {
        let date = reading.depart_date.unwrap();
        assert_eq!((date.from, date.to), (day("2027-06-03"), day("2027-06-03")));
        let days = ["2027-06-07", "2027-06-12"].map(|text| (day(text), day(text)));
        assert_eq!(date.or, days);
        assert_eq!(reading.return_date, None);
    }
    // Legs take the days one by one, and two days are those of out and back.
    for reading in [
        fr("Lyon > Rome > Athènes > Lyon les 3, 7 et 12 juin"),
        fr("Lyon Rome les 3 et 12 juin"),
    ] {
        assert!(reading.depart_date.unwrap().or.is_empty());
    }
}

#[test]
fn a_refused_day_and_a_past_visit_are_not_the_trip() {
    for reading in [
        en("Lyon to Rome, not this Tuesday, the Tuesday after next"),
        fr("Lyon Rome, pas ce mardi, le mardi de la semaine d'après"),
    ] {
        assert_eq!(reading.depart_date.unwrap().from, day("2026-12-01"));
        assert_eq!(reading.return_date, None);
    }
    for reading in [
        fr("j'ai été à Rome, j'aimerais y retourner depuis Lyon"),
        en("I have been to Rome, I would like to go back there from Lyon"),
        en("I have been to Rome and want to return there from Lyon on 3 March"),
        fr("je suis déjà allé à Rome et j'aimerais y retourner depuis Lyon le 3 mars"),
    ] {
        let surface = |place: Option<Place>| place.map(|place| place.surface);
        assert_eq!(surface(reading.origin).as_deref(), Some("Lyon"));
        assert_eq!(surface(reading.destination).as_deref(), Some("Rome"));
        assert_eq!((reading.onward, reading.return_date), (vec![], None));
    }
}
