//! The subjects of a whole trip, and what is said beyond the flights: each set has a bar that stands just
//! below what is reached; it is to rise, never to fall.

mod details;
mod fixture;

use std::{collections::BTreeMap, fmt::Write};

use jiff::Zoned;
use language::{Input, Reading, Topic, TripRequest, understand};
use travel::Locale;

use fixture::Case;

/// Sunday, 29 November 2026.
fn now() -> Zoned {
    "2026-11-29T12:00:00+01:00[Europe/Paris]".parse().unwrap()
}

fn read(text: &str, trip: &TripRequest, locale: Locale) -> Reading {
    understand(&Input {
        text,
        previous: None,
        locale,
        month_first: false,
        now: &now(),
        trip,
        asked: None,
    })
}

/// What the message says after what was written before it.
fn reading(case: &Case, locale: Locale) -> Reading {
    let mut trip = TripRequest::default();
    for text in &case.before {
        let said = read(text, &trip, locale);
        trip = trip.merge(&said, None, now().date()).0;
    }
    read(&case.text, &trip, locale)
}

/// The name of a topic as the sets write it, which were written before there were any names.
fn named(topic: Topic) -> String {
    let name = serde_json::to_value(topic).unwrap();
    name.as_str().unwrap().to_owned()
}

fn asked(reading: &Reading) -> Vec<String> {
    reading
        .asked()
        .map(|question| named(question.topic))
        .collect()
}

/// Headings of the set by another hand that name a topic otherwise.
fn heading(name: &str) -> &str {
    match name {
        "budget" => "cost",
        "cheapest_dates" => "window",
        "check_plan" => "check",
        "flight_details" => "offer_details",
        "museums" => "sights",
        other => other,
    }
}

/// What no tool of a trip answers.
const ELSEWHERE: [&str; 9] = [
    "health",
    "money",
    "safety",
    "car",
    "ground",
    "baggage",
    "transfer",
    "insurance",
    "phone",
];

/// Whether what a message asks is what its heading says, and nothing else.
fn is_right(wanted: &str, asked: &[String]) -> bool {
    let wanted: Vec<_> = match wanted {
        "none" => {
            return asked
                .iter()
                .all(|topic| ELSEWHERE.contains(&topic.as_str()));
        }
        wanted => wanted.split('+').map(heading).collect(),
    };
    let one = |topic: &str| match topic {
        "time_difference" => "time".to_owned(),
        other => other.to_owned(),
    };
    let asked: Vec<_> = asked.iter().map(|topic| one(topic)).collect();
    wanted
        .iter()
        .all(|wanted| asked.iter().any(|topic| topic == wanted))
        && asked.iter().all(|topic| wanted.contains(&topic.as_str()))
}

fn assert_reached(file: &str, locale: Locale, bar: f64) {
    let (mut right, mut all, mut misses) = (0, 0, String::new());
    let mut kinds: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for case in fixture::read(file) {
        let asked = asked(&reading(&case, locale));
        let kind = kinds.entry(case.heading.clone()).or_default();
        all += 1;
        kind.1 += 1;
        if is_right(&case.heading, &asked) {
            right += 1;
            kind.0 += 1;
        } else {
            writeln!(misses, "{}: {} | {asked:?}", case.heading, case.text).unwrap();
        }
    }
    let reached = f64::from(right) / f64::from(all);
    print!("{file}: {right} of {all}\n{misses}");
    assert!(
        reached >= bar,
        "{right} of {all} right\n{kinds:?}\n{misses}"
    );
}

#[test]
fn french_topics() {
    assert_reached("topics_fr.txt", Locale::Fr, 0.97);
}

#[test]
fn english_topics() {
    assert_reached("topics_en.txt", Locale::En, 0.97);
}

#[test]
fn french_questions() {
    assert_reached("questions_fr.txt", Locale::Fr, 0.95);
}

#[test]
fn english_questions() {
    assert_reached("questions_en.txt", Locale::En, 0.95);
}

#[test]
fn a_question_about_a_plan_says_where_and_how_long() {
    let trip = TripRequest::default();
    for (text, locale, days) in [
        ("Plan me 3 days in Lisbon", Locale::En, 3),
        ("Organise-moi 4 jours à Lisbonne", Locale::Fr, 4),
        (
            "quel budget pour 10 jours à Lisbonne à deux ?",
            Locale::Fr,
            10,
        ),
    ] {
        let said = read(text, &trip, locale);
        assert_eq!(said.stay_days, Some(days), "{text}");
        assert_eq!(said.destination.unwrap().codes[0].as_str(), "LIS", "{text}");
        assert!(said.left_over.is_empty(), "{text}: {:?}", said.left_over);
    }
    let said = read("a nice 4 star hotel in Lisbon", &trip, Locale::En);
    assert_eq!(said.destination.unwrap().codes[0].as_str(), "LIS");
}

#[test]
fn what_belongs_to_a_question_is_not_left_over() {
    let trip = TripRequest::default();
    for (text, locale, topic) in [
        ("so what's the damage in total", Locale::En, Topic::Cost),
        ("ça coûte combien en tout", Locale::Fr, Topic::Cost),
        (
            "Quel week-end de mars est le moins cher avec deux nuits à Vienne ?",
            Locale::Fr,
            Topic::Window,
        ),
        (
            "when is the cheapest week-end to go to Vienna, hotel included",
            Locale::En,
            Topic::Window,
        ),
        (
            "mid range hotel for those nights pls",
            Locale::En,
            Topic::Hotel,
        ),
        ("un hôtel pour ces nuits-là svp", Locale::Fr, Topic::Hotel),
        ("more about number 1", Locale::En, Topic::OfferDetails),
        (
            "is there a checked bag in number 2?",
            Locale::En,
            Topic::OfferDetails,
        ),
    ] {
        let said = read(text, &trip, locale);
        assert!(said.asked().any(|asked| asked.topic == topic), "{text}");
        assert!(said.left_over.is_empty(), "{text}: {:?}", said.left_over);
    }
}

#[test]
fn a_day_of_a_plan_is_named_by_its_date() {
    let mut trip = TripRequest::default();
    let planned = read(
        "Paris to Vienna from 20 to 28 March 2027",
        &trip,
        Locale::En,
    );
    trip = trip.merge(&planned, None, now().date()).0;
    for (text, locale, day) in [
        ("put Tuesday on a map", Locale::En, "2027-03-23"),
        (
            "show me the day of the 24th on a map",
            Locale::En,
            "2027-03-24",
        ),
        ("mets le mardi sur une carte", Locale::Fr, "2027-03-23"),
        ("la journée du 24 sur une carte", Locale::Fr, "2027-03-24"),
        ("is the 23rd too packed?", Locale::En, "2027-03-23"),
    ] {
        let said = read(text, &trip, locale);
        let day = language::DayRef::On(day.parse().unwrap());
        assert_eq!(said.details.day, Some(day), "{text}");
        assert_eq!(said.depart_date, None, "{text}");
        assert!(said.left_over.is_empty(), "{text}: {:?}", said.left_over);
    }
    // Without a plan the day is one of the trip.
    let none = TripRequest::default();
    let said = read("Plan me 3 days in Lisbon from 12 March", &none, Locale::En);
    assert_eq!(said.details.day, None);
    assert!(said.depart_date.is_some());
}
