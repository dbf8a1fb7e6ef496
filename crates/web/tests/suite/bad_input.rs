//! What cannot be used is refused as documented, and nothing of it is stored.

use reqwest::{Method, Response, header};
use serde_json::{Value, json};

use super::{
    problem::{refused, refused_field},
    server::Server,
    visitor::Visitor,
};

const NOBODY: &str = "01970000-0000-7000-8000-000000000000";

/// Nothing that was refused has left anything behind.
async fn has_nothing(visitor: &Visitor) {
    let list = visitor.get_json("/api/conversations").await;
    assert_eq!(list["conversations"], json!([]));
    let traces = visitor.get_json("/api/traces").await;
    assert_eq!(traces["traces"], json!([]));
}

async fn raw(visitor: &Visitor, kind: &str, body: impl Into<reqwest::Body>) -> Response {
    let request = visitor
        .request(Method::POST, "/api/chat")
        .header(header::CONTENT_TYPE, kind)
        .body(body);
    visitor.send(request).await
}

#[tokio::test]
async fn fields_that_cannot_be_used_are_named() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let with = |field: &str, value: Value| {
        let mut body = json!({"message": "bonjour"});
        body[field] = value;
        body
    };
    let cases = [
        (json!({}), "message"),
        (with("message", json!("")), "message"),
        (with("message", json!(" \t\n\u{a0}")), "message"),
        (with("message", json!("é".repeat(4_001))), "message"),
        (with("message", json!("a\0b")), "message"),
        (with("message", json!(3)), "message"),
        (with("message", Value::Null), "message"),
        (with("colour", json!("red")), "colour"),
        (with("a\0b", json!("red")), "a\0b"),
        (with("locale", json!("de")), "locale"),
        (with("locale", json!("FR")), "locale"),
        (with("mode", json!("slow")), "mode"),
        (with("time_zone", json!("Europe/Lyon")), "time_zone"),
        (with("time_zone", json!("")), "time_zone"),
        (with("time_zone", json!("../../etc/passwd")), "time_zone"),
        (with("currency", json!("EURO")), "currency"),
        (with("currency", json!("€")), "currency"),
        (with("conversation_id", json!("12")), "conversation_id"),
        (with("conversation_id", json!(12)), "conversation_id"),
        (with("parent_id", json!(NOBODY)), "parent_id"),
        (with("parent_id", json!("x")), "parent_id"),
        (with("stream", json!("yes")), "stream"),
        (json!([]), "body"),
        (json!("bonjour"), "body"),
        (Value::Null, "body"),
    ];
    for (body, field) in cases {
        let what = body.to_string();
        let response = visitor.post("/api/chat", &body).await;
        refused_field(response, field, &what[..what.len().min(80)]).await;
    }
    has_nothing(&visitor).await;
}

#[tokio::test]
async fn the_longest_message_is_accepted_and_trimmed() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let longest = "é".repeat(4_000);
    let answer = visitor.say(&format!(" \n{longest}\t "), None).await;
    let path = format!(
        "/api/conversations/{}",
        answer["conversation_id"].as_str().unwrap()
    );
    let stored = visitor.get_json(&path).await;
    assert_eq!(stored["messages"][0]["text"], longest);
}

#[tokio::test]
async fn bodies_that_are_no_json_are_refused() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let malformed: [&[u8]; 6] = [
        b"",
        b"{",
        b"{\"message\": \"a\"} x",
        b"{'message': 'a'}",
        b"{\"message\": \"\xff\"}",
        b"{\"message\": \"\\ud800\"}",
    ];
    for body in malformed {
        let response = raw(&visitor, "application/json", body).await;
        refused(response, 400, &String::from_utf8_lossy(body)).await;
    }
    let deep = "[".repeat(60_000);
    refused(raw(&visitor, "application/json", deep).await, 400, "deep").await;
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "",
    ] {
        let response = raw(&visitor, kind, "{\"message\": \"a\"}").await;
        refused(response, 415, kind).await;
    }
    let response = raw(
        &visitor,
        "application/json; charset=utf-8",
        "{\"message\": \"\"}",
    );
    refused_field(response.await, "message", "with parameter").await;
    has_nothing(&visitor).await;
}

