//! Turns that end early: stopped, abandoned, too slow, or caught by the end of the process.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    folder::Folder,
    problem::refused,
    server::Server,
    streaming::{names, search},
    visitor::{SentEvent, Visitor},
};

const PATIENCE: Duration = Duration::from_secs(60);
/// The first call of the model never answers.
pub(super) const HANGS: (&str, &str) = ("TEST_FAULTS", "model_delay:1=600000");

/// Asks again until it is so: the server tells no one else of the end of an abandoned turn.
pub(super) async fn until<F: Future<Output = Option<T>>, T>(mut ask: impl FnMut() -> F) -> T {
    let patience = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = ask().await {
            return found;
        }
        assert!(Instant::now() < patience, "it never became so");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The visitor's only conversation, once it is there.
pub(super) async fn conversation(visitor: &Visitor) -> Value {
    let list = until(async || {
        let list = visitor.get_json("/api/conversations").await;
        list["conversations"].get(0).cloned()
    });
    let path = format!("/api/conversations/{}", list.await["id"].as_str().unwrap());
    visitor.get_json(&path).await
}

/// The answer of the visitor's only turn, once it has ended.
async fn ended(visitor: &Visitor) -> Value {
    until(async || {
        let conversation = conversation(visitor).await;
        let answer = conversation["messages"][1]["answer"].clone();
        (answer["status"] != "running").then_some(answer)
    })
    .await
}

async fn stop(visitor: &Visitor, started: &SentEvent) -> u16 {
    let path = format!(
        "/api/turns/{}",
        started.data["message_id"].as_str().unwrap()
    );
    let request = visitor.request(Method::DELETE, &path);
    visitor.send(request).await.status().as_u16()
}

#[tokio::test]
async fn a_stopped_turn_keeps_what_it_produced() {
    let server = Server::start(&[("TEST_FAULTS", "model_delay:2=600000")]).await;
    let visitor = server.visitor();
    let mut stream = visitor.stream(&search()).await;
    let started = stream.next().await.unwrap();
    let mut events = vec![started.clone()];
    while events.last().unwrap().name != "tool_finished" {
        events.push(stream.next().await.unwrap());
    }
    assert_eq!(stop(&visitor, &started).await, 204);
    events.extend(stream.collect().await);
    let answer = &events.last().unwrap().data;
    assert_eq!(names(&events).last(), Some(&"completed"));
    assert_eq!(answer["status"], "stopped");
    let call = &answer["tool_calls"][0];
    assert_eq!(
        (&call["name"], &call["success"]),
        (&json!("search_flights"), &json!(true))
    );
    assert_eq!(ended(&visitor).await, *answer);
    // Once more changes nothing, and the conversation goes on.
    assert_eq!(stop(&visitor, &started).await, 204);
    let next = visitor
        .say("bonjour", Some(&started.data["conversation_id"]))
        .await;
    assert_eq!(next["status"], "ok");
}

#[tokio::test]
async fn a_conversation_has_one_turn_at_a_time() {
    let server = Server::start(&[HANGS]).await;
    let visitor = server.visitor();
    let mut stream = visitor.stream("bonjour").await;
    let started = stream.next().await.unwrap();
    let again = json!({"message": "et ?", "conversation_id": started.data["conversation_id"]});
    let second = visitor.post("/api/chat", &again).await;
    refused(second, 409, "a second turn meanwhile").await;
    assert_eq!(stop(&visitor, &started).await, 204);
    let answer = ended(&visitor).await;
    assert_eq!(
        (&answer["status"], &answer["reply"]),
        (&json!("stopped"), &json!(""))
    );
    let stored = conversation(&visitor).await;
    assert_eq!(
        stored["messages"].as_array().unwrap().len(),
        2,
        "the refused one left nothing"
    );
}

#[tokio::test]
async fn an_abandoned_stream_is_stopped_after_the_grace() {
    let server = Server::start(&[HANGS, ("RESUME_GRACE_SECONDS", "1")]).await;
    let visitor = server.visitor();
    let mut stream = visitor.stream("bonjour").await;
    stream.next().await.unwrap();
    let left = Instant::now();
    drop(stream);
    assert_eq!(ended(&visitor).await["status"], "stopped");
    assert!(left.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn a_reader_within_the_grace_keeps_the_turn_running() {
    // The turn takes longer than the grace after the first reader left.
    let faults = ("TEST_FAULTS", "model_delay:1=3000");
    let server = Server::start(&[faults, ("RESUME_GRACE_SECONDS", "1")]).await;
    let visitor = server.visitor();
    let mut stream = visitor.stream("bonjour").await;
    let started = stream.next().await.unwrap();
    drop(stream);
    let message = started.data["message_id"].as_str().unwrap();
    let resumed = super::visitor::Events::new(visitor.resume(message, 1).await);
    let events = resumed.collect().await;
    assert_eq!(events.last().unwrap().data["status"], "ok");
}

#[tokio::test]
async fn a_client_that_hangs_up_stops_its_turn() {
    let server = Server::start(&[HANGS]).await;
    let visitor = server.visitor();
    visitor.get("/healthz").await;
    let request = visitor.request(Method::POST, "/api/chat");
    let asking = tokio::spawn(visitor.send_owned(request.json(&json!({"message": "coucou"}))));
    assert_eq!(
        conversation(&visitor).await["messages"][1]["answer"]["status"],
        "running"
    );
    asking.abort();
    assert_eq!(ended(&visitor).await["status"], "stopped");
}

#[tokio::test]
async fn a_turn_that_takes_too_long_fails() {
    let faults = ("TEST_FAULTS", "model_delay:1=600000,model_delay:2=600000");
    let server = Server::start(&[faults, ("TURN_TIMEOUT_SECONDS", "1")]).await;
    let visitor = server.visitor();
    let response = visitor
        .post("/api/chat", &json!({"message": "bonjour"}))
        .await;
    let problem = refused(response, 504, "deadline").await;
    let answer = ended(&visitor).await;
    assert_eq!(answer["status"], "error");
    assert_eq!(answer["trace_id"], problem["trace_id"]);
    assert_ne!(answer["reply"], "", "the page has something to show");

    let events = visitor.stream("bonjour").await.collect().await;
    let last = events.last().unwrap();
    assert_eq!(
        (last.name.as_str(), &last.data["status"]),
        ("failed", &json!(504))
    );
    assert_eq!(last.data["trace_id"], events[0].data["trace_id"]);
}

/// Waits until the server has heard that it must end.
async fn closing(server: &Server) {
    until(async || {
        let heard = |line: &Value| line["message"] == "shutting down";
        server.log().iter().any(heard).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_running_turn_ends_in_good_order_before_the_process() {
    let folder = Folder::new();
    let database = ("DATABASE_URL", &*folder.database());
    let faults = ("TEST_FAULTS", "model_delay:1=2000");
    let mut server = Server::start(&[database, faults]).await;
    let visitor = server.visitor();
    let mut stream = visitor.stream("bonjour").await;
    stream.next().await.unwrap();
    server.signal("-TERM").await;
    closing(&server).await;
    let late = visitor
        .post("/api/chat", &json!({"message": "encore"}))
        .await;
    assert!(late.headers().contains_key("retry-after"));
    refused(late, 503, "closing").await;
    let events = stream.collect().await;
    let answer = &events.last().unwrap().data;
    assert_eq!(answer["status"], "ok");
    assert_eq!(server.ended().await.code(), Some(0));

    let server = Server::start(&[database]).await;
    let visitor = visitor.moved_to(&server.url);
    assert_eq!(ended(&visitor).await, *answer);
}

#[tokio::test]
async fn a_turn_that_does_not_end_is_ended_with_the_process() {
    let folder = Folder::new();
    let database = ("DATABASE_URL", &*folder.database());
    let mut server = Server::start(&[database, HANGS]).await;
    let visitor = server.visitor();
    let mut stream = visitor.stream("bonjour").await;
    stream.next().await.unwrap();
    // Nor does a client that never sends the rest of its request.
    let address = server.url.strip_prefix("http://").unwrap();
    let mut idle = tokio::net::TcpStream::connect(address).await.unwrap();
    let half = "POST /api/chat HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
        content-length: 100\r\n\r\n{";
    tokio::io::AsyncWriteExt::write_all(&mut idle, half.as_bytes())
        .await
        .unwrap();
    server.signal("-TERM").await;
    let events = stream.collect().await;
    let last = events.last().unwrap();
    assert_eq!(
        (last.name.as_str(), &last.data["status"]),
        ("failed", &json!(503))
    );
    assert_eq!(server.ended().await.code(), Some(0));

    let server = Server::start(&[database]).await;
    assert_eq!(
        ended(&visitor.moved_to(&server.url)).await["status"],
        "error"
    );
}

#[tokio::test]
async fn a_signal_that_comes_with_the_first_line_is_heard() {
    for signal in ["-TERM", "-INT"].repeat(3) {
        let mut server = Server::start(&[]).await;
        server.signal(signal).await;
        assert!(server.ended().await.success(), "{signal}");
        let said = server.log();
        let of_the_end = |line: &serde_json::Value| line["message"] == "shutting down";
        assert!(said.iter().any(of_the_end), "{signal}: {said:?}");
    }
}
