//! Texts of people pass their filter before anyone sees them.

use obs::{Completion, Content, Step, Value, testing::TestTelemetry};
use tracing::field::Empty;

use super::words;

fn mask(text: &str) -> String {
    text.replace("secret", "…")
}

fn install(content: Option<Content>) -> TestTelemetry {
    let mut vocabulary = words::vocabulary();
    vocabulary.content = content;
    // Whatever is derived from content is derived from what the filter left.
    vocabulary.completions.push(Completion {
        span: "talk",
        outcome: None,
        steps: &[
            Step::Copy {
                from: "said",
                to: "copied",
            },
            Step::List {
                from: "end",
                to: "ends",
                broken: Some(("begun", "error")),
            },
        ],
    });
    TestTelemetry::install(vocabulary).unwrap()
}

const CONTENT: Content = Content {
    attributes: &[("said", mask), ("exception.message", mask)],
    fields: &[("heard", mask)],
};

fn talk() {
    let span = tracing::info_span!("talk", said = "a secret", other = "a secret");
    span.in_scope(|| tracing::info!(heard = "a \"secret\"", other = "a secret", "heard"));
}

#[test]
fn attributes_and_fields_that_hold_content_are_filtered_and_no_others() {
    let telemetry = install(Some(CONTENT));
    talk();
    let span = &telemetry.named("talk")[0];
    let get = |name: &str| span.attributes.get(name).and_then(Value::as_str).unwrap();
    assert_eq!(
        (get("said"), get("other"), get("copied")),
        ("a …", "a secret", "a …")
    );
    let line = &telemetry.lines().with_message("heard")[0];
    assert_eq!(
        (&line["heard"], &line["other"]),
        (&"a \"…\"".into(), &"a secret".into())
    );
    let kept = &telemetry.recent().list(1, |_| true)[0].lines[0];
    assert!(
        kept.json.contains("\"heard\":\"a \\\"…\\\"\""),
        "{}",
        kept.json
    );
}

#[test]
fn without_content_nothing_is_touched() {
    let telemetry = install(None);
    talk();
    let span = &telemetry.named("talk")[0];
    assert_eq!(
        span.attributes.get("said").and_then(Value::as_str),
        Some("a secret")
    );
    assert_eq!(
        telemetry.lines().with_message("heard")[0]["heard"],
        "a \"secret\""
    );
}

#[test]
fn what_began_and_has_no_end_is_told_apart_from_what_never_began() {
    let telemetry = install(None);
    for (begun, end) in [(true, Some("stop")), (true, None), (false, None)] {
        let span = tracing::info_span!("talk", begun = Empty, end);
        span.in_scope(|| {});
        if begun {
            span.record("begun", 1_i64);
        }
    }
    let ends: Vec<_> = telemetry
        .named("talk")
        .iter()
        .map(|span| span.attributes.get("ends").map(ToString::to_string))
        .collect();
    let list = |word: &str| Some(format!("[String({word:?})]"));
    assert_eq!(ends, [list("stop"), list("error"), None]);
}
