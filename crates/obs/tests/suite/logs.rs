//! Log lines: JSON, with the ids of the span in which they were written.

use obs::{Config, InitError, testing::TestTelemetry};
use serde_json::json;

use super::words;

#[test]
fn a_line_is_json_with_typed_fields_and_the_ids_of_its_span() {
    let telemetry = TestTelemetry::with_config(
        Config {
            service_name: "words".into(),
            ..Config::default()
        },
        words::vocabulary(),
    )
    .unwrap();
    let job = words::job("fast");
    let ids = job.in_scope(|| {
        tracing::info!(
            duration_ms = 12.5, rounds = 3_u64, below = -1_i64, fine = true, quote = "a\"b\n",
            shown = %"text", level = "mine", nothing = f64::NAN,
            "ready {}", "now"
        );
        obs::http::address(&job).unwrap()
    });
    let lines = telemetry.lines().all();
    let line = &lines[0];
    assert_eq!(line["message"], "ready now");
    assert_eq!(line["level"], "INFO");
    assert_eq!(line["service_name"], "words");
    assert_eq!(line["target"], "all::suite::logs");
    assert_eq!(line["trace_id"], ids.trace_id.to_string());
    assert_eq!(line["span_id"], ids.span_id.to_string());
    let fields = json!([
        line["duration_ms"],
        line["rounds"],
        line["below"],
        line["fine"]
    ]);
    assert_eq!(fields, json!([12.5, 3, -1, true]));
    assert_eq!(
        (&line["quote"], &line["shown"]),
        (&json!("a\"b\n"), &json!("text"))
    );
    assert_eq!(
        line["field.level"], "mine",
        "the line's own names are not replaced"
    );
    assert!(line["nothing"].is_null());
    let time: jiff::Timestamp = line["timestamp"].as_str().unwrap().parse().unwrap();
    let age = jiff::Timestamp::now().duration_since(time);
    assert!(age.as_secs() < 60 && !age.is_negative(), "{age:?}");

    let trace = telemetry.recent().get(ids.trace_id).unwrap();
    assert_eq!(trace.lines.len(), 1);
    assert_eq!(trace.lines[0].span_id, ids.span_id);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&trace.lines[0].json).unwrap(),
        *line
    );
}

#[test]
fn outside_a_span_there_are_no_ids() {
    let telemetry = TestTelemetry::install(words::vocabulary()).unwrap();
    tracing::warn!(count = 1, "alone");
    let lines = telemetry.lines().with_message("alone");
    assert_eq!(lines[0]["level"], "WARN");
    assert!(lines[0].get("trace_id").is_none() && lines[0].get("span_id").is_none());
    assert!(telemetry.recent().is_empty());
}

#[test]
fn the_filter_chooses_lines_and_a_wrong_one_is_refused() {
    let with = |filter: &str| {
        let config = Config {
            log_filter: filter.into(),
            ..Config::default()
        };
        TestTelemetry::with_config(config, words::vocabulary())
    };
    {
        let telemetry = with("warn,all::suite=debug,async_openai=trace").unwrap();
        tracing::debug!("mine");
        tracing::info!(target: "elsewhere", "theirs");
        tracing::warn!(target: "elsewhere", "loud");
        tracing::error!(target: "opentelemetry_sdk", "ours says it once");
        tracing::error!(target: "async_openai::error", "what a model said");
        let messages: Vec<_> = telemetry
            .lines()
            .all()
            .into_iter()
            .map(|line| line["message"].clone())
            .collect();
        assert_eq!(messages, ["mine", "loud"]);
    }
    assert!(matches!(with("all=shouting"), Err(InitError::LogFilter(_))));
}

#[test]
fn an_event_without_a_message_names_its_place() {
    let telemetry = TestTelemetry::install(words::vocabulary()).unwrap();
    tracing::info!(only = "fields");
    let message = telemetry.lines().all()[0]["message"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(message.contains("logs.rs"), "{message}");
}