#[tokio::test]
async fn a_body_above_the_limit_is_refused() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let large = json!({"message": "a".repeat(1 << 20)}).to_string();
    let whole = raw(&visitor, "application/json", large.clone()).await;
    refused(whole, 413, "1 MiB").await;
    // Of unknown length: it is noticed while it is read.
    let parts = large
        .into_bytes()
        .chunks(16 * 1024)
        .map(|part| Ok::<_, std::io::Error>(part.to_vec()))
        .collect::<Vec<_>>();
    let stream = reqwest::Body::wrap_stream(futures::stream::iter(parts));
    refused(
        raw(&visitor, "application/json", stream).await,
        413,
        "in parts",
    )
    .await;
    has_nothing(&visitor).await;
}

#[tokio::test]
async fn requests_of_other_sites_and_for_other_hosts_are_refused() {
    let server = Server::start(&[("ALLOWED_HOSTS", "travel.example")]).await;
    let visitor = server.visitor();
    let body = json!({"message": "bonjour"});
    let post = |name: &'static str, value: &str| {
        let request = visitor.request(Method::POST, "/api/chat");
        visitor.send(request.json(&body).header(name, value))
    };
    let foreign = [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://127.0.0.1:1"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ];
    for (name, value) in foreign {
        refused(post(name, value).await, 403, &format!("{name}: {value}")).await;
    }
    for host in [
        "evil.example",
        "evil.example:80",
        "127.0.0.1.evil.example",
        "travel.example.evil",
    ] {
        refused(post("host", host).await, 421, host).await;
        let page = visitor.request(Method::GET, "/").header("host", host);
        refused(visitor.send(page).await, 421, host).await;
    }
    has_nothing(&visitor).await;
    let own = server.url.clone();
    assert_eq!(post("origin", &own).await.status(), 200);
    assert_eq!(post("sec-fetch-site", "same-origin").await.status(), 200);
    assert_eq!(post("host", "travel.example").await.status(), 200);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let server = Server::start(&[]).await;
    let (visitor, other) = (server.visitor(), server.visitor());
    let theirs = other.say("bonjour", None).await;
    let id = |field: &str| theirs[field].as_str().unwrap().to_owned();
    let (conversation, message) = (id("conversation_id"), id("message_id"));
    for conversation in [NOBODY, &conversation] {
        let body = json!({"message": "a", "conversation_id": conversation});
        refused(visitor.post("/api/chat", &body).await, 404, conversation).await;
    }
    let body =
        json!({"message": "a", "conversation_id": theirs["conversation_id"], "parent_id": NOBODY});
    refused(other.post("/api/chat", &body).await, 404, "parent").await;
    let own = [
        "/nowhere".to_owned(),
        "/api/nowhere".to_owned(),
        "/static/none.css".to_owned(),
        format!("/api/conversations/{NOBODY}"),
        "/api/conversations/12".to_owned(),
        format!("/api/conversations/{conversation}"),
        format!("/api/turns/{message}/events"),
        format!("/api/turns/{NOBODY}/events"),
        "/api/traces/12".to_owned(),
        "/api/traces/4bf92f3577b34da6a3ce929d0e0e4736".to_owned(),
    ];
    for path in own {
        refused(visitor.get(&path).await, 404, &path).await;
    }
    let path = "/api/conversations/%FF";
    refused(visitor.get(path).await, 400, path).await;
    for (method, path) in [
        (Method::GET, "/api/chat"),
        (Method::PUT, "/api/chat"),
        (Method::POST, "/api/conversations"),
        (Method::DELETE, "/healthz"),
        (Method::GET, "/chat"),
    ] {
        let what = format!("{method} {path}");
        let response = visitor.send(visitor.request(method, path)).await;
        assert!(response.headers().contains_key(header::ALLOW), "{what}");
        refused(response, 405, &what).await;
    }
    let list = visitor.get_json("/api/conversations").await;
    assert_eq!(list["conversations"], json!([]));
}

