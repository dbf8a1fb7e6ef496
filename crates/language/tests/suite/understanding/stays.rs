//! The days of legs: said, following from stays, or in answer to the question for them.

use jiff::Zoned;
use language::{Input, Pending, Problem, SlotName, TripRequest, understand};
use travel::locale::Locale::{self, En, Fr};

fn now() -> Zoned {
    "2026-11-29T09:00:00+01:00[Europe/Paris]".parse().unwrap()
}

/// The trip after these messages; the ones after the first answer a question for a day.
fn talked(locale: Locale, messages: &[&str]) -> (TripRequest, Vec<Problem>) {
    let (mut trip, mut problems) = (TripRequest::default(), Vec::new());
    let pending = Pending::slot(SlotName::DepartDate);
    for (nth, text) in messages.iter().enumerate() {
        let asked = Some(&pending).filter(|_| nth > 0);
        let reading = understand(&Input {
            text,
            previous: None,
            locale,
            month_first: false,
            now: &now(),
            trip: &trip,
            asked,
        });
        let slot = asked.and_then(Pending::awaited_slot);
        (trip, problems) = trip.merge(&reading, slot, now().date());
    }
    (trip, problems)
}

/// Days of the legs after the first; `-` where one has none.
fn days(trip: &TripRequest) -> Vec<String> {
    let day = |leg: &language::Leg| {
        let span = leg.date.as_ref();
        span.map_or("-".to_owned(), |span| span.from.to_string())
    };
    trip.onward.iter().map(day).collect()
}

#[test]
fn a_leg_without_a_day_has_none() {
    for (locale, text) in [
        (
            En,
            "Paris to Rome on 3 May, then Athens, then back to Paris",
        ),
        (Fr, "Paris Rome le 3 mai, puis Athènes, puis retour à Paris"),
    ] {
        let (trip, _) = talked(locale, &[text]);
        assert_eq!(trip.undated().count(), 2, "{text}: {:?}", trip.onward);
    }
}

#[test]
fn the_answer_dates_the_legs_in_order() {
    let (en, fr) = (
        "Paris to Rome on 3 May, then Athens, then back to Paris",
        "Paris Rome le 3 mai, puis Athènes, puis retour à Paris",
    );
    for (locale, first, answer, expected) in [
        (En, en, "8 May and 14 May", ["2027-05-08", "2027-05-14"]),
        (
            En,
            en,
            "4 nights then 3 nights",
            ["2027-05-07", "2027-05-10"],
        ),
        (Fr, fr, "le 8 et le 14 mai", ["2027-05-08", "2027-05-14"]),
        (
            Fr,
            fr,
            "5 nuits à Rome et une semaine à Athènes",
            ["2027-05-08", "2027-05-15"],
        ),
        (Fr, fr, "le 8 mai", ["2027-05-08", "-"]),
    ] {
        let (trip, problems) = talked(locale, &[first, answer]);
        assert_eq!(days(&trip), expected, "{answer}");
        assert_eq!(problems, [], "{answer}");
        let depart = trip.depart_date.unwrap();
        assert_eq!(depart.from.to_string(), "2027-05-03", "{answer}");
    }
}

#[test]
fn a_leg_before_the_one_that_it_follows_is_asked_again() {
    let (trip, problems) = talked(Fr, &["Paris Rome le 3 mai, puis Athènes", "le 1er mai"]);
    assert_eq!(days(&trip), ["-"]);
    assert_eq!(problems, [Problem::LegsOutOfOrder]);
}

#[test]
fn a_further_trip_waits_for_what_it_lacks() {
    for (locale, first, answer) in [
        (
            Fr,
            "Paris Rome le 3 mars et aussi un Lyon Oslo",
            "le 9 juin",
        ),
        (
            En,
            "Paris to Rome on 3 March and also a flight from Lyon to Oslo",
            "on 9 June",
        ),
    ] {
        let (trip, _) = talked(locale, &[first]);
        assert!(trip.waiting.is_some(), "{first}");
        let (trip, _) = talked(locale, &[first, answer]);
        let codes = |place: &Option<language::Place>| place.as_ref().unwrap().codes[0].to_string();
        assert_eq!(
            (codes(&trip.origin), codes(&trip.destination)),
            ("LYS".to_owned(), "OSL".to_owned()),
            "{first}"
        );
        assert_eq!(trip.depart_date.unwrap().from.to_string(), "2027-06-09");
        assert_eq!(trip.waiting, None);
    }
}

#[test]
fn names_that_places_share_are_told_where_one_was_taken() {
    let trip = TripRequest::default();
    let text = "Lyon Valencia le 3 mai, puis Valencia Rome le 8 mai, puis Rome Lyon le 12 mai";
    let reading = understand(&Input {
        text,
        previous: None,
        locale: Fr,
        month_first: false,
        now: &now(),
        trip: &trip,
        asked: None,
    });
    let names: Vec<_> = reading
        .assumed
        .iter()
        .map(|name| name.surface.to_lowercase())
        .collect();
    assert_eq!(names, ["valencia"]);
}
