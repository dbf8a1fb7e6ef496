//! Instruments that no span feeds.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use obs::{PointValue, testing::TestTelemetry};

use super::words;

#[test]
fn counters_gauges_and_levels_arrive_with_their_labels() {
    let telemetry = TestTelemetry::install(words::vocabulary()).unwrap();
    let meter = telemetry.telemetry().meter();
    let votes = meter.counter("votes", "{vote}", "Votes");
    votes.add(1, &[("score", "up")]);
    votes.add(2, &[("score", "down")]);
    let circuit = meter.gauge("circuit", "1", "0 closed, 1 half-open, 2 open");
    circuit.set(2.0, &[("provider", "local")]);
    circuit.set(0.0, &[("provider", "local")]);
    let left = Arc::new(AtomicI64::new(7));
    let read = left.clone();
    meter.observe("budget", "USD", "Left", move |seen| {
        seen(read.load(Ordering::Relaxed) as f64, &[("scope", "day")]);
    });
    let streams = meter.open_count("streams", "{stream}", "Open streams");
    let (one, two) = (streams.open(), streams.open());
    drop(one);

    assert_eq!(telemetry.sum("votes", &[("score", "up")]), 1.0);
    assert_eq!(telemetry.sum("votes", &[]), 3.0);
    assert_eq!(
        telemetry.points("circuit")[0].value,
        PointValue::Gauge(0.0),
        "the last value"
    );
    assert_eq!(telemetry.sum("budget", &[]), 7.0);
    left.store(3, Ordering::Relaxed);
    assert_eq!(telemetry.sum("budget", &[]), 3.0, "read anew");
    assert_eq!(telemetry.sum("streams", &[]), 1.0);
    drop(two);
    assert_eq!(telemetry.sum("streams", &[]), 0.0);
}
