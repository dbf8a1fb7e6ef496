//! The contract of read-only links: frozen, bounded, ended by their owner, their end or the deletion of
//! what they show.

use agent::store::{MAX_SHARES, MessageRecord, NewShare, NewTurn, Question, Share, StoreError};
use jiff::SignedDuration;
use uuid::Uuid;

use super::store::{
    AnyStore, after, again, at, finished, first_turn, next_turn, on_every_store, owner, whole,
};

on_every_store! {
    a_link_shows_what_there_was_when_it_was_made,
    a_link_shows_its_own_branch,
    a_link_works_until_its_end_and_is_swept_away_after,
    only_the_owner_shares_lists_and_ends,
    what_is_being_written_and_what_is_elsewhere_is_not_shared,
    a_deleted_conversation_takes_its_links_along,
    links_of_a_conversation_are_bounded,
}

/// A link of `number`, made at second 10 and ended at second 20.
fn link(turn: &NewTurn, number: u8) -> NewShare {
    NewShare {
        id: Uuid::now_v7(),
        token: [number; 32],
        conversation: turn.ids.conversation,
        end: turn.ids.message,
        created_at: at(10),
        expires_at: at(20),
    }
}

async fn share(store: &AnyStore, share: &NewShare) -> Share {
    store.share(&owner("anna"), share).await.unwrap()
}

fn said(messages: &[MessageRecord]) -> Vec<String> {
    let text = |message: &MessageRecord| match message {
        MessageRecord::User { text, .. } => text.clone(),
        MessageRecord::Agent { answer, .. } => answer.reply.clone(),
    };
    messages.iter().map(text).collect()
}

async fn seen(store: &AnyStore, number: u8) -> Vec<String> {
    let shared = store.shared(&[number; 32], at(11)).await.unwrap();
    said(&shared.messages)
}

async fn a_link_shows_what_there_was_when_it_was_made(store: AnyStore) {
    let first = first_turn("Bonjour");
    whole(&store, &first, "Oui ?").await;
    let made = share(&store, &link(&first, 1)).await;
    assert_eq!((made.created_at, made.expires_at), (at(10), at(20)));
    assert_eq!(made.message_id, first.ids.message);
    whole(&store, &next_turn(&first, "Un vol"), "Voilà").await;
    let (anna, of) = (owner("anna"), first.ids.conversation);
    let renamed = store.update_conversation(&anna, of, Some("Privé"), None);
    renamed.await.unwrap();
    let shared = store.shared(&[1; 32], at(11)).await.unwrap();
    assert_eq!(said(&shared.messages), ["Bonjour", "Oui ?"]);
    assert_eq!(shared.title, "Bonjour");
    assert_eq!((shared.created_at, shared.expires_at), (at(10), at(20)));
}

async fn a_link_shows_its_own_branch(store: AnyStore) {
    let first = first_turn("a");
    whole(&store, &first, "b").await;
    let second = next_turn(&first, "c");
    whole(&store, &second, "d").await;
    whole(&store, &again(&second), "e").await;
    let mut edited = next_turn(&first, "");
    edited.question = Question::Edited {
        of: second.ids.user_message,
        text: "f".to_owned(),
    };
    whole(&store, &edited, "g").await;
    share(&store, &link(&second, 1)).await;
    share(&store, &link(&edited, 2)).await;
    assert_eq!(seen(&store, 1).await, ["a", "b", "c", "d"]);
    assert_eq!(seen(&store, 2).await, ["a", "b", "f", "g"]);
    whole(
        &store,
        &after(next_turn(&first, "h"), second.ids.message),
        "i",
    )
    .await;
    assert_eq!(seen(&store, 1).await.len(), 4);
}

