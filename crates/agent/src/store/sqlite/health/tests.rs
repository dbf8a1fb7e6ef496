use std::sync::{Arc, Mutex, mpsc};

use super::*;
use crate::store::{
    SqliteStore, Store,
    sqlite::testing::{Folder, hold, number, turn, url, with_patience},
};

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
async fn a_change_that_succeeded_just_now_is_as_good_as_a_probe() {
    let folder = Folder::new();
    let store = SqliteStore::open(&url(&folder)).await.unwrap();
    let health = patient_health(&store);
    let began = Instant::now();
    store.begin_turn(&turn("bonjour")).await.unwrap();
    assert_eq!(health.check().await, Ok(()));
    if began.elapsed() < Duration::from_secs(1) {
        assert_eq!(probes(&store).await, (0, 0));
    }
    let until = Instant::now() + Duration::from_secs(60);
    while probes(&store).await.0 == 0 {
        assert!(Instant::now() < until, "nobody looks again");
        assert_eq!(health.check().await, Ok(()));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
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
