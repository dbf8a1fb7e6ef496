//! Which tools are called, in which rounds, with which arguments.

use agent::{
    capability::flights::FlightsFound,
    context::TurnContext,
    intent::Intent::Planning,
    language::{AirlineMention, PlaceKind},
    locale::Locale::{En, Fr},
    sources::SourceError,
    tools::{BadArgument, Problem, ToolData, ToolError},
    travel::{Cabin, DayPart, Party, Sort},
};
use serde_json::{Value, json};

use super::{
    fixtures::{calendar, day, eur, meant, place, proposal, span, three_offers},
    scene::{Outcome, Played, Scene, agency, blanks, unknown},
};

fn scene() -> Scene {
    Scene::new(Fr, Planning, "Lyon New York le 12 janvier").complete()
}

fn flexible(change: impl FnOnce(&mut TurnContext)) -> Scene {
    scene().with(change)
}

#[test]
fn an_exact_date_is_searched_and_the_best_offer_proposed() {
    let played = scene().play(agency(three_offers(), vec![]));
    assert_eq!(played.tools(), [["search_flights"], ["propose_offer"]]);
    assert_eq!(
        *played.arguments(0),
        json!({"departure": "LYS", "arrival": "NYC", "date": "2027-01-12"})
    );
    assert_eq!(*played.arguments(1), json!({"offer_id": "off_best"}));
}

/// A search as another model made it, and what it found.
fn searched(arguments: Value) -> (&'static str, Value, Outcome) {
    let found = FlightsFound {
        offers: three_offers(),
        searched: meant(&arguments),
        found: 3,
    };
    ("search_flights", arguments, Ok(found.into()))
}

