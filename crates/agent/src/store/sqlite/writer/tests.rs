use std::{
    sync::mpsc,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::*;
use crate::{
    answer::{Answer, AnswerBuilder, AnswerStatus, TurnIds},
    locale::Locale,
    store::{
        ConversationQuery, FinishedTurn, NewTurn, Owner, Question, Search, SqliteStore, Store,
        sqlite::{address::Address, connection::database, health::Health, testing::Folder},
    },
};

fn url(folder: &Folder) -> String {
    format!("sqlite://{}", folder.path("t.db").display())
}

fn turn(text: &str) -> NewTurn {
    let ids = TurnIds {
        conversation: Uuid::now_v7(),
        user_message: Uuid::now_v7(),
        message: Uuid::now_v7(),
        trace: String::new(),
    };
    NewTurn {
        owner: Owner("anna".to_owned()),
        answer: AnswerBuilder::new(ids.clone(), Locale::En).running(),
        ids,
        new_conversation: true,
        question: Question::New {
            parent: None,
            text: text.to_owned(),
            decides: None,
        },
        at: Timestamp::from_second(1_795_000_000).unwrap(),
        traceparent: None,
        idempotency: None,
    }
}

async fn is_there(store: &SqliteStore, turn: &NewTurn) -> bool {
    let read = store.conversation(&turn.owner, turn.ids.conversation);
    read.await.is_ok()
}

fn number(connection: &Connection, sql: &str) -> Result<i64, StoreError> {
    connection
        .query_row(sql, [], |row| row.get(0))
        .map_err(database)
}

/// Another process on the file.
fn other(folder: &Folder) -> Connection {
    let opener = Opener {
        address: Address::parse(&url(folder)).unwrap(),
        busy_timeout: Duration::from_secs(60),
        create: false,
    };
    opener.open().unwrap()
}

/// A writer of the same store that has another patience.
fn with_patience(writer: &Writer, patience: Duration) -> Writer {
    Writer {
        patience,
        ..writer.clone()
    }
}

/// Keeps the writer busy within a change until what it returns is dropped.
async fn hold(writer: &Writer) -> mpsc::Sender<()> {
    let (release, held) = mpsc::channel::<()>();
    let (begun, holds) = oneshot::channel();
    let (held, begun) = (Mutex::new(held), Mutex::new(Some(begun)));
    let writer = writer.clone();
    tokio::spawn(async move {
        writer
            .change(move |_| {
                if let Some(begun) = begun.lock().unwrap().take() {
                    begun.send(()).unwrap();
                }
                // Until the other end is dropped.
                let _ = held.lock().unwrap().recv();
                Ok(())
            })
            .await
    });
    holds.await.unwrap();
    release
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
    let (release, held) = mpsc::channel::<()>();
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

/// A health check of the store that no slow machine can keep from its answer.
fn patient_health(store: &SqliteStore) -> Health {
    let patience = Duration::from_secs(60);
    Health::new(with_patience(&store.writer, patience), patience)
}

async fn probes(store: &SqliteStore) -> (i64, i64) {
    let probe = store.reader.read(|connection| {
        let writes = number(connection, "SELECT writes FROM probe")?;
        Ok((
            writes,
            number(connection, "SELECT length(payload) FROM probe")?,
        ))
    });
    probe.await.unwrap()
}

#[tokio::test]
async fn callers_of_the_health_check_share_a_probe() {
    let folder = Folder::new();
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    let health = patient_health(&store);
    let began = Instant::now();
    let asked = (0..50).map(|_| health.check());
    for answer in futures::future::join_all(asked).await {
        assert_eq!(answer, Ok(()));
    }
    let most = i64::try_from(began.elapsed().as_secs()).unwrap() + 1;
    let (writes, size) = probes(&store).await;
    assert!((1..=most).contains(&writes), "{writes}");
    assert_eq!(size, 0);
}

#[tokio::test]
async fn the_health_check_knows_of_a_failed_change() {
    let folder = Folder::new();
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    let health = patient_health(&store);
    let began = Instant::now();
    assert_eq!(health.check().await, Ok(()));
    let failure = StoreError::Database("disk I/O error".to_owned());
    let fails = failure.clone();
    let failed: Result<(), _> = store.writer.change(move |_| Err(fails.clone())).await;
    assert_eq!(failed, Err(failure.clone()));
    // The failure counts at once, and a probe that writes as much as a turn does ends it.
    let answer = health.check().await;
    if began.elapsed() < Duration::from_secs(1) {
        assert_eq!(answer, Err(failure));
    }
    let until = Instant::now() + Duration::from_secs(60);
    while health.check().await.is_err() {
        assert!(Instant::now() < until, "nothing ends it");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(probes(&store).await.1, 64 * 1024);
}

#[tokio::test]
async fn the_health_check_has_a_connection_and_a_deadline_of_its_own() {
    let folder = Folder::new();
    let store = Arc::new(SqliteStore::open(&url(&folder)).await.unwrap());
    // Every connection of visitors is taken, and the disk does not answer one of them.
    let (release, held) = mpsc::channel::<()>();
    let held = Arc::new(Mutex::new(held));
    let (begun, mut begins) = tokio::sync::mpsc::unbounded_channel();
    for _ in 0..4 {
        let (store, held, begun) = (Arc::clone(&store), Arc::clone(&held), begun.clone());
        tokio::spawn(async move {
            let read = store.reader.read(move |_| {
                begun.send(()).unwrap();
                let _ = held.lock().unwrap().recv();
                Ok(())
            });
            read.await
        });
    }
    for _ in 0..4 {
        begins.recv().await.unwrap();
    }
    let change = hold(&store.writer).await;
    let asked = Instant::now();
    assert!(store.ping().await.is_err(), "nothing can be written");
    assert!(asked.elapsed() < Duration::from_secs(30));
    drop(change);
    let until = Instant::now() + Duration::from_secs(60);
    while store.ping().await.is_err() {
        assert!(Instant::now() < until, "it needs none of them");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    drop(release);
}

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
    let finished = FinishedTurn {
        owner: turn.owner.clone(),
        answer: Answer {
            reply: reply.to_owned(),
            status: AnswerStatus::Ok,
            ..turn.answer.clone()
        },
        state: None,
        transcript: Vec::new(),
        at: turn.at,
    };
    store.finish_turn(&finished).await.unwrap();
    turn
}

/// Waits until the index holds what is stored.
async fn indexed(store: &SqliteStore) {
    let until = Instant::now() + Duration::from_secs(60);
    while !store.writer.unindexed.is_empty() {
        assert!(Instant::now() < until, "nobody writes the index");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
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
