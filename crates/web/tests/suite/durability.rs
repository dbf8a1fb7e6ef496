//! What was acknowledged survives a crash, and opens after it.

use serde_json::{Value, json};

use super::{
    folder::Folder,
    server::Server,
    stopping::{conversation, until},
    streaming::search,
};

#[tokio::test]
async fn an_acknowledged_message_survives_a_crash() {
    let folder = Folder::new();
    let database = ("DATABASE_URL", &*folder.database());
    let hangs = ("TEST_FAULTS", "model_delay:1=600000");
    let mut server = Server::start(&[database, hangs]).await;
    let visitor = server.visitor();
    let mut stream = visitor.stream(&search()).await;
    let started = stream.next().await.unwrap();
    assert_eq!(started.name, "started");
    server.kill().await;

    let mut server = Server::start(&[database]).await;
    let visitor = visitor.moved_to(&server.url);
    let stored = conversation(&visitor).await;
    assert_eq!(stored["id"], started.data["conversation_id"]);
    let messages = stored["messages"].as_array().unwrap();
    assert_eq!(messages.len(), 2);
    assert_eq!(messages[0]["text"], json!(search()));
    assert_eq!(messages[0]["id"], started.data["user_message_id"]);
    assert_eq!(messages[1]["id"], started.data["message_id"]);
    assert_eq!(messages[1]["answer"]["status"], "stopped");
    // It goes on, after the crash and after one more.
    let next = visitor.say(&search(), Some(&stored["id"])).await;
    assert_eq!(next["status"], "ok");
    assert_eq!(next["conversation_id"], stored["id"]);
    server.kill().await;

    let server = Server::start(&[database]).await;
    let visitor = visitor.moved_to(&server.url);
    let stored = conversation(&visitor).await;
    assert_eq!(stored["messages"].as_array().unwrap().len(), 4);
    assert_eq!(stored["messages"][3]["answer"], next);
    assert_eq!(
        stored["messages"][2]["parent_id"],
        started.data["message_id"]
    );
}

#[tokio::test]
async fn what_was_said_before_a_crash_is_found_at_once_and_after_it() {
    let folder = Folder::new();
    let database = ("DATABASE_URL", &*folder.database());
    let mut server = Server::start(&[database]).await;
    let mut visitor = server.visitor();
    let mut said = Vec::new();
    // The first is indexed when the process dies, or not; the last was acknowledged just before.
    for word in ["Ouagadougou", "Reykjavik", "Zanzibar"] {
        let answer = visitor.say(&format!("bonjour {word}"), None).await;
        said.push((word, answer["conversation_id"].clone()));
        for round in ["at once", "after a crash"] {
            for (word, id) in &said {
                let path = format!("/api/conversations?q={word}");
                let found = visitor.get_json(&path).await;
                let found: Vec<_> = found["conversations"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|line| &line["id"])
                    .collect();
                assert_eq!(found, [id], "{word} {round}");
            }
            if round == "at once" {
                server.kill().await;
                server = Server::start(&[database]).await;
                visitor = visitor.moved_to(&server.url);
            }
        }
    }
}

#[tokio::test]
async fn a_conversation_remembers_its_trip_after_a_restart() {
    let folder = Folder::new();
    let database = ("DATABASE_URL", &*folder.database());
    let mut server = Server::start(&[database]).await;
    let visitor = server.visitor();
    let first = visitor.say(&search(), None).await;
    let id = first["conversation_id"].clone();
    let proposal = first["proposal"]["id"].as_str().unwrap().to_owned();
    server.kill().await;

    let server = Server::start(&[database]).await;
    let visitor = visitor.moved_to(&server.url);
    let response = visitor
        .post(&format!("/api/proposals/{proposal}/confirm"), &json!({}))
        .await;
    assert_eq!(response.status(), 200);
    let confirmed: Value = response.json().await.unwrap();
    assert_eq!(confirmed["conversation_id"], id);
    let changed = visitor.say("plutôt depuis Nantes", Some(&id)).await;
    assert_eq!(changed["tool_calls"][0]["arguments"]["departure"], "NTE");
    assert_eq!(
        changed["tool_calls"][0]["arguments"]["date"],
        first["tool_calls"][0]["arguments"]["date"]
    );
}

#[tokio::test]
async fn the_trace_of_an_earlier_turn_opens_after_a_restart() {
    let folder = Folder::new();
    let database = ("DATABASE_URL", &*folder.database());
    let mut server = Server::start(&[database]).await;
    let visitor = server.visitor();
    let answer = visitor.say(&search(), None).await;
    let path = format!("/api/traces/{}", answer["trace_id"].as_str().unwrap());
    // The turn is answered before its trace is complete.
    let before = until(async || {
        let trace = visitor.get_json(&path).await;
        (trace["running"] == false).then_some(trace)
    })
    .await;
    server.terminate().await;

    let server = Server::start(&[database]).await;
    let visitor = visitor.moved_to(&server.url);
    let after = visitor.get_json(&path).await;
    assert_eq!(after["spans"], before["spans"]);
    let names: Vec<_> = after["spans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|span| span["name"].as_str().unwrap())
        .collect();
    for name in [
        "agent.iteration",
        "agent.detect_intent",
        "llm.call",
        "tool.call",
    ] {
        assert!(names.contains(&name), "{names:?}");
    }
    let page = visitor.get(&path.replace("/api", "")).await;
    assert_eq!(page.status(), 200);
}
