//! Reads the arguments of a call as models write them, and fits them to a tool's schema. Pure: what
//! fits neither is left as it is, and refused by the tool's own type.

use serde::de::IgnoredAny;
use serde_json::{Map, Number, Value};

use crate::llm::loose_json::{mended, values};

/// How often arguments may be wrapped: as text in text, in a list, under a name.
const MAX_WRAPS: usize = 4;
/// Names under which models put all arguments.
const WRAPPERS: [&str; 5] = ["arguments", "parameters", "input", "args", "kwargs"];

/// The arguments in the model's words as those of one object; unchanged where they are that, or cannot
/// be understood as that.
pub(crate) fn as_object(written: &str) -> String {
    let is_object = || serde_json::from_str::<IgnoredAny>(written).is_ok();
    if written.trim_start().starts_with('{') && is_object() {
        return written.to_owned();
    }
    match object(written, MAX_WRAPS) {
        Some(object) => Value::Object(object).to_string(),
        None => written.to_owned(),
    }
}

fn object(written: &str, wraps: usize) -> Option<Map<String, Value>> {
    let text = unfenced(written.trim());
    if text.is_empty() {
        return Some(Map::new());
    }
    // A token of the model's template may follow.
    let text = text.find("<|").map_or(text, |at| text[..at].trim_end());
    let values = values(text).or_else(|| values(&mended(text)))?;
    let mut objects = Vec::new();
    for value in values {
        let object = unwrapped(value, wraps)?;
        // Some gateways open with an empty object, or send all of it twice.
        if !object.is_empty() && objects.last() != Some(&object) {
            objects.push(object);
        }
    }
    match objects.len() {
        0 => Some(Map::new()),
        1 => objects.pop(),
        _ => None,
    }
}

fn unwrapped(value: Value, wraps: usize) -> Option<Map<String, Value>> {
    match value {
        Value::Object(object) => Some(object),
        Value::Null => Some(Map::new()),
        Value::String(inner) => object(&inner, wraps.checked_sub(1)?),
        Value::Array(mut list) => match list.len() {
            0 => Some(Map::new()),
            1 => unwrapped(list.pop()?, wraps.checked_sub(1)?),
            _ => None,
        },
        Value::Bool(_) | Value::Number(_) => None,
    }
}

/// The text within a Markdown fence.
fn unfenced(text: &str) -> &str {
    let inner = text
        .strip_prefix("```")
        .and_then(|text| text.strip_suffix("```"));
    let inner = inner.map(|inner| inner.strip_prefix("json").unwrap_or(inner).trim());
    inner.unwrap_or(text)
}

/// The arguments with values of the types that the schema of the whole, `root`, wants: numbers out of
/// texts, texts out of numbers, one of the listed words however it is spelt, a list out of its one
/// element. What is optional and says nothing is absent.
pub(super) fn fitted(arguments: Map<String, Value>, root: &Value) -> Map<String, Value> {
    members(bare(arguments, root), root, root)
}

/// The members of one object with values of the types that its schema wants.
fn members(written: Map<String, Value>, object: &Value, root: &Value) -> Map<String, Value> {
    let required = object["required"].as_array();
    let required: Vec<_> = required.into_iter().flatten().collect();
    let mut fitted = Map::new();
    for (written, value) in written {
        let Some((name, schema)) = property(object, &written) else {
            if !says_nothing(&value) {
                fitted.insert(written, value);
            }
            continue;
        };
        let optional = !required.iter().any(|required| *required == name);
        if !(optional && says_nothing(&value)) {
            // The name as the schema spells it goes before another spelling of it.
            let value = fit(value, schema, root);
            if written == *name || !fitted.contains_key(name) {
                fitted.insert(name.clone(), value);
            }
        }
    }
    fitted
}

/// The arguments without a wrapper that the schema does not know.
fn bare(mut arguments: Map<String, Value>, root: &Value) -> Map<String, Value> {
    let only = arguments
        .keys()
        .next()
        .filter(|_| arguments.len() == 1)
        .cloned();
    let wrapper =
        only.filter(|name| WRAPPERS.contains(&name.as_str()) && property(root, name).is_none());
    let inner = wrapper.and_then(|name| arguments.get(&name).cloned());
    if let Some(inner) = inner.and_then(|inner| unwrapped(inner, MAX_WRAPS)) {
        arguments = inner;
    }
    arguments
}

/// A property of the schema by its name, however it is spelt.
fn property<'a>(root: &'a Value, written: &str) -> Option<(&'a String, &'a Value)> {
    let properties = root["properties"].as_object()?;
    let exact = properties.get_key_value(written);
    exact.or_else(|| {
        let written = folded(written);
        properties.iter().find(|(name, _)| folded(name) == written)
    })
}

/// A word without case, blanks and the signs between its parts.
pub(super) fn folded(word: &str) -> String {
    let letters = word.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// What models write where they mean to leave an argument out.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => {
            let words = ["", "null", "none", "undefined", "n/a"];
            words
                .iter()
                .any(|word| text.trim().eq_ignore_ascii_case(word))
        }
        _ => false,
    }
}

