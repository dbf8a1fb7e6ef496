//! What a turn costs in the store: its begin and its end, in a file on disk, alone and among others;
//! and what an owner's search and a conversation's read cost when many are stored.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start must stop")]

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use agent::{
    answer::{Answer, AnswerBuilder, AnswerStatus, TurnIds},
    conversation::ConversationState,
    locale::Locale,
    store::{
        ConversationQuery, FinishedTurn, NewTurn, Owner, Question, Search, SqliteStore, Store,
    },
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use futures::{StreamExt, future::join_all, stream};
use jiff::Timestamp;
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

/// Stored conversations of the search, a tenth of them of the owner who searches.
const STORED: usize = 10_000;
/// Turns that fill a store at the same time.
const AT_ONCE: usize = 64;
/// Turns of the conversation that is read.
const LONG: usize = 200;
/// How long what is stored may take until it is found.
const INDEXED: Duration = Duration::from_secs(60);

struct File(PathBuf);

impl File {
    fn new() -> Self {
        let folder = format!("store-bench-{}", Uuid::now_v7());
        Self(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(folder))
    }

    async fn open(&self) -> Arc<SqliteStore> {
        let url = format!("sqlite://{}/bench.db", self.0.display());
        Arc::new(SqliteStore::open(&url).await.unwrap())
    }
}

impl Drop for File {
    fn drop(&mut self) {
        // Left behind it would only take up space.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn first_turn(owner: &str, text: &str) -> NewTurn {
    let ids = TurnIds {
        conversation: Uuid::now_v7(),
        user_message: Uuid::now_v7(),
        message: Uuid::now_v7(),
        trace: Uuid::now_v7().simple().to_string(),
    };
    NewTurn {
        owner: Owner(owner.to_owned()),
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

/// The turn, from its acknowledgement to its stored answer.
async fn whole(store: &Arc<SqliteStore>, turn: NewTurn) {
    store.begin_turn(&turn).await.unwrap();
    let answer = Answer {
        reply: "Three flights to Lisbon on 12 January, the cheapest for 104 €. ".repeat(8),
        status: AnswerStatus::Ok,
        ..turn.answer
    };
    let finished = FinishedTurn {
        state: Some(ConversationState::default()),
        ..FinishedTurn::new(turn.owner, answer, turn.at)
    };
    store.finish_turn(&finished).await.unwrap();
    // Its trace comes later, and nobody waits for it.
    let (store, message) = (Arc::clone(store), finished.answer.message_id);
    tokio::spawn(async move {
        let trace = "{\"name\":\"llm.call\",\"ms\":1.5},".repeat(300);
        // The last one may find the folder gone.
        let _ = store.attach_trace(message, &trace).await;
    });
}

fn turns(c: &mut Criterion, runtime: &Runtime) {
    let mut group = c.benchmark_group("store");
    for at_once in [1, 16] {
        let file = File::new();
        let store = runtime.block_on(file.open());
        group.throughput(Throughput::Elements(at_once));
        group.bench_function(format!("turns, {at_once} at once"), |b| {
            b.iter(|| {
                let turns = (0..at_once).map(|_| {
                    let store = Arc::clone(&store);
                    let turn = first_turn("anna", "A flight from Lyon to Lisbon on 12 January");
                    tokio::spawn(async move { whole(&store, turn).await })
                });
                for turn in runtime.block_on(async { join_all(turns).await }) {
                    turn.unwrap();
                }
            });
        });
    }
    group.finish();
}

async fn fill(store: &Arc<SqliteStore>) -> Uuid {
    let one = |nth: usize| async move {
        let owner = match nth % 10 {
            0 => "anna".to_owned(),
            _ => format!("other {}", nth % 100),
        };
        let text = format!("A flight from Lyon to Lisbon in summer, number {nth}");
        whole(store, first_turn(&owner, &text)).await;
    };
    stream::iter(0..STORED)
        .for_each_concurrent(AT_ONCE, one)
        .await;
    let first = first_turn("anna", "A long conversation");
    whole(store, first.clone()).await;
    for nth in 1..LONG {
        let mut next = first_turn("anna", &format!("And then, question {nth}?"));
        next.ids.conversation = first.ids.conversation;
        next.answer.conversation_id = first.ids.conversation;
        next.new_conversation = false;
        whole(store, next).await;
    }
    first.ids.conversation
}

async fn found(store: &SqliteStore, text: &str) -> usize {
    let query = ConversationQuery {
        limit: 50,
        after: None,
        search: Search::parse(text).unwrap(),
    };
    let owner = Owner("anna".to_owned());
    let page = store.conversations(&owner, &query).await.unwrap();
    page.conversations.len()
}

fn reads(c: &mut Criterion, runtime: &Runtime) {
    let file = File::new();
    let store = runtime.block_on(file.open());
    let long = runtime.block_on(fill(&store));
    runtime.block_on(async {
        let until = Instant::now() + INDEXED;
        while found(&store, "question 199").await == 0 {
            assert!(Instant::now() < until, "it is not found");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    let mut group = c.benchmark_group("store of 10,000 conversations");
    for text in ["lisbon", "flight to lisbon", "number 990"] {
        group.bench_function(format!("search for {text}"), |b| {
            b.iter(|| runtime.block_on(found(&store, text)));
        });
    }
    let anna = Owner("anna".to_owned());
    group.bench_function("read of a conversation of 200 turns", |b| {
        b.iter(|| {
            runtime
                .block_on(store.conversation(&anna, long))
                .unwrap()
                .messages
                .len()
        });
    });
    group.bench_function("a turn", |b| {
        b.iter(|| runtime.block_on(whole(&store, first_turn("anna", "One more to Lisbon"))));
    });
    group.finish();
}

fn store(c: &mut Criterion) {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    turns(c, &runtime);
    reads(c, &runtime);
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(5));
    targets = store
}
criterion_main!(benches);