async fn a_link_works_until_its_end_and_is_swept_away_after(store: AnyStore) {
    let turn = first_turn("Bonjour");
    whole(&store, &turn, "Oui ?").await;
    share(&store, &link(&turn, 1)).await;
    let longer = NewShare {
        expires_at: at(40),
        ..link(&turn, 2)
    };
    share(&store, &longer).await;
    let moment = SignedDuration::from_millis(1);
    assert!(store.shared(&[1; 32], at(20) - moment).await.is_ok());
    for over in [at(20), at(30)] {
        let gone = store.shared(&[1; 32], over).await;
        assert_eq!(gone, Err(StoreError::NotFound));
    }
    let unknown = store.shared(&[9; 32], at(11)).await;
    assert_eq!(unknown, Err(StoreError::NotFound));
    let of = turn.ids.conversation;
    let listed = store.shares(&owner("anna"), of, at(20)).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(store.forget_expired_shares(at(19)).await, Ok(0));
    assert_eq!(store.forget_expired_shares(at(20)).await, Ok(1));
    assert_eq!(store.forget_expired_shares(at(20)).await, Ok(0));
    let early = store.shares(&owner("anna"), of, at(11)).await.unwrap();
    assert_eq!(early, listed, "the other one is gone for good");
}

async fn only_the_owner_shares_lists_and_ends(store: AnyStore) {
    let turn = first_turn("Bonjour");
    whole(&store, &turn, "Oui ?").await;
    let (ben, of) = (owner("ben"), turn.ids.conversation);
    let foreign = store.share(&ben, &link(&turn, 1)).await;
    assert_eq!(foreign, Err(StoreError::NotFound));
    let made = share(&store, &link(&turn, 1)).await;
    let listed = store.shares(&ben, of, at(11)).await;
    assert_eq!(listed, Err(StoreError::NotFound));
    let other = first_turn("Autre");
    whole(&store, &other, "Oui ?").await;
    for (who, conversation) in [("ben", of), ("anna", other.ids.conversation)] {
        let ended = store.unshare(&owner(who), conversation, made.id).await;
        assert_eq!(ended, Err(StoreError::NotFound), "{who}");
    }
    assert_eq!(seen(&store, 1).await.len(), 2);
    let anna = owner("anna");
    assert_eq!(store.unshare(&anna, of, made.id).await, Ok(()));
    let again = store.unshare(&anna, of, made.id).await;
    assert_eq!(again, Err(StoreError::NotFound));
    let gone = store.shared(&[1; 32], at(11)).await;
    assert_eq!(gone, Err(StoreError::NotFound));
    assert_eq!(store.shares(&anna, of, at(11)).await, Ok(Vec::new()));
}

async fn what_is_being_written_and_what_is_elsewhere_is_not_shared(store: AnyStore) {
    let (first, other) = (first_turn("Bonjour"), first_turn("Autre"));
    whole(&store, &other, "Oui ?").await;
    store.begin_turn(&first).await.unwrap();
    let anna = owner("anna");
    let running = store.share(&anna, &link(&first, 1)).await;
    assert_eq!(running, Err(StoreError::Busy));
    store
        .finish_turn(&finished(&first, "Oui ?", None))
        .await
        .unwrap();
    let elsewhere = NewShare {
        end: other.ids.message,
        ..link(&first, 1)
    };
    let refused = store.share(&anna, &elsewhere).await;
    assert_eq!(refused, Err(StoreError::NotFound));
    share(&store, &link(&first, 1)).await;
}

async fn a_deleted_conversation_takes_its_links_along(store: AnyStore) {
    let turn = first_turn("Bonjour");
    whole(&store, &turn, "Oui ?").await;
    share(&store, &link(&turn, 1)).await;
    let anna = owner("anna");
    let deleted = store.delete_conversation(&anna, turn.ids.conversation);
    deleted.await.unwrap();
    let gone = store.shared(&[1; 32], at(11)).await;
    assert_eq!(gone, Err(StoreError::NotFound));
    assert_eq!(store.forget_expired_shares(at(99)).await, Ok(0));
}

async fn links_of_a_conversation_are_bounded(store: AnyStore) {
    let turn = first_turn("Bonjour");
    whole(&store, &turn, "Oui ?").await;
    let most = u8::try_from(MAX_SHARES).unwrap();
    for number in 0..most {
        share(&store, &link(&turn, number)).await;
    }
    let more = store.share(&owner("anna"), &link(&turn, most)).await;
    assert_eq!(more, Err(StoreError::TooManyShares));
    // Those that no longer work do not count.
    let later = NewShare {
        created_at: at(20),
        expires_at: at(30),
        ..link(&turn, most)
    };
    share(&store, &later).await;
}
