use std::time::{Duration, Instant};

use jiff::Timestamp;
use sqlx::{ConnectOptions, Executor, sqlite::SqliteConnectOptions};
use uuid::Uuid;

use super::*;
use crate::{
    answer::{AnswerBuilder, TurnIds},
    locale::Locale,
    store::{
        NewTurn, Owner, Question, SqliteStore, Store,
        sqlite::{health::Health, testing::Folder},
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

/// No page more for the writer's connection, as on a full disk.
async fn fill(store: &SqliteStore) {
    let mut connection = store.writer.pool.acquire().await.unwrap();
    let pages: i64 = sqlx::query_scalar("PRAGMA page_count")
        .fetch_one(&mut *connection)
        .await
        .unwrap();
    let limit = format!("PRAGMA max_page_count = {pages}");
    connection
        .execute(sqlx::AssertSqlSafe(limit))
        .await
        .unwrap();
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

async fn write_something(tx: &mut SqliteConnection) -> Result<i64, StoreError> {
    let size = "UPDATE probe SET payload = zeroblob(100) RETURNING length(payload)";
    let size = sqlx::query_scalar(size).fetch_one(tx).await;
    size.map_err(database)
}

#[tokio::test]
async fn a_connection_is_kept_after_an_answer_and_closed_after_a_failure() {
    let folder = Folder::new();
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    // A mark on the connection, which another one would not have.
    async fn marked(tx: &mut SqliteConnection) -> bool {
        let cache: i64 = sqlx::query_scalar("PRAGMA cache_size")
            .fetch_one(tx)
            .await
            .unwrap();
        cache == 123
    }
    let mut tx = store.writer.begin().await.unwrap();
    tx.execute("PRAGMA cache_size = 123").await.unwrap();
    tx.end(Ok(())).await.unwrap();

    let mut tx = store.writer.begin().await.unwrap();
    assert!(marked(&mut tx).await, "after a commit");
    write_something(&mut tx).await.unwrap();
    let refused: Result<(), _> = tx.end(Err(StoreError::NotFound)).await;
    assert_eq!(refused, Err(StoreError::NotFound));

    let mut tx = store.writer.begin().await.unwrap();
    assert!(marked(&mut tx).await, "after a refusal");
    let size: i64 = sqlx::query_scalar("SELECT length(payload) FROM probe")
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    assert_eq!(size, 0, "the refused change is undone");
    let failure = StoreError::Database("disk I/O error".to_owned());
    let failed: Result<(), _> = tx.end(Err(failure.clone())).await;
    assert_eq!(failed, Err(failure));

    let mut tx = store.writer.begin().await.unwrap();
    assert!(!marked(&mut tx).await, "after a failure");
    tx.execute("PRAGMA cache_size = 123").await.unwrap();
    write_something(&mut tx).await.unwrap();
    drop(tx);

    let mut tx = store.writer.begin().await.unwrap();
    assert!(
        !marked(&mut tx).await,
        "after a change that was given up in the middle"
    );
    let size: i64 = sqlx::query_scalar("SELECT length(payload) FROM probe")
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    assert_eq!(size, 0, "it is undone");
    tx.end(Ok(())).await.unwrap();
}

#[tokio::test]
async fn a_change_waits_for_another_process_and_gives_up_in_time() {
    let folder = Folder::new();
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    let options: SqliteConnectOptions = url(&folder).parse().unwrap();
    let mut other = options.connect().await.unwrap();
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    let hasty = Writer {
        pool: store.writer.pool.clone(),
        patience: Duration::from_millis(300),
        last: store.writer.last.clone(),
    };
    let waited = Instant::now();
    assert!(matches!(hasty.begin().await, Err(StoreError::Database(_))));
    assert!(waited.elapsed() >= hasty.patience);
    assert!(store.writer.last.failure().is_some());
    let patient = Writer {
        patience: Duration::from_secs(60),
        ..hasty
    };
    let (tx, ()) = tokio::join!(patient.begin(), async {
        // It has asked once at least.
        tokio::task::yield_now().await;
        other.execute("COMMIT").await.unwrap();
    });
    tx.unwrap().end(Ok(())).await.unwrap();
    assert_eq!(store.writer.last.failure(), None);
}

/// A health check of the store that no slow machine can keep from its answer.
fn patient_health(store: &SqliteStore) -> Health {
    let patience = Duration::from_secs(60);
    let writer = Writer {
        pool: store.writer.pool.clone(),
        patience,
        last: store.writer.last.clone(),
    };
    Health::new(writer, patience)
}

async fn probes(store: &SqliteStore) -> (i64, i64) {
    let probe = sqlx::query_as("SELECT writes, length(payload) FROM probe");
    probe.fetch_one(&store.reader).await.unwrap()
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
    let tx = store.writer.begin().await.unwrap();
    let failed: Result<(), _> = tx.end(Err(failure.clone())).await;
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
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    // Every connection of visitors is taken, and the disk does not answer one of them.
    let mut taken = Vec::new();
    for _ in 0..4 {
        taken.push(store.reader.acquire().await.unwrap());
    }
    let change = store.writer.begin().await.unwrap();
    let asked = Instant::now();
    assert!(store.ping().await.is_err(), "nothing can be written");
    assert!(asked.elapsed() < Duration::from_secs(30));
    change.end(Ok(())).await.unwrap();
    let until = Instant::now() + Duration::from_secs(60);
    while store.ping().await.is_err() {
        assert!(Instant::now() < until, "it needs none of them");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    drop(taken);
}
