//! What people, models and tools say, as it may stand on a span: redacted, and within a bound.

use serde_json::Value;

use super::{redaction, secrets};

/// Most bytes of one attribute: the ring holds some hundreds of such spans, and collectors refuse
/// messages above 4 MiB.
pub(super) const MOST: usize = 32 * 1024;
/// Most bytes of one text in it, at first; halved until the whole fits.
const TEXT: usize = 8 * 1024;
/// Below this, whole messages go, not their ends.
const LEAST_TEXT: usize = 256;
const MORE: &str = "…";

/// The text without personal data and without our secrets, which go first: what is left of one that
/// was redacted in part would not be known again.
fn redact(text: &str) -> String {
    redaction::redact(&secrets::masked(text.to_owned()))
}

/// A text, redacted first, so that no cut hides half an address from the redaction.
pub(super) fn text(text: &str) -> String {
    let mut text = redact(text);
    cut(&mut text, MOST);
    text
}

/// JSON stays JSON: each text in it is redacted and cut by itself; of a list that is still too long,
/// the oldest elements go.
pub(super) fn json(text: &str) -> String {
    let mut value = serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
    clean(&mut value);
    let mut most = TEXT;
    loop {
        shorten(&mut value, most);
        let written = value.to_string();
        if written.len() <= MOST {
            return written;
        }
        if most > LEAST_TEXT {
            most /= 2;
            continue;
        }
        match &mut value {
            Value::Array(list) if list.len() > 1 => {
                list.remove(0);
            }
            // Names of fields alone fill it: nobody means anything by that.
            _ => return "null".to_owned(),
        }
    }
}

/// Redacts texts, names of fields, and numbers that are long enough to be somebody's.
fn clean(value: &mut Value) {
    const SHORTEST: usize = 9;
    match value {
        Value::String(text) => *text = redact(text),
        Value::Number(number) => {
            let text = number.to_string();
            if text.len() >= SHORTEST && text.bytes().all(|byte| byte.is_ascii_digit()) {
                let redacted = redact(&text);
                if redacted != text {
                    *value = Value::from(redacted);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(clean),
        Value::Object(fields) => {
            let cleaned = std::mem::take(fields).into_iter().map(|(name, mut value)| {
                clean(&mut value);
                (redact(&name), value)
            });
            *fields = cleaned.collect();
        }
        Value::Null | Value::Bool(_) => {}
    }
}

fn shorten(value: &mut Value, most: usize) {
    match value {
        Value::String(text) => cut(text, most),
        Value::Array(list) => list.iter_mut().for_each(|value| shorten(value, most)),
        Value::Object(fields) => fields.values_mut().for_each(|value| shorten(value, most)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn cut(text: &mut String, most: usize) {
    if text.len() > most {
        let end = text.floor_char_boundary(most.saturating_sub(MORE.len()));
        text.truncate(end);
        text.push_str(MORE);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_text_is_redacted_whatever_stands_around_it_in_json() {
        let said = json!([{"parts": [{"content": "Tel:\n0612345678"}], "n": 4_111_111_111_111_111_u64,
            "price": 1250, "a@b.fr": true}]);
        let kept: Value = serde_json::from_str(&json(&said.to_string())).unwrap();
        let expected = json!([{"parts": [{"content": "Tel:\n[phone]"}], "n": "[card]",
            "price": 1250, "[email]": true}]);
        assert_eq!(kept, expected);
    }

    #[test]
    fn too_much_is_cut_and_stays_json_with_the_newest_last() {
        let long = "é".repeat(MOST);
        let many: Vec<_> = (0..500).map(|at| json!({"at": at, "text": long})).collect();
        let written = json(&Value::from(many).to_string());
        assert!(written.len() <= MOST, "{}", written.len());
        let list: Vec<Value> = serde_json::from_str(&written).unwrap();
        assert_eq!(list.last().unwrap()["at"], 499);
        assert!(list.len() > 50, "{}", list.len());
        let fields: serde_json::Map<_, _> =
            (0..9_000).map(|at| (at.to_string(), json!(1))).collect();
        assert_eq!(json(&Value::from(fields).to_string()), "null");
        assert!(text(&long).len() <= MOST);
    }

    #[test]
    fn no_cut_leaves_half_an_address() {
        let said = format!("{}jean.dupont@example.fr", "x ".repeat(MOST / 2 - 5));
        assert!(!text(&said).contains("jean"));
    }
}
