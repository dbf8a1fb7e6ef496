//! Whether a call that a model wrote repeats what somebody else has written: a person or a page that
//! wants a tool to run may ask the model to say a call, and that is no wish of the model.

use std::sync::Arc;

use super::{
    Written, calls,
    scanner::{Found, Scanner},
};
use crate::{ToolSpec, message::ToolCall};

/// Whether a source holds the call: word for word, as a call of the same tool, or its name with all
/// its values, in whatever order.
#[must_use]
pub fn quotes(written: &Written, sources: &[&str], tools: &Arc<[ToolSpec]>) -> bool {
    sources.iter().any(|source| {
        let letters = letters(source);
        let holds = |text: &str| {
            let text = self::letters(text);
            !text.is_empty() && letters.contains(&text)
        };
        let repeats = |call: &ToolCall| {
            let values = values(call);
            holds(&call.name) && !values.is_empty() && values.iter().all(|value| holds(value))
        };
        holds(&written.raw)
            || written.calls.iter().any(repeats)
            || calls_in(source, tools).iter().any(|call| {
                let same = |written: &ToolCall| written.name == call.name;
                written.calls.iter().any(same)
            })
    })
}

/// The calls that a text holds.
fn calls_in(text: &str, tools: &Arc<[ToolSpec]>) -> Vec<ToolCall> {
    if !text.contains(['<', '[', '{', '(']) {
        return Vec::new();
    }
    let mut scanner = Scanner::new(Arc::clone(tools));
    let mut found = scanner.push(text);
    found.extend(scanner.finish());
    let written = found.into_iter().filter_map(|found| match found {
        Found::Call(written) => Some(written),
        _ => None,
    });
    let read = |written: Written| match written.calls.is_empty() {
        true => calls::read(&written.raw, tools).unwrap_or_default(),
        false => written.calls,
    };
    written.flat_map(read).collect()
}

/// The values of a call's arguments.
fn values(call: &ToolCall) -> Vec<String> {
    match call.json() {
        Ok(serde_json::Value::Object(map)) => map.values().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

/// A text's letters and digits: however it is spaced, quoted and escaped.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
