//! A request that is sent again under its key runs once.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::{
    folder::Folder,
    problem::{refused, refused_field},
    server::Server,
    stopping::{conversation, until},
    streaming::search,
    visitor::{Events, Visitor},
};

const KEY: &str = "idempotency-key";

fn keyed(visitor: &Visitor, key: &str, body: &Value) -> RequestBuilder {
    let request = visitor.request(Method::POST, "/api/chat");
    request.header(KEY, key).json(body)
}

async fn answered(visitor: &Visitor, key: &str, body: &Value) -> Value {
    let response = visitor.send(keyed(visitor, key, body)).await;
    assert_eq!(response.status(), 200);
    response.json().await.unwrap()
}

#[tokio::test]
async fn the_same_request_gets_the_same_answer() {
    let folder = Folder::new();
    let database = ("DATABASE_URL", &*folder.database());
    let mut server = Server::start(&[database]).await;
    let visitor = server.visitor();
    let body = json!({"message": "bonjour"});
    let first = answered(&visitor, "a", &body).await;
    assert_eq!(answered(&visitor, "a", &body).await, first);
    let reordered = visitor
        .request(Method::POST, "/api/chat")
        .header(KEY, "a")
        .header("content-type", "application/json")
        .body("{ \"message\" : \"bonjour\" }");
    let again: Value = visitor.send(reordered).await.json().await.unwrap();
    assert_eq!(again, first, "spaces are not the request");

    let streamed = visitor.send(keyed(&visitor, "a", &body).header("accept", "text/event-stream"));
    let events = Events::new(streamed.await).collect().await;
    assert_eq!(events.last().unwrap().data, first);

    let other = keyed(&visitor, "a", &json!({"message": "salut"}));
    refused_field(visitor.send(other).await, "Idempotency-Key", "other body").await;
    for key in ["", &"k".repeat(256)] {
        let bad = keyed(&visitor, key, &body);
        refused_field(visitor.send(bad).await, "Idempotency-Key", "bad key").await;
    }
    let second = answered(&visitor, "b", &body).await;
    assert_ne!(second["message_id"], first["message_id"]);
    // A key is its visitor's own.
    let stranger = server.visitor();
    let theirs = answered(&stranger, "a", &json!({"message": "hello"})).await;
    assert_ne!(theirs["message_id"], first["message_id"]);

    server.terminate().await;
    let server = Server::start(&[database]).await;
    let visitor = visitor.moved_to(&server.url);
    assert_eq!(
        answered(&visitor, "a", &body).await,
        first,
        "after a restart"
    );
    let list = visitor.get_json("/api/conversations").await;
    assert_eq!(list["conversations"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_turn_with_a_key_runs_on_without_its_client() {
    let server = Server::start(&[("TEST_FAULTS", "model_delay:1=1500")]).await;
    let visitor = server.visitor();
    visitor.get("/healthz").await;
    let body = json!({"message": "bonjour"});
    let asking = tokio::spawn(visitor.send_owned(keyed(&visitor, "a", &body)));
    let running = conversation(&visitor).await;
    asking.abort();
    let retry = visitor.send(keyed(&visitor, "a", &body)).await;
    refused(retry, 409, "still running").await;
    let answer = until(async || {
        let response = visitor.send(keyed(&visitor, "a", &body)).await;
        (response.status() != 409).then_some(response)
    });
    let answer: Value = answer.await.json().await.unwrap();
    assert_eq!(answer["status"], "ok", "{answer}");
    assert_eq!(answer["message_id"], running["messages"][1]["id"]);
    let stored = conversation(&visitor).await;
    assert_eq!(stored["messages"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn of_requests_at_the_same_time_one_runs() {
    let server = Server::start(&[("TEST_FAULTS", "model_delay:1=1000")]).await;
    let visitor = server.visitor();
    visitor.get("/healthz").await;
    let body = json!({"message": "bonjour"});
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..8 {
        asking.spawn(visitor.send_owned(keyed(&visitor, "a", &body)));
    }
    let answers = asking.join_all().await;
    let mut statuses: Vec<_> = answers
        .iter()
        .map(|answer| answer.as_ref().unwrap().status().as_u16())
        .collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409, 409, 409, 409, 409]);
    let list = visitor.get_json("/api/conversations").await;
    assert_eq!(list["conversations"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_run_that_a_crash_cut_off_before_anything_runs_again() {
    let folder = Folder::new();
    let database = ("DATABASE_URL", &*folder.database());
    let hangs = ("TEST_FAULTS", "model_delay:1=600000");
    for goes_on in [false, true] {
        let mut server = Server::start(&[database]).await;
        let visitor = server.visitor();
        let mut body = json!({"message": "bonjour"});
        if goes_on {
            body["conversation_id"] = visitor.say("salut", None).await["conversation_id"].clone();
        }
        server.terminate().await;
        let mut server = Server::start(&[database, hangs]).await;
        let visitor = visitor.moved_to(&server.url);
        let streamed = keyed(&visitor, "a", &body).header("accept", "text/event-stream");
        let started = Events::new(visitor.send(streamed).await).next().await;
        let started = started.unwrap().data;
        server.kill().await;

        let server = Server::start(&[database]).await;
        let visitor = visitor.moved_to(&server.url);
        let other = keyed(&visitor, "a", &json!({"message": "salut"}));
        refused_field(visitor.send(other).await, "Idempotency-Key", "other body").await;
        let answer = answered(&visitor, "a", &body).await;
        assert_eq!(answer["status"], "ok", "{answer}");
        assert!(!answer["reply"].as_str().unwrap().is_empty());
        for id in ["conversation_id", "user_message_id"] {
            assert_eq!(answer[id], started[id], "the question is there once");
        }
        assert_ne!(answer["message_id"], started["message_id"]);
        assert_eq!(answered(&visitor, "a", &body).await, answer);
        let stored = conversation(&visitor).await;
        let messages = stored["messages"].as_array().unwrap();
        let (before, ours) = messages.split_at(if goes_on { 2 } else { 0 });
        let roles: Vec<_> = ours.iter().map(|message| &message["role"]).collect();
        assert_eq!(roles, ["user", "agent", "agent"]);
        assert_eq!(
            ours[0]["parent_id"],
            before.last().map_or(Value::Null, |last| last["id"].clone())
        );
        assert_eq!(ours[1]["answer"]["status"], "stopped");
    }
}

#[tokio::test]
async fn a_run_that_was_stopped_with_something_to_show_does_not_run_again() {
    let folder = Folder::new();
    let database = ("DATABASE_URL", &*folder.database());
    // The search has answered, and the model is asked again.
    let hangs = ("TEST_FAULTS", "model_delay:2=600000");
    let mut server = Server::start(&[database, hangs]).await;
    let visitor = server.visitor();
    let body = json!({"message": search()});
    let streamed = keyed(&visitor, "a", &body).header("accept", "text/event-stream");
    let mut events = Events::new(visitor.send(streamed).await);
    let id = events.next().await.unwrap().data["message_id"].clone();
    while events.next().await.unwrap().name != "tool_finished" {}
    let path = format!("/api/turns/{}", id.as_str().unwrap());
    visitor.send(visitor.request(Method::DELETE, &path)).await;
    let stopped = events.collect().await.pop().unwrap().data;
    assert_eq!(stopped["status"], "stopped");
    server.kill().await;

    let server = Server::start(&[database]).await;
    let visitor = visitor.moved_to(&server.url);
    assert_eq!(answered(&visitor, "a", &body).await, stopped);
}

#[tokio::test]
async fn an_answer_that_is_no_longer_in_memory_is_the_same() {
    let server = Server::start(&[("ENDED_TURNS_MEMORY_MIB", "0")]).await;
    let visitor = server.visitor();
    let body = json!({"message": super::streaming::search()});
    let first = answered(&visitor, "a", &body).await;
    assert_eq!(answered(&visitor, "a", &body).await, first);
    let streamed = visitor.send(keyed(&visitor, "a", &body).header("accept", "text/event-stream"));
    let events = Events::new(streamed.await).collect().await;
    let names = super::streaming::names(&events);
    assert_eq!(names, ["started", "delta", "completed"]);
    assert_eq!(events[1].data["text"], first["reply"]);
    assert_eq!(events[2].data, first);
}