#[tokio::test]
async fn parameters_that_cannot_be_used_are_named() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor();
    let flights = "/api/flights?from=LYS&to=JFK";
    let calendar = "/api/flights/calendar?from=LYS&to=JFK";
    let cases = [
        ("/api/airports".to_owned(), "q"),
        ("/api/airports?q=".to_owned(), "q"),
        (format!("/api/airports?q={}", "a".repeat(101)), "q"),
        ("/api/airports?q=ly&limit=0".to_owned(), "limit"),
        ("/api/airports?q=ly&limit=51".to_owned(), "limit"),
        ("/api/airports?q=ly&limit=ten".to_owned(), "limit"),
        ("/api/airports?q=ly&x=1".to_owned(), "x"),
        ("/api/airports?q=a%00b".to_owned(), "q"),
        ("/api/flights?from=LYS&depart=2099-01-01".to_owned(), "to"),
        (flights.to_owned(), "depart"),
        (format!("{flights}&depart=tomorrow"), "depart"),
        (format!("{flights}&depart=2020-01-01"), "depart"),
        (format!("{flights}&depart=2026-02-30"), "depart"),
        ("/api/conversations?limit=0".to_owned(), "limit"),
        ("/api/conversations?limit=101".to_owned(), "limit"),
        ("/api/conversations?limit=-1".to_owned(), "limit"),
        ("/api/conversations?cursor=x".to_owned(), "cursor"),
        ("/api/conversations?cursor=2.1.x".to_owned(), "cursor"),
        ("/api/conversations?q=a%00b".to_owned(), "q"),
        (format!("/api/conversations?q={}", "a".repeat(201)), "q"),
        ("/api/conversations?offset=2".to_owned(), "offset"),
        (calendar.to_owned(), "month"),
        (format!("{calendar}&month=2027-13"), "month"),
        (format!("{calendar}&month=2020-01"), "month"),
        (format!("{calendar}&month=January"), "month"),
        ("/api/traces?intent=holiday".to_owned(), "intent"),
        ("/api/traces?status=fine".to_owned(), "status"),
        ("/api/traces?min_ms=-1".to_owned(), "min_ms"),
        ("/api/traces?limit=0".to_owned(), "limit"),
        ("/api/traces?limit=201".to_owned(), "limit"),
        ("/api/traces?tool=a%00b".to_owned(), "tool"),
        ("/api/traces?colour=red".to_owned(), "colour"),
    ];
    for (path, field) in cases {
        refused_field(visitor.get(&path).await, field, &path).await;
    }
    let depart = super::dates::in_days(40);
    let cases = [
        ("from=Lyon", "from"),
        ("to=ZZZ", "to"),
        ("return=2020-01-01", "return"),
        ("adults=0", "adults"),
        ("adults=10", "adults"),
        ("adults=two", "adults"),
        ("children=300", "children"),
        ("infants=2", "infants"),
        ("cabin=luxury", "cabin"),
        ("max_stops=many", "max_stops"),
        ("sort=random", "sort"),
        ("currency=XXXX", "currency"),
    ];
    for (pair, field) in cases {
        let base = [("from", "LYS"), ("to", "JFK"), ("depart", &depart)];
        let rest = base
            .iter()
            .filter(|(name, _)| *name != field)
            .map(|(name, value)| format!("&{name}={value}"));
        let path = format!("/api/flights?{pair}{}", rest.collect::<String>());
        refused_field(visitor.get(&path).await, field, &path).await;
    }
    let path = format!("{flights}&depart={depart}");
    let found = visitor.get_json(&path).await;
    assert!(!found["offers"].as_array().unwrap().is_empty(), "{path}");
}
