use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use uuid::Uuid;

use super::most_steps;
use crate::{
    conversation::ConversationState,
    feedback::{Feedback, Score},
    store::{
        ConversationQuery, FinishedTurn, IdempotencyKey, Import, NewShare, NewTurn, Preferences,
        Question, Search, SqliteStore, Store, StoreError, TripQuery,
        sqlite::testing::{Folder, finished, indexed, other, turn, url},
    },
};

/// What is stored by others: rows of each table.
const OTHERS: i32 = 10_000;

/// Fills each table with rows of people who are not asked for.
fn fill(folder: &Folder, now: Timestamp) {
    let ids = |kind: char| format!("printf('{kind}%07x-0000-7000-8000-000000000000', n)");
    let (conversation, question, message) = (ids('a'), ids('b'), ids('c'));
    let (at, day) = (now.as_millisecond(), now.to_zoned(TimeZone::UTC).date());
    let rows = [
        (
            "conversation (id, owner, title, created_at, updated_at)",
            format!("{conversation}, 'owner ' || n / 10, 'Oslo', {at}, {at}"),
        ),
        (
            "message (id, conversation_id, role, text, created_at)",
            format!("{question}, {conversation}, 'user', 'Oslo', {at}"),
        ),
        (
            "message (id, conversation_id, parent_id, role, text, created_at, status, trace_id, answer, state)",
            format!(
                "{message}, {conversation}, {question}, 'agent', 'Bien.', {at}, 'ok', printf('%032x', n), '{{}}', '{{}}'"
            ),
        ),
        ("message_trace", format!("{OTHERS} + n + 1, '[]'")),
        (
            "idempotency",
            format!("'owner ' || n, 'key', '', {message}, {at}"),
        ),
        ("preference (owner)", "'owner ' || n".to_owned()),
        (
            "proposal (id, conversation_id)",
            format!("{}, {conversation}", ids('d')),
        ),
        ("feedback", format!("{message}, 1, NULL, {at}")),
        (
            "share",
            format!(
                "{}, {conversation}, CAST(printf('%032x', n) AS BLOB), {message}, 'Oslo', {at}, {at} + 86400000",
                ids('e')
            ),
        ),
        ("spend_of_owner", format!("'{day}', 'owner ' || n, 1")),
        ("spend_counted", format!("{message}, '{day}'")),
        ("search_owner (owner)", "'owner ' || n".to_owned()),
    ];
    let mut sql = "BEGIN;".to_owned();
    for (table, values) in rows {
        sql += &format!(
            "WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < {OTHERS} - 1) \
             INSERT INTO {table} SELECT {values} FROM n;"
        );
    }
    sql += "UPDATE search_state SET up_to = (SELECT max(seq) FROM message); COMMIT;";
    other(folder).execute_batch(&sql).unwrap();
}

/// A turn with a key, begun and ended.
async fn say(store: &SqliteStore, mut turn: NewTurn) -> NewTurn {
    turn.ids.trace = turn.ids.message.simple().to_string();
    turn.idempotency = Some(IdempotencyKey {
        key: turn.ids.message.to_string(),
        digest: String::new(),
        replaces: None,
    });
    store.begin_turn(&turn).await.unwrap();
    let finished = FinishedTurn {
        state: Some(ConversationState::default()),
        ..finished(&turn, "Voici.")
    };
    store.finish_turn(&finished).await.unwrap();
    store.attach_trace(turn.ids.message, "[]").await.unwrap();
    turn
}

/// Further turns of the conversation: one more, its question worded anew, and answered again.
async fn go_on(store: &SqliteStore, first: &NewTurn) {
    let mut next = turn("Et à Bergen ?");
    next.new_conversation = false;
    next.ids.conversation = first.ids.conversation;
    next.answer.conversation_id = first.ids.conversation;
    let next = say(store, next).await;
    for again in [false, true] {
        let mut other = next.clone();
        other.ids.message = Uuid::now_v7();
        other.answer.message_id = other.ids.message;
        if again {
            other.question = Question::Again;
        } else {
            let (of, text) = (next.ids.user_message, "Et à Tromsø ?".to_owned());
            other.ids.user_message = Uuid::now_v7();
            other.answer.user_message_id = other.ids.user_message;
            other.question = Question::Edited { of, text };
        }
        say(store, other).await;
    }
}

