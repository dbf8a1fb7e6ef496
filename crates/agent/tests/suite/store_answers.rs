//! What hangs on answers: idempotency keys, proposals, traces.

use agent::{
    answer::ProposalView,
    booking::{Proposal, ProposalId, ProposalStatus},
    conversation::ConversationState,
    store::{IdempotencyKey, NewTurn, Owner, Question, Replay, StoreError, StoredTrace},
};
use jiff::ToSpan;
use uuid::Uuid;

use super::store::{
    AnyStore, after, again, at, finished, first_turn, next_turn, on_every_store, owner, whole,
};

fn keyed(key: &str, digest: &str) -> NewTurn {
    let mut turn = first_turn("Bonjour");
    turn.idempotency = Some(IdempotencyKey {
        key: key.to_owned(),
        digest: digest.to_owned(),
        replaces: None,
    });
    turn
}

async fn a_key_finds_its_turn_for_a_day(store: AnyStore) {
    let (turn, anna) = (keyed("k", "d"), owner("anna"));
    assert_eq!(store.replay(&anna, "k", at(0)).await, Ok(None));
    store.begin_turn(&turn).await.unwrap();
    let replay = Some(Replay {
        digest: "d".to_owned(),
        message: turn.ids.message,
    });
    // Also while it runs: the caller is told to wait.
    assert_eq!(store.replay(&anna, "k", at(0)).await, Ok(replay.clone()));
    store
        .finish_turn(&finished(&turn, "Bonjour !", None))
        .await
        .unwrap();
    let day = at(0) + 24.hours();
    for (who, key, now, expected) in [
        ("anna", "k", day, replay),
        ("anna", "k", day + 1.millisecond(), None),
        ("anna", "K", day, None),
        ("ben", "k", day, None),
    ] {
        assert_eq!(
            store.replay(&owner(who), key, now).await,
            Ok(expected),
            "{who} {key}"
        );
    }
}

async fn a_key_in_use_begins_no_second_turn(store: AnyStore) {
    store.begin_turn(&keyed("k", "d")).await.unwrap();
    let mut again = keyed("k", "d");
    again.at = at(0) + 24.hours();
    assert_eq!(store.begin_turn(&again).await, Err(StoreError::Busy));
    let missing = store
        .conversation(&again.owner, again.ids.conversation)
        .await;
    assert_eq!(missing, Err(StoreError::NotFound));
    let mut other = keyed("k", "d");
    other.owner = owner("ben");
    store.begin_turn(&other).await.unwrap();
    // After a day the key is free.
    again.at += 1.millisecond();
    store.begin_turn(&again).await.unwrap();
    let replay = store.replay(&again.owner, "k", again.at).await.unwrap();
    assert_eq!(replay.unwrap().message, again.ids.message);
}

fn proposal(id: u128) -> ProposalView {
    ProposalView {
        id: ProposalId(Uuid::from_u128(id)),
        summary: "Lyon – New York".to_owned(),
        expires_at: at(1800),
        offer_id: "off_best".to_owned(),
    }
}

async fn a_proposal_leads_to_its_conversation(store: AnyStore) {
    let turn = first_turn("Rome");
    store.begin_turn(&turn).await.unwrap();
    let mut end = finished(&turn, "Celle-ci ?", None);
    end.answer.proposal = Some(proposal(5));
    store.finish_turn(&end).await.unwrap();
    // Written a second time, when the first acknowledgement was lost.
    store.finish_turn(&end).await.unwrap();
    let of = |who: Owner, id| {
        let store = &store;
        async move {
            store
                .conversation_of_proposal(&who, Uuid::from_u128(id))
                .await
        }
    };
    assert_eq!(of(owner("anna"), 5).await, Ok(turn.ids.conversation));
    assert_eq!(of(owner("ben"), 5).await, Err(StoreError::NotFound));
    assert_eq!(of(owner("anna"), 6).await, Err(StoreError::NotFound));
    store
        .delete_conversation(&turn.owner, turn.ids.conversation)
        .await
        .unwrap();
    assert_eq!(of(owner("anna"), 5).await, Err(StoreError::NotFound));
}

async fn a_button_is_pressed_once_and_in_time(store: AnyStore) {
    let turn = first_turn("Rome");
    store.begin_turn(&turn).await.unwrap();
    let mut offer = super::fixtures::three_offers().remove(0);
    offer.expires_at = at(1800);
    let pending = super::fixtures::proposal(offer, ProposalStatus::Pending);
    let mut state = ConversationState {
        proposal: Some(pending.clone()),
        ..ConversationState::default()
    };
    let end = finished(&turn, "Celle-ci ?", Some(state.clone()));
    store.finish_turn(&end).await.unwrap();
    let press = |id, seconds| {
        let mut press = next_turn(&turn, "Je confirme");
        press.question = Question::New {
            parent: None,
            text: "Je confirme".to_owned(),
            decides: Some(id),
        };
        press.at = at(seconds);
        press
    };
    let other = ProposalId(Uuid::from_u128(9));
    for (id, seconds) in [(other, 0), (pending.id, 1800)] {
        let refused = store.begin_turn(&press(id, seconds)).await;
        assert_eq!(refused, Err(StoreError::Closed), "{id} after {seconds} s");
    }
    let first = press(pending.id, 1799);
    store.begin_turn(&first).await.unwrap();
    let second = press(pending.id, 1799);
    assert_eq!(store.begin_turn(&second).await, Err(StoreError::Busy));
    state.proposal = Some(Proposal {
        status: ProposalStatus::Rejected,
        ..pending
    });
    let end = finished(&first, "D’accord.", Some(state));
    store.finish_turn(&end).await.unwrap();
    assert_eq!(store.begin_turn(&second).await, Err(StoreError::Closed));
    let read = store.conversation(&turn.owner, turn.ids.conversation).await;
    assert_eq!(
        read.unwrap().messages.len(),
        4,
        "refused presses leave nothing"
    );
}

