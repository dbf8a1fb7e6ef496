use jiff::civil::time;

use super::*;
use crate::{days::Request, nearby, sights};

fn stay(code: &str) -> Stay {
    Stay {
        destination: code.parse().unwrap(),
        base: None,
        arrival: None,
        departure: None,
        holidays: Vec::new(),
        pace: None,
        children: false,
    }
}

fn entry(text: &str) -> Entry {
    Entry {
        text: text.to_owned(),
        place: None,
        from: None,
        to: None,
    }
}

fn at(text: &str, from: i8, to: i8) -> Entry {
    Entry {
        from: Some(time(from, 0, 0, 0)),
        to: Some(time(to, 0, 0, 0)),
        ..entry(text)
    }
}

fn day(date: &str, entries: Vec<Entry>) -> Listed {
    Listed {
        date: date.parse().ok(),
        entries,
    }
}

fn findings(stay: &Stay, plan: &[Listed]) -> Vec<Finding> {
    check(stay, plan).unwrap().findings
}

// 2027-05-10 is a Monday.

#[test]
fn a_good_plan_has_no_findings() {
    let plan = [day(
        "2027-05-11",
        vec![
            at("musée d'Orsay", 10, 13),
            at("déjeuner", 13, 14),
            at("Jardin du Luxembourg", 15, 16),
        ],
    )];
    let report = check(&stay("PAR"), &plan).unwrap();
    assert_eq!(report.findings, []);
    assert_eq!(report.days[0].entries[1].meaning, Meaning::NoVisit);
    assert!(report.days[0].busy > 240 && report.days[0].back.is_some());
}

#[test]
fn a_museum_on_a_monday_moves_to_another_day() {
    let plan = [
        day("2027-05-10", vec![entry("musée d'Orsay")]),
        day("2027-05-11", vec![entry("tour Eiffel")]),
    ];
    let found = findings(&stay("PAR"), &plan);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].problem, Problem::Shut(Shut::OwnDay));
    assert_eq!(found[0].advice, Some(Advice::Move { entry: 0, day: 1 }));
    let holiday = Stay {
        holidays: vec!["2027-05-11".parse().unwrap()],
        ..stay("PAR")
    };
    let found = findings(&holiday, &[day("2027-05-11", vec![entry("musée d'Orsay")])]);
    assert_eq!(found[0].problem, Problem::Shut(Shut::Holiday));
    assert_eq!(found[0].advice, Some(Advice::Drop { entry: 0 }));
}

#[test]
fn unknown_places_and_repetitions_are_told() {
    let plan = [
        day(
            "2027-05-11",
            vec![entry("Eiffel Tower"), entry("musée du fromage bleu")],
        ),
        day("2027-05-12", vec![entry("la tour eifel")]),
    ];
    let found = findings(&stay("PAR"), &plan);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!((found[0].day, found[0].entry), (0, Some(1)));
    assert_eq!(found[0].problem, Problem::Unknown);
    assert_eq!(found[1].problem, Problem::Twice { day: 0, entry: 0 });
    assert_eq!(found[1].advice, Some(Advice::Drop { entry: 0 }));
}

#[test]
fn ways_need_their_time() {
    let plan = [day(
        "2027-05-11",
        vec![at("Sacré-Cœur", 10, 11), at("Palace of Versailles", 11, 15)],
    )];
    let found = findings(&stay("PAR"), &plan);
    let [
        Finding {
            problem, advice, ..
        },
    ] = found[..]
    else {
        panic!("{found:?}");
    };
    assert!(matches!(problem, Problem::Apart { from: 0, spare: Some(0), way } if way.minutes > 40));
    assert!(
        matches!(advice, Some(Advice::Begin { entry: 1, .. })),
        "{advice:?}"
    );
}

#[test]
fn too_much_for_a_day_is_told() {
    let names = [
        "Eiffel Tower",
        "Louvre",
        "Orsay",
        "Versailles",
        "Catacombs",
        "Palais Garnier",
        "Invalides",
    ];
    let plan = [
        day("2027-05-11", names.iter().map(|name| entry(name)).collect()),
        day("2027-05-12", vec![]),
    ];
    let found = findings(&stay("PAR"), &plan);
    let long = found.iter().find(|f| f.entry.is_none()).unwrap();
    assert!(matches!(long.problem, Problem::TooLong { minutes, limit } if minutes > limit));
    assert!(
        matches!(long.advice, Some(Advice::Move { day: 1, .. })),
        "{long:?}"
    );
}

#[test]
fn flights_bound_the_plan() {
    let flight = |at: &str| {
        Some(Flight {
            at: at.parse().unwrap(),
            airport: "LIS".parse().ok(),
        })
    };
    let stay = Stay {
        arrival: flight("2027-05-11T11:00"),
        departure: flight("2027-05-12T18:00"),
        ..stay("LIS")
    };
    let plan = [
        day(
            "2027-05-11",
            vec![at("Castelo de São Jorge", 10, 11), at("Alfama", 15, 16)],
        ),
        day("2027-05-12", vec![at("Belém Tower", 16, 17)]),
        day("2027-05-13", vec![entry("Jerónimos Monastery")]),
    ];
    let problems: Vec<Problem> = findings(&stay, &plan).iter().map(|f| f.problem).collect();
    let known = |problem: &Problem| matches!(problem, Problem::BeforeArrival { .. });
    assert!(
        problems.iter().filter(|p| known(p)).count() <= 1,
        "{problems:?}"
    );
    let late = |problem: &&Problem| matches!(problem, Problem::AfterDeparture { .. });
    assert_eq!(problems.iter().filter(late).count(), 2, "{problems:?}");
}

#[test]
fn an_itinerary_of_ours_reads_as_itself() {
    let code = "LIS".parse().unwrap();
    let (first, last) = ("2027-05-10".parse().unwrap(), "2027-05-13".parse().unwrap());
    let itinerary = crate::days::plan(&Request::new(code, first, last)).unwrap();
    let mut plan = listed(&itinerary);
    let places: Vec<Option<Place>> = entries(&plan).map(|entry| entry.place).collect();
    assert!(places.iter().flatten().count() >= 6);
    // Found again by name alone.
    for day in &mut plan {
        for entry in &mut day.entries {
            entry.place = None;
        }
    }
    let report = check(&stay("LIS"), &plan).unwrap();
    assert_eq!(report.findings, []);
    let read = report.days.iter().flat_map(|day| &day.entries);
    let found: Vec<Option<Place>> = read.map(|read| read.meaning.place()).collect();
    assert_eq!(found, places);
}

fn entries(plan: &[Listed]) -> impl Iterator<Item = &Entry> {
    plan.iter().flat_map(|day| &day.entries)
}

#[test]
fn other_destinations_are_not_known() {
    assert!(check(&stay("AAC"), &[]).is_none());
    assert!(nearby::named("AAC".parse().unwrap(), "x").is_none());
    assert!(sights::of("AAC".parse().unwrap()).is_empty());
}
