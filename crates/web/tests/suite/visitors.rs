//! Who sees what.

use reqwest::{Method, header};
use serde_json::{Value, json};

use super::{problem::refused, server::Server, streaming::search};

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

    let local = server.visitor().get(&path).await;
    refused(
        local,
        404,
        "on this machine, where a key says who is the admin",
    )
    .await;
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
