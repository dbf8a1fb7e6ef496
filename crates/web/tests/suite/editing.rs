//! A message that is worded anew: a branch that begins where the message does.

use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::{
    problem::{refused, refused_field},
    server::Server,
    stopping::conversation,
    visitor::Visitor,
};

async fn chat(visitor: &Visitor, body: Value) -> Response {
    let request = visitor.request(Method::POST, "/api/chat").json(&body);
    visitor.send(request).await
}

#[tokio::test]
async fn the_first_message_too_begins_a_branch_that_knows_nothing_of_the_other() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let first = visitor.say("Je veux aller à New York", None).await;
    let id = &first["conversation_id"];
    visitor.say("depuis Lyon", Some(id)).await;

    let body = json!({
        "message": "Je veux aller à Rome", "conversation_id": id, "edits": first["user_message_id"],
    });
    let edited: Value = chat(&visitor, body).await.json().await.unwrap();
    assert_eq!(edited["status"], "ok");
    assert_eq!(edited["conversation_id"], *id);
    assert_ne!(edited["user_message_id"], first["user_message_id"]);
    let said = edited.to_string();
    assert!(
        !said.contains("New York") && !said.contains("Lyon"),
        "{said}"
    );

    let stored = conversation(&visitor).await;
    let messages = stored["messages"].as_array().unwrap();
    assert_eq!(messages.len(), 6);
    let roots = messages.iter().filter(|one| one["parent_id"].is_null());
    assert_eq!(roots.count(), 2);

    let open = format!("/c/{}", id.as_str().unwrap());
    let newest = visitor.get(&open).await.text().await.unwrap();
    assert!(newest.contains("Rome") && !newest.contains("depuis Lyon"));
    let old = format!("{open}?branch={}", first["message_id"].as_str().unwrap());
    let old = visitor.get(&old).await.text().await.unwrap();
    assert!(old.contains("depuis Lyon") && old.contains("1/2"), "{old}");
    assert!(
        old.contains(r#"name="parent_id""#),
        "what follows goes on from here"
    );
    let unknown = format!("{open}?branch={id}", id = id.as_str().unwrap());
    assert_eq!(visitor.get(&unknown).await.status(), 200);
}

#[tokio::test]
async fn only_messages_of_ones_own_conversation_are_worded_anew() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let first = visitor.say("bonjour", None).await;
    let other = visitor.say("bonsoir", None).await;
    let (id, message) = (&first["conversation_id"], &first["user_message_id"]);
    for edits in [&first["message_id"], &other["user_message_id"], id] {
        let body = json!({"message": "merci", "conversation_id": id, "edits": edits});
        refused(chat(&visitor, body).await, 404, &edits.to_string()).await;
    }
    let stranger = server.visitor();
    let body = json!({"message": "merci", "conversation_id": id, "edits": message});
    refused(chat(&stranger, body).await, 404, "a stranger").await;
    for body in [
        json!({"message": "merci", "edits": message}),
        json!({"message": "merci", "conversation_id": id, "edits": message, "parent_id": message}),
    ] {
        refused_field(chat(&visitor, body).await, "edits", "edits").await;
    }
    let path = format!("/api/conversations/{}", id.as_str().unwrap());
    let stored = visitor.get_json(&path).await;
    assert_eq!(stored["messages"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_search_says_where_the_words_stand() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    visitor.say("Un vol pour <b>Évora</b> en mai", None).await;
    let found: Value = visitor
        .get("/api/conversations?q=evo+mai")
        .await
        .json()
        .await
        .unwrap();
    let parts = found["conversations"][0]["snippet"].as_array().unwrap();
    let hits: Vec<_> = parts.iter().filter(|part| part["match"] == true).collect();
    assert!(hits.iter().any(|part| part["text"] == "Évora"), "{found}");
    let html = visitor.get("/?q=evora").await.text().await.unwrap();
    assert!(html.contains("<mark>Évora</mark>"), "{html}");
    assert!(!html.contains("<b>"), "escaped");
    let all = visitor
        .get("/api/conversations")
        .await
        .text()
        .await
        .unwrap();
    assert!(!all.contains("snippet"), "{all}");
}

#[tokio::test]
async fn a_word_of_the_title_alone_is_marked_there() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let said = visitor.say("bonjour", None).await;
    let path = format!(
        "/api/conversations/{}",
        said["conversation_id"].as_str().unwrap()
    );
    let title = json!({"title": "Été <b>à</b>  *Évora*"});
    let renamed = visitor.request(Method::PATCH, &path).json(&title);
    assert_eq!(visitor.send(renamed).await.status(), 200);
    let found = visitor.get_json("/api/conversations?q=evo").await;
    let found = &found["conversations"][0];
    assert!(found.get("snippet").is_none(), "{found}");
    let parts = json!([
        {"text": "Été <b>à</b>  *", "match": false},
        {"text": "Évora", "match": true},
        {"text": "*", "match": false},
    ]);
    assert_eq!(found["title_snippet"], parts);
    let html = visitor.get("/?q=evora").await.text().await.unwrap();
    let marked = "Été &#60;b&#62;à&#60;/b&#62;  *<mark>Évora</mark>*</span>";
    assert!(html.contains(marked), "{html}");
    // Words that a message has are shown where it has them.
    let html = visitor.get("/?q=bonj").await.text().await.unwrap();
    assert_eq!(html.matches("<mark>").count(), 1, "{html}");
    assert!(html.contains("class=\"snippet\""), "{html}");
}
