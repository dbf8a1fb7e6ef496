//! Questions about the offers that are there.

use agent::{
    booking::ProposalStatus::Pending,
    intent::Intent::{self, Planning, Rejection, SmallTalk, TravelInfo},
    language::{Choice, Reading},
    locale::Locale::{self, En, Fr},
    planner::is_about_shown_offers,
    travel::{
        Offer,
        offer::{PassengerFare, PassengerKind},
    },
};
use serde_json::json;

use super::{
    fixtures::{NONSTOP, VIA_PARIS, offer, proposal, three_offers, timestamp},
    scene::{Played, Scene, agency, blanks},
};

/// Offers that differ in everything: the second is cheap and stops, the third has all one may wish.
fn varied() -> Vec<Offer> {
    let mut offers = three_offers();
    offers[1].emissions_kg = 980;
    offers[2].baggage.checked = 1;
    offers[2].conditions.refundable = true;
    offers
}

fn scene(locale: Locale, intent: Intent, message: &str) -> Scene {
    Scene::new(locale, intent, message)
        .complete()
        .with(|context| {
            context.reading = Reading::default();
            context.offers = varied();
            context.proposal = Some(proposal(varied().remove(0), Pending));
        })
}

fn asked(locale: Locale, message: &str) -> Played {
    scene(locale, Planning, message).play(agency(varied(), vec![]))
}

#[test]
fn each_kind_of_question_is_answered_from_the_offers() {
    let cases: &[(Locale, &[&str], &[&str])] = &[
        (
            En,
            &[
                "Why that one?",
                "why this offer",
                "why did you pick it?",
                "how come no. 1 is first?",
            ],
            &[
                "it is nonstop",
                "costs €131.20 more than no. 2, the cheapest, but takes 2h less",
            ],
        ),
        (
            Fr,
            &[
                "Pourquoi celle-là ?",
                "pourquoi ce vol ?",
                "pourquoi c’est la n° 1 en premier ?",
            ],
            &[
                "le vol est direct",
                "coûte 131,20 € de plus que le n° 2, le moins cher, mais dure 2 h",
            ],
        ),
        (
            En,
            &[
                "is that per person?",
                "is it in total?",
                "the price is for each of us ?",
            ],
            &["€562.40", "total"],
        ),
        (
            Fr,
            &[
                "c’est par personne ?",
                "c’est le prix total ?",
                "c’est par tête ?",
            ],
            &["562,40 €", "total"],
        ),
        (
            En,
            &[
                "what is the difference between the first and the second?",
                "compare 1 and 2",
                "no. 1 versus no. 2?",
                "the first vs the second",
            ],
            &[
                "Compared with no. 2, no. 1 costs €131.20 more and takes 2h less.",
                "Stops: nonstop against 1 stop (Paris)",
                "times: LYS 10:05 → JFK 13:30 against LYS 07:05 → JFK 12:30",
                "airline: Air France against Air France + Delta Air Lines",
                "emissions: about 1,240 kg of CO₂ against about 980 kg of CO₂",
                "The same: baggage and conditions.",
            ],
        ),
        (
            Fr,
            &[
                "quelle est la différence entre la première et la troisième ?",
                "compare la 1 et la 3",
                "c’est quoi la différence entre le 1 et le 3 ?",
            ],
            &[
                "Par rapport à la n° 3, la n° 1 coûte 672,10 € de moins et dure autant.",
                "Bagages : sans bagage en soute contre 1 bagage en soute",
                "conditions : non remboursable, modifiable contre remboursable, modifiable",
                "Identiques : escales, horaires, compagnie et émissions.",
            ],
        ),
        (
            En,
            &[
                "how do I pay?",
                "can I pay with paypal",
                "how can I pay for it",
            ],
            &["cannot pay here", "nothing is booked or charged"],
        ),
        (
            Fr,
            &[
                "comment je paie ?",
                "on paie comment ?",
                "je peux payer par carte ?",
            ],
            &["On ne paie pas ici", "sans rien réserver ni débiter"],
        ),
        (
            En,
            &["is it refundable?", "can I get a refund"],
            &["no. 1", "not refundable"],
        ),
        (
            Fr,
            &["c’est remboursable ?", "je peux être remboursé ?"],
            &["n° 1", "non remboursable"],
        ),
        (
            En,
            &["is the third one refundable?"],
            &["no. 3", "1 checked bag, refundable"],
        ),
        (
            En,
            &["how long is the layover?", "where is the stopover"],
            &["no. 1 is nonstop", "For no. 2: 2h 15m in Paris"],
        ),
        (
            Fr,
            &["combien de temps dure l’escale ?", "où est l’escale ?"],
            &["n° 1 est directe", "Pour la n° 2 : 2 h 15 à Paris"],
        ),
        (
            Fr,
            &["combien de CO2 ?", "quelles émissions ?"],
            &["1 240 kg de CO₂"],
        ),
        (
            En,
            &["how much carbon?", "what are the emissions?"],
            &["1,240 kg of CO₂"],
        ),
    ];
    for (locale, messages, parts) in cases {
        for message in *messages {
            let played = asked(*locale, message);
            let text = blanks(&played.text);
            assert!(played.calls.is_empty(), "{message}: {:?}", played.calls);
            for part in *parts {
                assert!(text.contains(part), "{message}: {part:?} is not in {text}");
            }
            assert_eq!(text.matches("illustrati").count(), 1, "{message}: {text}");
            assert!(
                text.ends_with('?') && text.matches('?').count() == 1,
                "{text}"
            );
        }
    }
}