fn after(called: Vec<(&'static str, Value, Outcome)>) -> Played {
    let mut scene = scene();
    scene.called = called;
    scene.play(agency(three_offers(), vec![]))
}

fn lyon_new_york() -> Value {
    json!({"departure": "LYS", "arrival": "NYC", "date": "2027-01-12"})
}

fn but(key: &str, value: Value) -> Value {
    let mut arguments = lyon_new_york();
    arguments[key] = value;
    arguments
}

#[test]
fn a_call_of_another_model_counts_where_the_planner_would_have_made_it() {
    let own = searched(lyon_new_york());
    assert_eq!(after(vec![own.clone()]).tools(), [["propose_offer"]]);
    // What comes after it is of something else, and does not replace it.
    let then_another = after(vec![own, searched(but("departure", json!("GVA")))]);
    assert_eq!(then_another.tools(), [["propose_offer"]]);
}

#[test]
fn what_another_model_looked_for_elsewhere_is_not_taken_for_what_was_asked() {
    let refused = |arguments: Value| ("search_flights", arguments, Err(unknown("XQX")));
    let geneva = || searched(but("departure", json!("GVA")));
    let offer = three_offers().swap_remove(0);
    let pending = agent::booking::ProposalStatus::Pending;
    let proposed = ToolData::from(proposal(offer, pending));
    let proposal = || {
        (
            "propose_offer",
            json!({"offer_id": "off_best"}),
            Ok(proposed.clone()),
        )
    };
    for called in [
        vec![geneva()],
        vec![searched(but("arrival", json!("BCN")))],
        vec![searched(but("adults", json!(3)))],
        vec![searched(but("cabin", json!("business")))],
        vec![searched(but("date", json!("2027-02-01")))],
        vec![searched(but("max_stops", json!(0)))],
        vec![refused(but("arrival", json!("XQX")))],
        vec![refused(json!({"to": "New York"}))],
        // Its proposal went with its offers.
        vec![geneva(), proposal()],
    ] {
        let shown = format!("{called:?}");
        let played = after(called);
        assert_eq!(
            played.tools(),
            [["search_flights"], ["propose_offer"]],
            "{shown}"
        );
        assert_eq!(*played.arguments(0), lyon_new_york(), "{shown}");
        assert!(
            played.text.contains("**Lyon → New York**"),
            "{}",
            played.text
        );
    }
}

#[test]
fn fares_that_another_model_compared_of_another_month_do_not_count() {
    let calendars = || vec![calendar("LYS", "NYC", &[("2027-01-14", 30_000)])];
    let in_january = |called| {
        let mut scene = flexible(|context| {
            context.trip.depart_date = Some(span("2027-01-01", "2027-01-31"));
        });
        scene.called = called;
        scene.play(agency(three_offers(), calendars()))
    };
    let february = json!({"departure": "LYS", "arrival": "NYC", "month": "2027-02"});
    let found = ToolData::from(calendar("LYS", "NYC", &[("2027-02-03", 20_000)]));
    let called = vec![("find_cheapest_dates", february, Ok(found))];
    let expected = in_january(Vec::new());
    let played = in_january(called);
    assert_eq!(played.tools(), expected.tools());
    assert_eq!(played.text, expected.text);
}

#[test]
fn asking_for_others_goes_on_with_the_same_search() {
    let others = |message: &str, shown: bool| {
        let scene = Scene::new(Fr, Planning, message).complete();
        let scene = scene.with(|context| {
            context.reading = agent::language::Reading::default();
            context.offers = if shown { three_offers() } else { vec![] };
        });
        let played = scene.play(agency(three_offers(), vec![]));
        played.arguments(0).get("skip").cloned()
    };
    assert_eq!(others("tu en as d’autres ?", true), Some(json!(3)));
    assert_eq!(others("tu en as d’autres ?", false), None);
    assert_eq!(others("cherche", true), None);
}

#[test]
fn a_country_a_region_or_an_island_is_searched_as_its_cities() {
    let portugal = || place("portugal", PlaceKind::Country, &["LIS", "OPO", "FAO"], "PT");
    let sardinia = || place("sardaigne", PlaceKind::City, &["CAG", "OLB"], "IT");
    for (locale, to, codes, said) in [
        (En, portugal(), "LIS,OPO,FAO", "Lyon → Portugal"),
        (
            En,
            portugal(),
            "LIS,OPO,FAO",
            "Arrivals compared: Lisbon, Porto and Faro.",
        ),
        (
            Fr,
            portugal(),
            "LIS,OPO,FAO",
            "Arrivées comparées : Lisbonne, Porto et Faro.",
        ),
        (
            Fr,
            sardinia(),
            "CAG,OLB",
            "Arrivées comparées : Cagliari et Olbia.",
        ),
    ] {
        for flexible in [false, true] {
            let mut scene = Scene::new(locale, Planning, "…").complete();
            scene.context.trip.destination = Some(to.clone());
            if flexible {
                scene.context.trip.depart_date = Some(span("2027-01-01", "2027-01-31"));
            }
            let january = calendar("LYS", "LIS", &[("2027-01-14", 43_000)]);
            let played = scene.play(agency(three_offers(), vec![january]));
            for round in 0..=usize::from(flexible) {
                assert_eq!(played.arguments(round)["arrival"], codes);
            }
            let text = blanks(&played.text);
            assert!(text.contains(said), "{text}");
            assert_eq!(text.lines().filter(|line| !line.is_empty()).count(), 3);
        }
    }
    // One city with several airports is one city.
    let text = scene().play(agency(three_offers(), vec![])).text;
    assert!(!text.contains("comparées"), "{text}");
}

#[test]
fn every_wish_reaches_the_search() {
    let scene = scene().with(|context| {
        let trip = &mut context.trip;
        trip.origin = Some(place("bretagne", PlaceKind::City, &["RNS", "BES"], "FR"));
        trip.return_date = Some(day("2027-01-20"));
        trip.party = Some(Party {
            adults: 2,
            children: vec![Some(4), None],
            infants: 1,
        });
        trip.cabin = Some(Cabin::PremiumEconomy);
        trip.max_stops = Some(1);
        trip.departure = Some(DayPart::Morning);
        trip.airline = Some(AirlineMention {
            surface: "air france".to_owned(),
            code: "AF".parse().unwrap(),
        });
        trip.budget = Some(eur(150_000));
        trip.sort = Some(Sort::Price);
    });
    let played = scene.play(agency(three_offers(), vec![]));
    assert_eq!(
        *played.arguments(0),
        json!({
            "departure": "RNS,BES", "arrival": "NYC", "date": "2027-01-12",
            "return_date": "2027-01-20", "adults": 2, "children_ages": [4, 8], "infants": 1,
            "cabin": "premium_economy", "max_stops": 1, "airline": "AF",
            "departure_time": "morning", "max_price": "1500.00", "currency": "EUR", "sort": "price"
        })
    );
    assert!(
        blanks(&played.text).contains("J’ai compté 8 ans"),
        "{}",
        played.text
    );
}

#[test]
fn a_month_is_compared_before_its_cheapest_day_is_searched() {
    let january = calendar(
        "LYS",
        "NYC",
        &[
            ("2027-01-05", 50_000),
            ("2027-01-14", 43_000),
            ("2027-01-19", 43_000),
        ],
    );
    let scene = flexible(|context| {
        context.trip.depart_date = Some(span("2027-01-01", "2027-01-31"));
        context.trip.stay_days = Some(7);
    });
    let played = scene.play(agency(three_offers(), vec![january]));
    assert_eq!(
        played.tools(),
        [
            ["find_cheapest_dates"],
            ["search_flights"],
            ["propose_offer"]
        ]
    );
    assert_eq!(
        *played.arguments(0),
        json!({
            "departure": "LYS", "arrival": "NYC", "month": "2027-01", "stay_days": 7
        })
    );
    assert_eq!(played.arguments(1)["date"], "2027-01-14");
    assert_eq!(played.arguments(1)["return_date"], "2027-01-21");
    let text = blanks(&played.text);
    assert!(
        text.contains(
            "Jour le moins cher en janvier 2027 : jeu. 14 janv., dès 430,00 € ; ensuite \
             mar. 19 janv. (430,00 €) puis mar. 5 janv. (500,00 €)."
        ),
        "{text}"
    );
}

#[test]
fn two_months_are_compared_side_by_side_and_days_outside_are_ignored() {
    let calendars = vec![
        calendar(
            "LYS",
            "NYC",
            &[("2027-01-20", 30_000), ("2027-01-28", 45_000)],
        ),
        calendar(
            "LYS",
            "NYC",
            &[("2027-02-02", 44_000), ("2027-02-20", 20_000)],
        ),
    ];
    let scene = flexible(|context| {
        context.trip.depart_date = Some(span("2027-01-25", "2027-02-05"));
    });
    let played = scene.play(agency(three_offers(), calendars));
    assert_eq!(
        played.tools()[0],
        ["find_cheapest_dates", "find_cheapest_dates"]
    );
    assert_eq!(played.calls[0][0].arguments["month"], "2027-01");
    assert_eq!(played.calls[0][1].arguments["month"], "2027-02");
    assert_eq!(played.arguments(1)["date"], "2027-02-02");
}

#[test]
fn an_open_return_is_compared_in_the_other_direction_at_once() {
    let calendars = vec![
        calendar("LYS", "NYC", &[("2027-01-14", 43_000)]),
        calendar(
            "NYC",
            "LYS",
            &[("2027-02-10", 20_000), ("2027-02-12", 19_000)],
        ),
    ];
    let scene = flexible(|context| {
        context.trip.depart_date = Some(span("2027-01-01", "2027-01-31"));
        context.trip.return_date = Some(span("2027-02-01", "2027-02-28"));
    });
    let played = scene.play(agency(three_offers(), calendars));
    assert_eq!(played.calls[0].len(), 2);
    assert_eq!(played.calls[0][1].arguments["departure"], "NYC");
    assert_eq!(played.arguments(1)["date"], "2027-01-14");
    assert_eq!(played.arguments(1)["return_date"], "2027-02-12");
}

#[test]
fn a_departure_may_not_follow_the_return() {
    let january = calendar(
        "LYS",
        "NYC",
        &[("2027-01-05", 50_000), ("2027-01-25", 10_000)],
    );
    let scene = flexible(|context| {
        context.trip.depart_date = Some(span("2027-01-01", "2027-01-31"));
        context.trip.return_date = Some(day("2027-01-15"));
    });
    let played = scene.play(agency(three_offers(), vec![january]));
    assert_eq!(played.arguments(1)["date"], "2027-01-05");
    assert_eq!(played.arguments(1)["return_date"], "2027-01-15");
}

#[test]
fn one_way_drops_a_return_and_past_days_are_not_compared() {
    let scene = flexible(|context| {
        context.trip.one_way = Some(true);
        context.trip.return_date = Some(day("2027-01-15"));
        context.trip.depart_date = Some(span("2026-11-01", "2026-12-10"));
    });
    let december = calendar("LYS", "NYC", &[("2026-12-03", 50_000)]);
    let played = scene.play(agency(three_offers(), vec![december]));
    assert_eq!(played.calls[0][0].arguments["month"], "2026-11");
    assert_eq!(played.arguments(1)["date"], "2026-12-03");
    assert_eq!(played.arguments(1).get("return_date"), None);
}

#[test]
fn a_month_without_flights_is_said() {
    let month = |context: &mut TurnContext| {
        context.trip.depart_date = Some(span("2027-01-01", "2027-01-31"));
    };
    let played = flexible(month).play(agency(three_offers(), vec![]));
    assert_eq!(played.tools(), [["find_cheapest_dates"]]);
    assert!(
        blanks(&played.text).starts_with("Je n’ai trouvé aucun vol en janvier 2027"),
        "{}",
        played.text
    );
}

#[test]
fn nothing_found_names_what_could_be_relaxed() {
    let scene = |locale| {
        Scene::new(locale, Planning, "…")
            .complete()
            .with(|context| {
                context.trip.max_stops = Some(0);
                context.trip.budget = Some(eur(10_000));
            })
    };
    let text = scene(Fr).play(agency(vec![], vec![])).text;
    assert_eq!(
        blanks(&text),
        "Je n’ai trouvé aucun vol : **Lyon → New York**, le mardi 12 janvier 2027, aller simple, \
         pour 1 adulte en classe économique. Que préférez-vous assouplir : le nombre d’escales, \
         le budget, les dates ou la ville de départ ?"
    );
    let text = scene(En).play(agency(vec![], vec![])).text;
    assert!(
        text.ends_with(
            "What would you rather relax: the number of stops, the budget, the dates or the \
             departure city?"
        ),
        "{text}"
    );
}

#[test]
fn tool_errors_are_said_plainly_and_not_repeated() {
    let refused = |argument, problem| ToolError::from(BadArgument::of(argument, problem));
    let cases = [
        (ToolError::TimedOut, "a pris trop de temps", "took too long"),
        (
            ToolError::Panicked,
            "a échoué de notre côté",
            "failed on our side",
        ),
        (
            refused("infants", Problem::NoLap),
            "de 1 à 9 sièges",
            "1 to 9 seats",
        ),
        (
            refused("date", Problem::Past),
            "a refusé ces dates",
            "refused these dates",
        ),
        (
            ToolError::Source(SourceError::Unavailable),
            "ne répond pas en ce moment",
            "does not answer at the moment",
        ),
        (
            ToolError::Source(SourceError::RateLimited),
            "n’accepte plus de recherche",
            "takes no more searches",
        ),
        (
            refused("arrival", Problem::UnknownPlace("NYC".parse().unwrap())),
            "ne connaît pas l’un de ces aéroports",
            "does not know one of these airports",
        ),
    ];
    for (error, fr, en) in cases {
        for (locale, said) in [(Fr, fr), (En, en)] {
            for (depart, tool) in [
                (day("2027-01-12"), "search_flights"),
                (span("2027-01-01", "2027-01-31"), "find_cheapest_dates"),
            ] {
                let scene = Scene::new(locale, Planning, "…").complete();
                let scene = scene.with(|context| context.trip.depart_date = Some(depart));
                let played = scene.play(|_| Err(error.clone()));
                assert_eq!(played.tools(), [[tool]], "{error}");
                assert!(played.text.contains(said), "{error}: {}", played.text);
                assert!(!played.text.contains("argument"), "{}", played.text);
            }
        }
    }
}

#[test]
fn an_unknown_code_is_dropped_once() {
    let two_codes = |context: &mut TurnContext| {
        context.trip.origin = Some(place("bretagne", PlaceKind::City, &["RNS", "XXX"], "FR"));
    };
    let error = || Err(unknown("XXX"));
    let mut found = agency(three_offers(), vec![]);
    let played = scene().with(two_codes).play(|call| {
        if call.arguments["departure"] == "RNS,XXX" {
            error()
        } else {
            found(call)
        }
    });
    assert_eq!(
        played.tools(),
        [["search_flights"], ["search_flights"], ["propose_offer"]]
    );
    assert_eq!(played.arguments(1)["departure"], "RNS");
    let played = scene().with(two_codes).play(|_| error());
    assert_eq!(played.tools().len(), 2);
    assert!(played.text.contains("l’un de ces aéroports"));
}

#[test]
fn a_calendar_is_corrected_once_and_a_failed_month_is_told() {
    let scene = || {
        flexible(|context| {
            context.trip.origin = Some(place("bretagne", PlaceKind::City, &["RNS", "XXX"], "FR"));
            context.trip.depart_date = Some(span("2027-01-25", "2027-02-05"));
        })
    };
    let january = calendar("RNS", "NYC", &[("2027-01-28", 45_000)]);
    let mut found = agency(three_offers(), vec![january]);
    let played = scene().play(|call| {
        if call.arguments["departure"] == "RNS,XXX" && call.name == "find_cheapest_dates" {
            Err(unknown("XXX"))
        } else {
            found(call)
        }
    });
    assert_eq!(played.calls[1][0].arguments["departure"], "RNS");
    assert_eq!(played.calls[1].len(), 2);
    assert_eq!(played.arguments(2)["date"], "2027-01-28");
    assert!(!played.text.contains("Une partie"), "{}", played.text);

    let january = calendar("LYS", "NYC", &[("2027-01-28", 45_000)]);
    let mut found = agency(three_offers(), vec![january]);
    let scene = flexible(|context| {
        context.trip.depart_date = Some(span("2027-01-25", "2027-02-05"));
    });
    let played = scene.play(|call| {
        if call.arguments["month"] == "2027-02" {
            Err(ToolError::TimedOut)
        } else {
            found(call)
        }
    });
    assert_eq!(played.arguments(1)["date"], "2027-01-28");
    assert!(
        played
            .text
            .contains("Une partie de la période n’a pas pu être comparée.")
    );
}

#[test]
fn without_tools_the_model_answers_with_what_it_has() {
    let text = scene().without_tools().says();
    assert!(
        blanks(&text).starts_with("Votre demande est notée (Lyon → New York)"),
        "{text}"
    );

    let month = |context: &mut TurnContext| {
        context.trip.depart_date = Some(span("2027-01-01", "2027-01-31"));
    };
    let january = || calendar("LYS", "NYC", &[("2027-01-14", 43_000)]);
    let mut scene = flexible(month);
    scene.rounds = 2;
    let played = scene.play(agency(three_offers(), vec![january()]));
    assert_eq!(played.tools(), [["find_cheapest_dates"]]);
    assert!(
        blanks(&played.text)
            .contains("le jour le moins cher est le jeudi 14 janvier 2027, dès 430,00 €")
    );

    let mut scene = flexible(month);
    scene.rounds = 3;
    let played = scene.play(agency(three_offers(), vec![january()]));
    assert!(blanks(&played.text).ends_with("Quelle offre préférez-vous ? Un numéro suffit."));

    let mut scene = flexible(month);
    scene.tools.retain(|name| *name == "search_flights");
    let played = scene.play(agency(three_offers(), vec![]));
    assert_eq!(played.arguments(0)["date"], "2027-01-01");
    assert!(blanks(&played.text).contains("Je n’ai pas pu comparer les jours"));
}

/// "Friday to Sunday, some weekend in March": the Sunday is that of the Friday, however cheap a day
/// between or the Sunday of another weekend may be.
#[test]
fn the_way_back_is_of_the_same_weekend() {
    let weekends = |first: &str, others: [&str; 2]| {
        let mut span = day(first);
        span.or = others
            .map(|date| (date.parse().unwrap(), date.parse().unwrap()))
            .to_vec();
        span
    };
    let scene = flexible(|context| {
        let trip = &mut context.trip;
        trip.depart_date = Some(weekends("2027-03-05", ["2027-03-12", "2027-03-19"]));
        trip.return_date = Some(weekends("2027-03-07", ["2027-03-14", "2027-03-21"]));
    });
    let out = [
        ("2027-03-12", 10_000),
        ("2027-03-05", 20_000),
        ("2027-03-16", 1_000),
    ];
    let back = [
        ("2027-03-14", 20_000),
        ("2027-03-16", 1_000),
        ("2027-03-21", 2_000),
    ];
    let calendars = vec![calendar("LYS", "NYC", &out), calendar("NYC", "LYS", &back)];
    let played = scene.play(agency(three_offers(), calendars));
    let search = played
        .calls
        .iter()
        .flatten()
        .find(|call| call.name == "search_flights");
    let arguments = &search.unwrap().arguments;
    assert_eq!(arguments["date"], "2027-03-12");
    assert_eq!(arguments["return_date"], "2027-03-14");
}
