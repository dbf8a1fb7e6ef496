//! Conversations as files: what an export holds, and that nothing of an import acts.

use reqwest::{Method, Response, header};
use serde_json::{Value, json};

use super::{
    html::{location, page},
    problem::{refused, refused_field},
    server::Server,
    streaming::search,
    visitor::Visitor,
};

const IMPORT: &str = "/api/conversations/import";

async fn exported(visitor: &Visitor, conversation: &Value) -> Value {
    let id = conversation.as_str().unwrap();
    visitor
        .get_json(&format!("/api/conversations/{id}/export"))
        .await
}

/// Imports what must fit; its conversation.
async fn imported(visitor: &Visitor, document: &Value) -> Value {
    let response = visitor.post(IMPORT, document).await;
    assert_eq!(response.status(), 201);
    response.json::<Value>().await.unwrap()["conversation_id"].clone()
}

async fn upload(visitor: &Visitor, name: &str, content: &str) -> Response {
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"a.json\"\r\n\
         Content-Type: application/json\r\n\r\n{content}\r\n--b--\r\n"
    );
    let request = visitor
        .request(Method::POST, "/conversations/import")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .header("sec-fetch-site", "same-origin")
        .body(body);
    visitor.send(request).await
}

/// Flights with a proposal, then a sheet.
async fn talk(visitor: &Visitor) -> Value {
    let first = visitor.say(&search(), None).await;
    assert!(first["proposal"].is_object(), "{first}");
    let id = &first["conversation_id"];
    let second = visitor
        .say("des hôtels à New York du 12 au 15 janvier", Some(id))
        .await;
    assert_eq!(second["cards"][0]["type"], "sheet", "{second}");
    id.clone()
}

#[tokio::test]
async fn what_was_exported_is_imported_as_words_of_ones_own() {
    let server = Server::start(&[]).await;
    let (visitor, other) = (server.visitor(), server.visitor());
    let id = talk(&visitor).await;
    let document = exported(&visitor, &id).await;
    let text = document.to_string();
    for secret in [
        "trace",
        "usage",
        "cost",
        "model",
        "owner",
        "proposal\":",
        id.as_str().unwrap(),
    ] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    let own = imported(&other, &document).await;
    assert_ne!(own, id);
    let path = format!("/api/conversations/{}", own.as_str().unwrap());
    let read = other.get_json(&path).await;
    assert_eq!(read["title"], document["title"]);
    let (messages, entries) = (&read["messages"], &document["messages"]);
    for at in 0..4 {
        let said = match at % 2 {
            0 => &messages[at]["text"],
            _ => &messages[at]["answer"]["reply"],
        };
        assert_eq!(said, &entries[at]["text"]);
        assert_eq!(messages[at]["created_at"], entries[at]["created_at"]);
    }
    assert_eq!(messages[1]["answer"]["imported"]["cards_left_out"], 1);
    assert_eq!(messages[1]["answer"]["cards"], json!([]));
    assert_eq!(messages[3]["answer"]["cards"][0]["type"], "sheet");
    refused(visitor.get(&path).await, 404, "not the exporter's").await;
    // What was imported is exported and imported again.
    let again = exported(&other, &own).await;
    imported(&visitor, &again).await;
}

