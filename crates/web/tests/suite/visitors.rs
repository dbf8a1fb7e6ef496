//! Who sees what.

use reqwest::{Method, header};
use serde_json::{Value, json};

use super::{problem::refused, server::Server, streaming::search, visitor::Visitor};

const ADMIN_KEY: &str = "correct horse battery staple";

#[tokio::test]
async fn the_first_answer_brings_a_cookie() {
    let server = Server::start(&[]).await;
    let mut tokens = std::collections::HashSet::new();
    for path in ["/", "/healthz", "/api/conversations", "/nowhere"] {
        let response = server.visitor().get(path).await;
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        let parts: Vec<_> = cookie.split("; ").collect();
        let (name, token) = parts[0].split_once('=').unwrap();
        assert_eq!(name, "travel_agent_visitor");
        assert!(token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()));
        for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(parts.contains(&attribute), "{cookie}");
        }
        assert!(!parts.contains(&"Secure"), "the browser speaks plain HTTP");
        assert!(tokens.insert(token.to_owned()), "a cookie of its own");
    }
    let visitor = server.visitor();
    visitor.get("/").await;
    let again = visitor.get("/").await;
    assert!(!again.headers().contains_key(header::SET_COOKIE));
    let stranger = server.visitor();
    let made_up = stranger
        .request(Method::GET, "/")
        .header(header::COOKIE, "travel_agent_visitor=1");
    let response = stranger.send(made_up).await;
    assert!(response.headers().contains_key(header::SET_COOKIE));
}

#[tokio::test]
async fn the_cookie_is_secure_behind_tls() {
    let server = Server::start(&[("TRUSTED_PROXIES", "127.0.0.1")]).await;
    let visitor = server.visitor().with_header("x-forwarded-proto", "https");
    let response = visitor.get("/").await;
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.ends_with("; Secure"), "{cookie}");
}

/// Everything that hangs on a turn, as requests that read or change it.
fn reaches(answer: &Value) -> Vec<(Method, String)> {
    let id = |field: &str| answer[field].as_str().unwrap();
    let (conversation, message) = (id("conversation_id"), id("message_id"));
    let proposal = answer["proposal"]["id"].as_str().unwrap();
    let trace = id("trace_id");
    vec![
        (Method::GET, format!("/api/conversations/{conversation}")),
        (Method::DELETE, format!("/api/conversations/{conversation}")),
        (Method::GET, format!("/c/{conversation}")),
        (
            Method::POST,
            format!("/conversations/{conversation}/delete"),
        ),
        (Method::GET, format!("/fragments/messages/{message}")),
        (Method::GET, format!("/api/turns/{message}/events")),
        (Method::DELETE, format!("/api/turns/{message}")),
        (Method::POST, format!("/api/proposals/{proposal}/confirm")),
        (Method::POST, format!("/api/proposals/{proposal}/reject")),
        (Method::GET, format!("/api/traces/{trace}")),
        (Method::GET, format!("/traces/{trace}")),
    ]
}

#[tokio::test]
async fn one_visitor_reaches_nothing_of_another() {
    let server = Server::start(&[]).await;
    // Not local, so that no trace opens for being on the machine.
    let remote = || server.visitor().with_header("x-forwarded-for", "1.2.3.4");
    let (own, other) = (remote(), remote());
    let answer = own.say(&search(), None).await;
    other.say("bonjour", None).await;
    for (method, path) in reaches(&answer) {
        let what = format!("{method} {path}");
        refused(other.send(other.request(method, &path)).await, 404, &what).await;
    }
    let conversation = answer["conversation_id"].as_str().unwrap();
    let rename = other
        .request(Method::PATCH, &format!("/api/conversations/{conversation}"))
        .json(&json!({"title": "mine"}));
    refused(other.send(rename).await, 404, "rename").await;
    for visitor in [&own, &other] {
        let list = visitor.get_json("/api/conversations").await;
        assert_eq!(list["conversations"].as_array().unwrap().len(), 1);
        let traces = visitor.get_json("/api/traces").await;
        assert_eq!(traces["traces"].as_array().unwrap().len(), 1);
    }
    // The owner reaches all that is read.
    for (method, path) in reaches(&answer) {
        if method == Method::GET {
            assert_eq!(own.get(&path).await.status(), 200, "{path}");
        }
    }
}