async fn a_key_passes_on_from_a_run_that_came_to_nothing(store: AnyStore) {
    let (first, anna) = (keyed("k", "d"), owner("anna"));
    store.begin_turn(&first).await.unwrap();
    assert_eq!(store.stop_abandoned(Uuid::now_v7()).await, Ok(0));
    assert_eq!(store.stop_abandoned(first.ids.conversation).await, Ok(1));
    let cut_off = store.answer(&anna, first.ids.message).await.unwrap();
    assert!(cut_off.came_to_nothing());
    let mut second = again(&first);
    second.idempotency = first.idempotency.clone();
    assert_eq!(store.begin_turn(&second).await, Err(StoreError::Busy));
    let replaces = |message| {
        let mut turn = second.clone();
        turn.idempotency.as_mut().unwrap().replaces = Some(message);
        turn
    };
    let wrong = replaces(Uuid::now_v7());
    assert_eq!(store.begin_turn(&wrong).await, Err(StoreError::Busy));
    store
        .begin_turn(&replaces(first.ids.message))
        .await
        .unwrap();
    let replay = store.replay(&anna, "k", at(0)).await.unwrap();
    assert_eq!(replay.unwrap().message, second.ids.message);
}

async fn the_turns_of_a_trace_are_found_oldest_first(store: AnyStore) {
    let (mut first, mut second) = (first_turn("Bonjour"), first_turn("Hello"));
    second.owner = owner("ben");
    let trace = "0af7651916cd43dd8448eb211c80319c";
    for turn in [&mut first, &mut second] {
        turn.ids.trace = trace.to_owned();
        turn.answer.trace_id = trace.to_owned();
        whole(&store, turn, "Oui ?").await;
    }
    store.attach_trace(first.ids.message, "[1]").await.unwrap();
    let stored = |who: &str, trace: Option<&str>| StoredTrace {
        owner: owner(who),
        traceparent: None,
        trace: trace.map(str::to_owned),
    };
    let expected = vec![stored("anna", Some("[1]")), stored("ben", None)];
    assert_eq!(store.trace(trace).await, Ok(expected));
    assert_eq!(store.trace("none").await, Ok(Vec::new()));
    // A trace may come after the conversation was deleted.
    store
        .delete_conversation(&first.owner, first.ids.conversation)
        .await
        .unwrap();
    store.attach_trace(first.ids.message, "[1]").await.unwrap();
    assert_eq!(store.trace(trace).await, Ok(vec![stored("ben", None)]));
}

async fn deleting_takes_everything_along(store: AnyStore) {
    let kept = first_turn("Un vol pour Málaga");
    whole(&store, &kept, "Voici.").await;
    let turn = keyed("k", "d");
    store.begin_turn(&turn).await.unwrap();
    store
        .finish_turn(&finished(&turn, "Bonjour !", None))
        .await
        .unwrap();
    // A branch, and a turn that still runs.
    let branch = after(next_turn(&turn, "Encore"), turn.ids.message);
    store.begin_turn(&branch).await.unwrap();
    let (anna, id) = (owner("anna"), turn.ids.conversation);
    store.delete_conversation(&anna, id).await.unwrap();
    let mut late = finished(&branch, "Trop tard", None);
    late.answer.proposal = Some(proposal(8));
    store.finish_turn(&late).await.unwrap();
    let not_found = StoreError::NotFound;
    assert_eq!(store.conversation(&anna, id).await, Err(not_found.clone()));
    assert_eq!(
        store.delete_conversation(&anna, id).await,
        Err(not_found.clone())
    );
    for message in [turn.ids.message, branch.ids.message] {
        assert_eq!(store.answer(&anna, message).await, Err(not_found.clone()));
    }
    assert_eq!(store.replay(&anna, "k", at(0)).await, Ok(None));
    let found = store
        .conversation_of_proposal(&anna, Uuid::from_u128(8))
        .await;
    assert_eq!(found, Err(not_found));
    assert_eq!(store.recover().await, Ok(0));
    let read = store
        .conversation(&anna, kept.ids.conversation)
        .await
        .unwrap();
    assert_eq!(read.messages.len(), 2);
}

on_every_store!(
    a_key_finds_its_turn_for_a_day,
    a_key_in_use_begins_no_second_turn,
    a_proposal_leads_to_its_conversation,
    a_button_is_pressed_once_and_in_time,
    a_key_passes_on_from_a_run_that_came_to_nothing,
    the_turns_of_a_trace_are_found_oldest_first,
    deleting_takes_everything_along,
);
