//! The calls that a text holds, in whatever way a model writes them.

use serde_json::{Map, Value};

use super::{
    elements, literal,
    tag::{Look, tag},
};
use crate::{ToolSpec, message::ToolCall};

/// Keys of a call's name.
const NAMES: [&str; 8] = [
    "name",
    "tool",
    "tool_name",
    "function_name",
    "function",
    "action",
    "recipient_name",
    "recipient",
];
/// Keys of its arguments.
const ARGUMENTS: [&str; 8] = [
    "arguments",
    "parameters",
    "args",
    "input",
    "tool_input",
    "action_input",
    "params",
    "kwargs",
];
/// Keys that hold whole calls.
const HOLDERS: [&str; 5] = [
    "tool_calls",
    "tool_call",
    "function_call",
    "function_calls",
    "calls",
];
/// What stands before a name.
const PREFIXES: [&str; 6] = [
    "functions.",
    "function.",
    "tools.",
    "default_api.",
    "call:",
    "functools.",
];

/// The calls of a text, tags and all; `None` where it holds none, or one that cannot be read.
pub(super) fn read(raw: &str, tools: &[ToolSpec]) -> Option<Vec<ToolCall>> {
    let calls = match elements::read(raw, tools) {
        Some(calls) => calls,
        None => of_text(raw, tools)?,
    };
    (!calls.is_empty()).then_some(calls)
}

/// The calls of a piece of JSON that is nothing but calls.
pub(super) fn of_json(text: &str, tools: &[ToolSpec]) -> Option<Vec<ToolCall>> {
    of_value(&literal::whole(text)?, tools)
}

/// Whether an object with this first key may be a call.
pub(super) fn may_begin(key: &str) -> bool {
    NAMES.contains(&key)
        || ARGUMENTS.contains(&key)
        || HOLDERS.contains(&key)
        || matches!(key, "type" | "id" | "tool_call_id")
}

/// A call of this name, which may carry what servers put around it.
pub(super) fn call(name: &str, arguments: Map<String, Value>) -> ToolCall {
    ToolCall {
        id: String::new(),
        name: bare(name).to_owned(),
        arguments: Value::Object(arguments).to_string(),
    }
}

/// `functions.search_flights:0` is `search_flights`.
pub(super) fn bare(name: &str) -> &str {
    let mut name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`'));
    while let Some(rest) = PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)) {
        name = rest;
    }
    let end = name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')));
    name.get(..end.unwrap_or(name.len())).unwrap_or_default()
}

pub(super) fn is_offered(name: &str, tools: &[ToolSpec]) -> bool {
    tools.iter().any(|tool| tool.name == name)
}

/// Whether a closing tag ends the text: what broke off before one may lack more than brackets.
fn is_closed(raw: &str) -> bool {
    let last = raw.rfind("</").and_then(|at| raw.get(at..));
    last.is_some_and(|tag| tag.trim_end().ends_with('>') && !tag.contains(['{', '"']))
}

/// An object whose last brackets are missing: models forget them before a closing tag.
fn unclosed(body: &str) -> Option<Value> {
    const MOST: usize = 3;
    (1..=MOST).find_map(|missing| {
        let closed = format!("{}{}", body.trim_end(), "}".repeat(missing));
        literal::value(&closed).map(|(value, _)| value)
    })
}

/// Names and values between tags: `name<sep>{…}`, `name\n{…}`, `{…}`, `[name(a=1)]`.
fn of_text(raw: &str, tools: &[ToolSpec]) -> Option<Vec<ToolCall>> {
    let mut calls = Vec::new();
    // A name whose arguments have not come yet.
    let mut named: Option<&str> = None;
    for text in between_tags(raw, tools) {
        let mut rest = text;
        loop {
            rest = rest.trim_start_matches(|c: char| {
                c.is_whitespace() || matches!(c, ';' | ',' | '`' | '~' | ']' | ')')
            });
            let Some(open) = rest.find(['{', '[', '(']) else {
                let name = bare(rest);
                if is_offered(name, tools) || named.is_none_or(|name| !is_offered(name, tools)) {
                    named = Some(name).filter(|name| !name.is_empty()).or(named);
                }
                break;
            };
            let (head, body) = rest.split_at(open);
            // A fence may stand between: "name\n```json\n{…}".
            let words = head.split_whitespace();
            let word = words.rev().find(|word| !word.starts_with('`'));
            let name = bare(word.unwrap_or_default());
            let inside = body.get(1..).unwrap_or_default();
            if body.starts_with('(') {
                if name == "print" {
                    rest = inside;
                    continue;
                }
                let (arguments, after) = literal::keywords(inside)?;
                calls.push(call(name, arguments));
                rest = after;
                continue;
            }
            if body.starts_with('[') && is_pythonic(inside) {
                rest = inside;
                continue;
            }
            let mended = || Some((unclosed(body).filter(|_| is_closed(raw))?, ""));
            let (value, after) = literal::value(body).or_else(mended)?;
            rest = after;
            // `json` is what a fence says of itself.
            let name = Some(name).filter(|name| !matches!(*name, "" | "json" | "functools"));
            let name = name.filter(|name| is_offered(name, tools) || named.is_none());
            match (name.or(named.take()), value) {
                (Some(name), Value::Object(map)) if !is_named(&map) => {
                    calls.push(call(name, map));
                }
                (_, value) => calls.extend(of_value(&value, tools)?),
            }
            named = None;
        }
    }
    match named {
        Some(name) if calls.is_empty() && is_offered(name, tools) => {
            Some(vec![call(name, Map::new())])
        }
        _ => Some(calls),
    }
}

