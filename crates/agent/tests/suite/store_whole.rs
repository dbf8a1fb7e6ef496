//! The store as a whole: many turns at once, preferences, and a file that is opened again.

use std::sync::Arc;

use agent::{
    answer::AnswerStatus,
    locale::Locale,
    store::{ConversationQuery, Preferences, StoreError},
};

use super::store::{
    AnyStore, TempFile, at, finished, first_turn, next_turn, on_every_store, owner, state, whole,
};

async fn turns_in_different_conversations_run_at_the_same_time(store: AnyStore) {
    let one = |nth: i64| {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            let mut turn = first_turn(&format!("Bonjour {nth}"));
            turn.at = at(nth);
            store.begin_turn(&turn).await.unwrap();
            store
                .finish_turn(&finished(&turn, "Bonjour", Some(state(1))))
                .await
                .unwrap();
            let second = next_turn(&turn, "Merci");
            let begun = store.begin_turn(&second).await.unwrap();
            assert_eq!((begun.history.len(), begun.state), (2, state(1)));
        })
    };
    for task in (0..20).map(one).collect::<Vec<_>>() {
        task.await.unwrap();
    }
    let query = ConversationQuery {
        limit: 100,
        ..ConversationQuery::default()
    };
    let page = store.conversations(&owner("anna"), &query).await.unwrap();
    assert_eq!(page.conversations.len(), 20);
    assert_eq!(store.recover().await, Ok(20));
}

async fn only_one_of_many_turns_begins_in_a_conversation(store: AnyStore) {
    let first = first_turn("Bonjour");
    whole(&store, &first, "Bonjour").await;
    let begin = |nth: usize| {
        let (store, turn) = (Arc::clone(&store), next_turn(&first, &nth.to_string()));
        tokio::spawn(async move { store.begin_turn(&turn).await })
    };
    let (mut begun, mut busy) = (0, 0);
    for task in (0..20).map(begin).collect::<Vec<_>>() {
        match task.await.unwrap() {
            Ok(_) => begun += 1,
            Err(StoreError::Busy) => busy += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!((begun, busy), (1, 19));
    let read = store
        .conversation(&first.owner, first.ids.conversation)
        .await
        .unwrap();
    assert_eq!(read.messages.len(), 4, "refused turns leave nothing");
}

async fn preferences_are_kept_one_by_one(store: AnyStore) {
    let anna = owner("anna");
    assert_eq!(store.preferences(&anna).await, Ok(Preferences::default()));
    let first = Preferences {
        locale: Some(Locale::En),
        time_zone: Some("Europe/Paris".to_owned()),
        ..Preferences::default()
    };
    store.set_preferences(&anna, &first).await.unwrap();
    let second = Preferences {
        currency: Some("CHF".to_owned()),
        time_zone: Some("Asia/Tokyo".to_owned()),
        ..Preferences::default()
    };
    store.set_preferences(&anna, &second).await.unwrap();
    let both = Preferences {
        locale: Some(Locale::En),
        ..second
    };
    assert_eq!(store.preferences(&anna).await, Ok(both));
    assert_eq!(
        store.preferences(&owner("ben")).await,
        Ok(Preferences::default())
    );
    assert_eq!(store.ping().await, Ok(()));
}

on_every_store!(
    turns_in_different_conversations_run_at_the_same_time,
    only_one_of_many_turns_begins_in_a_conversation,
    preferences_are_kept_one_by_one,
);

#[tokio::test(flavor = "multi_thread")]
async fn a_reopened_file_holds_everything() {
    let file = TempFile::new();
    let store = file.open().await;
    let (done, open) = (first_turn("Un vol pour Málaga"), first_turn("Oslo"));
    store.begin_turn(&done).await.unwrap();
    store
        .finish_turn(&finished(&done, "Voici.", Some(state(2))))
        .await
        .unwrap();
    store.attach_trace(done.ids.message, "[]").await.unwrap();
    // The process dies in the middle of this one.
    store.begin_turn(&open).await.unwrap();
    let before = store
        .conversation(&done.owner, done.ids.conversation)
        .await
        .unwrap();
    drop(store);

    let store = file.open().await;
    assert_eq!(store.recover().await, Ok(1));
    let after = store
        .conversation(&done.owner, done.ids.conversation)
        .await
        .unwrap();
    assert_eq!((&after, &after.state), (&before, &state(2)));
    let trace = store.trace(&done.ids.trace).await.unwrap();
    assert_eq!(trace[0].trace.as_deref(), Some("[]"));
    let stopped = store.answer(&open.owner, open.ids.message).await.unwrap();
    assert_eq!(stopped.status, AnswerStatus::Stopped);
    let begun = store.begin_turn(&next_turn(&open, "Oslo !")).await.unwrap();
    assert_eq!(begun.history[0].text, "Oslo");
}
