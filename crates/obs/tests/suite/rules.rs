//! Completion and rules: one finished span gives attributes and metrics that agree.

use obs::{Kind, PointValue, Status, Value, testing::TestTelemetry};
use tracing::Instrument;

use super::words::{self, End, MS};

fn install() -> TestTelemetry {
    TestTelemetry::install(words::vocabulary()).unwrap()
}

fn text(value: &str) -> Value {
    Value::String(value.into())
}

#[test]
fn a_finished_span_is_completed_from_the_table() {
    let telemetry = install();
    let call = words::call();
    call.in_scope(|| {
        call.record("first_ms", 250.0);
        call.record("finish_reason", "stop");
    });
    drop(call);
    let spans = telemetry.named("call");
    let call = &spans[0];
    let get = |key| call.attributes.get(key).cloned();
    assert_eq!(get("std.model"), Some(text("m-1")));
    assert_eq!(get("std.provider"), Some(text("acme.local")), "translated");
    assert_eq!(
        get("std.finish_reasons"),
        Some(Value::Array(vec![text("stop")]))
    );
    assert_eq!(get("std.first_s"), Some(Value::Float(0.25)));
    assert_eq!(get("std.version"), Some(Value::Int(2)));
    assert_eq!(get("port"), Some(Value::Int(443)), "an i64 stays a number");
    assert_eq!(get("stream"), Some(Value::Bool(true)));
    let latency = get("latency_ms").and_then(|value| value.as_f64()).unwrap();
    assert!(
        (latency - call.duration_ms()).abs() < 1e-3,
        "{latency} {}",
        call.duration_ms()
    );
    assert_eq!(call.kind, Kind::Client);
    assert_eq!(call.status, Status::Unset);
}

#[test]
fn a_step_of_the_table_never_replaces_what_was_recorded() {
    let telemetry = install();
    let span = tracing::info_span!("call", model = "m-1", std.model = "own", latency_ms = 1.5);
    span.in_scope(|| {});
    drop(span);
    let spans = telemetry.named("call");
    assert_eq!(spans[0].attributes.get("std.model"), Some(&text("own")));
    assert_eq!(
        spans[0].attributes.get("latency_ms"),
        Some(&Value::Float(1.5))
    );
    assert_eq!(
        spans[0].attributes.get("std.finish_reasons"),
        None,
        "nothing to copy"
    );
}

#[test]
fn a_failed_span_has_message_exception_and_type() {
    let telemetry = install();
    words::step("a").in_scope(|| tracing::error!("it broke"));
    words::step("b").in_scope(|| tracing::warn!("only a warning"));
    let outer = tracing::info_span!("unlisted", error.type = "timeout");
    outer.in_scope(|| tracing::error!(error = "late", "gave up"));
    drop(outer);

    let spans = telemetry.spans();
    assert_eq!(spans[0].status, Status::Error("it broke".into()));
    assert_eq!(spans[0].attributes.get("error.type"), Some(&text("_OTHER")));
    let exception = spans[0]
        .events
        .iter()
        .find(|event| event.name == "exception")
        .unwrap();
    assert_eq!(
        exception.attributes.get("exception.message"),
        Some(&text("it broke"))
    );
    assert_eq!(spans[1].status, Status::Unset);
    assert!(spans[1].events.is_empty(), "only errors become span events");
    assert_eq!(spans[2].status, Status::Error("gave up".into()));
    let types: Vec<_> = spans[2]
        .attributes
        .iter()
        .filter(|(name, _)| *name == "error.type")
        .collect();
    assert_eq!(
        types,
        [("error.type", &text("timeout"))],
        "kept, and only once"
    );
}

#[test]
fn the_outcome_is_decided_in_one_place() {
    let telemetry = install();
    let record = |word: &str| {
        let job = words::job("slow");
        job.in_scope(|| job.record("job.outcome", word));
    };
    record("ok");
    record("stopped");
    record("error");
    words::job("odd").in_scope(|| {});
    words::job("fast").in_scope(|| tracing::error!("failed"));

    let jobs = |labels: &[(&str, &str)]| telemetry.sum("jobs.total", labels);
    assert_eq!(jobs(&[("status", "ok")]), 1.0);
    assert_eq!(
        jobs(&[("status", "stopped")]),
        2.0,
        "said so, and nothing recorded"
    );
    assert_eq!(jobs(&[("status", "error")]), 2.0);
    assert_eq!(jobs(&[("kind", "_OTHER")]), 1.0, "outside the closed set");
    assert_eq!(jobs(&[]), 5.0);
    let stopped = telemetry.named("job");
    let stopped = stopped
        .iter()
        .filter(|job| job.attributes.get("job.stopped").is_some());
    assert_eq!(stopped.count(), 2);
}

