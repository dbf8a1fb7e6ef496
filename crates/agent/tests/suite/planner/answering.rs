//! Answers with offers: comparison, assumptions, provenance, choice.

use agent::{
    intent::Intent::Planning,
    language::{Choice, Reading},
    locale::Locale::{self, En, Fr},
    travel::{Cabin, Party},
};

use super::{
    fixtures::{NONSTOP, OVERNIGHT, VIA_PARIS, day, lyon, offer, three_offers, timestamp},
    scene::{Played, Scene, agency, blanks},
};

fn found(locale: Locale) -> Played {
    Scene::new(locale, Planning, "Lyon New York le 12 janvier")
        .complete()
        .play(agency(three_offers(), vec![]))
}

#[test]
fn the_whole_answer_in_french() {
    assert_eq!(
        blanks(&found(Fr).text),
        "**Lyon → New York**, le mardi 12 janvier 2027, aller simple, pour 1 adulte en classe \
         économique : 3 offres. Faute de précision, j’ai supposé : un adulte, classe économique et \
         un aller simple.\n\n\
         **Mon conseil**, le n° 1 (le plus rapide) : 562,40 €, Air France, LYS 10:05 → JFK 13:30, \
         9 h 25, direct, soit 2 h de moins pour 131,20 € de plus. Le moins cher, le n° 2 : 431,20 €, \
         11 h 25, 1 escale (Paris). Horaires (heures locales) et tarifs **illustratifs** : ils viennent d’un programme de vols \
         calculé (source : offline) et ne sont pas réservables.\n\n\
         Je vous propose l’offre n° 1, à 562,40 €. Souhaitez-vous retenir cette offre ?"
    );
}

#[test]
fn the_whole_answer_in_english() {
    assert_eq!(
        found(En).text,
        "**Lyon → New York** on Tuesday, January 12, 2027, one-way, for 1 adult in economy: 3 \
         offers. As nothing else was said, I assumed: one adult, economy and a one-way trip.\n\n\
         **My pick**, no. 1 (fastest): €562.40, Air France, LYS 10:05 → JFK 13:30, 9h 25m, nonstop, \
         2h less for €131.20 more. Cheapest, no. 2: €431.20, 11h 25m, 1 stop (Paris). Times (local) and fares are **illustrative**: they come from a computed schedule (source: \
         offline) and cannot be booked.\n\n\
         I suggest offer no. 1, at €562.40. Would you like to take this offer?"
    );
}

#[test]
fn an_answer_has_three_lines_and_says_once_that_it_is_illustrative() {
    let one = || vec![offer("off_1", 43_120, &[VIA_PARIS])];
    let returns = || {
        vec![
            offer("off_1", 90_000, &[NONSTOP, OVERNIGHT]),
            one().remove(0),
        ]
    };
    for locale in [Fr, En] {
        for offers in [three_offers(), one(), returns()] {
            let scene = Scene::new(locale, Planning, "…").complete();
            let text = scene.play(agency(offers, vec![])).text;
            let lines = text.lines().filter(|line| !line.is_empty()).count();
            assert_eq!(lines, 3, "{text}");
            assert_eq!(text.matches("illustrati").count(), 1, "{text}");
            assert_eq!(text.matches('?').count(), 1, "{text}");
            assert!(!text.contains("\n- ") && text.contains("offline"), "{text}");
        }
    }
}

#[test]
fn a_return_shows_both_ways_and_nothing_is_assumed_that_was_said() {
    let scene = Scene::new(Fr, Planning, "…").complete().with(|context| {
        let trip = &mut context.trip;
        trip.return_date = Some(day("2027-01-20"));
        trip.party = Some(Party {
            adults: 2,
            ..Party::default()
        });
        trip.cabin = Some(Cabin::Business);
    });
    let offers = vec![offer("off_1", 1_234_567, &[NONSTOP, OVERNIGHT])];
    let text = scene.play(agency(offers, vec![])).text;
    assert!(text.contains("12\u{a0}345,67\u{a0}€"), "{text}");
    let text = blanks(&text);
    assert!(text.starts_with(
        "**Lyon → New York**, le mardi 12 janvier 2027, retour le mercredi 20 janvier 2027, pour 2 \
         adultes en classe affaires : une seule offre."
    ));
    assert!(text.contains(
        "\n\n12 345,67 €, Air France ; aller LYS 10:05 → JFK 13:30, 9 h 25, direct ; retour JFK 19:00 \
         → LYS 09:25 +1, 8 h 25, direct. Horaires"
    ), "{text}");
    assert!(!text.contains("supposé"));
}

