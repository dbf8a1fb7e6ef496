use crate::store::{
    ConversationQuery, NewTurn, Owner, Search, SqliteStore, Store,
    sqlite::testing::{Folder, finished, indexed, number, other, turn, url},
};

async fn found(store: &SqliteStore, text: &str) -> usize {
    let query = ConversationQuery {
        limit: 50,
        after: None,
        search: Search::parse(text).unwrap(),
    };
    let page = store.conversations(&Owner("anna".to_owned()), &query).await;
    page.unwrap().conversations.len()
}

async fn say(store: &SqliteStore, text: &str, reply: &str) -> NewTurn {
    let turn = turn(text);
    store.begin_turn(&turn).await.unwrap();
    let finished = finished(&turn, reply);
    store.finish_turn(&finished).await.unwrap();
    turn
}

#[tokio::test]
async fn a_message_is_found_before_and_after_it_is_indexed() {
    let folder = Folder::new();
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    say(&store, "Un été à Málaga", "Voici trois vols.").await;
    // Whether the writer was idle meanwhile or not.
    for text in ["ete malaga", "vols"] {
        assert_eq!(found(&store, text).await, 1, "{text}");
    }
    indexed(&store).await;
    for text in ["ete malaga", "vols"] {
        assert_eq!(found(&store, text).await, 1, "{text}");
    }
    let waiting = number(&other(&folder), "SELECT up_to FROM search_state");
    assert_eq!(waiting, Ok(2), "nothing is behind the mark");
}

/// What a killed process had not indexed: the mark is where it was, and the index knows nothing.
#[tokio::test]
async fn what_a_crash_left_out_of_the_index_is_found_at_the_next_start() {
    let folder = Folder::new();
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    let first = say(&store, "Oslo", "Bien.").await;
    indexed(&store).await;
    let held = other(&folder);
    // The writer never comes to it.
    let begun = turn("Reykjavik");
    store.begin_turn(&begun).await.unwrap();
    say(&store, "Málaga", "Voici.").await;
    indexed(&store).await;
    drop(store);
    held.execute_batch(
        "DELETE FROM search_index WHERE rowid >= 2 << 32; UPDATE search_state SET up_to = 2",
    )
    .unwrap();

    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    for text in ["oslo", "bien", "reykjavik", "malaga", "voici"] {
        assert_eq!(found(&store, text).await, 1, "{text}");
    }
    store
        .delete_conversation(&first.owner, first.ids.conversation)
        .await
        .unwrap();
    assert_eq!(found(&store, "oslo").await, 0);
}

/// An answer that ends after later ones were indexed is behind the mark until it is indexed too.
#[tokio::test]
async fn the_mark_waits_for_a_running_turn() {
    let folder = Folder::new();
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    let running = turn("Slow");
    store.begin_turn(&running).await.unwrap();
    say(&store, "Quick", "Done.").await;
    indexed(&store).await;
    let mark = || number(&other(&folder), "SELECT up_to FROM search_state").unwrap();
    assert_eq!(mark(), 1, "before the running answer");
    assert_eq!(store.recover().await, Ok(1));
    say(&store, "Last", "Done.").await;
    indexed(&store).await;
    assert_eq!(mark(), 6);
}

#[tokio::test]
async fn a_search_reads_the_words_of_its_owner_only() {
    let folder = Folder::new();
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    say(&store, "Lisbon", "Yes.").await;
    let mut others = turn("Lisbon too");
    others.owner = Owner("ben".to_owned());
    store.begin_turn(&others).await.unwrap();
    for state in ["not indexed", "indexed"] {
        assert_eq!(found(&store, "lisbon").await, 1, "{state}");
        assert_eq!(found(&store, "too").await, 0, "{state}");
        indexed(&store).await;
    }
    // Title and message of each.
    for (words, documents) in [("lisbon", 0), ("1qlisb", 2), ("2qlisb", 2), ("2qyes", 0)] {
        let count =
            format!("SELECT count(*) FROM search_index WHERE search_index MATCH '\"{words}\"*'");
        assert_eq!(number(&other(&folder), &count), Ok(documents), "{words}");
    }
}

/// Each of them shows its own newest message with the words, whether that one is indexed or waits.
#[tokio::test]
async fn conversations_that_are_found_show_their_own_messages() {
    let folder = Folder::new();
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    let mut expected = Vec::new();
    for number in 0..12 {
        let (asked, answered) = match number % 3 {
            0 => (format!("Lisbon {number}"), format!("Lisbon again {number}")),
            1 => (format!("Lisbon {number}"), format!("Yes {number}")),
            _ => (format!("Porto {number}"), format!("Or Lisbon {number}")),
        };
        let newest = if number % 3 == 1 { &asked } else { &answered };
        expected.push(newest.clone());
        say(&store, &asked, &answered).await;
        if number == 8 {
            indexed(&store).await;
        }
    }
    for state in ["some wait", "indexed"] {
        let query = ConversationQuery {
            limit: 50,
            after: None,
            search: Search::parse("lisbon").unwrap(),
        };
        let page = store.conversations(&Owner("anna".to_owned()), &query).await;
        let shown = page.unwrap().conversations.into_iter().map(|found| {
            let parts = found.snippet.unwrap().parts;
            parts.into_iter().map(|part| part.text).collect::<String>()
        });
        let mut shown: Vec<_> = shown.collect();
        shown.sort_unstable();
        expected.sort_unstable();
        assert_eq!(shown, expected, "{state}");
        indexed(&store).await;
    }
}
