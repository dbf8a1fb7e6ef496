//! Questions: what is missing, what is ambiguous, what cannot be.

use agent::{
    context::TurnContext,
    intent::Intent::Planning,
    language::{Ambiguity, Pending, PlaceKind, Problem, SlotName},
    locale::Locale::{self, En, Fr},
    travel::Party,
};

use super::{
    fixtures::{day, lyon, new_york, place, span},
    scene::{Scene, blanks},
};

fn asked(locale: Locale, change: impl FnOnce(&mut TurnContext)) -> String {
    blanks(&Scene::new(locale, Planning, "…").with(change).says())
}

#[test]
fn missing_slots_are_asked_one_at_a_time_in_order() {
    let mut scene = Scene::new(Fr, Planning, "je veux voyager");
    assert_eq!(blanks(&scene.clone().says()), "Où souhaitez-vous aller ?");
    scene = scene.with(|context| {
        context.trip.destination = Some(new_york());
        context.reading.destination = Some(new_york());
        context.trip.depart_date = Some(span("2027-01-01", "2027-01-31"));
    });
    assert_eq!(
        blanks(&scene.clone().says()),
        "New York en janvier 2027, d’accord. D’où partez-vous ?"
    );
    let scene = scene.with(|context| {
        context.trip.origin = Some(lyon());
        context.trip.depart_date = None;
        context.trip.party = Some(Party {
            adults: 2,
            children: vec![None],
            infants: 1,
        });
    });
    assert_eq!(
        blanks(&scene.says()),
        "Lyon → New York, pour 2 adultes, 1 enfant et 1 bébé, d’accord. \
         Quand souhaitez-vous partir ?"
    );
}

#[test]
fn missing_slots_in_english() {
    let origin = asked(En, |context| {
        context.trip.destination = Some(new_york());
        context.trip.depart_date = Some(day("2027-01-12"));
        context.reading.destination = Some(new_york());
    });
    assert_eq!(
        origin,
        "New York on Tuesday, January 12, 2027, all right. Where are you leaving from?"
    );
    assert_eq!(asked(En, |_| {}), "Where would you like to go?");
    let date = asked(En, |context| {
        context.trip.destination = Some(new_york());
        context.trip.origin = Some(lyon());
    });
    assert_eq!(date, "When would you like to leave?");
}

#[test]
fn a_return_without_a_date_is_asked_for() {
    let scene = |locale| {
        Scene::new(locale, Planning, "aller-retour")
            .complete()
            .with(|context| context.trip.one_way = Some(false))
    };
    assert!(blanks(&scene(Fr).says()).ends_with("Quand souhaitez-vous revenir ?"));
    assert!(scene(En).says().ends_with("When would you like to return?"));
}

#[test]
fn an_answer_that_was_not_understood_gets_a_hint() {
    let text = asked(Fr, |context| {
        context.trip.destination = Some(new_york());
        context.asked = Some(Pending::slot(SlotName::Origin));
    });
    assert!(text.starts_with("Je n’ai pas reconnu de lieu : "), "{text}");
    assert!(text.ends_with("D’où partez-vous ?"));
}

#[test]
fn an_ambiguous_name_lists_what_it_may_be() {
    let ambiguous = |slot, options| {
        move |context: &mut TurnContext| {
            context.trip.destination = Some(new_york());
            context.trip.open_ambiguity = Some(Ambiguity {
                slot,
                surface: "san jose".to_owned(),
                options,
            });
        }
    };
    let options = vec![
        place("san jose", PlaceKind::City, &["SJC"], "US"),
        place("san jose", PlaceKind::City, &["SJO"], "CR"),
    ];
    let text = asked(Fr, ambiguous(SlotName::Origin, options.clone()));
    assert!(text.starts_with("« san jose » peut désigner plusieurs lieux :\n\n1. San"));
    assert!(text.contains(", États-Unis (SJC)\n2. San"), "{text}");
    assert!(text.contains(", Costa Rica (SJO)"));
    assert!(text.ends_with("Duquel de ces lieux partez-vous ?"));
    let text = asked(En, ambiguous(SlotName::Destination, options));
    assert!(
        text.contains("United States (SJC)")
            && text.ends_with("Which one would you like to go to?")
    );

    let same_name = vec![
        place("portland", PlaceKind::City, &["PDX"], "US"),
        place("portland", PlaceKind::City, &["PWM"], "US"),
    ];
    let text = asked(En, ambiguous(SlotName::Origin, same_name));
    assert!(text.contains("1. Portland, United States (PDX, Portland International Airport)"));
    assert!(text.contains("2. Portland, United States (PWM, Portland International Jetport)"));
}