/// Everything that a conversation of its owner can be asked for.
async fn ask_for_all(store: &SqliteStore, said: &NewTurn, now: Timestamp) {
    let (owner, conversation, message) = (&said.owner, said.ids.conversation, said.ids.message);
    store.answer(owner, message).await.unwrap();
    let feedback = Feedback {
        score: Score::Up,
        comment: None,
        created_at: now,
    };
    store.rate(owner, message, &feedback).await.unwrap();
    let key = message.to_string();
    assert!(store.replay(owner, &key, now).await.unwrap().is_some());
    for search in ["", "tromso", "nirgends"] {
        let search = Search::parse(search).unwrap();
        let query = ConversationQuery {
            limit: 50,
            after: None,
            search,
        };
        store.conversations(owner, &query).await.unwrap();
    }
    store.conversation(owner, conversation).await.unwrap();
    store
        .trips(
            owner,
            &TripQuery {
                limit: 50,
                after: None,
            },
        )
        .await
        .unwrap();
    let nothing = store.take_back(owner, conversation, now).await;
    assert_eq!(nothing, Err(StoreError::NothingToTakeBack));
    store
        .state_after(owner, conversation, message)
        .await
        .unwrap();
    assert!(
        store
            .owns(owner, conversation, Some(message))
            .await
            .unwrap()
    );
    store
        .update_conversation(owner, conversation, Some("Norvège"), Some(true))
        .await
        .unwrap();
    let share = NewShare {
        id: Uuid::now_v7(),
        token: [7; 32],
        conversation,
        end: message,
        created_at: now,
        expires_at: now + SignedDuration::from_hours(1),
    };
    store.share(owner, &share).await.unwrap();
    assert_eq!(
        store.shares(owner, conversation, now).await.unwrap().len(),
        1
    );
    store.shared(&share.token, now).await.unwrap();
    store.unshare(owner, conversation, share.id).await.unwrap();
    assert_eq!(store.forget_expired_shares(now).await, Ok(0));
    let proposal = store.conversation_of_proposal(owner, Uuid::now_v7()).await;
    assert_eq!(proposal, Err(StoreError::NotFound));
    assert_eq!(store.trace(&said.ids.trace).await.unwrap().len(), 1);
    let traced = store
        .traced_turns(owner, std::slice::from_ref(&said.ids.trace))
        .await;
    assert_eq!(traced.unwrap().len(), 1);
    assert_eq!(store.turns(conversation).await.unwrap().len(), 4);
    store.preferences(owner).await.unwrap();
    store
        .set_preferences(owner, &Preferences::default())
        .await
        .unwrap();
    let day = now.to_zoned(TimeZone::UTC).date();
    store.spent(owner, day).await.unwrap();
    store.spent_in_total(day).await.unwrap();
}

/// What a walk through a table of the others would take: a row is three steps at least.
#[tokio::test]
async fn no_statement_walks_through_what_others_have_stored() {
    let folder = Folder::new();
    drop(SqliteStore::open(&url(&folder)).await.unwrap());
    let first = turn("Oslo");
    fill(&folder, first.at);
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    assert_eq!(store.recover().await, Ok(0));
    let first = say(&store, first).await;
    go_on(&store, &first).await;
    ask_for_all(&store, &first, first.at).await;
    let import = Import {
        id: Uuid::now_v7(),
        title: "Bergen".to_owned(),
        at: first.at,
        messages: Vec::new(),
    };
    store.import(&first.owner, &import).await.unwrap();
    assert_eq!(store.stop_abandoned(first.ids.conversation).await, Ok(0));
    indexed(&store).await;
    store
        .delete_conversation(&first.owner, first.ids.conversation)
        .await
        .unwrap();
    let walks: Vec<_> = most_steps()
        .iter()
        .filter(|(_, steps)| **steps > 2 * OTHERS)
        .map(|(sql, steps)| format!("{steps} steps: {sql}"))
        .collect();
    assert!(walks.is_empty(), "{walks:#?}");
}
