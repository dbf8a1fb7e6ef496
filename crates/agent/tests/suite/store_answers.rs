//! What hangs on answers: idempotency keys, proposals, traces.

use agent::{
    answer::ProposalView,
    booking::ProposalId,
    store::{IdempotencyKey, NewTurn, Owner, Replay, StoreError, StoredTrace},
};
use jiff::ToSpan;
use uuid::Uuid;

use super::store::{
    AnyStore, after, at, finished, first_turn, next_turn, on_every_store, owner, whole,
};

fn keyed(key: &str, digest: &str) -> NewTurn {
    let mut turn = first_turn("Bonjour");
    turn.idempotency = Some(IdempotencyKey {
        key: key.to_owned(),
        digest: digest.to_owned(),
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
    the_turns_of_a_trace_are_found_oldest_first,
    deleting_takes_everything_along,
);
