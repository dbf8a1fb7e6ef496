//! The list of conversations: order, pages, pins, names, search.

use agent::store::{ConversationQuery, Cursor, NewTurn, Search, StoreError};
use uuid::Uuid;

use super::store::{AnyStore, at, first_turn, next_turn, on_every_store, owner, whole};

/// A conversation that began, and last changed, at this second.
async fn talk(store: &AnyStore, text: &str, reply: &str, seconds: i64) -> NewTurn {
    let mut turn = first_turn(text);
    turn.at = at(seconds);
    whole(store, &turn, reply).await;
    turn
}

/// Titles of a page and where the next begins.
async fn page(
    store: &AnyStore,
    limit: u32,
    after: Option<Cursor>,
    text: &str,
) -> (Vec<String>, Option<Cursor>) {
    let query = ConversationQuery {
        limit,
        after,
        search: Search::parse(text).unwrap(),
    };
    let page = store.conversations(&owner("anna"), &query).await.unwrap();
    let titles = page.conversations.into_iter().map(|line| line.title);
    (titles.collect(), page.next)
}

/// Titles of the conversations that `text` finds.
async fn found(store: &AnyStore, text: &str) -> Vec<String> {
    page(store, 50, None, text).await.0
}

async fn pinned_ones_come_first_then_the_newest(store: AnyStore) {
    let a = talk(&store, "a", "…", 1).await;
    let b = talk(&store, "b", "…", 2).await;
    talk(&store, "c", "…", 3).await;
    let mut others = first_turn("d");
    others.owner = owner("ben");
    whole(&store, &others, "…").await;
    assert_eq!(found(&store, "").await, ["c", "b", "a"]);
    let mut more = next_turn(&a, "encore");
    more.at = at(4);
    whole(&store, &more, "…").await;
    assert_eq!(found(&store, "").await, ["a", "c", "b"]);
    let pin = |turn: &NewTurn, pinned| {
        let (store, owner, id) = (&store, turn.owner.clone(), turn.ids.conversation);
        async move {
            store
                .update_conversation(&owner, id, None, Some(pinned))
                .await
                .unwrap()
        }
    };
    let line = pin(&b, true).await;
    // A pin is no activity.
    assert_eq!(
        (line.pinned, line.updated_at, line.created_at),
        (true, at(2), at(2))
    );
    assert_eq!(found(&store, "").await, ["b", "a", "c"]);
    pin(&b, false).await;
    assert_eq!(found(&store, "").await, ["a", "c", "b"]);
}

async fn pages_hold_every_conversation_once(store: AnyStore) {
    for nth in 0..7_i64 {
        // Two of them at the same moment: the id decides.
        let turn = talk(&store, &nth.to_string(), "…", nth / 2).await;
        let pinned = Some(nth % 3 == 0);
        let (owner, id) = (&turn.owner, turn.ids.conversation);
        store
            .update_conversation(owner, id, None, pinned)
            .await
            .unwrap();
    }
    let all = found(&store, "").await;
    assert_eq!(all, ["6", "3", "0", "5", "4", "2", "1"]);
    for limit in [1, 2, 3, 7, 8] {
        let (mut titles, mut after, mut pages) = (Vec::new(), None, 0);
        loop {
            let (lines, next) = page(&store, limit, after, "").await;
            assert!(lines.len() <= limit as usize);
            titles.extend(lines);
            pages += 1;
            after = next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(titles, all, "pages of {limit}");
        assert_eq!(pages, 7_u32.div_ceil(limit), "pages of {limit}");
    }
    let (first, next) = page(&store, 1, None, "…").await;
    assert_eq!((first.len(), next), (0, None), "no word is looked for");
}

async fn a_search_finds_words_of_both_sides_whatever_their_accents(store: AnyStore) {
    talk(&store, "Un été à Málaga", "Voici trois vols.", 1).await;
    talk(
        &store,
        "Flights to Oslo",
        "NOT found \"at all\": 50% off",
        2,
    )
    .await;
    for (text, titles) in [
        ("málaga", &["Un été à Málaga"][..]),
        ("MALAGA", &["Un été à Málaga"]),
        ("Ete malaga", &["Un été à Málaga"]),
        ("vols", &["Un été à Málaga"]),
        ("mala", &["Un été à Málaga"]),
        ("laga", &[]),
        ("oslo malaga", &[]),
        (" ", &["Flights to Oslo", "Un été à Málaga"]),
        // Nothing is an operator.
        ("NOT", &["Flights to Oslo"]),
        ("NOT found", &["Flights to Oslo"]),
        ("oslo OR malaga", &[]),
        ("\"at all\"", &["Flights to Oslo"]),
        ("\"", &[]),
        ("50%", &["Flights to Oslo"]),
        ("os*", &["Flights to Oslo"]),
        ("text:oslo", &[]),
        ("(", &[]),
        ("'; DROP TABLE message; --", &[]),
        ("NEAR(oslo", &[]),
        ("^oslo", &["Flights to Oslo"]),
        ("\0oslo", &["Flights to Oslo"]),
    ] {
        assert_eq!(found(&store, text).await, titles, "{text:?}");
    }
}

async fn a_name_is_found_like_a_message(store: AnyStore) {
    let turn = talk(&store, "Bonjour", "…", 1).await;
    let (anna, id) = (&turn.owner, turn.ids.conversation);
    let line = store
        .update_conversation(anna, id, Some("Été à Évora"), None)
        .await
        .unwrap();
    assert_eq!(
        (&*line.title, line.pinned, line.updated_at),
        ("Été à Évora", false, at(1))
    );
    for text in ["évora", "Evora", "ete a ev", "ÉTÉ", "bonjour"] {
        assert_eq!(found(&store, text).await, ["Été à Évora"], "{text}");
    }
    store
        .update_conversation(anna, id, Some("50% _ \"x\""), None)
        .await
        .unwrap();
    for (text, hit) in [
        ("evora", false),
        ("50%", true),
        ("\"x\"", true),
        ("%", false),
    ] {
        assert_eq!(found(&store, text).await.len(), usize::from(hit), "{text}");
    }
    let unknown = store
        .update_conversation(anna, Uuid::now_v7(), Some("x"), None)
        .await;
    assert_eq!(unknown, Err(StoreError::NotFound));
}

async fn what_was_deleted_is_found_no_more(store: AnyStore) {
    let turn = talk(&store, "Málaga", "Voici.", 1).await;
    whole(&store, &next_turn(&turn, "Séville"), "Voici.").await;
    store
        .delete_conversation(&turn.owner, turn.ids.conversation)
        .await
        .unwrap();
    for text in ["", "malaga", "seville", "voici"] {
        assert_eq!(found(&store, text).await, [""; 0], "{text}");
    }
    // The index does not take a new message for an old one.
    talk(&store, "Oslo", "Bien.", 2).await;
    assert_eq!(found(&store, "malaga").await, [""; 0]);
    assert_eq!(found(&store, "bien").await, ["Oslo"]);
}

on_every_store!(
    pinned_ones_come_first_then_the_newest,
    pages_hold_every_conversation_once,
    a_search_finds_words_of_both_sides_whatever_their_accents,
    a_name_is_found_like_a_message,
    what_was_deleted_is_found_no_more,
);
