//! JSON schemas of arguments, in the part of the language that every model server takes. Pure.
//!
//! Gemini refuses `$ref`, `$defs`, `oneOf`, `const`, `default`, `additionalProperties`, lists of types
//! and formats that it does not know; Groq validates calls against what it is told, so that a `null`
//! for an optional argument fails there; llama.cpp turns the schema into a grammar and stops at what it
//! cannot. What is left out here is still enforced when a call is read, by the argument's own type.

use serde_json::{Map, Value, json};

/// What is kept besides `type`, `description` and what is rendered below.
const KEPT: [&str; 4] = ["minimum", "maximum", "minItems", "maxItems"];
/// A schema that holds itself ends here.
const MAX_DEPTH: usize = 16;

/// The schema with every reference put in its place, and nothing in it but `type`, `description`,
/// `properties`, `required`, `items`, `enum` and bounds. Descriptions stay, those of single values in
/// that of their choice. An argument that may be `null` is one that may be absent.
pub(super) fn portable(schema: &Value) -> Value {
    let node = node(schema, &schema["$defs"], 0);
    let mut root = Map::from_iter([("type".to_owned(), json!("object"))]);
    root.extend(node);
    // OpenAI refuses an object without them, as a struct without fields is.
    root.entry("properties").or_insert_with(|| json!({}));
    Value::Object(root)
}

fn node(schema: &Value, defs: &Value, depth: usize) -> Map<String, Value> {
    let mut out = Map::new();
    if depth > MAX_DEPTH {
        return out;
    }
    if let Some(inner) = inner(schema, defs) {
        out = node(&inner, defs, depth + 1);
    }
    if let Some(kind) = type_of(&schema["type"]) {
        out.insert("type".into(), kind.into());
    }
    if let Some(value) = schema.get("const") {
        out.insert("enum".into(), json!([value]));
    }
    if let Some(values) = schema["enum"].as_array() {
        let values = values.iter().filter(|value| !value.is_null());
        out.insert("enum".into(), values.cloned().collect());
    }
    if out.contains_key("enum") {
        let kind = if out["enum"][0].is_i64() {
            "integer"
        } else {
            "string"
        };
        out.entry("type").or_insert_with(|| kind.into());
    }
    for (key, value) in KEPT
        .iter()
        .filter_map(|key| Some((*key, schema.get(*key)?)))
    {
        out.insert(key.into(), value.clone());
    }
    if let Some(items) = schema.get("items") {
        out.insert("items".into(), Value::Object(node(items, defs, depth + 1)));
    }
    if let Some(properties) = schema["properties"].as_object() {
        let render = |(name, schema): (&String, &Value)| {
            (name.clone(), Value::Object(node(schema, defs, depth + 1)))
        };
        let properties: Map<_, _> = properties.iter().map(render).collect();
        out.insert("properties".into(), Value::Object(properties));
    }
    if let Some(required) = schema["required"]
        .as_array()
        .filter(|names| !names.is_empty())
    {
        out.insert("required".into(), required.clone().into());
    }
    describe(schema, &mut out);
    // Of `true`, any value, no server knows what to make.
    out.entry("type").or_insert_with(|| "string".into());
    out
}

/// The one schema that a reference, a nullable or a choice comes down to.
fn inner(schema: &Value, defs: &Value) -> Option<Value> {
    if let Some(name) = schema["$ref"].as_str() {
        return defs.get(name.strip_prefix("#/$defs/")?).cloned();
    }
    let choices = ["anyOf", "oneOf", "allOf"]
        .iter()
        .find_map(|key| schema[*key].as_array())?;
    let real: Vec<_> = choices
        .iter()
        .filter(|choice| choice["type"] != "null")
        .collect();
    match real.as_slice() {
        [] => None,
        [only] => Some((*only).clone()),
        several => one_of_values(several).or_else(|| Some((*several.first()?).clone())),
    }
}

/// A choice of single values, as an enum whose variants are documented makes it: one `enum`, with what
/// was said of each value in the description.
fn one_of_values(choices: &[&Value]) -> Option<Value> {
    let (mut values, mut said) = (Vec::new(), Vec::new());
    for choice in choices {
        let told = match choice.get("const") {
            Some(value) => std::slice::from_ref(value),
            None => choice["enum"].as_array()?.as_slice(),
        };
        values.extend_from_slice(told);
        if let (Some(text), [value]) = (choice["description"].as_str(), told) {
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            said.push(format!("`{value}`: {text}"));
        }
    }
    let mut one = json!({"type": type_of(&choices.first()?["type"]), "enum": values});
    if !said.is_empty() {
        one["description"] = said.join(" ").into();
    }
    Some(one)
}

/// The first type that is not `null`.
fn type_of(kind: &Value) -> Option<&str> {
    let all = match kind {
        Value::Array(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    };
    all.iter()
        .filter_map(Value::as_str)
        .find(|kind| *kind != "null")
}

/// What the schema says of itself stands before what its inner one does.
fn describe(schema: &Value, out: &mut Map<String, Value>) {
    let Some(own) = schema["description"].as_str() else {
        return;
    };
    let text = match out.get("description").and_then(Value::as_str) {
        Some(inner) if inner != own => format!("{own} {inner}"),
        _ => own.to_owned(),
    };
    out.insert("description".into(), text.into());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_server_needs_is_gone_and_what_was_said_is_not() {
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Args", "type": "object", "description": "A search.",
            "properties": {
                "cabin": {"anyOf": [{"$ref": "#/$defs/Cabin"}, {"type": "null"}],
                    "description": "Where to sit.", "default": null},
                "adults": {"type": ["integer", "null"], "format": "uint8", "minimum": 0, "maximum": 255},
                "ages": {"type": "array", "items": {"type": "integer", "format": "uint8"}, "default": []},
                "date": {"type": "string", "format": "date", "description": "The day."},
                "sort": {"allOf": [{"$ref": "#/$defs/Sort"}], "default": "price"},
                "anything": true,
            },
            "required": ["date"],
            "additionalProperties": false,
            "$defs": {
                "Cabin": {"description": "A cabin.", "oneOf": [
                    {"type": "string", "const": "economy", "description": "The usual one."},
                    {"type": "string", "enum": ["business", "first"]}]},
                "Sort": {"type": "string", "enum": ["price", "duration"]},
            },
        });
        let portable = portable(&schema);
        assert_eq!(
            portable,
            json!({
                "type": "object", "description": "A search.",
                "properties": {
                    "cabin": {"type": "string", "enum": ["economy", "business", "first"],
                        "description": "Where to sit. A cabin. `economy`: The usual one."},
                    "adults": {"type": "integer", "minimum": 0, "maximum": 255},
                    "ages": {"type": "array", "items": {"type": "integer"}},
                    "date": {"type": "string", "description": "The day."},
                    "sort": {"type": "string", "enum": ["price", "duration"]},
                    "anything": {"type": "string"},
                },
                "required": ["date"],
            })
        );
    }

    #[test]
    fn a_schema_that_holds_itself_ends() {
        let schema = json!({"type": "object", "properties": {"next": {"$ref": "#/$defs/A"}},
            "$defs": {"A": {"type": "object", "properties": {"next": {"$ref": "#/$defs/A"}}}}});
        assert!(!portable(&schema).to_string().contains('$'));
    }

    #[test]
    fn an_object_without_arguments_has_properties_all_the_same() {
        let bare = portable(&json!({"type": "object", "title": "None"}));
        assert_eq!(bare, json!({"type": "object", "properties": {}}));
    }
}