#[test]
fn a_live_source_is_named_and_not_called_illustrative() {
    let live = agent::travel::Offer {
        source: "duffel".to_owned(),
        illustrative: false,
        ..offer("off_1", 56_240, &[NONSTOP])
    };
    let played = Scene::new(En, Planning, "…")
        .complete()
        .play(agency(vec![live], vec![]));
    assert!(played.text.contains("Source: duffel.") && !played.text.contains("illustrative"));
}

#[test]
fn without_a_proposal_the_answer_asks_for_a_number() {
    let mut find = agency(three_offers(), vec![]);
    let scene = Scene::new(En, Planning, "…").complete();
    let played = scene.play(|call| match call.name {
        "propose_offer" => Err(agent::tools::ToolError::respond(
            "no offer of the last search has this id",
        )),
        _ => find(call),
    });
    assert_eq!(played.tools(), [["search_flights"], ["propose_offer"]]);
    assert!(
        played
            .text
            .ends_with("Which offer do you prefer? A number will do.")
    );
}

fn choosing(locale: Locale, choice: Choice) -> Scene {
    Scene::new(locale, Planning, "celui-là")
        .complete()
        .with(|context| {
            context.offers = three_offers();
            context.reading = Reading {
                choice: Some(choice),
                ..Reading::default()
            };
        })
}

#[test]
fn a_choice_is_proposed_and_described() {
    let cases = [
        (Choice::Nth(2), "off_cheap"),
        (Choice::Last, "off_dear"),
        (Choice::Cheapest, "off_cheap"),
        (Choice::Fastest, "off_best"),
        (Choice::Best, "off_best"),
    ];
    for (choice, id) in cases {
        let played = choosing(Fr, choice).play(agency(three_offers(), vec![]));
        assert_eq!(played.tools(), [["propose_offer"]]);
        assert_eq!(played.arguments(0)["offer_id"], id);
    }
    let text = choosing(Fr, Choice::Nth(2))
        .play(agency(three_offers(), vec![]))
        .text;
    assert_eq!(
        blanks(&text),
        "Offre n° 2 : 431,20 €, Air France + Delta Air Lines, LYS 07:05 → JFK 12:30, 11 h 25, 1 \
         escale (Paris). Sans bagage en soute, non remboursable, modifiable, environ 1 240 kg de \
         CO₂.\n\nHoraires (heures locales) et tarifs **illustratifs** : ils viennent d’un programme \
         de vols calculé (source : offline) et ne sont pas réservables.\n\nSouhaitez-vous retenir \
         cette offre ?"
    );
    let text = choosing(En, Choice::Nth(2))
        .play(agency(three_offers(), vec![]))
        .text;
    assert!(text.starts_with("Offer no. 2: €431.20, "), "{text}");
    assert!(text.contains("No checked bag, not refundable, changeable, about 1,240 kg of CO₂."));
}

#[test]
fn a_choice_out_of_range_is_told_how_many_there_are() {
    for nth in [0, 4, u8::MAX] {
        let text = choosing(Fr, Choice::Nth(nth)).says();
        assert_eq!(
            blanks(&text),
            "Il n’y a que 3 offres. Laquelle souhaitez-vous, de 1 à 3 ?"
        );
    }
    assert!(
        choosing(En, Choice::Nth(4))
            .says()
            .starts_with("There are only 3 offers.")
    );
}

#[test]
fn a_choice_that_changes_the_trip_or_comes_too_late_searches_again() {
    let changed = choosing(Fr, Choice::Cheapest).with(|context| {
        context.reading.origin = Some(lyon());
    });
    let late = choosing(Fr, Choice::Cheapest).with(|context| {
        for offer in &mut context.offers {
            offer.expires_at = timestamp("2026-11-22T08:59:59Z");
        }
    });
    for scene in [changed, late] {
        let played = scene.play(agency(three_offers(), vec![]));
        assert_eq!(played.tools(), [["search_flights"], ["propose_offer"]]);
    }
}

#[test]
fn a_question_about_the_shown_offer_is_answered_from_it() {
    let scene = |locale, message: &str| {
        Scene::new(locale, Planning, message)
            .complete()
            .with(|context| {
                context.reading = Reading::default();
                context.offers = vec![offer("off_1", 43_120, &[VIA_PARIS])];
            })
    };
    let text = blanks(&scene(Fr, "c’est avec quelle compagnie déjà ?").says());
    assert!(text.contains("Air France + Delta Air Lines") && text.contains("1 escale (Paris)"));
    let text = scene(En, "when does it arrive").says();
    assert!(text.contains("JFK 12:30") && text.ends_with("Which offer do you prefer?"));
}
