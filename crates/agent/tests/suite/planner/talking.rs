//! Small talk and what is out of scope.

use agent::{
    booking::ProposalStatus::Pending,
    intent::Intent::{OutOfScope, SmallTalk},
    language::Reading,
    locale::Locale::{En, Fr},
};

use super::{
    fixtures::{new_york, proposal, three_offers},
    scene::{Scene, blanks},
};

#[test]
fn small_talk_is_recognised_and_leads_to_a_trip() {
    let cases = [
        (Fr, "bonjour", &["Bonjour"][..]),
        (
            Fr,
            "merci beaucoup !",
            &["Avec plaisir", "Je vous en prie", "De rien"],
        ),
        (
            Fr,
            "merci, au revoir",
            &["revoir", "bientôt", "Bonne continuation"],
        ),
        (Fr, "qui es-tu ?", &["agent de voyage automatique"]),
        (Fr, "que peux-tu faire ?", &["je compare des vols"]),
        (Fr, "ça va ?", &["merci !"]),
        (Fr, "t'es nul", &["désolé", "Désolé", "Pardon"]),
        (Fr, "👋", &["Très bien.", "Entendu.", "C’est noté."]),
        (
            En,
            "sorry about that",
            &["No worries", "all right", "No problem"],
        ),
        (En, "do you speak French?", &["English and French"]),
        (En, "helllo", &["Hello", "Hi there"]),
        (En, "thanx", &["welcome", "My pleasure", "No problem"]),
        (En, "are you a robot?", &["automatic travel agent"]),
        (En, "ok", &["Very well.", "All right.", "Noted."]),
    ];
    for (locale, message, openings) in cases {
        let text = blanks(
            &Scene::new(locale, SmallTalk, message)
                .without_tools()
                .says(),
        );
        assert!(
            openings.iter().any(|part| text.contains(part)),
            "{message}: {text}"
        );
        let invites = [
            "Où souhaitez-vous aller ?",
            "Where would you like to go?",
            "prochain vol.",
        ];
        assert!(
            invites.iter().any(|end| text.ends_with(end)),
            "{message}: {text}"
        );
    }
}

#[test]
fn the_variant_depends_on_the_message_alone() {
    let say = |message: &str| Scene::new(Fr, SmallTalk, message).says();
    assert_eq!(say("bonjour"), say("bonjour"));
    let variants: std::collections::HashSet<_> =
        (0..20).map(|n| say(&format!("bonjour {n}"))).collect();
    assert_eq!(variants.len(), 3);
}

#[test]
fn small_talk_remembers_the_trip_and_the_proposal() {
    let scene = Scene::new(Fr, SmallTalk, "merci").with(|context| {
        context.trip.destination = Some(new_york());
    });
    assert!(blanks(&scene.says()).ends_with("Pour votre voyage (New York) : D’où partez-vous ?"));
    let complete = |locale| {
        Scene::new(locale, SmallTalk, "ok")
            .complete()
            .with(|context| {
                context.reading = Reading::default();
            })
    };
    assert!(blanks(&complete(Fr).says()).ends_with("les vols Lyon → New York ?"));
    let proposed = complete(En).with(|context| {
        context.proposal = Some(proposal(three_offers().remove(0), Pending));
    });
    let text = proposed.says();
    assert!(
        text.ends_with("The offer at €562.40 (nonstop) is still open: would you like to take it?")
    );
}

#[test]
fn out_of_scope_is_declined_with_a_hint() {
    let text = blanks(&Scene::new(Fr, OutOfScope, "recette de gaufres").says());
    assert!(
        text.contains("voyages") || text.contains("les vols"),
        "{text}"
    );
    assert!(text.contains("le jour le moins cher d’un mois"));
    let scene = Scene::new(En, OutOfScope, "2 + 2?").with(|context| {
        context.trip.destination = Some(new_york());
    });
    assert!(
        scene
            .says()
            .ends_with("Back to your trip: where are you leaving from?")
    );
}
