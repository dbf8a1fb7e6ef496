//! One log line: a JSON object, built in one pass over the event's fields.

use std::{
    fmt::{self, Write},
    time::SystemTime,
};

use opentelemetry::trace::SpanContext;
use tracing::{
    Event,
    field::{Field, Visit},
};

use crate::vocabulary::Content;

/// Names that each log line itself uses; an event's field of the same name gets a prefix.
pub const LINE_FIELDS: [&str; 7] = [
    "timestamp",
    "level",
    "message",
    "target",
    "service_name",
    "trace_id",
    "span_id",
];

/// The line without its line feed.
pub(crate) fn json(
    event: &Event<'_>,
    at: SystemTime,
    service_name: &str,
    context: Option<&SpanContext>,
    content: Option<Content>,
) -> String {
    let metadata = event.metadata();
    let mut line = Line {
        text: String::with_capacity(384),
        message: None,
        content,
    };
    let timestamp = jiff::Timestamp::try_from(at).unwrap_or_default();
    line.raw("{\"timestamp\":\"", format_args!("{timestamp:.6}\""));
    line.raw(",\"level\":\"", format_args!("{}\"", metadata.level()));
    line.string("target", metadata.target());
    line.string("service_name", service_name);
    event.record(&mut line);
    let message = line.message.take();
    // Without a message the place in the source is the best description.
    line.string(
        "message",
        message.as_deref().unwrap_or_else(|| metadata.name()),
    );
    if let Some(context) = context {
        line.raw(",\"trace_id\":\"", format_args!("{}\"", context.trace_id()));
        line.raw(",\"span_id\":\"", format_args!("{}\"", context.span_id()));
    }
    line.text.push('}');
    line.text
}

struct Line {
    text: String,
    message: Option<String>,
    content: Option<Content>,
}

impl Line {
    fn raw(&mut self, before: &str, rest: fmt::Arguments<'_>) {
        self.text.push_str(before);
        // Writing to a string cannot fail.
        let _ = self.text.write_fmt(rest);
    }

    fn key(&mut self, name: &str) {
        self.text.push_str(",\"");
        if LINE_FIELDS.contains(&name) {
            self.text.push_str("field.");
        }
        escape(name, &mut self.text);
        self.text.push_str("\":");
    }

    fn string(&mut self, own_name: &str, value: &str) {
        self.text.push_str(",\"");
        self.text.push_str(own_name);
        self.text.push_str("\":\"");
        escape(value, &mut self.text);
        self.text.push('"');
    }

    fn text(&mut self, field: &Field, value: &str) {
        if field.name() == "message" {
            self.message = Some(value.to_owned());
            return;
        }
        self.key(field.name());
        self.text.push('"');
        let content = self.content.as_ref();
        match content.and_then(|content| content.of_field(field.name())) {
            Some(filter) => escape(&filter(value), &mut self.text),
            None => escape(value, &mut self.text),
        }
        self.text.push('"');
    }

    fn number(&mut self, field: &Field, value: fmt::Arguments<'_>) {
        self.key(field.name());
        let _ = self.text.write_fmt(value);
    }
}

impl Visit for Line {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.text(field, value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.text(field, &format!("{value:?}"));
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        let mut text = value.to_string();
        let mut source = value.source();
        while let Some(cause) = source {
            let _ = write!(text, ": {cause}");
            source = cause.source();
        }
        self.text(field, &text);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.number(field, format_args!("{value}"));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.number(field, format_args!("{value}"));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.number(field, format_args!("{value}"));
    }

    fn record_i128(&mut self, field: &Field, value: i128) {
        self.number(field, format_args!("{value}"));
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        self.number(field, format_args!("{value}"));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        match value.is_finite() {
            true => self.number(field, format_args!("{value}")),
            // JSON has no infinity.
            false => self.number(field, format_args!("null")),
        }
    }
}

/// Whether a character may not stand in a line as it is: JSON's own, and what ends a line, moves a
/// terminal's cursor or turns the order of the text around, wherever the line is shown.
fn is_special(c: char) -> bool {
    matches!(
        c,
        '"' | '\\' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    ) || c.is_control()
}

/// Escapes a text for a JSON string.
fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(is_special) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let mut characters = special.chars();
        match characters.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(other) => {
                let _ = write!(out, "\\u{:04x}", other as u32);
            }
            None => {}
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn escaped_text_reads_back_as_it_was() {
        for text in [
            "",
            "plain",
            "a\"b\\c\nd\te\r\u{1}\u{1f}",
            "é✈\u{2028}",
            "\u{7f}\u{85}\u{9b}31m\u{202e}\u{2066}",
            "\"",
            "\\\\",
        ] {
            let mut out = String::from("\"");
            escape(text, &mut out);
            out.push('"');
            assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text, "{out}");
            assert!(!out.chars().any(char::is_control), "{out:?}");
        }
    }
}
