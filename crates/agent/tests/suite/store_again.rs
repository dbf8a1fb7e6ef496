//! Questions that are answered once more.

use agent::{
    answer::AnswerStatus,
    conversation::ConversationState,
    message::Message,
    store::{MessageRecord, NewTurn, StoreError},
};
use uuid::Uuid;

use super::store::{
    AnyStore, after, again, finished, first_turn, next_turn, on_every_store, owner, state, whole,
};

/// Begins a turn and ends it with a failure in the middle of its answer.
async fn breaks_off(store: &AnyStore, turn: &NewTurn, adults: u8) {
    store.begin_turn(turn).await.unwrap();
    let mut end = finished(turn, "Voici tr", Some(state(adults)));
    end.answer.status = AnswerStatus::Error;
    end.transcript = vec![Message::user("Rome"), Message::assistant("Voici tr")];
    store.finish_turn(&end).await.unwrap();
}

async fn it_begins_where_the_first_answer_began(store: AnyStore) {
    let first = first_turn("Bonjour");
    store.begin_turn(&first).await.unwrap();
    let end = finished(&first, "Bonjour !", Some(state(1)));
    store.finish_turn(&end).await.unwrap();
    let broken = next_turn(&first, "Rome");
    let begun = store.begin_turn(&broken).await.unwrap();
    store
        .finish_turn(&finished(&broken, "Voici tr", Some(state(2))))
        .await
        .unwrap();
    let retry = again(&broken);
    assert_eq!(store.begin_turn(&retry).await.unwrap(), begun);
    assert_eq!(begun.state, state(1));
    assert_eq!(
        begun.history.len(),
        2,
        "neither the question nor the answer"
    );
    store
        .finish_turn(&finished(&retry, "Voici trois vols.", Some(state(3))))
        .await
        .unwrap();

    let read = store
        .conversation(&first.owner, first.ids.conversation)
        .await
        .unwrap();
    let messages: Vec<_> = read
        .messages
        .iter()
        .map(|message| (message.id(), message.parent_id()))
        .collect();
    let question = Some(broken.ids.user_message);
    assert_eq!(
        messages[2..],
        [
            (broken.ids.user_message, Some(first.ids.message)),
            (broken.ids.message, question),
            (retry.ids.message, question),
        ]
    );
    assert_eq!(read.state, state(3));
    // What follows goes on from the new answer, and knows nothing of the broken one.
    let begun = store.begin_turn(&next_turn(&first, "le 3")).await.unwrap();
    let texts: Vec<_> = begun.history.iter().map(|past| &*past.text).collect();
    assert_eq!(texts, ["Bonjour", "Bonjour !", "Rome", "Voici trois vols."]);
    assert_eq!(begun.state, state(3));
}

async fn a_first_question_is_answered_again_from_nothing(store: AnyStore) {
    let broken = first_turn("Rome");
    breaks_off(&store, &broken, 2).await;
    let retry = again(&broken);
    let begun = store.begin_turn(&retry).await.unwrap();
    assert_eq!(begun.history, []);
    assert_eq!(begun.state, ConversationState::default());
    // Stopped, it leaves no state: that of the broken answer does not come back.
    store
        .finish_turn(&finished(&retry, "", None))
        .await
        .unwrap();
    let read = store
        .conversation(&broken.owner, broken.ids.conversation)
        .await
        .unwrap();
    assert_eq!(read.state, ConversationState::default());
    assert_eq!(read.summary.title, "Rome");
}

async fn an_older_question_is_answered_again_on_a_branch(store: AnyStore) {
    let first = first_turn("Rome");
    breaks_off(&store, &first, 1).await;
    let second = after(next_turn(&first, "en mai"), first.ids.message);
    whole(&store, &second, "Mai ?").await;
    let begun = store.begin_turn(&again(&first)).await.unwrap();
    assert_eq!(begun.history, []);
    let read = store
        .conversation(&first.owner, first.ids.conversation)
        .await
        .unwrap();
    assert!(matches!(
        read.messages.last(),
        Some(MessageRecord::Agent { answer, .. }) if answer.status == AnswerStatus::Running
    ));
}

async fn only_a_question_of_the_conversation_is_answered_again(store: AnyStore) {
    let (turn, elsewhere) = (first_turn("Rome"), first_turn("Oslo"));
    breaks_off(&store, &turn, 1).await;
    breaks_off(&store, &elsewhere, 1).await;
    let mut stranger = again(&turn);
    stranger.owner = owner("ben");
    let with = |question: Uuid| {
        let mut retry = again(&turn);
        retry.ids.user_message = question;
        retry
    };
    let mut in_a_new_one = again(&turn);
    in_a_new_one.new_conversation = true;
    in_a_new_one.ids.conversation = Uuid::now_v7();
    for retry in [
        stranger,
        with(elsewhere.ids.user_message),
        with(turn.ids.message),
        with(Uuid::now_v7()),
        in_a_new_one,
    ] {
        assert_eq!(store.begin_turn(&retry).await, Err(StoreError::NotFound));
    }
    let retry = again(&turn);
    store.begin_turn(&retry).await.unwrap();
    assert_eq!(store.begin_turn(&again(&turn)).await, Err(StoreError::Busy));
}

on_every_store!(
    it_begins_where_the_first_answer_began,
    a_first_question_is_answered_again_from_nothing,
    an_older_question_is_answered_again_on_a_branch,
    only_a_question_of_the_conversation_is_answered_again,
);
