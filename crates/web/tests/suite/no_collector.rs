//! Without a collector, the default on a fresh machine, nobody notices but the log, once.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::net::TcpListener;

use super::server::Server;

/// Turns of each half of a run.
const TURNS: usize = 150;

async fn talk(server: &Server) -> Duration {
    let visitor = server.visitor();
    let started = Instant::now();
    for number in 0..TURNS {
        let message = format!("Un vol Lyon Rome le {} janvier", 1 + number % 28);
        visitor.say(&message, None).await;
    }
    started.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_warning_and_bounded_memory() {
    // A port that nobody listens on: bound once, then given back.
    let address = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let endpoint = address.to_string();
    let mut server = Server::start(&[
        ("OTEL_SDK_DISABLED", "false"),
        ("OTLP_ENDPOINT", &endpoint),
        ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
    ])
    .await;
    talk(&server).await;
    let before = server.resident_kib();
    talk(&server).await;
    let grown = server.resident_kib().saturating_sub(before);
    // The ring holds some 15 KiB a turn, up to its own bound; export queues are bounded too.
    assert!(grown < 16 * 1024, "{grown} KiB in {TURNS} turns");
    let ended = Instant::now();
    assert!(server.terminate().await.success());
    assert!(
        ended.elapsed() < Duration::from_secs(20),
        "an absent collector delays the end"
    );
    let log = server.log();
    let warnings: Vec<_> = log
        .iter()
        .filter(|line| line["level"] == json!("WARN"))
        .collect();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(log.iter().all(|line| line["level"] != json!("ERROR")));
}
