//! A log line of a trace, taken apart.

use obs::{LINE_FIELDS, Line};
use serde_json::{Map, Value};

/// A log line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LogLine {
    pub(super) offset: String,
    /// In upper case; empty when the line has none.
    pub(super) level: String,
    /// Names its colour.
    pub(super) class: &'static str,
    pub(super) message: String,
    pub(super) target: String,
    pub(super) fields: Vec<(String, String)>,
    pub(super) span_id: String,
    /// The span's name, where the span was kept.
    pub(super) span: Option<String>,
}

impl LogLine {
    pub(super) fn new(line: &Line, span: Option<String>, offset: String) -> Self {
        let read: Map<String, Value> = serde_json::from_str(&line.json).unwrap_or_default();
        let text = |key: &str| read.get(key).and_then(Value::as_str).unwrap_or_default();
        // A line that is no JSON object is shown as it is.
        let message = if read.is_empty() {
            &line.json
        } else {
            text("message")
        };
        // Those of every line have a place of their own on the page.
        let fields = read
            .iter()
            .filter(|(name, _)| !LINE_FIELDS.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), plain(value)));
        Self {
            offset,
            level: text("level").to_owned(),
            class: match text("level") {
                "ERROR" => "error",
                "WARN" => "warn",
                "INFO" => "info",
                _ => "debug",
            },
            message: message.to_owned(),
            target: text("target").to_owned(),
            fields: fields.collect(),
            span_id: line.span_id.to_string(),
            span,
        }
    }
}

/// A text without quotes, anything else as JSON.
fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(json: &str) -> LogLine {
        let line = Line {
            span_id: "00f067aa0ba902b7".parse().unwrap(),
            at_ns: 0,
            json: json.into(),
        };
        LogLine::new(&line, None, String::new())
    }

    #[test]
    fn a_line_is_taken_apart() {
        let line = line(
            r#"{"timestamp":"…","level":"WARN","target":"agent","message":"slow","ms":12.5,"tool":"x"}"#,
        );
        assert_eq!((line.class, line.message.as_str()), ("warn", "slow"));
        let fields = line.fields.iter().map(|(n, v)| (n.as_str(), v.as_str()));
        assert_eq!(fields.collect::<Vec<_>>(), [("ms", "12.5"), ("tool", "x")]);
    }

    #[test]
    fn what_is_no_json_is_shown_as_it_is() {
        assert_eq!(line("not json").message, "not json");
    }
}
