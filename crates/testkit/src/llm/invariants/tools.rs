//! Tools that a model is told of: their names, descriptions and JSON schemas.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{has_text, items};

/// Longest tool name (OpenAI).
const LONGEST_NAME: usize = 64;

const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

/// The keywords that Gemini, Groq and llama.cpp all take.
const KEYWORDS: [&str; 10] = [
    "description",
    "enum",
    "items",
    "maxItems",
    "maximum",
    "minItems",
    "minimum",
    "properties",
    "required",
    "type",
];

/// Whether all providers take this name: `^[a-zA-Z0-9_-]{1,64}$`.
pub(super) fn is_name(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(is_allowed)
}

/// Checks tools, each given as the object that holds its name; the schema stands at `schema_key`.
pub(super) fn check<'a>(
    tools: impl Iterator<Item = &'a Value>,
    schema_key: &str,
    wrong: &mut Vec<String>,
) {
    let mut names = BTreeSet::new();
    for tool in tools {
        let name = tool["name"].as_str().unwrap_or_default();
        if !is_name(name) {
            wrong.push(format!("{name:?} is no name for a tool"));
        }
        if !names.insert(name) {
            wrong.push(format!("two tools are named {name}"));
        }
        if !has_text(&tool["description"]) {
            wrong.push(format!("the tool {name} has no description"));
        }
        let mut bad = Vec::new();
        root(&tool[schema_key], &mut bad);
        wrong.extend(bad.iter().map(|what| format!("schema of {name}: {what}")));
    }
}

/// A schema of arguments: an object's, and not a choice of several (neither provider takes one).
fn root(schema: &Value, wrong: &mut Vec<String>) {
    if schema["type"] != "object" {
        wrong.push("its type is not object".into());
    }
    for key in ["anyOf", "oneOf", "allOf", "enum", "not"] {
        if schema.get(key).is_some() {
            wrong.push(format!("{key} at its top"));
        }
    }
    if !schema["properties"].is_object() {
        wrong.push("its properties are no object".into());
    }
    node(schema, "", wrong);
}

fn node(schema: &Value, at: &str, wrong: &mut Vec<String>) {
    let Some(fields) = schema.as_object() else {
        return wrong.push(format!("{at}: no schema"));
    };
    for (key, value) in fields {
        let at = format!("{at}/{key}");
        match &**key {
            "type" if !is_type(value) => wrong.push(format!("{at}: {value} is no type")),
            "enum" if items(value).is_empty() => wrong.push(format!("{at}: no values")),
            "required" => required(schema, value, &at, wrong),
            "properties" => match value.as_object() {
                Some(schemas) => schemas
                    .iter()
                    .for_each(|(name, schema)| node(schema, &format!("{at}/{name}"), wrong)),
                None => wrong.push(format!("{at}: no object")),
            },
            "items" => node(value, &at, wrong),
            key if !KEYWORDS.contains(&key) => {
                wrong.push(format!("{at}: not every server takes this keyword"));
            }
            _ => {}
        }
    }
}

/// One type: Gemini takes no list of them.
fn is_type(value: &Value) -> bool {
    value.as_str().is_some_and(|name| TYPES.contains(&name))
}

fn required(schema: &Value, required: &Value, at: &str, wrong: &mut Vec<String>) {
    let Some(names) = required.as_array() else {
        return wrong.push(format!("{at}: no array"));
    };
    let mut seen = BTreeSet::new();
    for name in names {
        let Some(name) = name.as_str() else {
            wrong.push(format!("{at}: {name} is no name"));
            continue;
        };
        if schema["properties"].get(name).is_none() {
            wrong.push(format!("{at}: {name} is no property"));
        }
        if !seen.insert(name) {
            wrong.push(format!("{at}: {name} twice"));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check_one(tool: Value) -> Vec<String> {
        let mut wrong = Vec::new();
        check([&tool].into_iter(), "parameters", &mut wrong);
        wrong
    }

    fn check_schema(schema: Value) -> Vec<String> {
        check_one(json!({"name": "t", "description": "d", "parameters": schema}))
    }

    #[test]
    fn a_plain_schema_is_good() {
        let good = check_schema(json!({
            "type": "object",
            "properties": {
                "from": {"type": "string", "description": "IATA code"},
                "cabin": {"type": "string", "enum": ["economy", "business"]},
                "adults": {"type": "integer", "minimum": 0},
                "stops": {"type": "array", "items": {"type": "string"}},
            },
            "required": ["from"],
        }));
        assert!(good.is_empty(), "{good:?}");
        let bare = check_schema(json!({"type": "object", "properties": {}}));
        assert!(bare.is_empty(), "{bare:?}");
    }

    #[test]
    fn what_some_server_refuses_is_named() {
        for (key, value) in [
            ("$schema", json!("s")),
            ("$defs", json!({})),
            ("$ref", json!("#/$defs/A")),
            ("oneOf", json!([])),
            ("anyOf", json!([])),
            ("const", json!(1)),
            ("default", json!(1)),
            ("additionalProperties", json!(false)),
            ("format", json!("uint8")),
            ("title", json!("A")),
            ("type", json!(["integer", "null"])),
        ] {
            let wrong = check_schema(json!({"type": "object", "properties": {"a": {key: value}}}));
            assert_eq!(wrong.len(), 1, "{key}: {wrong:?}");
        }
    }

    #[test]
    fn each_fault_of_a_schema_is_named() {
        for (schema, what) in [
            (json!(null), "its type is not object"),
            (
                json!({"type": "string", "properties": {}}),
                "its type is not object",
            ),
            (json!({"type": "object"}), "its properties are no object"),
            (
                json!({"type": "object", "properties": {}, "anyOf": [true]}),
                "anyOf at its top",
            ),
            (
                json!({"type": "object", "properties": {"a": {}}, "required": ["b"]}),
                "/required: b is no property",
            ),
            (
                json!({"type": "object", "properties": {"a": {}}, "required": ["a", "a"]}),
                "/required: a twice",
            ),
            (
                json!({"type": "object", "properties": {}, "required": "a"}),
                "/required: no array",
            ),
            (
                json!({"type": "object", "properties": {"a": {"type": "date"}}}),
                "/properties/a/type: \"date\" is no type",
            ),
            (
                json!({"type": "object", "properties": {"a": {"items": {"enum": []}}}}),
                "/properties/a/items/enum: no values",
            ),
            (
                json!({"type": "object", "properties": {"a": 1}}),
                "/properties/a: no schema",
            ),
        ] {
            let wrong = check_schema(schema.clone());
            let found = wrong.contains(&format!("schema of t: {what}"));
            assert!(found, "{schema}: {wrong:?}");
        }
    }

    #[test]
    fn names_and_descriptions_are_checked() {
        let schema = json!({"type": "object", "properties": {}});
        for name in ["", "search flights", "é", "a.b", &"n".repeat(65)] {
            assert!(!is_name(name), "{name}");
        }
        assert!(is_name("find_cheapest-dates2") && is_name(&"n".repeat(64)));
        let silent = json!({"name": "t", "description": " ", "parameters": schema});
        assert_eq!(check_one(silent), ["the tool t has no description"]);
        let tool = json!({"name": "t", "description": "d", "parameters": schema});
        let mut wrong = Vec::new();
        check([&tool, &tool].into_iter(), "parameters", &mut wrong);
        assert_eq!(wrong, ["two tools are named t"]);
    }
}
