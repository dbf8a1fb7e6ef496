//! What a process really writes to its standard streams: the test runs itself as a child.

// For the lints that tests are free of.
#![cfg(test)]

use std::{
    process::{Command, Output},
    thread,
};

use obs::{Config, Vocabulary};

const THREADS: usize = 8;
const LINES: usize = 200;

/// Runs the ignored test below as a process of its own.
fn child(stage: &str) -> Output {
    let binary = std::env::current_exe().unwrap();
    let arguments = ["--exact", "the_child", "--ignored", "--nocapture"];
    let output = Command::new(binary)
        .args(arguments)
        .env("OBS_STAGE", stage)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    output
}

/// The JSON lines of a stream; the test runner writes lines of its own, and starts ours.
fn objects(stream: &[u8]) -> Vec<serde_json::Value> {
    let text = String::from_utf8(stream.to_vec()).unwrap();
    let json = text
        .lines()
        .filter_map(|line| line.find('{').map(|at| &line[at..]));
    json.map(|line| serde_json::from_str(line).expect(line))
        .collect()
}

#[test]
fn lines_of_many_threads_are_never_torn() {
    let output = child("lines");
    let lines = objects(&output.stdout);
    assert_eq!(lines.len(), THREADS * LINES);
    let of = |thread: usize| lines.iter().filter(move |line| line["thread"] == thread);
    for thread in 0..THREADS {
        let numbers: Vec<_> = of(thread)
            .filter_map(|line| line["number"].as_u64())
            .collect();
        let expected: Vec<_> = (0..LINES as u64).collect();
        assert_eq!(numbers, expected, "in order, none missing");
    }
}

#[test]
fn the_console_shows_spans_and_metrics_on_stderr() {
    let output = child("console");
    let printed = objects(&output.stderr);
    let span = printed.iter().find_map(|line| line.get("span")).unwrap();
    assert_eq!(span["name"], "work");
    assert_eq!(span["attributes"]["count"], 3);
    let metric = printed.iter().find_map(|line| line.get("metric")).unwrap();
    assert_eq!(metric["name"], "clicks");
    assert_eq!(metric["value"]["sum"], 2.0);
    assert_eq!(metric["labels"]["side"], "left");
    assert!(objects(&output.stdout).is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the other tests run it as a process"]
async fn the_child() {
    let stage = std::env::var("OBS_STAGE").unwrap();
    let config = Config {
        console_export: stage == "console",
        ..Config::default()
    };
    let vocabulary = Vocabulary {
        scope: "streams",
        targets: &["streams"],
        roots: &[],
        completions: Vec::new(),
        rules: Vec::new(),
        in_flight: Vec::new(),
        dropped: "telemetry.dropped",
        discarded: None,
        content: None,
    };
    let telemetry = obs::init(config, vocabulary).unwrap();
    if stage == "console" {
        let span = tracing::info_span!("work", count = 3_i64);
        span.in_scope(|| {});
        drop(span);
        telemetry
            .meter()
            .counter("clicks", "{click}", "Clicks")
            .add(2, &[("side", "left")]);
    } else {
        let padding = "x".repeat(2000);
        thread::scope(|scope| {
            for thread in 0..THREADS {
                let padding = &padding;
                scope.spawn(move || {
                    for number in 0..LINES {
                        tracing::info!(thread, number, padding, "a long line");
                    }
                });
            }
        });
    }
    assert!(telemetry.shutdown(std::time::Duration::from_secs(10)).await);
}
