//! Turns in the store: begun, finished, branched, refused, recovered.

use std::sync::Arc;

use agent::{
    answer::AnswerStatus,
    conversation::{ConversationState, PastMessage},
    store::{MessageRecord, StoreError},
};
use uuid::Uuid;

use super::store::{
    AnyStore, after, finished, first_turn, next_turn, on_every_store, owner, state, whole,
};

fn texts(history: &[Arc<PastMessage>]) -> Vec<(bool, &str)> {
    history
        .iter()
        .map(|past| (past.by_agent, &*past.text))
        .collect()
}

async fn a_turn_goes_on_from_the_newest_message(store: AnyStore) {
    let first = first_turn("Bonjour");
    let begun = store.begin_turn(&first).await.unwrap();
    assert_eq!(begun.history, []);
    assert_eq!(begun.state, ConversationState::default());
    let running = store.answer(&first.owner, first.ids.message).await.unwrap();
    assert_eq!(running.status, AnswerStatus::Running);
    store
        .finish_turn(&finished(&first, "Bonjour !", Some(state(1))))
        .await
        .unwrap();
    let second = next_turn(&first, "Rome");
    let begun = store.begin_turn(&second).await.unwrap();
    assert_eq!(
        texts(&begun.history),
        [(false, "Bonjour"), (true, "Bonjour !")]
    );
    assert_eq!(begun.state, state(1));
    // This one was stopped: its state is that of before.
    store
        .finish_turn(&finished(&second, "Ro", None))
        .await
        .unwrap();
    let begun = store
        .begin_turn(&next_turn(&first, "Rome !"))
        .await
        .unwrap();
    assert_eq!(texts(&begun.history)[2..], [(false, "Rome"), (true, "Ro")]);
    assert_eq!(begun.state, state(1));
}

async fn a_branch_has_its_own_history_and_state(store: AnyStore) {
    let first = first_turn("Rome");
    store.begin_turn(&first).await.unwrap();
    store
        .finish_turn(&finished(&first, "Rome ?", Some(state(1))))
        .await
        .unwrap();
    let second = next_turn(&first, "en mai");
    store.begin_turn(&second).await.unwrap();
    store
        .finish_turn(&finished(&second, "Mai ?", Some(state(2))))
        .await
        .unwrap();
    let branch = after(next_turn(&first, "en juin"), first.ids.message);
    let begun = store.begin_turn(&branch).await.unwrap();
    assert_eq!(texts(&begun.history), [(false, "Rome"), (true, "Rome ?")]);
    assert_eq!(begun.state, state(1));
    store
        .finish_turn(&finished(&branch, "Juin ?", Some(state(3))))
        .await
        .unwrap();
    // The newest message is on the branch; the other one can still be gone on from.
    let other = after(next_turn(&first, "le 3"), second.ids.message);
    let begun = store.begin_turn(&other).await.unwrap();
    assert_eq!(
        texts(&begun.history)[2..],
        [(false, "en mai"), (true, "Mai ?")]
    );
    assert_eq!(begun.state, state(2));
    store
        .finish_turn(&finished(&other, "Le 3 ?", Some(state(4))))
        .await
        .unwrap();

    let read = store
        .conversation(&first.owner, first.ids.conversation)
        .await
        .unwrap();
    let shape: Vec<_> = read
        .messages
        .iter()
        .map(|message| (message.id(), message.parent_id()))
        .collect();
    let mut expected = Vec::new();
    for (turn, parent) in [
        (&first, None),
        (&second, Some(first.ids.message)),
        (&branch, Some(first.ids.message)),
        (&other, Some(second.ids.message)),
    ] {
        expected.push((turn.ids.user_message, parent));
        expected.push((turn.ids.message, Some(turn.ids.user_message)));
    }
    assert_eq!(shape, expected);
    assert_eq!(read.state, state(4));
    match &read.messages[..2] {
        [
            MessageRecord::User { text, .. },
            MessageRecord::Agent { answer, .. },
        ] => {
            assert_eq!((&**text, &*answer.reply), ("Rome", "Rome ?"));
        }
        other => panic!("{other:?}"),
    }
}

async fn history_moves_on_in_steps_and_begins_with_the_person(store: AnyStore) {
    let first = first_turn("0");
    whole(&store, &first, "0 !").await;
    let mut begins = Vec::new();
    for nth in 1..=150 {
        let turn = next_turn(&first, &nth.to_string());
        let begun = whole(&store, &turn, &format!("{nth} !")).await;
        let history = texts(&begun.history);
        let last = format!("{} !", nth - 1);
        assert_eq!(history.last(), Some(&(true, &*last)));
        assert!(!history[0].0, "it begins with the person");
        if nth >= 100 {
            assert!((100..200).contains(&history.len()), "{}", history.len());
        }
        begins.push(history[0].1.to_owned());
    }
    begins.dedup();
    assert_eq!(begins, ["0", "50", "100"]);
}

