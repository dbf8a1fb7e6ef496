//! What the store's own tests stand on: a folder for a database, a turn, another process, a busy writer.

use std::{
    path::PathBuf,
    sync::{Mutex, mpsc},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use rusqlite::Connection;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::{
    SqliteStore, StoreError,
    address::Address,
    connection::{CACHE_KIB, Opener, database},
    writer::Writer,
};
use crate::{
    answer::{Answer, AnswerBuilder, AnswerStatus, TurnIds},
    locale::Locale,
    store::{FinishedTurn, NewTurn, Owner, Question},
};

/// Removed when dropped.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new() -> Self {
        let name = format!("travel-agent-store-{}", uuid::Uuid::now_v7());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Left behind it would only take up space.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The address of the folder's database.
pub(super) fn url(folder: &Folder) -> String {
    format!("sqlite://{}", folder.path("t.db").display())
}

/// A first turn of a conversation.
pub(super) fn turn(text: &str) -> NewTurn {
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

/// How a turn ended with a reply.
pub(super) fn finished(turn: &NewTurn, reply: &str) -> FinishedTurn {
    let answer = Answer {
        reply: reply.to_owned(),
        status: AnswerStatus::Ok,
        ..turn.answer.clone()
    };
    FinishedTurn::new(turn.owner.clone(), answer, turn.at)
}

/// Waits until the index holds what is stored.
pub(super) async fn indexed(store: &SqliteStore) {
    let until = Instant::now() + Duration::from_secs(60);
    while !store.writer.unindexed.is_empty() {
        assert!(Instant::now() < until, "nobody writes the index");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// The number that a statement answers.
pub(super) fn number(connection: &Connection, sql: &str) -> Result<i64, StoreError> {
    connection
        .query_row(sql, [], |row| row.get(0))
        .map_err(database)
}

/// Another process on the file.
pub(super) fn other(folder: &Folder) -> Connection {
    let opener = Opener {
        address: Address::parse(&url(folder)).unwrap(),
        busy_timeout: Duration::from_secs(60),
        create: false,
        cache_kib: CACHE_KIB,
    };
    opener.open().unwrap()
}

/// A writer of the same store that has another patience.
pub(super) fn with_patience(writer: &Writer, patience: Duration) -> Writer {
    let mut other = writer.clone();
    other.patience = patience;
    other
}

/// Keeps the writer busy within a change until what it returns is dropped.
pub(super) async fn hold(writer: &Writer) -> mpsc::Sender<()> {
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