#[tokio::test]
async fn the_admin_sees_the_traces_of_everyone() {
    let server = Server::start(&[
        ("ADMIN_KEY", ADMIN_KEY),
        ("ALLOWED_HOSTS", "travel.example"),
    ])
    .await;
    let remote = || server.visitor().with_header("host", "travel.example");
    let (own, other) = (remote(), remote());
    let answer = own.say("bonjour", None).await;
    let path = format!("/api/traces/{}", answer["trace_id"].as_str().unwrap());
    refused(other.get(&path).await, 404, "no admin").await;
    assert_eq!(other.get("/api/stats").await.status().as_u16() / 100, 4);
    let all = other.get("/api/traces?kind=all").await;
    refused(all, 403, "all kinds").await;

    let wrong = other.request(Method::GET, &path).bearer_auth("wrong");
    refused(other.send(wrong).await, 404, "wrong key").await;
    let bearer = |path: &str| other.request(Method::GET, path).bearer_auth(ADMIN_KEY);
    assert_eq!(other.send(bearer(&path)).await.status(), 200);
    assert_eq!(other.send(bearer("/api/stats")).await.status(), 200);
    // The key opens traces, not conversations.
    let conversation = format!(
        "/api/conversations/{}",
        answer["conversation_id"].as_str().unwrap()
    );
    refused(other.send(bearer(&conversation)).await, 404, "conversation").await;

    let local = server.visitor();
    assert_eq!(local.get(&path).await.status(), 200, "on this machine");
    let form = |key: &str| {
        let form = format!("key={}", key.replace(' ', "+"));
        let request = other.request(Method::POST, "/admin/login").body(form);
        request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
    };
    assert_eq!(other.send(form("wrong")).await.status(), 403);
    assert_eq!(other.get(&path).await.status(), 404);
    assert_eq!(other.send(form(ADMIN_KEY)).await.status(), 303);
    assert_eq!(other.get(&path).await.status(), 200, "signed in");
}

async fn titles(visitor: &Visitor, query: &str) -> Vec<String> {
    let list = visitor
        .get_json(&format!("/api/conversations{query}"))
        .await;
    let lines = list["conversations"].as_array().unwrap();
    lines
        .iter()
        .map(|line| line["title"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn conversations_are_listed_searched_renamed_pinned_and_deleted() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let mut ids = Vec::new();
    for message in [
        "Un vol pour Osaka",
        "bonjour",
        "flights to Nairobi",
        "visa pour le Japon ?",
        "hello",
    ] {
        let answer = visitor.say(message, None).await;
        ids.push(answer["conversation_id"].as_str().unwrap().to_owned());
    }
    let mut pages = Vec::new();
    let mut path = "/api/conversations?limit=2".to_owned();
    loop {
        let page = visitor.get_json(&path).await;
        for line in page["conversations"].as_array().unwrap() {
            pages.push(line["id"].as_str().unwrap().to_owned());
        }
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/api/conversations?limit=2&cursor={cursor}");
    }
    let newest_first: Vec<_> = ids.iter().rev().cloned().collect();
    assert_eq!(pages, newest_first);

    assert_eq!(titles(&visitor, "?q=osaka").await.len(), 1);
    assert_eq!(
        titles(&visitor, "?q=OSA").await.len(),
        1,
        "the start of a word"
    );
    for query in ["?q=zanzibar", "?q=osaka+nairobi"] {
        assert_eq!(titles(&visitor, query).await, [""; 0], "{query}");
    }
    for query in [
        "?q=*",
        "?q=%22%22%22",
        "?q=a%20OR%20b",
        "?q=NEAR(",
        "?q=title%3Ax",
        "?q=%27;--",
    ] {
        titles(&visitor, query).await;
    }

    let path = format!("/api/conversations/{}", ids[0]);
    let patch = |body: Value| visitor.request(Method::PATCH, &path).json(&body);
    let renamed: Value = visitor
        .send(patch(json!({"title": "  Été à Ōsaka "})))
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(renamed["title"], "Été à Ōsaka");
    assert_eq!(
        visitor.send(patch(json!({"pinned": true}))).await.status(),
        200
    );
    assert_eq!(
        titles(&visitor, "?limit=1").await,
        ["Été à Ōsaka"],
        "pinned on top"
    );
    assert_eq!(
        titles(&visitor, "?q=ete").await,
        ["Été à Ōsaka"],
        "without accents"
    );
    for (body, field) in [
        (json!({"title": " "}), "title"),
        (json!({"title": "a".repeat(201)}), "title"),
        (json!({"pinned": "yes"}), "pinned"),
        (json!({"id": 1}), "id"),
    ] {
        super::problem::refused_field(visitor.send(patch(body)).await, field, field).await;
    }
    let answer = visitor.send(visitor.request(Method::DELETE, &path)).await;
    assert_eq!(answer.status(), 204);
    for method in [Method::GET, Method::DELETE] {
        refused(
            visitor.send(visitor.request(method, &path)).await,
            404,
            "gone",
        )
        .await;
    }
    assert_eq!(titles(&visitor, "").await.len(), 4);
    assert_eq!(
        titles(&visitor, "?q=osaka").await,
        [""; 0],
        "deleted with its text"
    );
}