fn fit(value: Value, schema: &Value, root: &Value) -> Value {
    let schema = resolved(schema, root);
    if let Some(words) = listed(schema) {
        return word(value, &words);
    }
    match (kind(schema), value) {
        ("integer" | "number", value) => number(value),
        ("boolean", Value::String(text)) => match &*text.trim().to_lowercase() {
            "true" | "yes" => Value::Bool(true),
            "false" | "no" => Value::Bool(false),
            _ => Value::String(text),
        },
        ("string", value) => string(value, schema),
        ("array", value) => array(value, &schema["items"], root),
        ("object", Value::Object(object)) => Value::Object(members(object, schema, root)),
        ("object", Value::String(text)) => match serde_json::from_str(&text) {
            Ok(Value::Object(object)) => Value::Object(members(object, schema, root)),
            _ => Value::String(text),
        },
        (_, value) => value,
    }
}

/// The schema that is meant: behind a reference, and that of the value where it may be null.
fn resolved<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    let choices = ["anyOf", "oneOf", "allOf"]
        .iter()
        .find_map(|key| schema[*key].as_array());
    let choice = choices.and_then(|choices| {
        let mut others = choices.iter().filter(|choice| choice["type"] != "null");
        others.next().filter(|_| others.next().is_none())
    });
    let schema = choice.unwrap_or(schema);
    let name = schema["$ref"]
        .as_str()
        .and_then(|path| path.strip_prefix("#/$defs/"));
    name.and_then(|name| root["$defs"].get(name))
        .unwrap_or(schema)
}

/// The words that a schema lists.
fn listed(schema: &Value) -> Option<Vec<&str>> {
    if let Some(words) = schema["enum"].as_array() {
        return Some(words.iter().filter_map(Value::as_str).collect());
    }
    let choices = schema["oneOf"].as_array()?.iter();
    choices.map(|choice| choice["const"].as_str()).collect()
}

fn kind(schema: &Value) -> &str {
    match &schema["type"] {
        Value::Array(kinds) => {
            let mut kinds = kinds.iter().filter_map(Value::as_str);
            kinds.find(|kind| *kind != "null").unwrap_or_default()
        }
        kind => kind.as_str().unwrap_or_default(),
    }
}

/// The listed word that a text means, whatever its case and what stands between its parts.
fn word(value: Value, words: &[&str]) -> Value {
    let Some(text) = value.as_str() else {
        return value;
    };
    let written = folded(text);
    let means = |word: &&&str| {
        let word = folded(word);
        written == word || written.strip_suffix("class") == Some(&*word)
    };
    match words.iter().find(means) {
        Some(word) => Value::from(*word),
        None => value,
    }
}

fn number(value: Value) -> Value {
    let whole = |number: f64| {
        // Below 2^53 nothing is lost.
        let is_whole = number.fract() == 0.0 && number.abs() < 9e15;
        is_whole.then(|| Value::from(number as i64))
    };
    match value {
        Value::Number(number) if number.is_f64() => {
            let float = number.as_f64().and_then(whole);
            float.unwrap_or(Value::Number(number))
        }
        Value::String(text) => {
            let written = text.trim();
            let read = written.parse::<i64>().ok().map(Value::from).or_else(|| {
                let float: f64 = written.parse().ok()?;
                whole(float).or_else(|| Number::from_f64(float).map(Value::Number))
            });
            read.unwrap_or(Value::String(text))
        }
        Value::Array(list) if list.len() == 1 => {
            list.into_iter().next().map_or(Value::Null, number)
        }
        value => value,
    }
}

fn string(value: Value, schema: &Value) -> Value {
    match value {
        Value::Number(number) => Value::String(number.to_string()),
        // Alternatives: our texts separate them by commas.
        Value::Array(list) if !list.is_empty() && list.iter().all(Value::is_string) => {
            let texts: Vec<_> = list.iter().filter_map(Value::as_str).collect();
            Value::String(texts.join(","))
        }
        Value::String(text) => {
            let text = text.trim();
            let day = text
                .get(..10)
                .filter(|day| day.parse::<jiff::civil::Date>().is_ok());
            // A day with a time after it, or with slashes.
            let is_time = text[10.min(text.len())..].starts_with(['T', ' ']);
            match (schema["format"] == "date", day) {
                (true, Some(day)) if is_time => Value::from(day),
                (true, None) => Value::from(text.replace('/', "-")),
                _ => Value::from(text),
            }
        }
        value => value,
    }
}

