//! What a model was told and what it answered, from the content attributes of its calls.
//!
//! Shapes: <https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-events/>.

use std::sync::Arc;

use agent::{locale::Locale, telemetry::names::LLM_CALL};
use obs::{Span, Value as Attribute};
use serde_json::Value;

use super::{span::subject, trace::elapsed, waterfall::Extent};
use crate::{
    i18n::trace_page::TracePageTexts,
    traces::summary::{by_start, named, text},
};

const TOLD: &str = "gen_ai.input.messages";

/// One request to a model.
#[derive(Debug, PartialEq)]
pub(super) struct CallView {
    pub(super) span_id: String,
    pub(super) model: String,
    pub(super) purpose: Option<String>,
    pub(super) offset: String,
    /// Empty where they were shown with an earlier call.
    pub(super) instructions: Vec<String>,
    /// How many messages an earlier call was told too.
    pub(super) earlier: usize,
    pub(super) told: Vec<Said>,
    pub(super) answered: Vec<Said>,
}

impl CallView {
    /// What it was told and what it answered, each with its heading.
    pub(super) fn groups(&self, p: &TracePageTexts) -> [(&'static str, &[Said]); 2] {
        [(p.told, &self.told), (p.answered, &self.answered)]
    }
}

/// A message.
#[derive(Debug, PartialEq)]
pub(super) struct Said {
    /// Names its colour.
    pub(super) class: &'static str,
    pub(super) role: String,
    pub(super) parts: Vec<Part>,
}

/// A part of a message.
#[derive(Debug, PartialEq)]
pub(super) struct Part {
    /// Of a tool call or its answer.
    pub(super) label: Option<String>,
    pub(super) text: String,
    /// Shown as code.
    pub(super) is_data: bool,
}

/// The calls that have texts, in the order of time.
pub(super) fn calls(spans: &[Arc<Span>], extent: Extent, locale: Locale) -> Vec<CallView> {
    let mut shown: Vec<Value> = Vec::new();
    let mut instructions_shown = Vec::new();
    let mut views = Vec::new();
    for call in by_start(spans, LLM_CALL) {
        let told = list(call, TOLD);
        let answered = list(call, "gen_ai.output.messages");
        if told.is_empty() && answered.is_empty() {
            continue;
        }
        let instructions = list(call, "gen_ai.system_instructions");
        let earlier = shown.iter().zip(&told).take_while(|(a, b)| a == b).count();
        // A call of another purpose has a history of its own.
        let earlier = if earlier == shown.len() { earlier } else { 0 };
        let new_instructions = match instructions == instructions_shown {
            true => Vec::new(),
            false => instructions.iter().map(content).collect(),
        };
        views.push(CallView {
            span_id: call.span_id.to_string(),
            model: subject(call).unwrap_or_default(),
            purpose: text(call, "llm.purpose").map(|purpose| said_as(&purpose, locale)),
            offset: elapsed(extent.offset_ms(call.start_ns), locale),
            instructions: new_instructions,
            earlier,
            told: told[earlier..].iter().map(|m| said(m, locale)).collect(),
            answered: answered.iter().map(|m| said(m, locale)).collect(),
        });
        shown = told;
        instructions_shown = instructions;
    }
    views
}

/// What a call was for, as people say it.
fn said_as(purpose: &str, locale: Locale) -> String {
    let p = TracePageTexts::of(locale);
    let known = match purpose {
        "answer" => p.answer,
        "correction" => p.correction,
        "classification" => p.classification,
        other => other,
    };
    known.to_owned()
}

/// Whether any call has texts.
pub(super) fn are_in(spans: &[Arc<Span>]) -> bool {
    named(spans, LLM_CALL).any(|call| call.attributes.get(TOLD).is_some())
}

/// The elements of a JSON list in an attribute.
fn list(span: &Span, key: &str) -> Vec<Value> {
    let json = span.attributes.get(key).and_then(Attribute::as_str);
    json.and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default()
}

fn said(message: &Value, locale: Locale) -> Said {
    let t = TracePageTexts::of(locale);
    let role = message["role"].as_str().unwrap_or_default();
    let (class, name) = match role {
        "user" => ("person", t.person),
        "assistant" => ("assistant", t.assistant),
        "tool" => ("tool", t.tool),
        _ => ("other", role),
    };
    let parts = message["parts"].as_array();
    Said {
        class,
        role: name.to_owned(),
        parts: parts.into_iter().flatten().map(part).collect(),
    }
}

fn part(part: &Value) -> Part {
    let word = |key: &str| part[key].as_str().unwrap_or_default().to_owned();
    let (label, value, is_data) = match part["type"].as_str() {
        Some("tool_call") => (Some(word("name")), &part["arguments"], true),
        Some("tool_call_response") => (Some(word("id")), &part["response"], true),
        _ => (None, &part["content"], false),
    };
    Part {
        label,
        text: readable(value),
        is_data,
    }
}

fn content(part: &Value) -> String {
    readable(&part["content"])
}

/// A text as it is, anything else as indented JSON.
pub(super) fn readable(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => format!("{other:#}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::traces::samples::span;

    fn call(id: &str, start: u64, told: &Value, answered: &Value) -> Arc<Span> {
        let attributes = json!({
            "llm.model": "planner-1",
            "llm.purpose": "answer",
            "gen_ai.system_instructions": json!([{"type": "text", "content": "be kind"}]).to_string(),
            "gen_ai.input.messages": told.to_string(),
            "gen_ai.output.messages": answered.to_string(),
        });
        let attributes = attributes.to_string();
        span(id, Some("a1"), LLM_CALL, start, start + 1, &attributes)
    }

    fn message(role: &str, parts: Value) -> Value {
        json!({"role": role, "parts": parts})
    }

    #[test]
    fn what_an_earlier_call_was_told_is_shown_once() {
        let ask = message("user", json!([{"type": "text", "content": "Lyon ?"}]));
        let search = message(
            "assistant",
            json!([{"type": "tool_call", "id": "1", "name": "search", "arguments": {"to": "LYS"}}]),
        );
        let found = message(
            "tool",
            json!([{"type": "tool_call_response", "id": "1", "response": {"n": 2}}]),
        );
        let answer = message("assistant", json!([{"type": "text", "content": "Voilà."}]));
        let first = call("b1", 0, &json!([ask]), &json!([search]));
        let second = call("b2", 5, &json!([ask, search, found]), &json!([answer]));
        // Spans are kept by their end, calls shown by their start.
        let spans = [
            second,
            first,
            span("a1", None, "agent.iteration", 0, 9, "{}"),
        ];
        let calls = calls(&spans, Extent::of(&spans), Locale::En);
        assert_eq!(calls.len(), 2);
        assert_eq!(calls[0].instructions, ["be kind"]);
        assert_eq!(calls[0].told[0].role, "Person");
        let tool_call = &calls[0].answered[0].parts[0];
        assert_eq!(tool_call.label.as_deref(), Some("search"));
        assert!(tool_call.is_data && tool_call.text.contains("\"LYS\""));
        assert_eq!((calls[1].earlier, calls[1].told.len()), (1, 2));
        assert!(calls[1].instructions.is_empty());
        assert_eq!(calls[1].answered[0].parts[0].text, "Voilà.");
    }

    #[test]
    fn another_history_is_shown_whole_and_damaged_json_is_none() {
        let one = message("user", json!([{"type": "text", "content": "one"}]));
        let two = message("user", json!([{"type": "text", "content": "two"}]));
        let first = call("b1", 0, &json!([one]), &json!([]));
        let other = call("b2", 5, &json!([two, one]), &json!([]));
        let broken = r#"{"gen_ai.input.messages": "[{\"role\""}"#;
        let broken = span("b3", Some("a1"), LLM_CALL, 7, 8, broken);
        let spans = [first, other, broken];
        let calls = calls(&spans, Extent::of(&spans), Locale::Fr);
        assert_eq!(calls.len(), 2);
        assert_eq!((calls[1].earlier, calls[1].told.len()), (0, 2));
        assert_eq!(calls[1].told[0].role, "Personne");
    }
}
