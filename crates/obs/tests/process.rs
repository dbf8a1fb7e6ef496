//! The whole of it as a process has it: one global subscriber, many threads, a real receiver.
//!
//! A binary of its own, with one test: the subscriber is global.

// For the lints that tests are free of.
#[cfg(test)]
#[path = "suite/words.rs"]
mod words;

use std::time::Duration;

use obs::Tasks;
use testkit::Receiver;
use words::{End, exporting};

const ENDS: [End; 4] = [End::Ok, End::Error, End::Dropped, End::Panic];
const ROUNDS: usize = 50;
const SOON: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn spans_metrics_and_logs_agree_under_concurrency() {
    let receiver = Receiver::start().await.unwrap();
    let (config, lines) = exporting(receiver.endpoint());
    let telemetry = obs::init(config.clone(), words::vocabulary()).unwrap();
    assert!(matches!(
        obs::init(config, words::vocabulary()),
        Err(obs::InitError::Installed(_))
    ));

    let tasks = Tasks::default();
    let mut running = Vec::new();
    for end in ENDS.into_iter().cycle().take(ROUNDS * ENDS.len()) {
        let inner = tasks.clone();
        running.push(tasks.spawn(async move { words::run_to_end(end, &inner).await }));
    }
    for job in running {
        job.await.unwrap();
    }
    assert!(tasks.drained(SOON).await);
    assert!(
        telemetry.shutdown(SOON).await,
        "{:?}",
        lines.with_message("telemetry")
    );

    let received = receiver.received();
    let metrics = &received.metrics;
    let jobs = received.named("job");
    let calls = received.named("call");
    assert_eq!(jobs.len(), ROUNDS * ENDS.len(), "each job is one root");
    assert_eq!(received.roots().len(), jobs.len());
    assert_eq!(received.orphans().len(), 0);
    assert_eq!(metrics.sum("telemetry.dropped", &[]), 0.0);
    assert_eq!(metrics.sum("jobs.total", &[]), jobs.len() as f64);
    for (status, ends) in [("ok", 1.0), ("error", 2.0), ("stopped", 1.0)] {
        let counted = metrics.sum("jobs.total", &[("status", status)]);
        assert_eq!(counted, ends * ROUNDS as f64, "{status}");
    }
    assert_eq!(metrics.count("job.duration", &[]), jobs.len() as u64);
    assert_eq!(metrics.sum("calls", &[]), calls.len() as f64);
    assert_eq!(metrics.count("call.latency", &[]), calls.len() as u64);
    let with_first = calls
        .iter()
        .filter(|call| call.attributes.get("first_ms").is_some())
        .count();
    assert_eq!(metrics.count("call.first", &[]), with_first as u64);
    let total: f64 = calls.iter().map(|call| call.duration_ms()).sum();
    let sum = metrics.sum("call.latency", &[]);
    assert!(
        (sum - total).abs() < 1e-3 * calls.len() as f64,
        "{sum} {total}"
    );
    let tokens: i64 = calls
        .iter()
        .filter_map(|call| {
            call.attributes
                .get("tokens.in")
                .and_then(|value| value.as_i64())
        })
        .sum();
    assert_eq!(
        metrics.sum("tokens", &[("type", "in")]),
        tokens as f64,
        "cached ones included"
    );
    let failed = received
        .spans
        .iter()
        .filter(|span| span.error.is_some())
        .count();
    assert_eq!(metrics.sum("errors.total", &[]), failed as f64);
    assert_eq!(metrics.sum("jobs.active", &[]), 0.0);
    assert!(
        received
            .spans
            .iter()
            .all(|span| span.attributes.duplicates().is_empty())
    );

    // Each line was written inside the span whose ids it carries.
    let inside: Vec<_> = received
        .logs
        .iter()
        .filter(|log| log.json()["message"] == "half way")
        .collect();
    assert_eq!(inside.len(), jobs.len());
    for log in inside {
        let of = |job: &&&testkit::ReceivedSpan| job.span_id == log.span_id;
        let job = jobs.iter().find(of).unwrap();
        assert_eq!(job.trace_id, log.trace_id);
    }
}
