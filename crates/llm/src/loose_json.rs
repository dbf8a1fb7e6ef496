//! JSON as servers of language models write it. Pure, and it cannot fail.

pub(super) mod fields;
mod mend;
pub(super) mod surrogates;

use serde_json::Value;

pub use mend::mended;

/// What the data of an event are.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Data {
    /// Objects, mostly one.
    Objects(Vec<Value>),
    /// The mark that ends a stream.
    Done,
    /// A heartbeat: anything that is no object.
    Nothing,
    /// The beginning of an object, or one that is broken.
    Broken,
}

impl Data {
    /// Reads the data of one event.
    pub(super) fn read(data: &str) -> Self {
        let mut text = data.trim();
        // Gateways that frame what is framed already.
        while let Some(rest) = strip_data(text) {
            text = rest.trim_start();
        }
        let bare = text.trim_matches('"');
        if bare
            .get(..6)
            .is_some_and(|mark| mark.eq_ignore_ascii_case("[DONE]"))
        {
            return Self::Done;
        }
        match values(text).or_else(|| values(&mended(text))) {
            Some(values) => {
                let objects: Vec<_> = values.into_iter().flat_map(objects).collect();
                match objects.is_empty() {
                    true => Self::Nothing,
                    false => Self::Objects(objects),
                }
            }
            None if begins_object(text) => by_line(text),
            None => Self::Nothing,
        }
    }
}

fn strip_data(text: &str) -> Option<&str> {
    let name = text.get(..5)?;
    name.eq_ignore_ascii_case("data:").then(|| &text[5..])
}

/// All values of a text that holds nothing else; `None` where it does, or holds none.
pub fn values(text: &str) -> Option<Vec<Value>> {
    let values: Result<Vec<Value>, _> = serde_json::Deserializer::from_str(text)
        .into_iter()
        .collect();
    values.ok().filter(|values| !values.is_empty())
}

/// The objects of a value: itself, those of a list, or those in a string, which was encoded twice.
fn objects(value: Value) -> Vec<Value> {
    match value {
        Value::Object(_) => vec![value],
        Value::Array(list) => list.into_iter().filter(Value::is_object).collect(),
        Value::String(text) if begins_object(&text) => {
            let inner = values(&text).unwrap_or_default();
            inner.into_iter().filter(Value::is_object).collect()
        }
        _ => Vec::new(),
    }
}

fn begins_object(text: &str) -> bool {
    let inner = text.trim_start().strip_prefix('{');
    inner.is_some_and(|inner| {
        let inner = inner.trim_start();
        inner.is_empty() || inner.starts_with(['"', '}'])
    })
}

/// Objects of an event among lines that hold none.
fn by_line(text: &str) -> Data {
    let lines = text
        .lines()
        .filter_map(|line| strip_data(line).or(Some(line)));
    let mut all = Vec::new();
    for line in lines {
        match values(line) {
            Some(values) => all.extend(values.into_iter().flat_map(objects)),
            None if begins_object(line) || all.is_empty() => return Data::Broken,
            None => {}
        }
    }
    Data::Objects(all)
}

/// Whether a value says nothing: what servers write where there is nothing to say. A number alone says
/// nothing; one within may be a code.
pub(super) fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Number(_) => true,
        value => is_empty(value),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => {
            let text = text.trim();
            let words = ["", "null", "none", "false"];
            words.iter().any(|word| text.eq_ignore_ascii_case(word))
        }
        Value::Array(list) => list.iter().all(is_empty),
        Value::Object(object) => object.values().all(is_empty),
    }
}

/// A text, or a number as one.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A whole number from 0, however it is written.
pub(super) fn count(value: &Value) -> Option<u64> {
    let whole = |number: f64| {
        let fits = number >= 0.0 && number.fract() == 0.0 && number < 9e15;
        // Below 2^53 nothing is lost.
        fits.then_some(number as u64)
    };
    match value {
        Value::Number(number) => number.as_u64().or_else(|| whole(number.as_f64()?)),
        Value::String(text) => {
            let text = text.trim();
            text.parse().ok().or_else(|| whole(text.parse().ok()?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn heartbeats_of_any_shape_are_nothing() {
        for data in [
            "",
            "ping",
            "null",
            "true",
            "7",
            "1.5",
            "\"\"",
            "\"ping\"",
            "[]",
            "[1]",
            ": PROCESSING",
            "2024-04-07 20:20:50.554328",
            "[ping]",
            "{ping}",
            "[2024-04-07]",
            "keep-alive",
            "data:",
            "<p>",
            "\u{0}",
        ] {
            assert_eq!(Data::read(data), Data::Nothing, "{data}");
        }
    }

    #[test]
    fn the_end_has_more_than_one_spelling() {
        for data in [
            "[DONE]",
            " [DONE] ",
            "\"[DONE]\"",
            "[done]",
            "data: [DONE]",
            "[DONE][DONE]",
        ] {
            assert_eq!(Data::read(data), Data::Done, "{data}");
        }
    }

    #[test]
    fn objects_are_found() {
        let a = || json!({"a": 1});
        for (data, count) in [
            (r#"{"a":1}"#, 1),
            ("data: {\"a\":1}", 1),
            (r#"[{"a":1},7]"#, 1),
            (r#""{\"a\":1}""#, 1),
            ("{\"a\":1}{\"a\":1}", 2),
            ("{\"a\":1}\ndata: {\"a\":1}\nping", 2),
        ] {
            assert_eq!(Data::read(data), Data::Objects(vec![a(); count]), "{data}");
        }
        assert_eq!(
            Data::read(r#"{"a":NaN}"#),
            Data::Objects(vec![json!({"a": null})])
        );
        for data in ["{", "{\"a", "{\"a\":}", "{\"a\":1"] {
            assert_eq!(Data::read(data), Data::Broken, "{data}");
        }
    }

    #[test]
    fn what_says_nothing_is_told_from_an_error() {
        for nothing in [
            json!(null),
            json!(false),
            json!(""),
            json!("null"),
            json!(0),
            json!(1.5),
            json!({}),
            json!([]),
            json!({"code": null, "message": ""}),
            json!({"code": 0}),
        ] {
            assert!(is_nothing(&nothing), "{nothing}");
        }
        for error in [
            json!("out of memory"),
            json!({"code": 429}),
            json!({"message": "x"}),
            json!(true),
        ] {
            assert!(!is_nothing(&error), "{error}");
        }
    }

    #[test]
    fn a_count_is_whole_and_not_negative() {
        for (value, expected) in [
            (json!(3), Some(3)),
            (json!(3.0), Some(3)),
            (json!("3"), Some(3)),
            (json!(" 3.0 "), Some(3)),
            (json!(-1), None),
            (json!(1.5), None),
            (json!("x"), None),
            (json!("inf"), None),
            (json!({}), None),
        ] {
            assert_eq!(count(&value), expected, "{value}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in r#"[\[\]{}":,a-z0-9\\u é\n]{0,40}|.*"#) {
            let _ = Data::read(&text);
        }
    }
}