fn array(value: Value, items: &Value, root: &Value) -> Value {
    let list = match value {
        Value::Array(list) => list,
        Value::String(text) => match serde_json::from_str(&text) {
            Ok(Value::Array(list)) => list,
            _ if says_nothing(&Value::String(text.clone())) => Vec::new(),
            _ => text
                .split(',')
                .map(|part| Value::from(part.trim()))
                .collect(),
        },
        Value::Null => Vec::new(),
        value @ (Value::Number(_) | Value::Bool(_)) => vec![value],
        value @ Value::Object(_) => return value,
    };
    list.into_iter()
        .map(|element| fit(element, items, root))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::capability::flights::search_flights::SearchFlightsArgs;

    #[test]
    fn arguments_of_any_wrapping_are_an_object() {
        for (written, expected) in [
            ("", "{}"),
            ("null", "{}"),
            ("\"\"", "{}"),
            ("[]", "{}"),
            ("\"null\"", "{}"),
            (r#"{"a": 1}"#, r#"{"a": 1}"#),
            (r#""{\"a\":1}""#, r#"{"a":1}"#),
            (r#""\"{\\\"a\\\":1}\"""#, r#"{"a":1}"#),
            (r#"[{"a":1}]"#, r#"{"a":1}"#),
            (r#"{}{"a":1}"#, r#"{"a":1}"#),
            (r#"{"a":1}{"a":1}"#, r#"{"a":1}"#),
            ("```json\n{\"a\":1}\n```", r#"{"a":1}"#),
            (r#"{"a":1}<|call|>"#, r#"{"a":1}"#),
            (r#"{"a":None}"#, r#"{"a":null}"#),
            // Not to be understood: the model is told.
            (r#"{"a":1}{"a":2}"#, r#"{"a":1}{"a":2}"#),
            (r#"{"a":"#, r#"{"a":"#),
            ("7", "7"),
            ("Lisbon", "Lisbon"),
        ] {
            assert_eq!(as_object(written), expected, "{written}");
        }
    }

    fn fits(arguments: Value) -> Value {
        let Value::Object(arguments) = arguments else {
            panic!("no object")
        };
        let schema = schemars::schema_for!(SearchFlightsArgs).to_value();
        Value::Object(fitted(arguments, &schema))
    }

    #[test]
    fn values_are_fitted_to_the_schema() {
        for (written, expected) in [
            (json!({"adults": "2"}), json!({"adults": 2})),
            (json!({"adults": 2.0}), json!({"adults": 2})),
            (json!({"adults": "2.0"}), json!({"adults": 2})),
            (json!({"adults": [2]}), json!({"adults": 2})),
            (
                json!({"adults": null, "airline": "", "cabin": "None"}),
                json!({}),
            ),
            (
                json!({"children_ages": "[5]"}),
                json!({"children_ages": [5]}),
            ),
            (
                json!({"children_ages": "5, 7"}),
                json!({"children_ages": [5, 7]}),
            ),
            (json!({"children_ages": 5}), json!({"children_ages": [5]})),
            (
                json!({"children_ages": ["5", 7.0]}),
                json!({"children_ages": [5, 7]}),
            ),
            (json!({"children_ages": null}), json!({})),
            (json!({"cabin": "Economy"}), json!({"cabin": "economy"})),
            (
                json!({"cabin": "PREMIUM ECONOMY"}),
                json!({"cabin": "premium_economy"}),
            ),
            (
                json!({"cabin": "business class"}),
                json!({"cabin": "business"}),
            ),
            (
                json!({"departure_time": "Morning"}),
                json!({"departure_time": "morning"}),
            ),
            (json!({"max_price": 200}), json!({"max_price": "200"})),
            (
                json!({"departure": ["CDG", "ORY"]}),
                json!({"departure": "CDG,ORY"}),
            ),
            (json!({"departure": " PAR "}), json!({"departure": "PAR"})),
            (
                json!({"date": "2027-01-12T00:00:00Z"}),
                json!({"date": "2027-01-12"}),
            ),
            (json!({"date": "2027/01/12"}), json!({"date": "2027-01-12"})),
            (json!({"maxStops": 0}), json!({"max_stops": 0})),
            (json!({"arguments": {"adults": 1}}), json!({"adults": 1})),
            (json!({"strict": null}), json!({})),
            (
                json!({"legs": [{"Departure": ["LIS"], "arrival": "OPO", "date": "2027/02/12", "arrival_before": null}]}),
                json!({"legs": [{"departure": "LIS", "arrival": "OPO", "date": "2027-02-12"}]}),
            ),
            (
                json!({"return_window": "{\"departure_after\": \"18:00\"}", "low_cost": "no"}),
                json!({"return_window": {"departure_after": "18:00"}, "low_cost": false}),
            ),
            // What is needed stays, so that the model is told of it; so does what does not fit.
            (json!({"date": ""}), json!({"date": ""})),
            (
                json!({"adults": "two", "limit": 1.5, "cabin": "sofa", "who": 1}),
                json!({"adults": "two", "limit": 1.5, "cabin": "sofa", "who": 1}),
            ),
        ] {
            assert_eq!(fits(written.clone()), expected, "{written}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in r#"[\[\]{}":,a-z0-9\\ é<|`]{0,40}|.*"#) {
            let once = as_object(&text);
            prop_assert_eq!(as_object(&once), once);
        }
    }
}
