//! How much one visitor, one address and the whole process may do.

use reqwest::Response;
use serde_json::json;

use super::{problem::refused, server::Server, visitor::Visitor};

async fn ask(visitor: &Visitor) -> Response {
    visitor
        .post("/api/chat", &json!({"message": "bonjour"}))
        .await
}

/// Checks that a refusal says when to try again.
async fn refused_for_now(response: Response, status: u16, longest: u64) {
    let wait = response.headers()["retry-after"].to_str().unwrap();
    assert!((1..=longest).contains(&wait.parse().unwrap()), "{wait}");
    refused(response, status, "for now").await;
}

#[tokio::test]
async fn a_visitor_has_so_many_turns_a_minute() {
    let server = Server::start(&[("RATE_LIMIT_TURNS_PER_MINUTE", "3")]).await;
    let (visitor, other) = (server.visitor(), server.visitor());
    for _ in 0..3 {
        assert_eq!(ask(&visitor).await.status(), 200);
    }
    refused_for_now(ask(&visitor).await, 429, 21).await;
    assert_eq!(ask(&other).await.status(), 200, "each has its own");
    let list = visitor.get_json("/api/conversations").await;
    assert_eq!(list["conversations"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn an_address_has_so_many_turns_a_minute() {
    let server = Server::start(&[
        ("RATE_LIMIT_TURNS_PER_MINUTE_PER_ADDRESS", "3"),
        ("TRUSTED_PROXIES", "127.0.0.1"),
    ])
    .await;
    let at = |address: &str| server.visitor().with_header("x-forwarded-for", address);
    for _ in 0..3 {
        // A new cookie each time does not help.
        assert_eq!(ask(&at("1.2.3.4")).await.status(), 200);
    }
    refused_for_now(ask(&at("1.2.3.4")).await, 429, 21).await;
    // Nor does an address that the client made up.
    refused_for_now(ask(&at("9.9.9.9, 1.2.3.4")).await, 429, 21).await;
    assert_eq!(ask(&at("5.6.7.8")).await.status(), 200);
}

#[tokio::test]
async fn no_one_makes_up_an_address_without_a_proxy() {
    let server = Server::start(&[("RATE_LIMIT_TURNS_PER_MINUTE_PER_ADDRESS", "1")]).await;
    let at = |address: &str| server.visitor().with_header("x-forwarded-for", address);
    assert_eq!(ask(&at("1.2.3.4")).await.status(), 200);
    refused_for_now(ask(&at("5.6.7.8")).await, 429, 61).await;
}

#[tokio::test]
async fn the_process_has_so_many_turns_at_once() {
    let server = Server::start(&[
        ("MAX_CONCURRENT_TURNS", "1"),
        ("TEST_FAULTS", "model_delay:1=600000"),
    ])
    .await;
    let (first, second) = (server.visitor(), server.visitor());
    let mut stream = first.stream("bonjour").await;
    let started = stream.next().await.unwrap();
    let asked = std::time::Instant::now();
    refused_for_now(ask(&second).await, 503, 60).await;
    assert!(
        asked.elapsed().as_millis() >= 2_000,
        "it waited for a place"
    );
    let list = second.get_json("/api/conversations").await;
    assert_eq!(list["conversations"], json!([]));
    // Whoever waits gets the place that becomes free.
    let path = format!(
        "/api/turns/{}",
        started.data["message_id"].as_str().unwrap()
    );
    let stop = first.send(first.request(reqwest::Method::DELETE, &path));
    let (waiting, stopped) = tokio::join!(ask(&second), stop);
    assert_eq!(
        (waiting.status().as_u16(), stopped.status().as_u16()),
        (200, 204)
    );
}