/// Whether an object has a name and arguments of its own.
fn is_named(map: &Map<String, Value>) -> bool {
    let has = |keys: &[&str]| keys.iter().any(|key| map.contains_key(*key));
    has(&NAMES) && has(&ARGUMENTS)
}

/// Whether a list holds calls in the way of Python.
fn is_pythonic(inside: &str) -> bool {
    let inside = inside.trim_start();
    let end = inside.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.')));
    end.is_some_and(|end| end > 0 && inside.get(end..).is_some_and(|rest| rest.starts_with('(')))
}

/// The text around the tags.
fn between_tags<'a>(raw: &'a str, tools: &[ToolSpec]) -> Vec<&'a str> {
    let (mut texts, mut start, mut at) = (Vec::new(), 0, 0);
    while let Some(next) = raw.get(at..).and_then(|rest| rest.find(['<', '[', '◁'])) {
        at += next;
        let rest = raw.get(at..).unwrap_or_default();
        match tag(rest, tools) {
            Look::Found(_, length) => {
                texts.push(raw.get(start..at).unwrap_or_default());
                at += length;
                start = at;
            }
            _ => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    texts.push(raw.get(start..).unwrap_or_default());
    texts
}

fn of_value(value: &Value, tools: &[ToolSpec]) -> Option<Vec<ToolCall>> {
    let map = match value {
        Value::Array(items) => {
            let calls: Option<Vec<_>> = items.iter().map(|item| of_value(item, tools)).collect();
            return calls.map(|calls| calls.concat());
        }
        Value::Object(map) => map,
        _ => return None,
    };
    if let Some(held) = HOLDERS.iter().find_map(|key| map.get(*key)) {
        return of_value(held, tools);
    }
    if let Some(Value::Object(function)) = map.get("function") {
        return one(function, tools).map(|call| vec![call]);
    }
    // Apertus: the tool's name is the key.
    if let (1, Some((name, Value::Object(arguments)))) = (map.len(), map.iter().next())
        && is_offered(name, tools)
    {
        return Some(vec![call(name, arguments.clone())]);
    }
    one(map, tools).map(|call| vec![call])
}

fn one(map: &Map<String, Value>, tools: &[ToolSpec]) -> Option<ToolCall> {
    let name = NAMES.iter().find_map(|key| map.get(*key)?.as_str())?;
    let arguments = match ARGUMENTS.iter().find_map(|key| map.get(*key)) {
        Some(arguments) => arguments_of(arguments)?,
        None if is_offered(bare(name), tools) => Map::new(),
        None => return None,
    };
    Some(call(name, arguments))
}

/// Arguments, which may be JSON in a string.
pub(super) fn arguments_of(value: &Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(map) => Some(map.clone()),
        Value::Null => Some(Map::new()),
        Value::String(text) if text.trim().is_empty() => Some(Map::new()),
        Value::String(text) => match literal::whole(text)? {
            Value::Object(map) => Some(map),
            _ => None,
        },
        _ => None,
    }
}
