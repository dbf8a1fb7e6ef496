//! What one stranger can cost the real server by connections and heads alone.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use serde_json::json;
use tokio::process::Command;

use super::{
    problem::refused,
    raw::{Raw, head},
    server::{BINARY, Server},
};

fn address(server: &Server) -> SocketAddr {
    server.url.strip_prefix("http://").unwrap().parse().unwrap()
}

/// How often the server has said that it is full.
fn full(server: &Server) -> usize {
    let log = server.log();
    let full = log.iter().filter(|line| line["most"].is_number());
    full.filter(|line| line["level"] == "WARN").count()
}

async fn is_useful(server: &Server) {
    let visitor = server.visitor();
    let question = json!({"message": "bonjour"});
    assert_eq!(visitor.post("/api/chat", &question).await.status(), 200);
    assert_eq!(visitor.get("/readyz").await.status(), 200);
}

#[tokio::test]
async fn silent_connections_lock_no_one_out() {
    let server = Server::start(&[("MAX_CONNECTIONS", "20")]).await;
    let mut silent = Vec::new();
    for _ in 0..100 {
        silent.push(Raw::to(address(&server)).await);
    }
    is_useful(&server).await;
    for first in &mut silent[..80] {
        assert_eq!(first.until_closed().await, b"");
    }
    assert_eq!(full(&server), 1, "it is said once: {:?}", server.log());
}

#[tokio::test]
async fn what_needs_descriptors_has_some_left() {
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -n 200; exec \"$0\"", BINARY]);
    let server = Server::start_by(limited, &[], std::process::Stdio::inherit()).await;
    let mut silent = Vec::new();
    for _ in 0..300 {
        silent.push(Raw::to(address(&server)).await);
    }
    is_useful(&server).await;
    assert_eq!(full(&server), 1);
    let log = server.log();
    let troubles = log.iter().filter(|line| line["level"] != "INFO");
    assert_eq!(troubles.count(), 1, "{log:?}");
}

#[tokio::test]
async fn the_soft_limit_of_descriptors_is_raised() {
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -Sn 150; exec \"$0\"", BINARY]);
    let server = Server::start_by(limited, &[], std::process::Stdio::inherit()).await;
    let mut silent = Vec::new();
    for _ in 0..300 {
        silent.push(Raw::to(address(&server)).await);
    }
    is_useful(&server).await;
    assert_eq!(full(&server), 0, "{:?}", server.log());
    assert!(silent.iter().all(|silent| !silent.is_closed()));
}

#[tokio::test]
async fn a_connection_has_ten_seconds_for_its_first_byte_and_ten_for_its_head() {
    let server = Server::start(&[]).await;
    let begun = Instant::now();
    let mut silent = Raw::to(address(&server)).await;
    let mut half = Raw::saying(address(&server), "GET / HTTP/1.1\r\nhost: loc").await;
    let mut kept = Raw::saying(address(&server), &head("GET /healthz", &[])).await;
    kept.until("\r\n\r\n").await;
    for gone in [&mut silent, &mut half] {
        assert_eq!(gone.until_closed().await, b"");
        assert!(begun.elapsed() >= Duration::from_secs(10));
    }
    kept.say(&head("GET /healthz", &["connection: close"]))
        .await;
    assert!(!kept.until_closed().await.is_empty(), "it was kept");
}

#[tokio::test]
async fn heads_without_an_end_cost_little_memory() {
    let server = Server::start(&[]).await;
    is_useful(&server).await;
    let before = server.resident_kib();
    let mut hungry = Vec::new();
    for _ in 0..400 {
        let mut raw =
            Raw::saying(address(&server), "GET / HTTP/1.1\r\nhost: localhost\r\nx: ").await;
        for _ in 0..400 {
            if !raw.sends(&[b'a'; 1_000]).await {
                break;
            }
        }
        hungry.push(raw);
    }
    is_useful(&server).await;
    let grown = server.resident_kib().saturating_sub(before);
    assert!(grown < 40 * 1024, "{grown} KiB");
    for mut raw in hungry {
        raw.until_closed().await;
    }
}

#[tokio::test]
async fn a_request_is_for_one_host() {
    let server = Server::start(&[]).await;
    let visitor = server.visitor().with_header("host", "localhost");
    let twice = visitor.request(reqwest::Method::GET, "/healthz");
    let twice = visitor.send(twice.header("host", "evil.example")).await;
    refused(twice, 400, "two lines").await;
    let ask = async |head: String| {
        let mut raw = Raw::saying(address(&server), &head).await;
        String::from_utf8(raw.until_closed().await).unwrap()
    };
    let elsewhere = ask(head("GET http://evil.example/", &["connection: close"])).await;
    assert!(elsewhere.starts_with("HTTP/1.1 400 "), "{elsewhere}");
    assert!(elsewhere.contains("application/problem+json"));
    let none = ask("GET / HTTP/1.1\r\nconnection: close\r\n\r\n".to_owned()).await;
    assert!(none.starts_with("HTTP/1.1 421 "), "{none}");
}

#[tokio::test]
async fn a_body_that_stops_is_a_timeout() {
    let server = Server::start(&[]).await;
    let kind = "content-type: application/json";
    let head = head("POST /api/chat", &[kind, "content-length: 100"]);
    let mut half = Raw::saying(address(&server), &head).await;
    half.say("{\"mess").await;
    let answer = String::from_utf8(half.until_closed().await).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("application/problem+json"), "{answer}");
}

#[tokio::test]
async fn the_process_ends_in_time_whatever_clients_do() {
    let mut server = Server::start(&[]).await;
    let address = address(&server);
    let mut clients = Vec::new();
    for _ in 0..20 {
        clients.push(Raw::to(address).await);
    }
    let kind = "content-type: application/json";
    let post = head("POST /api/chat", &[kind, "content-length: 100"]);
    for said in [
        "GET / HT".to_owned(),
        head("GET /api/traces/live", &[]),
        format!("{post}{{"),
        head("GET /", &[]),
    ] {
        clients.push(Raw::saying(address, &said).await);
    }
    is_useful(&server).await;
    let begun = Instant::now();
    assert_eq!(server.terminate().await.code(), Some(0));
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn a_refusal_leaves_the_connection_to_the_next_request() {
    let server = Server::start(&[]).await;
    let mut raw = Raw::to(address(&server)).await;
    for (line, header, status) in [
        ("POST /nowhere", "accept: */*", 404),
        ("PUT /api/chat", "accept: */*", 405),
        ("POST /api/chat", "content-type: text/plain", 415),
        ("POST /api/chat", "origin: http://evil.example", 403),
    ] {
        raw.say(&head(line, &[header, "content-length: 2000"]))
            .await;
        // The body comes later than the refusal could.
        raw.say(&"x".repeat(2_000)).await;
        let answer = raw.answer().await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{line}: {answer}"
        );
    }
    raw.say(&head("GET /healthz", &[])).await;
    assert!(raw.answer().await.starts_with("HTTP/1.1 200"));
}