async fn one_turn_runs_in_a_conversation(store: AnyStore) {
    let first = first_turn("Bonjour");
    store.begin_turn(&first).await.unwrap();
    let second = next_turn(&first, "Encore");
    assert_eq!(store.begin_turn(&second).await, Err(StoreError::Busy));
    store.begin_turn(&first_turn("Ailleurs")).await.unwrap();
    store
        .finish_turn(&finished(&first, "Bonjour !", None))
        .await
        .unwrap();
    assert_eq!(store.begin_turn(&second).await.unwrap().history.len(), 2);
}

async fn what_is_anothers_is_not_found(store: AnyStore) {
    let (first, elsewhere) = (first_turn("Bonjour"), first_turn("Rome"));
    whole(&store, &first, "Bonjour !").await;
    whole(&store, &elsewhere, "Rome !").await;
    let (ben, id) = (owner("ben"), first.ids.conversation);
    let mut stranger = next_turn(&first, "Je lis");
    stranger.owner = ben.clone();
    let wrong_parent = after(next_turn(&first, "Encore"), elsewhere.ids.message);
    let unknown_parent = after(next_turn(&first, "Encore"), Uuid::now_v7());
    let mut unknown = next_turn(&first, "Encore");
    unknown.ids.conversation = Uuid::now_v7();
    for turn in [stranger, wrong_parent, unknown_parent, unknown] {
        assert_eq!(store.begin_turn(&turn).await, Err(StoreError::NotFound));
    }
    let not_found = StoreError::NotFound;
    assert_eq!(store.conversation(&ben, id).await, Err(not_found.clone()));
    assert_eq!(
        store.answer(&ben, first.ids.message).await,
        Err(not_found.clone())
    );
    assert_eq!(
        store.update_conversation(&ben, id, Some("x"), None).await,
        Err(not_found.clone())
    );
    assert_eq!(
        store.delete_conversation(&ben, id).await,
        Err(not_found.clone())
    );
    // A message of the person has no answer of its own.
    let question = store.answer(&first.owner, first.ids.user_message).await;
    assert_eq!(question, Err(not_found));
    for (who, conversation, message, expected) in [
        (&first.owner, id, None, true),
        (&first.owner, id, Some(first.ids.message), true),
        (&first.owner, id, Some(elsewhere.ids.message), false),
        (&first.owner, Uuid::now_v7(), None, false),
        (&ben, id, None, false),
        (&ben, id, Some(first.ids.message), false),
    ] {
        assert_eq!(store.owns(who, conversation, message).await, Ok(expected));
    }
    let read = store.conversation(&first.owner, id).await.unwrap();
    assert_eq!((read.messages.len(), &*read.summary.title), (2, "Bonjour"));
}

async fn a_crash_stops_what_ran(store: AnyStore) {
    let (done, open) = (first_turn("Bonjour"), first_turn("Rome"));
    whole(&store, &done, "Bonjour !").await;
    store.begin_turn(&open).await.unwrap();
    assert_eq!(store.recover().await, Ok(1));
    assert_eq!(store.recover().await, Ok(0));
    let status = |id| {
        let store = &store;
        async move { store.answer(&owner("anna"), id).await.unwrap().status }
    };
    assert_eq!(status(done.ids.message).await, AnswerStatus::Ok);
    assert_eq!(status(open.ids.message).await, AnswerStatus::Stopped);
    store.begin_turn(&next_turn(&open, "Encore")).await.unwrap();
}

async fn the_title_is_the_first_line_of_the_first_message(store: AnyStore) {
    let long = "é".repeat(90);
    let cut = format!("{}…", "é".repeat(80));
    for (text, title) in [
        ("Bonjour", "Bonjour"),
        ("\n  Bonjour \nde Lyon", "Bonjour"),
        (&*long, &*cut),
    ] {
        let turn = first_turn(text);
        whole(&store, &turn, "Oui ?").await;
        whole(&store, &next_turn(&turn, "Autre chose"), "Oui ?").await;
        let read = store
            .conversation(&turn.owner, turn.ids.conversation)
            .await
            .unwrap();
        assert_eq!(read.summary.title, title);
    }
}

on_every_store!(
    a_turn_goes_on_from_the_newest_message,
    a_branch_has_its_own_history_and_state,
    history_moves_on_in_steps_and_begins_with_the_person,
    one_turn_runs_in_a_conversation,
    what_is_anothers_is_not_found,
    a_crash_stops_what_ran,
    the_title_is_the_first_line_of_the_first_message,
);
