use std::time::Instant;

use super::*;
use crate::store::{
    NewTurn, SqliteStore, Store,
    sqlite::{
        connection::database,
        testing::{Folder, hold, number, other, turn, url, with_patience},
    },
};

async fn is_there(store: &SqliteStore, turn: &NewTurn) -> bool {
    let read = store.conversation(&turn.owner, turn.ids.conversation);
    read.await.is_ok()
}

/// No page more for the writer's connection, as on a full disk.
async fn fill(store: &SqliteStore) {
    let filled = store.writer.change(|tx| {
        let pages = number(tx, "PRAGMA page_count")?;
        number(tx, &format!("PRAGMA max_page_count = {pages}")).map(drop)
    });
    filled.await.unwrap();
}

async fn what_was_stored_after_a_full_disk_is_there(url: &str) {
    let store = SqliteStore::open(url).await.unwrap();
    let before = turn("before");
    store.begin_turn(&before).await.unwrap();
    fill(&store).await;
    let long = turn(&"y ".repeat(100_000));
    let refused = store.begin_turn(&long).await;
    assert!(
        matches!(refused, Err(StoreError::Database(_))),
        "{refused:?}"
    );
    assert!(store.writer.last.failure().is_some());
    let after = turn("after");
    store.begin_turn(&after).await.unwrap();
    assert_eq!(store.writer.last.failure(), None);
    for (turn, expected) in [(&before, true), (&long, false), (&after, true)] {
        assert_eq!(is_there(&store, turn).await, expected);
    }
    drop(store);
    if !url.contains(":memory:") {
        let store = SqliteStore::open(url).await.unwrap();
        assert!(is_there(&store, &after).await, "opened again");
    }
}

#[tokio::test]
async fn the_writer_keeps_more_of_the_file_than_readers_do() {
    let folder = Folder::new();
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    let kept = |connection: &Connection| number(connection, "PRAGMA cache_size");
    assert_eq!(store.writer.change(kept).await, Ok(-8_192));
    assert_eq!(store.reader.read(kept).await, Ok(-2_000));
}

#[tokio::test]
async fn what_was_stored_after_a_full_disk_is_there_in_a_file() {
    what_was_stored_after_a_full_disk_is_there(&url(&Folder::new())).await;
}

#[tokio::test]
async fn what_was_stored_after_a_full_disk_is_there_in_memory() {
    what_was_stored_after_a_full_disk_is_there("sqlite::memory:").await;
}

fn write_something(tx: &Connection) -> Result<i64, StoreError> {
    number(
        tx,
        "UPDATE probe SET payload = zeroblob(100) RETURNING length(payload)",
    )
}

#[tokio::test]
async fn a_connection_is_kept_after_an_answer_and_closed_after_a_failure() {
    let folder = Folder::new();
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    let writer = &store.writer;
    // A mark on the connection, which another one would not have.
    let mark = async || {
        let marked =
            writer.change(|tx| tx.pragma_update(None, "cache_size", 123).map_err(database));
        marked.await.unwrap();
    };
    let state = async || {
        let state = writer.change(|tx| {
            let marked = number(tx, "PRAGMA cache_size")? == 123;
            Ok((marked, number(tx, "SELECT length(payload) FROM probe")?))
        });
        state.await.unwrap()
    };
    mark().await;
    assert_eq!(state().await, (true, 0), "after a commit");

    let refused: Result<(), _> = writer
        .change(|tx| {
            write_something(tx)?;
            Err(StoreError::NotFound)
        })
        .await;
    assert_eq!(refused, Err(StoreError::NotFound));
    assert_eq!(state().await, (true, 0), "after a refusal, which is undone");

    let failure = StoreError::Database("disk I/O error".to_owned());
    let fails = failure.clone();
    let failed: Result<(), _> = writer
        .change(move |tx| {
            write_something(tx)?;
            Err(fails.clone())
        })
        .await;
    assert_eq!(failed, Err(failure));
    assert_eq!(state().await, (false, 0), "after a failure");
}