#[tokio::test]
async fn nothing_of_an_import_acts() {
    let server = Server::start(&[]).await;
    let (visitor, other) = (server.visitor(), server.visitor());
    let id = talk(&visitor).await;
    let own = imported(&other, &exported(&visitor, &id).await).await;
    let path = format!("/c/{}", own.as_str().unwrap());
    for (language, mark) in [
        ("fr", "Importé d’un fichier"),
        ("en", "Imported from a file"),
    ] {
        let (status, html) = page(&other, &path, language).await;
        assert_eq!(status, 200);
        let (_, thread) = html.split_once("id=\"thread\"").unwrap();
        let (thread, _) = thread.split_once("<form id=\"ask\"").unwrap();
        assert_eq!(thread.matches(mark).count(), 2, "{language}");
        for active in [
            "form=\"ask\"",
            "/proposals/",
            "/traces/",
            "/feedback",
            "class=\"receipt\"",
        ] {
            assert!(!thread.contains(active), "{active}");
        }
    }
    let read = other
        .get_json(&format!("/api/conversations/{}", own.as_str().unwrap()))
        .await;
    let message = read["messages"][1]["id"].as_str().unwrap();
    let rating = other
        .post(
            &format!("/api/messages/{message}/feedback"),
            &json!({"score": 1}),
        )
        .await;
    refused(rating, 404, "no answer of ours").await;
    // The proposal of the file was one of someone else.
    for words in ["oui, je confirme", "le premier vol"] {
        let answer = other.say(words, Some(&own)).await;
        let calls = answer["tool_calls"].as_array().unwrap();
        assert!(
            calls.iter().all(|call| call["name"] != "book_flight"),
            "{answer}"
        );
        assert!(answer["proposal"].is_null(), "{words}: {answer}");
        assert!(answer["imported"].is_null());
    }
    let trip = format!("/api/trips/{}", own.as_str().unwrap());
    refused(other.get(&trip).await, 404, "no trip").await;
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_stores_nothing() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let id = visitor.say("bonjour", None).await["conversation_id"].clone();
    let good = exported(&visitor, &id).await;
    let with = |pointer: &str, value: Value| {
        let mut document = good.clone();
        *document.pointer_mut(pointer).unwrap() = value;
        document
    };
    for (document, field) in [
        (with("/version", json!(7)), "version"),
        (
            with("/messages/1/status", json!("running")),
            "messages[1].status",
        ),
        (
            with("/messages/0/text", json!("x".repeat(4_001))),
            "messages[0].text",
        ),
        (json!({"messages": []}), "format"),
    ] {
        refused_field(visitor.post(IMPORT, &document).await, field, field).await;
    }
    let large = with("/messages/1/text", json!("x".repeat(2 * 1024 * 1024)));
    refused(visitor.post(IMPORT, &large).await, 413, "large").await;
    let text = visitor.request(Method::POST, IMPORT).body("{}");
    refused(visitor.send(text).await, 415, "no JSON").await;
    let foreign = visitor.request(Method::POST, IMPORT).json(&good);
    let foreign = foreign.header(header::ORIGIN, "https://evil.example");
    refused(visitor.send(foreign).await, 403, "another site").await;
    let list = visitor.get_json("/api/conversations").await;
    assert_eq!(list["conversations"].as_array().unwrap().len(), 1);
    let foreign = server.visitor();
    let path = format!("/api/conversations/{}/export", id.as_str().unwrap());
    refused(foreign.get(&path).await, 404, "a stranger's").await;
}

#[tokio::test]
async fn an_import_is_counted_as_a_message_is() {
    let limit = [("RATE_LIMIT_TURNS_PER_MINUTE", "2")];
    let server = Server::start(&limit).await;
    let visitor = server.visitor();
    let id = visitor.say("bonjour", None).await["conversation_id"].clone();
    let document = exported(&visitor, &id).await;
    imported(&visitor, &document).await;
    let more = visitor.post(IMPORT, &document).await;
    refused(more, 429, "too many").await;
}

#[tokio::test]
async fn a_file_is_imported_without_script() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let id = visitor.say("bonjour", None).await["conversation_id"].clone();
    let document = exported(&visitor, &id).await.to_string();
    let (_, home) = page(&visitor, &format!("/c/{}", id.as_str().unwrap()), "fr").await;
    assert!(home.contains("href=\"/import\"") && home.contains("/export\" download"));
    let (status, form) = page(&visitor, "/import", "en").await;
    assert_eq!(status, 200);
    assert!(form.contains("enctype=\"multipart/form-data\"") && form.contains("type=\"file\""));
    let sent = upload(&visitor, "file", &document).await;
    let path = location(&sent).0.to_owned();
    let (status, html) = page(&visitor, &path, "fr").await;
    assert_eq!(status, 200);
    assert!(html.contains("Importé d’un fichier"));
    for (name, content, status, said) in [
        ("file", "{\"format\": 1}", 422, "format"),
        ("file", "no json", 400, "malformed"),
        ("other", &*document, 422, "file"),
        ("file", "", 422, "file"),
    ] {
        let refused = upload(&visitor, name, content).await;
        assert_eq!(refused.status(), status, "{content}");
        let html = refused.text().await.unwrap();
        let (_, alert) = html.split_once("role=\"alert\"").unwrap();
        assert!(alert.contains(said), "{alert}");
    }
}
