//! What a turn does to the pending proposal.

use agent::{
    booking::{ProposalId, ProposalStatus},
    conversation::ConversationState,
    event::Door,
    intent::Intent,
    turn::{Decision, TurnRequest},
};
use uuid::Uuid;

use super::{
    fixtures::{self, proposal, three_offers},
    support::{World, calls, request, says},
    turn_state::after,
};

/// A conversation in which the first of three offers is proposed.
fn proposed() -> ConversationState {
    let offers = three_offers();
    ConversationState {
        proposal: Some(proposal(offers[0].clone(), ProposalStatus::Pending)),
        offers,
        search: Some(fixtures::searched(fixtures::search())),
        ..ConversationState::default()
    }
}

fn status(state: &ConversationState) -> Option<ProposalStatus> {
    state.proposal.as_ref().map(|proposal| proposal.status)
}

#[tokio::test(start_paused = true)]
async fn a_yes_confirms_and_a_no_rejects() {
    let id = |state: &ConversationState| state.proposal.as_ref().unwrap().id;
    let state = proposed();
    let other = ProposalId(Uuid::from_u128(99));
    let (yes, no) = (Decision::Confirm(id(&state)), Decision::Reject(id(&state)));
    let (pending, confirmed, rejected) = (
        ProposalStatus::Pending,
        ProposalStatus::Confirmed,
        ProposalStatus::Rejected,
    );
    for (message, decision, door, expected) in [
        ("Je confirme cette offre.", Some(yes), Door::Page, confirmed),
        ("Je confirme cette offre.", Some(yes), Door::Api, pending),
        (
            "Je confirme cette offre.",
            Some(Decision::Confirm(other)),
            Door::Page,
            pending,
        ),
        ("Non merci.", Some(no), Door::Page, rejected),
        // The button of an older proposal says nothing about this one.
        (
            "Non merci.",
            Some(Decision::Reject(other)),
            Door::Page,
            pending,
        ),
        ("ok vas-y", None, Door::Page, confirmed),
        ("ok vas-y", None, Door::Api, pending),
        ("non merci", None, Door::Page, rejected),
        ("combien de bagages ?", None, Door::Page, pending),
    ] {
        let turn = TurnRequest {
            decision,
            door,
            state: state.clone(),
            ..request(message)
        };
        let (state, told, _) = after(turn).await;
        assert_eq!(
            status(&state),
            Some(expected),
            "{message} {decision:?} {door:?}"
        );
        assert_eq!(
            told,
            expected == confirmed,
            "{message} {decision:?} {door:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_changed_wish_withdraws_the_proposal() {
    let turn = TurnRequest {
        state: proposed(),
        ..request("ok mais le 16 janvier")
    };
    let (state, confirmed, intent) = after(turn).await;
    assert_eq!((confirmed, intent), (false, Intent::Planning));
    assert_eq!(
        state.proposal, None,
        "a later yes must not mean the old day"
    );
    let turn = TurnRequest {
        state,
        ..request("oui")
    };
    assert!(!after(turn).await.1);
}

#[tokio::test(start_paused = true)]
async fn new_offers_withdraw_the_proposal_of_an_older_search() {
    let show = calls(&[("a", "show", r#"{"city": "Rome"}"#)]);
    let world = World::new([show, says("Voici. Cela vous va ?")]);
    let turn = TurnRequest {
        state: proposed(),
        ..request("montre-moi autre chose")
    };
    let (_, state) = world.end(turn).await;
    assert_eq!(state.offers[0].id.0, "Rome");
    assert_eq!(
        state.proposal, None,
        "a later yes must not mean an offer out of sight"
    );
}

#[tokio::test(start_paused = true)]
async fn a_proposal_whose_offer_is_shown_again_stays() {
    let rome = fixtures::offer("Rome", 10_000, &[fixtures::NONSTOP]);
    let made = proposal(rome, ProposalStatus::Pending);
    let world = World::new([
        calls(&[("a", "show", r#"{"city": "Rome"}"#)]),
        says("La même."),
    ]);
    let state = ConversationState {
        proposal: Some(made.clone()),
        ..proposed()
    };
    let turn = TurnRequest {
        state,
        ..request("montre encore")
    };
    assert_eq!(world.end(turn).await.1.proposal, Some(made));
}

#[tokio::test(start_paused = true)]
async fn naming_the_proposed_offer_does_not_withdraw_it() {
    let offers = three_offers();
    let made = proposal(offers[1].clone(), ProposalStatus::Pending);
    for message in [
        "le moins cher",
        "je prends le moins cher",
        "et les bagages ?",
    ] {
        let state = ConversationState {
            proposal: Some(made.clone()),
            ..proposed()
        };
        let turn = TurnRequest {
            state,
            ..request(message)
        };
        assert_ne!(status(&after(turn).await.0), None, "{message}");
    }
}
