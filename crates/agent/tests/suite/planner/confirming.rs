//! Yes, no, and what was not done.

use agent::{
    booking::ProposalStatus::{self, Confirmed, Pending, Rejected},
    capability::flights::PriceChecked,
    intent::Intent::{self, BookingManagement, Confirmation, Rejection},
    language::{Choice, Reading},
    locale::Locale::{self, En, Fr},
    tools::ToolError,
    travel::Offer,
};

use super::{
    fixtures::{NONSTOP, offer, proposal, three_offers, timestamp},
    scene::{Scene, agency, blanks},
};

const NOT_BOOKED: [&str; 2] = [
    "**La réservation n’est pas encore proposée ici : rien n’a été réservé ni débité.**",
    "**Booking itself is not offered yet: nothing was booked or charged.**",
];

fn proposed(locale: Locale, intent: Intent, status: ProposalStatus) -> Scene {
    Scene::new(locale, intent, "ok").complete().with(|context| {
        context.reading = Reading::default();
        context.offers = three_offers();
        context.proposal = Some(proposal(three_offers().remove(0), status));
    })
}

fn confirmed(locale: Locale, now: Result<Option<Offer>, ToolError>) -> String {
    let scene = proposed(locale, Confirmation, Pending).with(|context| context.confirmed = true);
    let played = scene.play(|call| {
        assert_eq!(call.arguments, serde_json::json!({}));
        let before = three_offers().remove(0);
        now.clone().map(|now| PriceChecked { before, now }.into())
    });
    assert_eq!(played.tools(), [["check_price"]]);
    blanks(&played.text)
}

#[test]
fn a_confirmed_offer_is_checked_and_selected_but_not_booked() {
    for (locale, at, same) in [
        (
            Fr,
            0,
            "Le prix, vérifié à l’instant, n’a pas changé : 562,40 €.",
        ),
        (
            En,
            1,
            "The price, checked just now, has not changed: €562.40.",
        ),
    ] {
        let text = confirmed(locale, Ok(Some(three_offers().remove(0))));
        assert!(text.contains(same), "{text}");
        assert!(text.contains(NOT_BOOKED[at]) && text.contains("LYS 10:05 → JFK 13:30"));
        assert!(text.contains(["illustratifs", "illustrative"][at]));
    }
}

#[test]
fn a_changed_price_is_told_with_both_amounts() {
    let now = || Ok(Some(offer("off_best", 60_000, &[NONSTOP])));
    assert!(confirmed(Fr, now()).contains("le prix a changé : 600,00 € au lieu de 562,40 €."));
    assert!(confirmed(En, now()).contains("has changed: €600.00 instead of €562.40."));
}

#[test]
fn an_offer_that_is_gone_is_not_called_selected() {
    let text = confirmed(Fr, Ok(None));
    assert!(text.contains("n’est plus disponible") && text.contains(NOT_BOOKED[0]));
    assert!(!text.contains("retenue") && text.ends_with("relance la recherche ?"));
    assert!(confirmed(En, Ok(None)).contains("is no longer available"));
}

#[test]
fn an_unchecked_price_is_admitted() {
    let text = confirmed(Fr, Err(ToolError::TimedOut));
    assert!(text.contains("Je n’ai pas pu vérifier son prix") && text.contains(NOT_BOOKED[0]));
    let scene = proposed(En, Confirmation, Pending).with(|context| context.confirmed = true);
    let text = scene.without_tools().says();
    assert!(text.contains("I could not check its price") && text.contains(NOT_BOOKED[1]));
}

#[test]
fn a_yes_in_doubt_points_at_the_button() {
    let text = blanks(&proposed(Fr, Confirmation, Pending).says());
    assert!(
        text.contains("utilisez le bouton") && text.contains("562,40 €"),
        "{text}"
    );
    let text = proposed(En, Confirmation, Pending).says();
    assert!(text.contains("use the button under the offer"), "{text}");
}

#[test]
fn a_yes_in_doubt_that_names_the_proposed_offer_points_at_the_button_too() {
    let scene = proposed(Fr, Confirmation, Pending).with(|context| {
        context.reading.choice = Some(Choice::Nth(1));
    });
    assert!(scene.says().contains("utilisez le bouton"));
}

#[test]
fn a_yes_that_names_another_offer_proposes_that_one() {
    let scene = proposed(Fr, Confirmation, Pending).with(|context| {
        context.reading.choice = Some(Choice::Nth(2));
    });
    let played = scene.play(agency(three_offers(), vec![]));
    assert_eq!(played.arguments(0)["offer_id"], "off_cheap");
}

#[test]
fn a_second_yes_is_told_that_the_offer_is_selected() {
    let text = blanks(&proposed(Fr, Confirmation, Confirmed).says());
    assert!(text.starts_with("Cette offre est déjà retenue.") && text.contains(NOT_BOOKED[0]));
}

#[test]
fn a_yes_without_a_live_proposal_says_why_and_searches_again() {
    let expired = |context: &mut agent::context::TurnContext| {
        for offer in context
            .proposal
            .iter_mut()
            .map(|proposal| &mut proposal.expires_at)
        {
            *offer = timestamp("2026-11-22T09:00:00Z");
        }
    };
    let cases = [
        (
            proposed(Fr, Confirmation, Pending).with(expired),
            "La proposition a expiré",
        ),
        (
            proposed(Fr, Confirmation, Rejected),
            "Cette offre avait été écartée.",
        ),
        (
            proposed(Fr, Confirmation, Pending).with(|context| context.proposal = None),
            "Aucune offre n’attend votre confirmation",
        ),
        (
            proposed(En, Confirmation, Pending).with(expired),
            "The proposal has expired",
        ),
    ];
    for (scene, why) in cases {
        let played = scene.play(agency(three_offers(), vec![]));
        assert_eq!(played.tools(), [["search_flights"], ["propose_offer"]]);
        assert!(played.text.starts_with(why), "{}", played.text);
        assert!(played.text.contains("Lyon → New York"));
    }
    let text = Scene::new(Fr, Confirmation, "oui").says();
    assert_eq!(
        blanks(&text),
        "Aucune offre n’attend votre confirmation pour le moment. Où souhaitez-vous aller ?"
    );
}

#[test]
fn a_no_drops_the_offer_and_asks_what_to_change() {
    let text = blanks(&proposed(Fr, Rejection, Pending).says());
    assert!(text.starts_with("Entendu, j’oublie cette offre."), "{text}");
    assert!(text.ends_with("le prix, l’horaire, les escales ou les dates ?"));
    let text = proposed(En, Rejection, Pending).says();
    assert!(text.ends_with("price, time, stops or dates?"), "{text}");
    let text = proposed(En, Rejection, Rejected).says();
    assert!(
        text.contains("Lyon → New York") && !text.contains("dropped"),
        "{text}"
    );
}

#[test]
fn bookings_are_not_handled() {
    let text = blanks(&Scene::new(Fr, BookingManagement, "annule ma réservation").says());
    assert!(
        text.starts_with("Je ne gère pas encore de réservations"),
        "{text}"
    );
    assert!(text.contains("compagnie") && text.contains("comparer des vols"));
    let text = proposed(En, BookingManagement, Confirmed).says();
    assert!(text.contains("is not a booking"), "{text}");
}
