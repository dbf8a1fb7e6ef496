//! Calls in the way of XML: `<function=f><parameter=a>1</parameter></function>`,
//! `<invoke name="f"><parameter name="a">1</parameter></invoke>`, `<f><a>1</a></f>`, and
//! `f<arg_key>a</arg_key><arg_value>1</arg_value>`.

use serde_json::{Map, Value};

use super::calls::{arguments_of, bare, call, is_offered};
use crate::{ToolSpec, markup::literal, message::ToolCall};

/// Spaces of names, and DeepSeek's marks.
const SPACES: [&str; 7] = [
    "｜DSML｜",
    "|DSML|",
    "minimax:",
    "seed:",
    "antml:",
    "mm:",
    "steptml:",
];

/// The calls of a text that writes them so; `None` where it writes none so.
pub(super) fn read(raw: &str, tools: &[ToolSpec]) -> Option<Vec<ToolCall>> {
    let raw = SPACES
        .iter()
        .fold(raw.to_owned(), |raw, space| raw.replace(space, ""));
    if raw.contains("<arg_key>") {
        return of_pairs(&raw, tools);
    }
    let mut calls = Vec::new();
    let mut rest = raw.as_str();
    let mut described = None;
    while let Some((element, after)) = next(rest) {
        let name = match element.name {
            "function" | "invoke" | "tool" if !element.label.is_empty() => element.label,
            name if is_offered(name, tools) => name,
            // `<tool_call><name>f</name><arguments>{…}</arguments></tool_call>`
            "name" | "tool_name" | "function_name" if is_offered(element.body.trim(), tools) => {
                described = Some(element.body.trim());
                rest = after;
                continue;
            }
            "arguments" | "parameters" | "args" | "input" if described.is_some() => {
                let arguments = arguments(element.body, described.unwrap_or_default(), tools)?;
                calls.push(call(described.take().unwrap_or_default(), arguments));
                rest = after;
                continue;
            }
            // An outer tag: its elements are read one by one.
            _ => {
                rest = element.inside;
                continue;
            }
        };
        calls.push(call(name, arguments(element.body, bare(name), tools)?));
        rest = after;
    }
    (!calls.is_empty()).then_some(calls)
}

/// GLM's keys and values.
fn of_pairs(raw: &str, tools: &[ToolSpec]) -> Option<Vec<ToolCall>> {
    let mut calls = Vec::new();
    for part in raw.split("</tool_call>") {
        let Some((head, mut rest)) = part.split_once("<arg_key>") else {
            continue;
        };
        let name = bare(
            head.rsplit(['>', '\n'])
                .find(|text| !text.trim().is_empty())?,
        );
        let mut arguments = Map::new();
        loop {
            let (key, after) = rest.split_once("</arg_key>")?;
            let (_, after) = after.split_once("<arg_value>")?;
            let (value, after) = after.split_once("</arg_value>").unwrap_or((after, ""));
            let key = key.trim();
            arguments.insert(key.to_owned(), typed(value, name, key, tools));
            match after.split_once("<arg_key>") {
                Some((_, more)) => rest = more,
                None => break,
            }
        }
        calls.push(call(name, arguments));
    }
    (!calls.is_empty()).then_some(calls)
}

/// The arguments within a call: elements, or JSON.
fn arguments(body: &str, name: &str, tools: &[ToolSpec]) -> Option<Map<String, Value>> {
    let text = body.trim();
    if text.is_empty() {
        return Some(Map::new());
    }
    if text.starts_with(['{', '"']) {
        let (value, _) = literal::value(text)?;
        let inner = ["arguments", "parameters"]
            .iter()
            .find_map(|key| value.get(key));
        return arguments_of(inner.filter(|inner| inner.is_object()).unwrap_or(&value));
    }
    let (mut map, mut rest) = (Map::new(), text);
    while let Some((element, after)) = next(rest) {
        match (element.name, element.label) {
            ("parameter" | "param" | "arg" | "argument", "") => return None,
            // `<arguments><a>1</a></arguments>`
            ("parameters" | "arguments" | "args" | "input", "") => {
                map.extend(arguments(element.body, name, tools)?);
            }
            ("parameter" | "param" | "arg" | "argument", key) | (key, _) => {
                map.insert(key.to_owned(), typed(element.body, name, key, tools));
            }
        }
        rest = after;
    }
    (!map.is_empty()).then_some(map)
}

/// A value as the tool's schema wants it: text stays text, and all else is read as JSON.
fn typed(text: &str, tool: &str, key: &str, tools: &[ToolSpec]) -> Value {
    let text = text.trim();
    let plain = || {
        let text = text
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"");
        Value::String(text.replace("&#39;", "'").replace("&amp;", "&"))
    };
    let schema = tools.iter().find(|spec| spec.name == tool);
    let kind = schema.and_then(|spec| spec.parameters.get("properties")?.get(key)?.get("type"));
    let is_text = kind.is_some_and(|kind| {
        let kinds = kind
            .as_array()
            .map_or(std::slice::from_ref(kind), Vec::as_slice);
        kinds.iter().any(|kind| kind == "string")
    });
    match text {
        "None" | "null" => Value::Null,
        _ if is_text => plain(),
        "True" => true.into(),
        "False" => false.into(),
        _ => serde_json::from_str(text).unwrap_or_else(|_| plain()),
    }
}

/// An element: `<name=label>body</name>` or `<name name="label">body</name>`.
struct Element<'a> {
    name: &'a str,
    label: &'a str,
    body: &'a str,
    /// The text behind its opening tag.
    inside: &'a str,
}

/// The next element of a text, and what follows it. One that is not closed goes on to the next of
/// its kind.
fn next(mut text: &str) -> Option<(Element<'_>, &str)> {
    loop {
        let at = text.find('<')?;
        text = text.get(at + 1..)?;
        let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')))?;
        let (name, rest) = text.split_at(end);
        let Some((attributes, inside)) = rest.split_once('>').filter(|_| !name.is_empty()) else {
            continue;
        };
        if attributes.contains('<') {
            continue;
        }
        let close = format!("</{name}>");
        let (body, after) = match inside.split_once(&close) {
            Some((body, after)) => (body, after),
            None => {
                let sibling = inside.find(&format!("<{name}")).unwrap_or(inside.len());
                inside.split_at(sibling)
            }
        };
        let label = label(attributes);
        let element = Element {
            name,
            label,
            body,
            inside,
        };
        return Some((element, after));
    }
}

fn label(attributes: &str) -> &str {
    let attributes = attributes.trim();
    let value = match attributes.strip_prefix('=') {
        Some(value) => value,
        None => {
            let named = attributes.split_once("name").map_or("", |(_, after)| after);
            let Some(value) = named.trim_start().strip_prefix('=') else {
                return "";
            };
            let value = value.trim_start();
            match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value
                    .get(1..)
                    .and_then(|v| v.split(quote).next())
                    .unwrap_or_default(),
                _ => value.split_whitespace().next().unwrap_or_default(),
            }
        }
    };
    value.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '/'))
}