#[test]
fn the_offer_that_fits_a_wish_is_proposed() {
    let cases: &[(Locale, &[&str], &str)] = &[
        (
            En,
            &[
                "the cheapest with a bag",
                "which one includes a bag?",
                "what about one with a checked bag?",
            ],
            "off_dear",
        ),
        (
            Fr,
            &[
                "la moins chère avec bagage",
                "laquelle avec une valise ?",
                "lequel a un bagage inclus ?",
            ],
            "off_dear",
        ),
        (
            En,
            &["which one lands earliest?", "which arrives first"],
            "off_cheap",
        ),
        (
            Fr,
            &[
                "laquelle arrive le plus tôt ?",
                "lequel arrive en premier ?",
            ],
            "off_cheap",
        ),
        (
            En,
            &["which one leaves last?", "the latest departure"],
            "off_best",
        ),
        (Fr, &["laquelle part le plus tôt ?"], "off_cheap"),
        (
            Fr,
            &[
                "et la moins polluante ?",
                "celle qui émet le moins de CO2 ?",
            ],
            "off_cheap",
        ),
        (
            En,
            &["and the greenest?", "which has the lowest emissions?"],
            "off_cheap",
        ),
        (
            En,
            &["which one is refundable?", "the cheapest refundable one"],
            "off_dear",
        ),
        (Fr, &["laquelle est remboursable ?"], "off_dear"),
    ];
    for (locale, messages, id) in cases {
        for message in *messages {
            let mut scene = scene(*locale, Planning, message);
            scene.context.proposal = None;
            let played = scene.play(agency(varied(), vec![]));
            assert_eq!(
                played.tools(),
                [["propose_offer"]],
                "{message}: {}",
                played.text
            );
            assert_eq!(played.arguments(0)["offer_id"], *id, "{message}");
            let question = ["retenir cette offre ?", "to take this offer?"];
            let text = blanks(&played.text);
            assert!(
                question.iter().any(|end| text.ends_with(end)),
                "{message}: {text}"
            );
        }
    }
}

#[test]
fn a_wish_that_no_offer_fits_is_told() {
    for (locale, message, none) in [
        (
            En,
            "the cheapest with a bag",
            "None of the 3 offers shown includes a checked bag.",
        ),
        (
            Fr,
            "la moins chère avec bagage",
            "Aucune des 3 offres affichées n’inclut de bagage en soute.",
        ),
        (
            Fr,
            "laquelle est remboursable ?",
            "Aucune des 3 offres affichées n’est remboursable.",
        ),
    ] {
        let scene = scene(locale, Planning, message);
        let text = scene.with(|context| context.offers = three_offers()).says();
        assert!(blanks(&text).starts_with(none), "{text}");
    }
}

#[test]
fn prices_of_several_are_parted_by_kind() {
    let group = || {
        let mut offer = offer("off_1", 150_000, &[NONSTOP]);
        let fare = |kind, count, amount: &str| PassengerFare {
            kind,
            count,
            amount: amount.to_owned(),
        };
        offer.per_passenger = vec![
            fare(PassengerKind::Adult, 2, "550.00"),
            fare(PassengerKind::Child, 1, "400.00"),
        ];
        vec![offer]
    };
    for (locale, message, answer) in [
        (
            En,
            "is that per person?",
            "€1,500.00 for no. 1, that is €550.00 per adult (2) and €400.00 per child (1).",
        ),
        (
            Fr,
            "c’est par personne ?",
            "1 500,00 € pour le n° 1, soit 550,00 € par adulte (2) et 400,00 € par enfant (1).",
        ),
    ] {
        let text = scene(locale, Planning, message)
            .with(|context| context.offers = group())
            .says();
        assert!(blanks(&text).contains(answer), "{text}");
    }
}

