//! Export to a real OTLP receiver, and what happens without one.
//!
//! The runtime has several threads, so the subscriber goes with the future.

use std::time::{Duration, Instant};

use obs::{Config, InitError, SamplerConfig, Target, Telemetry, testing::Lines};
use secrecy::SecretString;
use testkit::{Receiver, SeriesValue};
use tokio::net::TcpListener;
use tracing::instrument::WithSubscriber;

use super::words::{self, End, exporting};

const SOON: Duration = Duration::from_secs(20);
const FAILING: &str = "telemetry cannot be exported; requests are not affected, \
                       and this is not repeated until it works again";
const WORKING: &str = "telemetry is exported again";

fn start(config: Config) -> Telemetry {
    Telemetry::new(config, words::vocabulary()).unwrap()
}

async fn jobs(telemetry: &Telemetry, count: usize) {
    let all = async {
        for _ in 0..count {
            words::run_job(End::Ok, || ()).await;
        }
    };
    all.with_subscriber(telemetry.dispatch().clone()).await;
}

/// Waits for a log line; the announcer runs on another task.
async fn line(lines: &Lines, message: &str) -> serde_json::Value {
    let found = async {
        loop {
            if let Some(line) = lines.with_message(message).pop() {
                return line;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(SOON, found).await.expect(message)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_three_signals_arrive_from_one_record() {
    let receiver = Receiver::start().await.unwrap();
    let (config, lines) = exporting(receiver.endpoint());
    let target = Target {
        headers: vec![("x-api-key".to_owned(), SecretString::from("k-123"))],
        ..Target::new(receiver.endpoint())
    };
    let telemetry = start(config.exporting_to(target));
    jobs(&telemetry, 3).await;
    async {
        words::run_job(End::Error, || ()).await;
    }
    .with_subscriber(telemetry.dispatch().clone())
    .await;
    assert!(telemetry.shutdown(SOON).await, "{:?}", lines.all());

    let received = receiver.received();
    assert_eq!(received.named("job").len(), 4);
    assert_eq!(received.orphans().len(), 0);
    for root in received.roots() {
        assert_eq!(received.tree(&root.trace_id), "job\n  call\n  step\n");
        assert_eq!(received.children(root).len(), 2);
    }
    assert!(
        received
            .spans
            .iter()
            .all(|span| span.attributes.duplicates().is_empty())
    );
    let call = received.named("call")[0];
    assert_eq!(
        call.attributes.get("port"),
        Some(&443.into()),
        "a number on the wire"
    );
    assert_eq!(call.attributes.get("tokens.in"), Some(&10.into()));
    assert_eq!(
        call.attributes.get("std.finish_reasons"),
        Some(&vec!["stop"].into())
    );
    assert_eq!(call.resource.get("service.name"), Some(&"words".into()));
    assert_eq!(
        call.resource.get("deployment.environment"),
        Some(&"test".into())
    );
    let failed = received
        .spans
        .iter()
        .find(|span| span.error.is_some())
        .unwrap();
    assert!(failed.events.iter().any(|(name, _)| name == "exception"));

    let metrics = &received.metrics;
    assert_eq!(metrics.sum("jobs.total", &[("status", "ok")]), 3.0);
    assert_eq!(metrics.sum("jobs.total", &[("status", "error")]), 1.0);
    assert_eq!(metrics.count("call.latency", &[]), 4);
    let total: f64 = received
        .named("call")
        .iter()
        .map(|call| call.duration_ms())
        .sum();
    assert!((metrics.sum("call.latency", &[]) - total).abs() < 0.01);
    let gauge = metrics.series("cost.estimated").next().unwrap();
    assert_eq!(gauge.value, SeriesValue::Gauge(1.0));
    let tokens = metrics.series("tokens").next().unwrap();
    assert!(matches!(
        tokens.value,
        SeriesValue::Sum {
            monotonic: true,
            ..
        }
    ));
    assert_eq!(received.metadata["x-api-key"], "k-123");

    let half_way: Vec<_> = received
        .logs
        .iter()
        .filter(|log| log.json()["message"] == "half way")
        .collect();
    assert_eq!(half_way.len(), 4);
    let written = lines.with_message("half way");
    for (log, line) in half_way.iter().zip(&written) {
        assert_eq!(log.json(), *line, "the body is the very line");
        assert_eq!(log.json()["rounds"], 2);
        assert_eq!(log.json()["trace_id"], log.trace_id.as_str());
        assert_eq!(log.json()["span_id"], log.span_id.as_str());
        assert_eq!((log.severity.as_str(), log.severity_number), ("INFO", 9));
        assert!(
            received
                .named("job")
                .iter()
                .any(|job| job.span_id == log.span_id)
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sampling_chooses_exported_spans_and_nothing_else() {
    let receiver = Receiver::start().await.unwrap();
    let (config, _) = exporting(receiver.endpoint());
    let sampler = SamplerConfig::ParentBasedTraceIdRatio(0.1);
    let telemetry = start(Config { sampler, ..config });
    jobs(&telemetry, 600).await;
    assert!(telemetry.shutdown(SOON).await);

    let received = receiver.received();
    let sampled = received.named("job").len();
    // 600 trials at 0.1: 60 expected, standard deviation 7.3.
    assert!((20..=100).contains(&sampled), "{sampled}");
    assert_eq!(received.spans.len(), sampled * 3, "whole traces");
    assert_eq!(received.orphans().len(), 0);
    assert_eq!(received.metrics.sum("jobs.total", &[]), 600.0);
    assert_eq!(received.metrics.count("step.latency", &[]), 600);
    let half_way = received
        .logs
        .iter()
        .filter(|log| log.json()["message"] == "half way");
    assert_eq!(half_way.count(), 600);
    let kept = telemetry.recent().list(usize::MAX, |_| true);
    assert_eq!(kept.len(), 600);
    let kept = kept.iter().filter(|trace| trace.spans[0].sampled).count();
    assert_eq!(kept, sampled, "the ring tells which were exported");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_collector_one_warning_bounded_queues_and_a_quick_end() {
    // A port that was free a moment ago: connections are refused.
    let endpoint = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap().to_string()
    };
    let (config, lines) = exporting(endpoint.clone());
    let config = Config {
        recent_bytes: 1 << 20,
        log_filter: "warn".into(),
        ..config
    };
    let telemetry = start(config);
    // Several queues full.
    jobs(&telemetry, 3000).await;
    let warning = line(&lines, FAILING).await;
    assert_eq!(warning["level"], "WARN");
    assert_eq!(warning["endpoint"], format!("http://{endpoint}"));
    jobs(&telemetry, 1000).await;
    telemetry.flush(SOON).await;
    assert!(telemetry.recent().bytes() <= 1 << 20);

    let begin = Instant::now();
    let budget = Duration::from_secs(4);
    assert!(!telemetry.shutdown(budget).await);
    assert!(
        begin.elapsed() < budget + Duration::from_millis(500),
        "{:?}",
        begin.elapsed()
    );
    assert_eq!(lines.with_message(FAILING).len(), 1, "{:?}", lines.all());
    assert_eq!(lines.all().len(), 1, "and nothing else: {:?}", lines.all());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_that_never_answers_does_not_hold_the_end() {
    let hole = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (config, lines) = exporting(hole.local_addr().unwrap().to_string());
    let telemetry = start(Config {
        log_filter: "warn".into(),
        ..config
    });
    jobs(&telemetry, 10).await;
    let begin = Instant::now();
    let budget = Duration::from_secs(1);
    assert!(!telemetry.shutdown(budget).await);
    assert!(
        begin.elapsed() < budget + Duration::from_millis(500),
        "{:?}",
        begin.elapsed()
    );
    let late = lines.with_message("telemetry was not delivered in time");
    assert!(
        late.iter().any(|line| line["signal"] == "traces"),
        "{:?}",
        lines.all()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn exporting_does_not_feed_itself() {
    let receiver = Receiver::start().await.unwrap();
    let (config, lines) = exporting(receiver.endpoint());
    let telemetry = start(Config {
        log_filter: "trace".into(),
        ..config
    });
    let work = async {
        words::run_job(End::Ok, || ()).await;
        // What the transport would say on the application's threads.
        tracing::warn!(target: "h2::client", "from the transport");
        tracing::warn!(target: "tonic::transport", "from the transport");
    };
    work.with_subscriber(telemetry.dispatch().clone()).await;
    for _ in 0..3 {
        assert!(telemetry.flush(SOON).await);
    }
    assert!(telemetry.shutdown(SOON).await);
    assert_eq!(
        lines.with_message("from the transport").len(),
        2,
        "the stream shows them"
    );
    let received = receiver.received();
    let messages: Vec<_> = received
        .logs
        .iter()
        .map(|log| log.json()["message"].clone())
        .collect();
    assert_eq!(messages, ["half way"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_an_outage_data_resumes_and_the_loss_is_counted() {
    let mut receiver = Receiver::start().await.unwrap();
    let (config, lines) = exporting(receiver.endpoint());
    let telemetry = start(Config {
        log_filter: "warn,obs=info".into(),
        ..config
    });
    jobs(&telemetry, 5).await;
    assert!(telemetry.flush(SOON).await);
    assert_eq!(receiver.received().named("job").len(), 5);

    receiver.stop().await;
    jobs(&telemetry, 7).await;
    assert!(!telemetry.flush(SOON).await, "the export fails for good");
    let warning = line(&lines, FAILING).await;
    assert_eq!(warning["level"], "WARN");

    receiver.restart().await.unwrap();
    jobs(&telemetry, 3).await;
    // The channel waits a little before it connects again.
    let again = |r: &testkit::Received| r.named("job").len() >= 8;
    let (flushed, received) = tokio::join!(telemetry.flush(SOON), receiver.wait_until(SOON, again));
    received.unwrap();
    assert!(flushed);
    let info = line(&lines, WORKING).await;
    assert_eq!(info["level"], "INFO");
    assert!(info["lost"].as_u64().unwrap() >= 21, "{info}");
    assert!(telemetry.shutdown(SOON).await);

    let received = receiver.received();
    let lost = received
        .metrics
        .sum("telemetry.dropped", &[("signal", "traces")]);
    assert_eq!(lost, 21.0, "the seven jobs of the outage, three spans each");
    assert_eq!(received.spans.len(), 3 * 8);
    assert_eq!(
        received.metrics.sum("jobs.total", &[]),
        15.0,
        "metrics are complete again"
    );
    assert_eq!(
        (
            lines.with_message(FAILING).len(),
            lines.with_message(WORKING).len()
        ),
        (1, 1)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_queue_is_counted_span_by_span() {
    let hole = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = hole.local_addr().unwrap().to_string();
    let (config, _) = exporting(endpoint.clone());
    let config = Config {
        log_filter: "off".into(),
        recent_bytes: 1 << 20,
        ..config
    };
    let target = Target {
        timeout: Duration::from_secs(60),
        ..Target::new(endpoint)
    };
    let telemetry = start(config.exporting_to(target));
    // While the first export hangs, 2048 spans may wait.
    jobs(&telemetry, 2000).await;
    let lost = telemetry.lost();
    let spans = 3 * 2000;
    // One batch is on its way at most (512), the queue is full.
    assert!(
        (spans - 2048 - 512..=spans - 2048).contains(&lost),
        "{lost}"
    );
    telemetry.shutdown(Duration::from_millis(100)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_exported_makes_place_again() {
    let receiver = Receiver::start().await.unwrap();
    let (config, _) = exporting(receiver.endpoint());
    let telemetry = start(config);
    // Each round fills most of the queue of 2048.
    for _ in 0..3 {
        jobs(&telemetry, 600).await;
        assert!(telemetry.flush(SOON).await);
    }
    assert_eq!(telemetry.lost(), 0);
    assert!(telemetry.shutdown(SOON).await);
    let received = receiver.received();
    assert_eq!(
        (received.spans.len(), received.logs.len()),
        (3 * 1800, 1800)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn large_spans_and_lines_leave_in_messages_that_a_collector_takes() {
    let receiver = Receiver::start().await.unwrap();
    let (config, _) = exporting(receiver.endpoint());
    let telemetry = start(config);
    // More than gRPC's 4 MiB in each of their batches.
    let long = "x".repeat(20_000);
    let all = async {
        for _ in 0..600 {
            drop(words::job(&long));
            tracing::info!(long, "a long line");
        }
    };
    all.with_subscriber(telemetry.dispatch().clone()).await;
    assert!(telemetry.shutdown(SOON).await);
    assert_eq!(telemetry.lost(), 0);
    let received = receiver.received();
    assert_eq!((received.spans.len(), received.logs.len()), (600, 600));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_that_refuses_is_reported_as_well() {
    let receiver = Receiver::start().await.unwrap();
    receiver.refuse(Some(tonic::Code::PermissionDenied));
    let (config, lines) = exporting(receiver.endpoint());
    let telemetry = start(Config {
        log_filter: "warn".into(),
        ..config
    });
    jobs(&telemetry, 1).await;
    assert!(!telemetry.flush(SOON).await);
    let warning = line(&lines, FAILING).await;
    assert!(
        warning["error"]
            .as_str()
            .unwrap()
            .contains("PermissionDenied"),
        "{warning}"
    );
    receiver.refuse(None);
    assert_eq!(receiver.received().requests, 0);
    telemetry.shutdown(SOON).await;
}

#[tokio::test]
async fn a_wrong_configuration_is_refused_with_its_name() {
    let with = |change: fn(&mut Target)| {
        let mut target = Target::new("localhost:4317");
        change(&mut target);
        let (config, _) = exporting(String::new());
        Telemetry::new(config.exporting_to(target), words::vocabulary()).unwrap_err()
    };
    let endpoint = with(|target| target.endpoint = "not a host".into());
    assert!(endpoint.to_string().contains("not a host"), "{endpoint}");
    let header = with(|target| target.headers = vec![("a b".into(), "secret-1".to_owned().into())]);
    assert!(matches!(&header, InitError::Header { name } if name == "a b"));
    let value = with(|target| target.headers = vec![("key".into(), "secret\n1".to_owned().into())]);
    assert!(
        !format!("{value} {value:?}").contains("secret"),
        "{value:?}"
    );
}

#[test]
fn outside_a_runtime_export_is_refused_and_the_rest_works() {
    let (config, _) = exporting("localhost:4317".into());
    let refused = Telemetry::new(config.clone(), words::vocabulary());
    assert!(matches!(refused, Err(InitError::Runtime(_))));
    assert!(
        Telemetry::new(
            Config {
                disabled: true,
                ..config
            },
            words::vocabulary()
        )
        .is_ok()
    );
}
