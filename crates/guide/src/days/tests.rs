use jiff::ToSpan;
use proptest::prelude::*;

use super::{layout::of_time, *};
use crate::{check, opening, quarters, sights, way};

fn code(text: &str) -> Iata {
    text.parse().unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn flight(at: &str, airport: &str) -> Option<Flight> {
    Some(Flight {
        at: at.parse().unwrap(),
        airport: airport.parse().ok(),
    })
}

fn lisbon() -> Request {
    Request::new(code("LIS"), date("2027-05-10"), date("2027-05-13"))
}

fn show(itinerary: &Itinerary) {
    for day in &itinerary.days {
        let quarter = day.quarter.map(|quarter| quarter.name(Locale::En));
        println!(
            "{} {:?} busy {} {:?}",
            day.date, quarter, day.busy, day.hours
        );
        for step in &day.steps {
            let what = match &step.what {
                What::Visit { visit, .. } => visit.sight.name(Locale::En).to_owned(),
                What::Meal { table, dishes, .. } => {
                    let dishes: Vec<_> = dishes.iter().map(|dish| dish.name).collect();
                    let table = match table {
                        Table::Quarter(quarter) => quarter.name(Locale::En),
                        Table::Near(sight) => sight.name(Locale::En),
                        Table::Stay => "(stay)",
                    };
                    format!("  eat: {table} {dishes:?}")
                }
            };
            println!(
                "  {} {:?} {:>3} {} {what}",
                step.from, step.way.mode, step.way.minutes, step.to
            );
        }
        for shelter in &day.shelters {
            println!(
                "  rain: {} -> {}",
                shelter.instead_of.name(Locale::En),
                shelter.sight.name(Locale::En)
            );
        }
    }
    for out in &itinerary.left_out {
        println!("  out: {} {:?}", out.sight.name(Locale::En), out.reason);
    }
}

#[test]
fn three_days_in_paris_hold_what_everybody_wants_to_see() {
    let request = Request::new(code("PAR"), date("2027-05-12"), date("2027-05-14"));
    let itinerary = plan(&request).unwrap();
    show(&itinerary);
    let seen: Vec<&str> = itinerary
        .days
        .iter()
        .flat_map(Day::sights)
        .map(|sight| sight.slug.as_str())
        .collect();
    for slug in ["eiffel-tower", "louvre-museum", "notre-dame-de-paris"] {
        assert!(seen.contains(&slug), "{seen:?}");
    }
    assert!(seen.len() >= 9, "{seen:?}");
    for day in &itinerary.days {
        assert!(day.part(Part::Midday).next().is_some());
        assert!(day.part(Part::Evening).next().is_some());
    }
}

#[test]
fn flights_shorten_the_first_and_the_last_day() {
    let request = Request {
        arrival: flight("2027-05-10T13:00", "LIS"),
        departure: flight("2027-05-13T15:30", "LIS"),
        base: quarters::of(code("LIS")).first().map(|quarter| quarter.at),
        ..lisbon()
    };
    let itinerary = plan(&request).unwrap();
    show(&itinerary);
    let first = &itinerary.days[0];
    assert!(first.hours.unwrap().0 >= jiff::civil::time(14, 15, 0, 0));
    let last = itinerary.days.last().unwrap();
    assert!(last.hours.unwrap().1 < jiff::civil::time(13, 30, 0, 0));
    assert!(last.sights().count() < itinerary.days[1].sights().count());
}

#[test]
fn children_get_what_they_like_and_shorter_days() {
    let request = Request {
        children: true,
        ..lisbon()
    };
    let itinerary = plan(&request).unwrap();
    let mut seen = itinerary.days.iter().flat_map(Day::sights);
    assert!(seen.any(|sight| sight.slug == "lisbon-oceanarium"));
    for day in &itinerary.days {
        assert!(day.sights().count() <= 4);
        assert!(
            day.steps
                .iter()
                .all(|step| step.to <= jiff::civil::time(20, 30, 0, 0))
        );
    }
}

#[test]
fn wishes_are_met() {
    let of = |slug: &str| sights::by_slug(code("LIS"), slug).unwrap();
    let request = Request {
        wanted: vec![of("pena-palace-sintra")],
        unwanted: vec![of("belem-tower")],
        ..lisbon()
    };
    let itinerary = plan(&request).unwrap();
    let seen: Vec<_> = itinerary.days.iter().flat_map(Day::sights).collect();
    assert!(seen.contains(&of("pena-palace-sintra")));
    assert!(!seen.contains(&of("belem-tower")));
}

#[test]
fn rainy_months_have_a_plan_under_roofs() {
    let request = Request {
        rain: Some(0.5),
        ..Request::new(code("PAR"), date("2027-11-02"), date("2027-11-04"))
    };
    let itinerary = plan(&request).unwrap();
    show(&itinerary);
    let shelters: Vec<_> = itinerary
        .days
        .iter()
        .flat_map(|day| &day.shelters)
        .collect();
    assert!(!shelters.is_empty());
    let seen: Vec<_> = itinerary.days.iter().flat_map(Day::sights).collect();
    for shelter in shelters {
        assert!(shelter.sight.kind.is_indoor() && !shelter.instead_of.kind.is_indoor());
        assert!(!seen.contains(&shelter.sight) && seen.contains(&shelter.instead_of));
    }
    let dry = Request {
        rain: Some(0.1),
        ..request
    };
    assert!(
        plan(&dry)
            .unwrap()
            .days
            .iter()
            .all(|day| day.shelters.is_empty())
    );
}

#[test]
fn unknown_destinations_have_no_plan() {
    let request = Request {
        destination: code("AAC"),
        ..lisbon()
    };
    assert!(plan(&request).is_none());
    let never = Request {
        last: date("2027-05-01"),
        ..lisbon()
    };
    assert!(plan(&never).unwrap().days.is_empty());
}

fn requests() -> impl Strategy<Value = Request> {
    let places: Vec<Iata> = destination::all()
        .iter()
        .map(|place| place.code)
        .filter(|code| !sights::of(*code).is_empty())
        .collect();
    (
        proptest::sample::select(places),
        (0..365_i64, 0..7_i64),
        proptest::option::of(0..1_440_i64),
        proptest::option::of(0..1_440_i64),
        proptest::sample::select(Pace::ALL.to_vec()),
        any::<(bool, usize)>(),
        proptest::option::of(0.0..1.0_f32),
        proptest::collection::vec(0..8_i64, 0..2),
    )
        .prop_map(
            |(code, (day, length), landing, take_off, pace, (children, base), rain, holidays)| {
                let first = date("2027-01-01").saturating_add(day.days());
                let last = first.saturating_add(length.days());
                let quarters = quarters::of(code);
                let at = |date: Date, minutes: i64| Flight {
                    at: date.at(0, 0, 0, 0).saturating_add(minutes.minutes()),
                    airport: Some(code),
                };
                Request {
                    arrival: landing.map(|minutes| at(first, minutes)),
                    departure: take_off.map(|minutes| at(last, minutes)),
                    base: quarters
                        .get(base % (quarters.len() + 1))
                        .map(|quarter| quarter.at),
                    pace,
                    children,
                    rain,
                    holidays: holidays
                        .iter()
                        .map(|day| first.saturating_add(day.days()))
                        .collect(),
                    ..Request::new(code, first, last)
                }
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_day_is_over_its_hours(request in requests()) {
        let limits = Limits::of(request.pace, request.children);
        let itinerary = plan(&request).unwrap();
        for day in &itinerary.days {
            let Some((from, to)) = day.hours else {
                prop_assert!(day.steps.is_empty());
                continue;
            };
            prop_assert!(limits.start <= from && to <= limits.end);
            prop_assert!(day.sights().count() <= limits.sights);
            let base = itinerary.base;
            let outing = day.sights().any(|s| way::between(base, s.at).minutes > OUTING_WAY);
            let most = limits.minutes + if outing { limits.outing } else { 0 };
            prop_assert!(day.busy <= most, "{} {day:?}", day.busy);
            let mut now = of_time(from);
            for step in &day.steps {
                prop_assert!(now + step.way.minutes <= of_time(step.from), "{day:?}");
                prop_assert!(step.from < step.to);
                now = of_time(step.to);
            }
            prop_assert!(now + day.back.map_or(0, |way| way.minutes) <= of_time(to));
        }
    }

    #[test]
    fn a_sight_out_of_town_is_a_day_trip_of_its_own(request in requests()) {
        let itinerary = plan(&request).unwrap();
        for day in &itinerary.days {
            let km = |sight: &sights::Sight| itinerary.base.km_to(sight.at);
            let away = day.sights().find(|sight| km(sight) > layout::OUT_OF_TOWN_KM);
            let Some(away) = away else {
                continue;
            };
            for sight in day.sights() {
                prop_assert!(sight.at.km_to(away.at) < 15.0, "{} with {}", sight.name(Locale::En), away.name(Locale::En));
            }
        }
    }

    #[test]
    fn no_sight_is_seen_twice_or_behind_closed_doors(request in requests()) {
        let itinerary = plan(&request).unwrap();
        let mut seen = Vec::new();
        for day in &itinerary.days {
            for step in &day.steps {
                let Some(sight) = step.sight() else { continue };
                prop_assert!(!seen.contains(&&sight.slug), "{}", sight.slug);
                seen.push(&sight.slug);
                prop_assert_eq!(opening::shut(sight, day.date, &request.holidays), None);
                let hours = opening::hours(sight.kind, day.date.weekday());
                prop_assert!(hours.hold(step.from, step.to));
            }
            for shelter in &day.shelters {
                prop_assert!(!seen.contains(&&shelter.sight.slug));
                prop_assert_eq!(opening::shut(shelter.sight, day.date, &request.holidays), None);
            }
        }
    }

    #[test]
    fn ways_follow_the_coordinates(request in requests()) {
        let itinerary = plan(&request).unwrap();
        for day in &itinerary.days {
            let (mut here, mut total, mut on_foot) = (itinerary.base, 0, 0);
            let ways = day.steps.iter().map(|step| (step.way, step.at));
            for (way, at) in ways.chain(day.back.map(|way| (way, itinerary.base))) {
                prop_assert_eq!(way, way::between(here, at));
                total += way.minutes;
                on_foot += if way.mode == way::Mode::Walk { way.minutes } else { 0 };
                here = at;
            }
            prop_assert_eq!(day.ways, (total, on_foot));
            for step in &day.steps {
                if let Some(sight) = step.sight() {
                    prop_assert_eq!(step.at, sight.at);
                }
            }
        }
    }

    #[test]
    fn flights_are_respected(request in requests()) {
        let itinerary = plan(&request).unwrap();
        let ready = request.arrival.map(|flight| flight.ready(itinerary.base));
        let leave = request.departure.map(|flight| flight.leave(itinerary.base));
        for day in &itinerary.days {
            let (Some(first), Some(last)) = (day.steps.first(), day.steps.last()) else { continue };
            let set_off = of_time(first.from) - first.way.minutes;
            let start = day.date.at(0, 0, 0, 0).saturating_add(i64::from(set_off).minutes());
            prop_assert!(ready.is_none_or(|ready| ready <= start));
            let home = of_time(last.to) + day.back.map_or(0, |way| way.minutes);
            let end = day.date.at(0, 0, 0, 0).saturating_add(i64::from(home).minutes());
            prop_assert!(leave.is_none_or(|leave| end <= leave));
        }
    }

    #[test]
    fn the_same_request_gives_the_same_days(request in requests()) {
        prop_assert_eq!(plan(&request), plan(&request.clone()));
    }

    #[test]
    fn a_plan_of_ours_passes_the_check(request in requests()) {
        let itinerary = plan(&request).unwrap();
        let stay = check::Stay {
            destination: request.destination,
            base: Some(itinerary.base),
            arrival: request.arrival,
            departure: request.departure,
            holidays: request.holidays.clone(),
            pace: Some(request.pace),
            children: request.children,
        };
        let report = check::check(&stay, &check::listed(&itinerary)).unwrap();
        prop_assert_eq!(report.findings, vec![]);
    }
}