#[test]
fn each_problem_is_named_and_followed_by_its_question() {
    let surface = || "31 février".to_owned();
    let unknown = |slot| Problem::UnknownPlace {
        slot,
        surface: "Xyzville".to_owned(),
    };
    let cases = [
        (
            Problem::PastDate { surface: surface() },
            [
                "« 31 février » est une date déjà passée.",
                "“31 février” is already in the past.",
            ],
            [
                "Quand souhaitez-vous partir ?",
                "When would you like to leave?",
            ],
        ),
        (
            Problem::ImpossibleDate { surface: surface() },
            [
                "La date « 31 février » n’existe pas.",
                "The date “31 février” does not exist.",
            ],
            [
                "Quand souhaitez-vous partir ?",
                "When would you like to leave?",
            ],
        ),
        (
            Problem::TooFar { surface: surface() },
            ["331 prochains jours", "next 331 days"],
            [
                "Quand souhaitez-vous partir ?",
                "When would you like to leave?",
            ],
        ),
        (
            Problem::ReturnBeforeDeparture,
            ["Le retour serait avant le départ.", "before the departure."],
            [
                "Quand souhaitez-vous revenir ?",
                "When would you like to return?",
            ],
        ),
        (
            unknown(SlotName::Origin),
            ["Je ne connais pas « Xyzville »", "I do not know “Xyzville”"],
            ["D’où partez-vous ?", "Where are you leaving from?"],
        ),
        (
            unknown(SlotName::Destination),
            ["Je ne connais pas « Xyzville »", "I do not know “Xyzville”"],
            ["Où souhaitez-vous aller ?", "Where would you like to go?"],
        ),
        (
            Problem::SamePlace,
            ["au même endroit", "the same place"],
            ["Où souhaitez-vous aller ?", "Where would you like to go?"],
        ),
        (
            Problem::BadParty,
            ["au plus neuf sièges", "at most nine seats"],
            [
                "Combien d’adultes, d’enfants et de bébés voyagent ?",
                "How many adults, children and infants are travelling?",
            ],
        ),
    ];
    for (problem, said, question) in cases {
        for (locale, at) in [(Fr, 0), (En, 1)] {
            let text = asked(locale, |context| context.problems = vec![problem.clone()]);
            assert!(text.contains(said[at]), "{problem:?}: {text}");
            assert!(text.ends_with(question[at]), "{problem:?}: {text}");
        }
    }
}

#[test]
fn a_problem_stops_the_search_of_a_complete_trip() {
    let scene = Scene::new(Fr, Planning, "plutôt le 31 février").complete();
    let text = scene.with(|context| {
        context.problems = vec![Problem::ImpossibleDate {
            surface: "31 février".to_owned(),
        }];
    });
    assert!(blanks(&text.says()).ends_with("Quelle autre date vous conviendrait ?"));
}

#[test]
fn a_trip_whose_day_has_come_and_gone_asks_for_another() {
    let scene = Scene::new(En, Planning, "search again").complete();
    let scene = scene.with(|context| context.trip.depart_date = Some(day("2026-11-20")));
    let text = scene.says();
    assert!(
        text.contains("is already in the past.") && text.ends_with("When would you like to leave?")
    );
}

#[test]
fn quoted_words_carry_no_markup() {
    let text = asked(En, |context| {
        context.problems = vec![Problem::UnknownPlace {
            slot: SlotName::Origin,
            surface: "<b>**x**\n[y](z)</b>".repeat(20),
        }];
    });
    assert!(!text.contains(['<', '*', '[', '\n']), "{text}");
    assert!(text.chars().count() < 250);
}

#[test]
fn other_services_are_declined_and_the_flight_goes_on() {
    let hotel = |locale, message: &str| {
        Scene::new(locale, Planning, message).with(|context| {
            context.trip.destination = Some(new_york());
            context.reading.destination = Some(new_york());
        })
    };
    let text = blanks(&hotel(Fr, "un hôtel à New York").says());
    assert_eq!(
        text,
        "Je ne cherche pour l’instant que des vols, pas d’hôtels. New York, d’accord. \
         D’où partez-vous ?"
    );
    let text = hotel(En, "rent a car in New York").says();
    assert!(
        text.starts_with("For now I search flights only, not cars"),
        "{text}"
    );
    let text = Scene::new(En, Planning, "where should I go in March?").says();
    assert!(text.starts_with("I cannot pick a destination"), "{text}");
    assert!(text.ends_with("Where would you like to go?"));
    let text = Scene::new(Fr, Planning, "une idée d’hôtel ?")
        .complete()
        .with(|context| context.reading.depart_date = None)
        .says();
    assert!(
        blanks(&text).ends_with("la recherche de vols (Lyon → New York) ?"),
        "{text}"
    );
}
