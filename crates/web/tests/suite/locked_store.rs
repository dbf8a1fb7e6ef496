//! Another process keeps the database for longer than a client can be left waiting.

use std::str::FromStr;

use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{ConnectOptions, Connection, Executor, SqliteConnection, sqlite::SqliteConnectOptions};

use super::{
    folder::Folder,
    server::Server,
    stopping::until,
    visitor::{Events, Visitor},
};

async fn locked(folder: &Folder) -> SqliteConnection {
    let options = SqliteConnectOptions::from_str(&folder.database()).unwrap();
    let mut other = options.connect().await.unwrap();
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    other
}

async fn read(visitor: &Visitor, conversation: &Value) -> Value {
    let id = conversation.as_str().unwrap();
    let path = format!("/api/conversations/{id}");
    visitor.get_json(&path).await["messages"].clone()
}

/// Begins a turn under a key.
async fn begin(visitor: &Visitor, key: &str, message: &str) -> Events {
    let body = json!({"message": message, "stream": true});
    let request = visitor.request(Method::POST, "/api/chat").json(&body);
    Events::new(visitor.send(request.header("idempotency-key", key)).await)
}

#[tokio::test]
async fn ends_that_cannot_be_stored_wait_and_are_stored_later() {
    let folder = Folder::new();
    let environment = [
        ("DATABASE_URL", &*folder.database()),
        ("TEST_FAULTS", "model_delay:1=3000,model_delay:2=3000"),
    ];
    let server = Server::start(&environment).await;
    let visitor = server.visitor();
    let mut streams = [
        begin(&visitor, "fr", "bonjour").await,
        begin(&visitor, "en", "hello").await,
    ];
    let (mut conversations, mut traces) = (Vec::new(), Vec::new());
    for stream in &mut streams {
        let started = stream.next().await.unwrap().data;
        conversations.push(started["conversation_id"].clone());
        traces.push(started["trace_id"].clone());
    }
    let mut other = locked(&folder).await;

    // Both are told the same at the same time, each in its language.
    let [french, english] = streams;
    let (french, english) = tokio::join!(french.collect(), english.collect());
    for (events, words, trace) in [
        (&french, "plus tard", &traces[0]),
        (&english, "later", &traces[1]),
    ] {
        let last = events.last().unwrap();
        assert_eq!((&*last.name, &last.data["status"]), ("failed", &json!(503)));
        assert_eq!(last.data["type"], "tag:travel-agent,2026:answer-pending");
        let detail = last.data["detail"].as_str().unwrap();
        assert!(detail.contains(words), "{detail}");
        assert_eq!(last.data["trace_id"], *trace);
    }
    let of_ends = |line: &Value| {
        let message = line["message"].as_str().unwrap_or_default();
        message
            .contains("the end of a turn")
            .then(|| line["level"].clone())
    };
    let levels: Vec<_> = server.log().iter().filter_map(of_ends).collect();
    assert_eq!(levels, ["WARN"; 4], "not yet, and then it waits");
    assert_eq!(visitor.get("/readyz").await.status(), 503);
    // Readers do not wait for it, and nobody ends what only waits.
    for conversation in &conversations {
        let messages = read(&visitor, conversation).await;
        assert_eq!(messages[1]["answer"]["status"], "running");
    }
    other.execute("COMMIT").await.unwrap();

    // The next turn goes on from the answer that waited, however soon it comes.
    let next = visitor.say("merci", Some(&conversations[0])).await;
    let messages = read(&visitor, &conversations[0]).await;
    let answer = &messages[1]["answer"];
    assert_eq!(answer["status"], "ok");
    assert!(!answer["reply"].as_str().unwrap().is_empty());
    assert_eq!(messages[2]["parent_id"], messages[1]["id"]);
    assert_eq!(messages[3]["answer"], next);
    // The other one is stored without anyone asking, and is what the key stands for.
    let answer = until(async || {
        let answer = read(&visitor, &conversations[1]).await[1]["answer"].clone();
        (answer["status"] == "ok").then_some(answer)
    });
    let answer = answer.await;
    let replayed = begin(&visitor, "en", "hello").await.collect().await;
    assert_eq!(replayed.last().unwrap().data, answer);
    until(async || (visitor.get("/readyz").await.status() == 200).then_some(())).await;
    other.close().await.unwrap();
}

#[tokio::test]
async fn a_turn_that_nobody_runs_is_ended_by_whoever_finds_it() {
    let folder = Folder::new();
    let server = Server::start(&[("DATABASE_URL", &folder.database())]).await;
    let visitor = server.visitor();
    let mut ids = Vec::new();
    for _ in 0..3 {
        let answer = visitor.say("bonjour", None).await;
        ids.push((
            answer["conversation_id"].clone(),
            answer["message_id"].clone(),
        ));
    }
    // As if the end of each had been lost.
    let mut other = locked(&folder).await;
    let lost = "UPDATE message SET status = 'running', \
        answer = json_set(answer, '$.status', 'running') WHERE role = 'agent'";
    other.execute(lost).await.unwrap();
    other.execute("COMMIT").await.unwrap();

    let next = visitor.say("encore", Some(&ids[0].0)).await;
    assert_eq!(next["status"], "ok", "the next turn");
    for (conversation, _) in &ids[..2] {
        let messages = read(&visitor, conversation).await;
        assert_eq!(messages[1]["answer"]["status"], "stopped", "a reader");
    }
    let path = format!("/api/turns/{}", ids[2].1.as_str().unwrap());
    let stopped = visitor.send(visitor.request(Method::DELETE, &path)).await;
    assert_eq!(stopped.status(), 204);
    let messages = read(&visitor, &ids[2].0).await;
    assert_eq!(messages[1]["answer"]["status"], "stopped", "a stop");
    let found = |line: &Value| line["message"] == "a turn whose end was lost is marked stopped";
    assert_eq!(server.log().into_iter().filter(found).count(), 3);
}