#[test]
fn a_question_is_no_choice_and_asks_for_the_proposed_offer_only_where_it_is_about_it() {
    let second = scene(En, Planning, "is the second one refundable?")
        .with(|context| context.reading.choice = Some(Choice::Nth(2)));
    let text = second.says();
    assert!(text.starts_with("Offer no. 2, at €431.20."), "{text}");
    assert!(text.ends_with("Which offer do you prefer?"), "{text}");
    let text = asked(En, "compare 2 and 3").text;
    assert!(text.ends_with("Which offer do you prefer?"), "{text}");
    let text = asked(En, "is it refundable?").text;
    assert!(
        text.ends_with("Would you like to take this offer?"),
        "{text}"
    );
    // A choice that adds what it likes is a choice.
    let chosen = scene(Fr, Planning, "je prends la deuxième, sans bagage")
        .with(|context| context.reading.choice = Some(Choice::Nth(2)));
    let played = chosen.play(agency(varied(), vec![]));
    assert_eq!(played.arguments(0)["offer_id"], "off_cheap");
}

#[test]
fn several_questions_about_the_offers_are_all_answered() {
    let text = asked(En, "is it refundable, and is that per person?").text;
    assert!(
        text.contains("not refundable") && text.contains("per person"),
        "{text}"
    );
    let text = asked(Fr, "Pourquoi celle-là ? Et comment je paie ?").text;
    assert!(
        text.contains("le vol est direct") && text.contains("On ne paie pas ici"),
        "{text}"
    );
}

#[test]
fn more_offers_are_searched_for_and_counted() {
    let fourth = || vec![offer("off_new", 60_000, &[VIA_PARIS])];
    let more = |locale, intent, message: &str, found: Vec<Offer>| {
        scene(locale, intent, message).play(agency(found, vec![]))
    };
    for (locale, intent, message, one, none) in [
        (
            En,
            Planning,
            "show more",
            "Here is one more offer.",
            "There are no others",
        ),
        (
            Fr,
            Planning,
            "d’autres offres ?",
            "Voici une offre de plus.",
            "Il n’y en a pas d’autres",
        ),
        (
            Fr,
            TravelInfo,
            "montre-m’en plus",
            "Voici une offre de plus.",
            "Il n’y en a pas d’autres",
        ),
        (
            En,
            Rejection,
            "no, any other options?",
            "Here is one more offer.",
            "There are no others",
        ),
    ] {
        let played = more(locale, intent, message, fourth());
        assert_eq!(
            played.tools(),
            [["search_flights"], ["propose_offer"]],
            "{message}"
        );
        assert_eq!(played.arguments(0)["skip"], json!(varied().len()));
        assert_eq!(played.arguments(0).get("limit"), None);
        assert!(blanks(&played.text).starts_with(one), "{}", played.text);
        let played = more(locale, intent, message, vec![]);
        assert!(blanks(&played.text).starts_with(none), "{}", played.text);
    }
    // The second page was shown as well.
    let scene = scene(En, Planning, "show more").with(|context| context.shown = 10);
    let played = scene.play(agency(fourth(), vec![]));
    assert_eq!(played.arguments(0)["skip"], json!(10));
}

#[test]
fn follow_ups_are_known_whatever_they_look_like() {
    for message in [
        "Why that one?",
        "is that per person?",
        "show more",
        "how do I pay?",
        "is it refundable?",
        "Pourquoi celle-là ?",
        "c’est par personne ?",
        "montre-m’en plus",
        "comment je paie ?",
        "c’est remboursable ?",
        "et la moins polluante ?",
        "combien de CO2 ?",
    ] {
        assert!(is_about_shown_offers(message), "{message}");
        if message == "show more" || message.ends_with("en plus") {
            continue;
        }
        let text = scene(Fr, SmallTalk, message)
            .play(agency(varied(), vec![]))
            .text;
        assert!(text.contains("illustrati"), "{message}: {text}");
    }
    for message in [
        "merci",
        "ok",
        "hello",
        "why is the sky blue",
        "tu es un robot ?",
        "cool",
    ] {
        assert!(!is_about_shown_offers(message), "{message}");
    }
}

#[test]
fn without_offers_nothing_is_told_of_them() {
    let nothing = |message: &str| Scene::new(En, SmallTalk, message).without_tools().says();
    assert!(nothing("how do I pay?").contains("cannot pay here"));
    assert!(!nothing("is that per person?").contains("total"));
}

#[test]
fn expired_offers_are_described_and_not_proposed() {
    let scene = scene(En, Planning, "which one lands earliest?").with(|context| {
        context.proposal = None;
        for offer in &mut context.offers {
            offer.expires_at = timestamp("2026-11-22T08:59:59Z");
        }
    });
    let text = scene.says();
    assert!(
        text.contains("is no. 2") && text.ends_with("Which offer do you prefer?"),
        "{text}"
    );
}
