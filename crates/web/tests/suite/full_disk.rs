//! A disk that is full for a while: what was acknowledged is stored, and what is not stored was not
//! acknowledged. The disk is a limit on the length of files, which needs no privilege.

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    folder::Folder,
    problem::refused,
    server::Server,
    stopping::{HANGS, until},
    visitor::Visitor,
};

/// A length that the database has passed.
const FULL: Option<u64> = Some(1);

async fn ready(server: &Server) -> u16 {
    server.visitor().get("/readyz").await.status().as_u16()
}

async fn is_stored(visitor: &Visitor, answer: &Value) -> bool {
    let id = answer["conversation_id"].as_str().unwrap();
    let path = format!("/api/conversations/{id}");
    visitor.get(&path).await.status() == 200
}

#[tokio::test]
async fn what_was_acknowledged_around_a_full_disk_survives_a_crash() {
    let folder = Folder::new();
    let database = ("DATABASE_URL", &*folder.database());
    let mut server = Server::start_with_limited_files(&[database]).await;
    let visitor = server.visitor();
    let mut acknowledged = vec![visitor.say("bonjour", None).await];
    until(async || (ready(&server).await == 200).then_some(())).await;

    server.limit_files(FULL).await;
    for _ in 0..4 {
        let response = visitor
            .post("/api/chat", &json!({"message": "salut"}))
            .await;
        refused(response, 503, "full").await;
    }
    assert_eq!(ready(&server).await, 503);

    server.limit_files(None).await;
    for _ in 0..8 {
        let (status, answer) = visitor.chat(json!({"message": "bonsoir"})).await;
        assert_eq!(status, 200, "there is place again: {answer}");
        acknowledged.push(answer);
    }
    for answer in &acknowledged {
        assert!(is_stored(&visitor, answer).await, "{answer}");
    }
    until(async || (ready(&server).await == 200).then_some(())).await;
    server.kill().await;

    let server = Server::start(&[database]).await;
    let visitor = visitor.moved_to(&server.url);
    for answer in &acknowledged {
        assert!(is_stored(&visitor, answer).await, "after a crash: {answer}");
    }
}

#[tokio::test]
async fn a_stream_stays_open_until_its_end_is_stored() {
    let folder = Folder::new();
    let environment = [("DATABASE_URL", &*folder.database()), HANGS];
    let server = Server::start_with_limited_files(&environment).await;
    let visitor = server.visitor();
    let mut stream = visitor.stream("bonjour").await;
    let started = stream.next().await.unwrap();
    assert_eq!(stream.next().await.unwrap().name, "intent");
    server.limit_files(FULL).await;
    let path = format!(
        "/api/turns/{}",
        started.data["message_id"].as_str().unwrap()
    );
    let stop = tokio::spawn(visitor.send_owned(visitor.request(Method::DELETE, &path)));
    let said = "the end of a turn is not stored yet";
    let line = until(async || {
        let lines = server.log();
        lines.into_iter().find(|line| line["message"] == said)
    });
    assert_eq!(line.await["level"], "WARN");
    server.limit_files(None).await;

    let events = stream.collect().await;
    let last = events.last().unwrap();
    assert_eq!(
        (&*last.name, &last.data["status"]),
        ("completed", &json!("stopped"))
    );
    assert_eq!(stop.await.unwrap().unwrap().status(), 204);
    let id = started.data["conversation_id"].as_str().unwrap();
    let stored = visitor.get_json(&format!("/api/conversations/{id}")).await;
    assert_eq!(stored["messages"][1]["answer"], last.data);
}