#[test]
fn every_kind_of_rule_records_what_it_says() {
    let telemetry = install();
    for (cached, cost) in [(Some(4_i64), 0.5), (None, 0.25)] {
        let call = words::call();
        call.in_scope(|| {
            call.record("tokens.in", 10_i64);
            call.record("tokens.out", 7_i64);
            if let Some(cached) = cached {
                call.record("tokens.cached", cached);
                call.record("attempt", 2_i64);
                call.record("first_ms", 12.0);
            }
            call.record("cost", cost);
            call.record("finish_reason", "stop");
        });
    }
    let tokens = |labels: &[(&str, &str)]| telemetry.sum("tokens", labels);
    assert_eq!(tokens(&[("type", "in"), ("cached", "false")]), 16.0);
    assert_eq!(tokens(&[("type", "in"), ("cached", "true")]), 4.0);
    assert_eq!(tokens(&[("type", "out")]), 14.0);
    let gauge = telemetry.points("cost.estimated");
    assert_eq!(gauge.len(), 1);
    assert_eq!(
        gauge[0].value,
        PointValue::Gauge(0.75),
        "a gauge of the sum"
    );
    assert_eq!(gauge[0].unit, "USD");
    assert_eq!(telemetry.points("cost")[0].value, PointValue::Sum(0.75));
    assert_eq!(telemetry.sum("retries", &[]), 1.0, "present and absent");
    assert_eq!(telemetry.sum("streamed", &[]), 2.0, "equals");
    assert_eq!(
        telemetry.count("call.first", &[]),
        1,
        "skipped without the attribute"
    );
    assert_eq!(telemetry.sum("call.first", &[("model", "m-1")]), 12.0);
    let seconds = telemetry.points("std.duration");
    assert_eq!(seconds[0].unit, "s");
    assert_eq!(
        seconds[0].labels.get("port"),
        Some(&Value::Int(443)),
        "labels keep their type"
    );
    assert_eq!(
        seconds[0].labels.get("error.type"),
        None,
        "left out when missing"
    );
    let latency = telemetry.points("call.latency");
    let PointValue::Histogram {
        bounds,
        buckets,
        count,
        ..
    } = &latency[0].value
    else {
        panic!("{latency:?}");
    };
    assert_eq!(
        (bounds.as_slice(), buckets.len(), *count),
        (MS, MS.len() + 1, 2)
    );
}

#[test]
fn open_spans_are_counted_while_they_are_open() {
    let telemetry = install();
    let active = || telemetry.sum("jobs.active", &[]);
    let (one, two) = (words::job("fast"), words::job("fast"));
    one.in_scope(|| {});
    two.in_scope(|| assert_eq!(active(), 2.0));
    drop(one);
    assert_eq!(active(), 1.0);
    drop(two);
    assert_eq!(active(), 0.0);
}

#[tokio::test]
async fn counts_and_sums_equal_the_spans_whatever_the_end() {
    let telemetry = install();
    let tasks = obs::Tasks::default();
    for end in [
        End::Ok,
        End::Error,
        End::Dropped,
        End::Panic,
        End::Ok,
        End::Dropped,
    ] {
        words::run_to_end(end, &tasks).await;
    }
    let jobs = telemetry.named("job");
    let calls = telemetry.named("call");
    assert_eq!(
        (jobs.len(), calls.len(), telemetry.named("step").len()),
        (6, 8, 6)
    );
    let status = |word| telemetry.sum("jobs.total", &[("status", word)]);
    assert_eq!(
        (status("ok"), status("error"), status("stopped")),
        (2.0, 2.0, 2.0)
    );
    assert_eq!(telemetry.count("job.duration", &[]), 6);
    assert_eq!(telemetry.count("call.latency", &[]), 8);
    let total: f64 = calls.iter().map(|call| call.duration_ms()).sum();
    let sum = telemetry.sum("call.latency", &[]);
    assert!((sum - total).abs() < 0.01, "{sum} {total}");
    assert_eq!(telemetry.sum("calls", &[("success", "stopped")]), 2.0);
    let failed = telemetry
        .spans()
        .iter()
        .filter(|span| span.is_error())
        .count();
    assert_eq!(telemetry.sum("errors.total", &[]), failed as f64);
    assert_eq!(
        telemetry.sum("errors.total", &[("error.type", "panic")]),
        1.0
    );
    assert_eq!(telemetry.sum("jobs.active", &[]), 0.0);
}

#[tokio::test]
async fn tasks_stay_in_the_trace_that_started_them() {
    let telemetry = install();
    let tasks = obs::Tasks::default();
    async {
        tasks.spawn(async { tokio::task::yield_now().await }.instrument(words::step("a")));
        tasks.spawn(async { words::step("b").in_scope(|| {}) });
    }
    .instrument(words::job("fast"))
    .await;
    assert!(tasks.drained(std::time::Duration::from_secs(5)).await);
    assert_eq!(telemetry.tree(), "job\n  step\n  step\n");
}

#[test]
#[should_panic(expected = "recorded twice")]
fn an_attribute_that_was_recorded_twice_is_found() {
    let telemetry = install();
    let job = words::job("fast");
    job.in_scope(|| {
        job.record("job.outcome", "ok");
        job.record("job.outcome", "stopped");
    });
    drop(job);
    telemetry.spans();
}
