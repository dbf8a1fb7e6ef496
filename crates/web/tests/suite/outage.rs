//! A collector that goes away under load and comes back: nobody who asks notices, and what was lost is
//! counted to the span.

use std::{fs::File, time::Instant};

use serde_json::json;
use testkit::{Received, Receiver};

use super::{equalities::PATIENCE, folder::Folder, server::Server};

/// People who talk at once.
const CROWD: usize = 4;

/// One turn each; every one must be answered.
async fn talk(server: &Server) {
    let turns = (0..CROWD).map(|number| async move {
        let message = format!("Un vol Lyon Rome le {} janvier", 1 + number);
        server.visitor().say(&message, None).await;
    });
    futures::future::join_all(turns).await;
}

/// Talks until spans are lost. No metric point is yet, and no more log lines than there are.
async fn talk_until_lost(server: &Server) {
    let started = Instant::now();
    loop {
        talk(server).await;
        let stats = server.visitor().get_json("/api/stats").await;
        let lost = stats["telemetry_lost"].as_u64().unwrap() as usize;
        if lost > server.log().len() {
            return;
        }
        assert!(started.elapsed() < PATIENCE, "{lost} lost");
    }
}

/// Talks until exports work again.
async fn talk_until_recovered(server: &Server) {
    let started = Instant::now();
    while server
        .log()
        .iter()
        .all(|line| line["message"] != "telemetry is exported again")
    {
        talk(server).await;
        assert!(started.elapsed() < PATIENCE, "exports do not work again");
    }
}

fn turns(received: &Received) -> usize {
    received.named("agent.iteration").len()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_costs_no_answer_and_its_losses_are_counted() {
    let (mut receiver, folder) = (Receiver::start().await.unwrap(), Folder::new());
    // Each finished span is printed before it is handed to the exporter: that is how many there were.
    let printed = folder.write("spans", "");
    let environment = [
        ("OTEL_SDK_DISABLED", "false"),
        ("OTLP_ENDPOINT", &*receiver.endpoint()),
        ("OTEL_METRIC_EXPORT_INTERVAL", "600000"),
        ("OTEL_CONSOLE_EXPORT", "true"),
    ];
    let stderr = File::create(&printed).unwrap();
    let mut server = Server::start_printing_to(&environment, stderr).await;
    talk(&server).await;
    let arrived = |received: &Received| turns(received) == CROWD;
    receiver.wait_until(PATIENCE, arrived).await.unwrap();
    let before = server.resident_kib();

    // The load goes on while the port closes, and while it opens again.
    tokio::join!(receiver.stop(), talk(&server));
    talk_until_lost(&server).await;
    let (reopened, ()) = tokio::join!(receiver.restart(), talk(&server));
    reopened.unwrap();
    talk_until_recovered(&server).await;
    let grown = server.resident_kib().saturating_sub(before);
    // Two full queues of some 2 KiB a piece, and the ring's traces.
    assert!(grown < 48 * 1024, "{grown} KiB without a collector");

    let known = turns(&receiver.received());
    talk(&server).await;
    let resumed = |received: &Received| turns(received) > known;
    receiver.wait_until(PATIENCE, resumed).await.unwrap();
    assert!(server.terminate().await.success());

    let received = receiver.received();
    let printed = std::fs::read_to_string(&printed).unwrap();
    let ended = printed
        .lines()
        .filter(|line| line.starts_with("{\"span\":"));
    let lost = received
        .metrics
        .sum("agent.telemetry.dropped", &[("signal", "traces")]) as usize;
    assert!(lost > 0, "nothing was lost in an outage");
    assert_eq!(ended.count(), received.spans.len() + lost);
    let ids = received
        .spans
        .iter()
        .map(|span| (&span.trace_id, &span.span_id));
    let distinct: std::collections::BTreeSet<_> = ids.collect();
    assert_eq!(distinct.len(), received.spans.len(), "a span came twice");
    // Lines are lost and counted like spans; all of them are on stdout.
    let lines = received
        .metrics
        .sum("agent.telemetry.dropped", &[("signal", "logs")]) as usize;
    assert_eq!(server.log().len(), received.logs.len() + lines);
    let warned = server
        .log()
        .into_iter()
        .filter(|line| line["level"] == json!("WARN"));
    assert_eq!(warned.count(), 1, "the outage is told once");
}
