//! Free text that a trace must hold: in names, attributes, events, log lines, or as the start of its id.

use obs::{Attributes, Trace};

/// Most words; each costs a pass over the trace.
const MAX_WORDS: usize = 8;

/// Words of which a trace must hold all, in lower case; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl Words {
    /// The words of a text: up to 8 count. `None` when there are none.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let words = text.split_whitespace().take(MAX_WORDS);
        let words: Vec<String> = words.map(str::to_lowercase).collect();
        (!words.is_empty()).then_some(Self(words))
    }

    /// Whether the trace holds each of them. An attribute reads `key=value`.
    #[must_use]
    pub fn are_in(&self, trace: &Trace) -> bool {
        let id = trace.trace_id.to_string();
        let mut missing: Vec<&str> = self.0.iter().map(String::as_str).collect();
        missing.retain(|word| !id.starts_with(word));
        let mut look = |text: &str| {
            if !missing.is_empty() {
                let text = text.to_lowercase();
                missing.retain(|word| !text.contains(word));
            }
        };
        for span in &trace.spans {
            look(&span.name);
            each(&span.attributes, &mut look);
            if let obs::Status::Error(message) = &span.status {
                look(message);
            }
            for event in &span.events {
                look(&event.name);
                each(&event.attributes, &mut look);
            }
        }
        trace.lines.iter().for_each(|line| look(&line.json));
        missing.is_empty()
    }
}

fn each(attributes: &Attributes, look: &mut impl FnMut(&str)) {
    for (key, value) in attributes.iter() {
        look(&format!("{key}={value}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traces::samples::{TRACE, span, turn};

    fn trace() -> Trace {
        let mut spans = turn();
        let failed = r#"{"error.type": "timeout", "tool.city": "Orléans"}"#;
        spans.push(span("d1", Some("a1"), "tool.call", 30, 60, failed));
        let json = r#"{"level":"WARN","message":"the Fare source was slow"}"#;
        let line = obs::Line {
            span_id: spans[0].span_id,
            at_ns: 0,
            json: json.into(),
        };
        Trace {
            trace_id: TRACE.parse().unwrap(),
            spans,
            lines: vec![line],
            truncated: 0,
        }
    }

    #[test]
    fn all_words_must_be_somewhere_whatever_their_case() {
        let found = |text: &str| Words::of(text).unwrap().are_in(&trace());
        for text in [
            "LYS",
            "search_flights tool.departure=lys",
            "orléans",
            "ORLÉANS TimeOut",
            "it broke",
            "fare slow",
            "4bf92f35",
            "tool.success=true",
            "agent.iterations=2",
        ] {
            assert!(found(text), "{text}");
        }
        for text in ["NRT", "search_flights NRT", "f92f35", "tool.departure=cdg"] {
            assert!(!found(text), "{text}");
        }
    }

    #[test]
    fn blanks_are_no_words() {
        assert_eq!(Words::of(" \t"), None);
        let many = Words::of(&"x ".repeat(100)).unwrap();
        assert_eq!(many.0.len(), MAX_WORDS);
    }
}
