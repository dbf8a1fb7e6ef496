//! Trace context over HTTP, and which spans exist.

use http::HeaderMap;
use obs::{
    Config, SamplerConfig,
    http::{Parent, accept, address, inject, trace_id, traceparent},
    testing::TestTelemetry,
};

use super::words;

const CALLER: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

fn headers(traceparent: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("traceparent", traceparent.parse().unwrap());
    headers.insert("tracestate", "vendor=1".parse().unwrap());
    headers
}

fn install(sampler: SamplerConfig) -> TestTelemetry {
    let config = Config {
        sampler,
        ..Config::default()
    };
    TestTelemetry::with_config(config, words::vocabulary()).unwrap()
}

#[test]
fn a_trusted_caller_is_continued_and_its_decision_holds() {
    let telemetry = install(SamplerConfig::ParentBasedAlwaysOn);
    for (flags, sampled) in [("01", true), ("00", false)] {
        let job = words::job("fast");
        let incoming = headers(&CALLER.replace("-01", &format!("-{flags}")));
        assert_eq!(accept(&job, &incoming, Parent::Continue), Ok(true));
        assert_eq!(
            trace_id(&job).unwrap().to_string(),
            "4bf92f3577b34da6a3ce929d0e0e4736"
        );
        drop(job);
        let jobs = telemetry.named("job");
        let job = jobs.last().unwrap();
        assert_eq!(job.parent.unwrap().to_string(), "00f067aa0ba902b7");
        assert!(job.remote_parent);
        assert_eq!(job.sampled, sampled, "{flags}");
    }
    assert_eq!(
        telemetry.sum("jobs.total", &[]),
        2.0,
        "metrics do not depend on sampling"
    );
}

#[test]
fn a_stranger_becomes_a_link_and_forces_nothing() {
    let telemetry = install(SamplerConfig::ParentBasedAlwaysOff);
    let job = words::job("fast");
    assert_eq!(accept(&job, &headers(CALLER), Parent::Link), Ok(true));
    let own = address(&job).unwrap();
    drop(job);
    let jobs = telemetry.named("job");
    let job = &jobs[0];
    assert_ne!(own.trace_id.to_string(), "4bf92f3577b34da6a3ce929d0e0e4736");
    assert_eq!((job.parent, job.sampled), (None, false));
    assert_eq!(job.links.len(), 1);
    assert_eq!(job.links[0].span_id.to_string(), "00f067aa0ba902b7");
}

#[test]
fn what_is_not_a_traceparent_is_ignored() {
    let telemetry = install(SamplerConfig::AlwaysOn);
    for text in [
        "",
        "00-zz-00f067aa0ba902b7-01",
        &CALLER.replace('f', "0")[..40],
    ] {
        let job = words::job("fast");
        assert_eq!(
            accept(&job, &headers(text), Parent::Continue),
            Ok(false),
            "{text}"
        );
    }
    assert_eq!(
        accept(&words::job("fast"), &HeaderMap::new(), Parent::Link),
        Ok(false)
    );
    assert!(
        telemetry
            .spans()
            .iter()
            .all(|job| job.parent.is_none() && job.links.is_empty())
    );
}

#[test]
fn accepting_after_the_start_is_an_error() {
    let _telemetry = install(SamplerConfig::AlwaysOn);
    let job = words::job("fast");
    job.in_scope(|| {});
    assert!(accept(&job, &headers(CALLER), Parent::Continue).is_err());
}

#[test]
fn an_outgoing_request_carries_the_current_span() {
    let _telemetry = install(SamplerConfig::AlwaysOn);
    let mut outgoing = headers(CALLER);
    outgoing.remove("tracestate");
    inject(&mut outgoing);
    assert_eq!(
        outgoing["traceparent"], CALLER,
        "outside a span nothing changes"
    );
    let job = words::job("fast");
    assert_eq!(accept(&job, &headers(CALLER), Parent::Continue), Ok(true));
    job.in_scope(|| inject(&mut outgoing));
    assert_eq!(outgoing["traceparent"], traceparent(&job).unwrap());
    assert_eq!(outgoing["tracestate"], "vendor=1");
    assert_eq!(outgoing.get_all("traceparent").iter().count(), 1);
}

#[test]
fn only_listed_targets_make_spans_and_the_log_filter_hides_none() {
    let config = Config {
        log_filter: "off".into(),
        ..Config::default()
    };
    let telemetry = TestTelemetry::with_config(config, words::vocabulary()).unwrap();
    words::job("fast").in_scope(|| {
        tracing::info_span!(target: "hyper::client", "foreign").in_scope(|| {
            words::step("a").in_scope(|| tracing::error!(target: "reqwest::retry", "recovered"));
        });
        tracing::debug_span!("too fine").in_scope(|| {});
    });
    assert_eq!(telemetry.tree(), "job\n  step\n");
    assert!(
        !telemetry.named("step")[0].is_error(),
        "the HTTP client's error is not ours"
    );
    assert!(telemetry.lines().all().is_empty());
}

#[test]
fn a_span_that_is_not_recorded_has_no_id() {
    let _telemetry = install(SamplerConfig::AlwaysOn);
    let foreign = tracing::info_span!(target: "elsewhere", "foreign");
    assert_eq!(trace_id(&foreign), None);
    assert_eq!(traceparent(&tracing::Span::none()), None);
    assert_eq!(
        accept(&foreign, &headers(CALLER), Parent::Continue),
        Ok(false)
    );
}
