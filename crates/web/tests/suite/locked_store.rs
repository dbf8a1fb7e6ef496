//! Another process keeps the database for longer than a client can be left waiting.

use std::time::Duration;

use reqwest::Method;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{
    dates::in_days,
    folder::Folder,
    server::Server,
    stopping::{HANGS, until},
    visitor::{Events, Visitor},
};

fn locked(folder: &Folder) -> Connection {
    let url = folder.database();
    let other = Connection::open(url.strip_prefix("sqlite://").unwrap()).unwrap();
    other.busy_timeout(Duration::from_secs(5)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    other
}

async fn read(visitor: &Visitor, conversation: &Value) -> Value {
    let id = conversation.as_str().unwrap();
    let path = format!("/api/conversations/{id}");
    visitor.get_json(&path).await["messages"].clone()
}

/// Begins a turn, its message for a key.
async fn begin(visitor: &Visitor, message: &str) -> Events {
    let body = json!({"message": message, "stream": true});
    let request = visitor.request(Method::POST, "/api/chat").json(&body);
    Events::new(
        visitor
            .send(request.header("idempotency-key", message))
            .await,
    )
}

#[tokio::test]
async fn ends_that_cannot_be_stored_wait_and_are_stored_later() {
    let folder = Folder::new();
    // One hangs after its search, the other before anything.
    let hang = "model_delay:2=600000,model_delay:3=600000";
    let environment = [("DATABASE_URL", &*folder.database()), ("TEST_FAULTS", hang)];
    let server = Server::start(&environment).await;
    let visitor = server.visitor();
    let english = format!("a flight from Boston to Denver on {}", in_days(40));
    let mut started = Vec::new();
    let mut streams = Vec::new();
    for (message, until) in [(&*english, "tool_finished"), ("bonjour", "intent")] {
        let mut stream = begin(&visitor, message).await;
        started.push(stream.next().await.unwrap().data);
        while stream.next().await.unwrap().name != until {}
        streams.push(stream);
    }
    let other = locked(&folder);
    for turn in &started {
        let path = format!("/api/turns/{}", turn["message_id"].as_str().unwrap());
        tokio::spawn(visitor.send_owned(visitor.request(Method::DELETE, &path)));
    }

    // Both are told the same at the same time, each in its language.
    let streams = futures::future::join_all(streams.into_iter().map(Events::collect)).await;
    for ((events, words), turn) in streams.iter().zip(["later", "plus tard"]).zip(&started) {
        let last = events.last().unwrap();
        assert_eq!((&*last.name, &last.data["status"]), ("failed", &json!(503)));
        assert_eq!(last.data["type"], "tag:travel-agent,2026:answer-pending");
        let detail = last.data["detail"].as_str().unwrap();
        assert!(detail.contains(words), "{detail}");
        assert_eq!(last.data["trace_id"], turn["trace_id"]);
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
    for turn in &started {
        let messages = read(&visitor, &turn["conversation_id"]).await;
        assert_eq!(messages[1]["answer"]["status"], "running");
    }
    other.execute_batch("COMMIT").unwrap();

    // The next turn goes on from the end that waited, however soon it comes.
    let conversation = &started[1]["conversation_id"];
    let next = visitor.say("merci", Some(conversation)).await;
    let messages = read(&visitor, conversation).await;
    let answer = &messages[1]["answer"];
    assert_eq!(answer["status"], "stopped");
    assert!(!answer["intent"].is_null(), "of the end: {answer}");
    assert_eq!(messages[2]["parent_id"], messages[1]["id"]);
    assert_eq!(messages[3]["answer"], next);
    // The other one is stored without anyone asking, and is what its key stands for.
    let answer = until(async || {
        let messages = read(&visitor, &started[0]["conversation_id"]).await;
        let answer = messages[1]["answer"].clone();
        (answer["status"] == "stopped").then_some(answer)
    });
    let answer = answer.await;
    assert_eq!(answer["tool_calls"][0]["success"], true, "{answer}");
    let replayed = begin(&visitor, &english).await.collect().await;
    assert_eq!(replayed.last().unwrap().data, answer);
    until(async || (visitor.get("/readyz").await.status() == 200).then_some(())).await;
    other.close().unwrap();
}

#[tokio::test]
async fn ends_that_wait_are_stored_before_the_process_ends() {
    let folder = Folder::new();
    let database = ("DATABASE_URL", &*folder.database());
    let mut server = Server::start(&[database, HANGS]).await;
    let visitor = server.visitor();
    let mut stream = begin(&visitor, "bonjour").await;
    let started = stream.next().await.unwrap().data;
    assert_eq!(stream.next().await.unwrap().name, "intent");
    let other = locked(&folder);
    let path = format!("/api/turns/{}", started["message_id"].as_str().unwrap());
    tokio::spawn(visitor.send_owned(visitor.request(Method::DELETE, &path)));
    assert_eq!(stream.collect().await.last().unwrap().name, "failed");
    server.signal("-TERM").await;
    until(async || {
        let heard = |line: &Value| line["message"] == "shutting down";
        server.log().iter().any(heard).then_some(())
    })
    .await;
    other.execute_batch("COMMIT").unwrap();
    other.close().unwrap();
    assert_eq!(server.ended().await.code(), Some(0));

    let server = Server::start(&[database]).await;
    let visitor = visitor.moved_to(&server.url);
    let messages = read(&visitor, &started["conversation_id"]).await;
    let answer = &messages[1]["answer"];
    assert_eq!(answer["status"], "stopped");
    assert!(!answer["intent"].is_null(), "of the end: {answer}");
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
    let other = locked(&folder);
    let lost = "UPDATE message SET status = 'running', \
        answer = json_set(answer, '$.status', 'running') WHERE role = 'agent'";
    other.execute(lost, []).unwrap();
    other.execute_batch("COMMIT").unwrap();

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
