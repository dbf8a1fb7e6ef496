//! The ring of recent traces.

use std::time::Duration;

use obs::{Config, Trace, http::address, testing::TestTelemetry};
use tracing::Instrument;

use super::words::{self, End};

fn install(recent_bytes: usize) -> TestTelemetry {
    let config = Config {
        recent_bytes,
        ..Config::default()
    };
    TestTelemetry::with_config(config, words::vocabulary()).unwrap()
}

fn one_job(text: &str) -> obs::SpanRef {
    let job = words::job(text);
    job.in_scope(|| words::step("a").in_scope(|| {}));
    address(&job).unwrap()
}

#[test]
fn memory_is_bounded_and_the_oldest_go_first() {
    let budget = 64 << 10;
    let telemetry = install(budget);
    let recent = telemetry.recent();
    let ids: Vec<_> = (0..500).map(|_| one_job(&"x".repeat(400))).collect();
    assert!(recent.bytes() <= budget, "{}", recent.bytes());
    let kept = recent.len();
    assert!((20..200).contains(&kept), "{kept}");
    let (evicted, until_ns) = recent.evicted();
    assert_eq!(evicted as usize, ids.len() - kept);
    let oldest = recent.list(usize::MAX, |_| true).pop().unwrap();
    assert!(until_ns > 0 && until_ns <= oldest.spans.iter().map(|s| s.end_ns).max().unwrap());
    assert!(recent.get(ids[0].trace_id).is_none());
    let newest: Vec<_> = recent
        .list(3, |_| true)
        .iter()
        .map(|trace| trace.trace_id)
        .collect();
    let expected: Vec<_> = ids.iter().rev().take(3).map(|id| id.trace_id).collect();
    assert_eq!(newest, expected, "newest first");
    assert_eq!(recent.list(usize::MAX, |_| true).len(), kept);
}

#[test]
fn one_trace_cannot_push_out_all_others() {
    let telemetry = install(1 << 20);
    let other = one_job("fast");
    let job = words::job("fast");
    job.in_scope(|| {
        for _ in 0..5000 {
            words::step("a").in_scope(|| tracing::info!("a line of the large trace"));
        }
    });
    let large = address(&job).unwrap();
    drop(job);
    let trace = telemetry.recent().get(large.trace_id).unwrap();
    assert!(trace.spans.len() <= 513 && trace.lines.len() <= 512);
    assert_eq!(
        trace.truncated as usize,
        10_001 - trace.spans.len() - trace.lines.len()
    );
    assert_eq!(
        trace.spans.last().unwrap().name,
        "job",
        "the root is always kept"
    );
    assert!(telemetry.recent().get(other.trace_id).is_some());
    assert_eq!(
        telemetry.count("step.latency", &[]),
        5001,
        "metrics know all of them"
    );
}

#[test]
fn a_filter_sees_the_spans() {
    let telemetry = install(1 << 20);
    one_job("fast");
    let slow = one_job("slow");
    let found = telemetry.recent().list(10, |spans| {
        spans.iter().any(|span| {
            span.attributes
                .get("job.kind")
                .and_then(|kind| kind.as_str())
                == Some("slow")
        })
    });
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].trace_id, slow.trace_id);
}

#[tokio::test(start_paused = true)]
async fn a_root_is_waited_for_with_everything_below_it() {
    let telemetry = install(1 << 20);
    let recent = telemetry.recent().clone();
    let job = words::job("fast");
    let root = address(&job).unwrap();
    let tasks = obs::Tasks::default();
    let begin = tokio::time::Instant::now();
    let waiting = tasks.spawn(async move { recent.finished(root, Duration::from_secs(5)).await });
    async {
        words::step("a").in_scope(|| tracing::info!("inside"));
        // The waiter runs now, before the root has ended.
        tokio::task::yield_now().await;
    }
    .instrument(job)
    .await;
    let trace = waiting.await.unwrap().unwrap();
    assert_eq!(
        begin.elapsed(),
        Duration::ZERO,
        "it was told, and did not time out"
    );
    let names: Vec<_> = trace.spans.iter().map(|span| &*span.name).collect();
    assert_eq!(names, ["step", "job"]);
    assert_eq!(trace.lines.len(), 1);
    let again = telemetry.recent().finished(root, Duration::ZERO).await;
    assert_eq!(again, Some(trace), "it was there already");
}

#[tokio::test(start_paused = true)]
async fn waiting_ends_without_the_root() {
    let telemetry = install(1 << 20);
    let job = words::job("fast");
    let root = address(&job).unwrap();
    assert_eq!(
        telemetry
            .recent()
            .finished(root, Duration::from_secs(60))
            .await,
        None
    );
    drop(job);
    assert!(
        telemetry
            .recent()
            .finished(root, Duration::ZERO)
            .await
            .is_some()
    );
}

#[tokio::test]
async fn roots_of_one_caller_are_told_apart() {
    let telemetry = install(1 << 20);
    let mut headers = http::HeaderMap::new();
    let caller = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    headers.insert("traceparent", caller.parse().unwrap());
    let mut roots = Vec::new();
    for _ in 0..2 {
        let job = words::job("fast");
        obs::http::accept(&job, &headers, obs::http::Parent::Continue).unwrap();
        job.in_scope(|| words::step("a").in_scope(|| tracing::info!("inside")));
        roots.push(address(&job).unwrap());
    }
    assert_eq!(roots[0].trace_id, roots[1].trace_id);
    for root in roots {
        let trace = telemetry
            .recent()
            .finished(root, Duration::ZERO)
            .await
            .unwrap();
        assert_eq!((trace.spans.len(), trace.lines.len()), (2, 1));
        assert_eq!(trace.spans[1].span_id, root.span_id);
    }
}

#[tokio::test]
async fn a_trace_is_stored_and_read_back_as_json() {
    let telemetry = install(1 << 20);
    let tasks = obs::Tasks::default();
    words::run_to_end(End::Error, &tasks).await;
    let trace = telemetry.recent().list(1, |_| true).remove(0);
    let text = serde_json::to_string(&trace).unwrap();
    let back: Trace = serde_json::from_str(&text).unwrap();
    assert_eq!(back, trace);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let job = &value["spans"][2];
    assert_eq!(job["name"], "job");
    assert_eq!(job["kind"], "server");
    assert_eq!(job["status"]["error"], "the job failed");
    assert!(job["attributes"]["job.latency_ms"].is_f64());
    assert!(job["start_ns"].as_u64().unwrap() > 1_700_000_000_000_000_000);
}

#[test]
fn followers_hear_of_each_root_when_its_trace_can_be_read() {
    let telemetry = install(1 << 20);
    let mut ended = telemetry.recent().follow();
    let job = one_job("fast");
    assert_eq!(ended.try_recv(), Ok(job), "steps are no roots");
    assert!(ended.try_recv().is_err());
    assert!(telemetry.recent().get(job.trace_id).is_some());
}

#[test]
fn without_memory_nothing_is_kept() {
    let telemetry = install(0);
    let job = one_job("fast");
    assert!(telemetry.recent().get(job.trace_id).is_none());
    assert_eq!(
        (telemetry.recent().len(), telemetry.recent().bytes()),
        (0, 0)
    );
}