#[tokio::test]
async fn a_change_that_is_given_up_is_undone() {
    let folder = Folder::new();
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    let writer = &store.writer;
    // In the middle, and before its turn.
    let (release, held) = std::sync::mpsc::channel::<()>();
    let held = Mutex::new(held);
    let begun = Arc::new(tokio::sync::Notify::new());
    let begins = Arc::clone(&begun);
    let middle = writer.change(move |tx| {
        write_something(tx)?;
        begins.notify_one();
        let _ = held.lock().unwrap().recv();
        Ok(())
    });
    let mut middle = Box::pin(middle);
    tokio::select! {
        _ = &mut middle => panic!("it is held"),
        () = begun.notified() => {}
    }
    let waiting = tokio::time::timeout(Duration::from_millis(1), writer.change(write_something));
    assert!(waiting.await.is_err());
    drop((middle, release));
    let size = writer.change(|tx| number(tx, "SELECT length(payload) FROM probe"));
    assert_eq!(size.await, Ok(0));
}

/// Changes that wait together are one transaction: one is refused, one fails, and neither takes others
/// along.
#[tokio::test]
async fn changes_of_a_group_stand_or_fall_alone() {
    let folder = Folder::new();
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    let failure = StoreError::Database("disk I/O error".to_owned());
    for fails in [false, true] {
        let release = hold(&store.writer).await;
        let turns: Vec<_> = (0..6).map(|nth| turn(&nth.to_string())).collect();
        let ends = turns.iter().enumerate().map(|(nth, turn)| {
            let (store, failure) = (&store, failure.clone());
            async move {
                match nth {
                    // There is no such conversation.
                    2 => {
                        let mut wrong = turn.clone();
                        wrong.new_conversation = false;
                        store.begin_turn(&wrong).await.map(drop)
                    }
                    4 if fails => {
                        let change = store.writer.change(move |tx| {
                            write_something(tx)?;
                            Err(failure.clone())
                        });
                        change.await
                    }
                    _ => store.begin_turn(turn).await.map(drop),
                }
            }
        });
        let release = async { drop(release) };
        let (ends, ()) = tokio::join!(futures::future::join_all(ends), release);
        for (nth, end) in ends.into_iter().enumerate() {
            let expected = match nth {
                2 => Err(StoreError::NotFound),
                4 if fails => Err(failure.clone()),
                _ => Ok(()),
            };
            assert_eq!(end, expected, "{nth}, {fails}");
            assert_eq!(
                is_there(&store, &turns[nth]).await,
                expected.is_ok(),
                "{nth}"
            );
        }
    }
}

#[tokio::test]
async fn changes_that_wait_together_are_committed_once() {
    let folder = Folder::new();
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    let seen = other(&folder);
    let version = || number(&seen, "PRAGMA data_version").unwrap();
    let release = hold(&store.writer).await;
    let before = version();
    let begun = Mutex::new(0);
    let begun = Arc::new(begun);
    let changes: Vec<_> = (0..20)
        .map(|_| {
            let (writer, begun) = (store.writer.clone(), Arc::clone(&begun));
            tokio::spawn(async move {
                let change = writer.change(move |tx| {
                    *begun.lock().unwrap() += 1;
                    number(tx, "UPDATE probe SET writes = writes + 1 RETURNING writes")
                });
                change.await
            })
        })
        .collect();
    tokio::task::yield_now().await;
    assert_eq!(
        (*begun.lock().unwrap(), version()),
        (0, before),
        "they wait"
    );
    drop(release);
    let mut writes = Vec::new();
    for change in changes {
        writes.push(change.await.unwrap().unwrap());
        // What is acknowledged can be read by everyone.
        assert_eq!(number(&seen, "SELECT writes FROM probe"), Ok(20));
    }
    writes.sort_unstable();
    assert_eq!(writes, (1..=20).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_change_waits_for_another_process_and_gives_up_in_time() {
    let folder = Folder::new();
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    let other = other(&folder);
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let hasty = with_patience(&store.writer, Duration::from_millis(300));
    let waited = Instant::now();
    let refused = hasty.change(write_something).await;
    assert!(matches!(refused, Err(StoreError::Database(_))));
    assert!(waited.elapsed() >= hasty.patience);
    assert!(store.writer.last.failure().is_some());
    let patient = with_patience(&store.writer, Duration::from_secs(60));
    let (changed, ()) = tokio::join!(patient.change(write_something), async {
        // It has asked once at least.
        tokio::task::yield_now().await;
        other.execute_batch("COMMIT").unwrap();
    });
    assert_eq!(changed, Ok(100));
    assert_eq!(store.writer.last.failure(), None);
}
