//! The contract of ratings, and of the turns that they are shown with.

use agent::{
    feedback::{Feedback, Score},
    store::StoreError,
};

use super::store::{AnyStore, at, first_turn, next_turn, on_every_store, owner, whole};

on_every_store! {
    the_last_rating_is_kept_and_comes_with_the_span_of_its_turn,
    a_comment_goes_with_its_conversation,
    only_the_owner_rates_and_only_what_has_ended,
    turns_come_in_their_order_with_their_rating,
    turns_of_traces_tell_their_question_to_its_owner_alone,
}

fn rating(score: Score, comment: Option<&str>) -> Feedback {
    Feedback {
        score,
        comment: comment.map(str::to_owned),
        created_at: at(60),
    }
}

async fn the_last_rating_is_kept_and_comes_with_the_span_of_its_turn(store: AnyStore) {
    let mut turn = first_turn("Bonjour");
    let traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    turn.traceparent = Some(traceparent.to_owned());
    whole(&store, &turn, "Oui ?").await;
    let rate = async |feedback: Feedback| {
        let rated = store.rate(&turn.owner, turn.ids.message, &feedback).await;
        rated.unwrap()
    };
    let rated = rate(rating(Score::Up, None)).await;
    assert_eq!(rated.traceparent.as_deref(), Some(traceparent));
    assert_eq!((rated.answer.reply.as_str(), rated.trace), ("Oui ?", None));
    store.attach_trace(turn.ids.message, "{}").await.unwrap();
    let last = rating(Score::Down, Some("trop cher"));
    assert_eq!(rate(last.clone()).await.trace.as_deref(), Some("{}"));
    let conversation = store.conversation(&turn.owner, turn.ids.conversation).await;
    assert_eq!(
        conversation.unwrap().feedback(turn.ids.message),
        Some(&last)
    );
}

async fn a_comment_goes_with_its_conversation(store: AnyStore) {
    let turn = first_turn("Bonjour");
    whole(&store, &turn, "Oui ?").await;
    let said = rating(Score::Up, Some("clair"));
    let rate = async || store.rate(&turn.owner, turn.ids.message, &said).await;
    assert!(rate().await.is_ok());
    let deleted = store.delete_conversation(&turn.owner, turn.ids.conversation);
    assert_eq!(deleted.await, Ok(()));
    assert_eq!(rate().await, Err(StoreError::NotFound));
    let ids = [turn.ids.trace.clone()];
    let left = store.traced_turns(&turn.owner, &ids).await;
    assert_eq!(left, Ok(Vec::new()));
}

async fn only_the_owner_rates_and_only_what_has_ended(store: AnyStore) {
    let turn = first_turn("Bonjour");
    store.begin_turn(&turn).await.unwrap();
    let up = rating(Score::Up, None);
    let own = store.rate(&turn.owner, turn.ids.message, &up).await;
    assert_eq!(own, Err(StoreError::Busy));
    let finished = super::store::finished(&turn, "Oui ?", None);
    store.finish_turn(&finished).await.unwrap();
    for (who, message) in [("ben", turn.ids.message), ("anna", turn.ids.user_message)] {
        let rated = store.rate(&owner(who), message, &up).await;
        assert_eq!(rated, Err(StoreError::NotFound), "{who}");
    }
}

async fn turns_of_traces_tell_their_question_to_its_owner_alone(store: AnyStore) {
    let mine = first_turn("Un vol pour Rome");
    whole(&store, &mine, "Oui ?").await;
    let mut theirs = first_turn("Un secret");
    theirs.owner = owner("ben");
    theirs.ids.trace.clone_from(&mine.ids.trace);
    whole(&store, &theirs, "Oui ?").await;
    let up = rating(Score::Up, Some("rapide"));
    let rated = store.rate(&theirs.owner, theirs.ids.message, &up).await;
    assert!(rated.is_ok());
    let ids = [mine.ids.trace.clone(), "0".repeat(32)];
    let seen = async |who: &str| {
        let turns = store.traced_turns(&owner(who), &ids).await.unwrap();
        let lines = turns.into_iter().map(|turn| (turn.question, turn.score));
        lines.collect::<Vec<_>>()
    };
    let asked = |text: &str| Some(text.to_owned());
    let rome = (asked("Un vol pour Rome"), None);
    let secret = (asked("Un secret"), Some(Score::Up));
    assert_eq!(seen("anna").await, [rome, (None, Some(Score::Up))]);
    assert_eq!(seen("ben").await, [(None, None), secret]);
    assert_eq!(seen("eve").await, [(None, None), (None, Some(Score::Up))]);
    assert_eq!(
        store.traced_turns(&owner("anna"), &[]).await,
        Ok(Vec::new())
    );
}

async fn turns_come_in_their_order_with_their_rating(store: AnyStore) {
    let first = first_turn("Bonjour");
    whole(&store, &first, "Oui ?").await;
    let second = next_turn(&first, "Un vol");
    store.begin_turn(&second).await.unwrap();
    let up = rating(Score::Up, None);
    store
        .rate(&first.owner, first.ids.message, &up)
        .await
        .unwrap();
    let turns = store.turns(first.ids.conversation).await.unwrap();
    let shown = turns
        .iter()
        .map(|turn| (turn.answer.message_id, turn.score));
    assert_eq!(
        shown.collect::<Vec<_>>(),
        [
            (first.ids.message, Some(Score::Up)),
            (second.ids.message, None)
        ]
    );
    assert_eq!(turns[0].created_at, at(0));
    assert_eq!(
        store.turns(first.ids.message).await,
        Ok(Vec::new()),
        "no conversation"
    );
}
