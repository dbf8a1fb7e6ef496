//! The fields of an object, taken out of it: each may be absent or of any type.
//!
//! A value is taken apart once. A derived reader that goes through a value for every field builds it
//! anew on every level, which was a sixth of what a streamed answer cost.

use serde_json::{Map, Value};

use super::{count, is_nothing, text};

/// What can be read out of any value, or not.
pub(crate) trait Loose: Sized {
    /// Reads it; `None` where the value is of another kind.
    fn of(value: Value) -> Option<Self>;
}

impl Loose for String {
    fn of(value: Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

/// An object's fields.
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    /// Those of a value that is an object.
    pub(crate) fn of(value: Value) -> Option<Self> {
        match value {
            Value::Object(map) => Some(Self(map)),
            _ => None,
        }
    }

    /// A field as it is, unless it is `null`.
    pub(crate) fn value(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name).filter(|value| !value.is_null())
    }

    /// A field that may be anything: what cannot be read as `T` is absent.
    pub(crate) fn field<T: Loose>(&mut self, name: &str) -> Option<T> {
        self.value(name).and_then(T::of)
    }

    /// A field that holds a text, or a number as one.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        match self.value(name)? {
            Value::String(text) => Some(text),
            other => text(&other),
        }
    }

    /// A field that holds a count.
    pub(crate) fn count(&mut self, name: &str) -> Option<u64> {
        count(&self.value(name)?)
    }

    /// A field that holds something, or says nothing.
    pub(crate) fn something(&mut self, name: &str) -> Option<Value> {
        self.value(name).filter(|value| !is_nothing(value))
    }

    /// A field that holds a list: of one element in place of a list, and of the values of an object
    /// whose keys are numbers. Elements that cannot be read are left out.
    pub(crate) fn list<T: Loose>(&mut self, name: &str) -> Option<Vec<T>> {
        let elements = match self.value(name)? {
            Value::Array(elements) => elements,
            Value::Object(object) if object.is_empty() => return None,
            Value::Object(object) if object.keys().all(|key| key.parse::<u32>().is_ok()) => {
                object.into_iter().map(|(_, element)| element).collect()
            }
            object @ Value::Object(_) => vec![object],
            _ => return None,
        };
        let elements = elements.into_iter().filter(Value::is_object);
        Some(elements.filter_map(T::of).collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(value: Value) -> Fields {
        Fields::of(value).unwrap()
    }

    #[test]
    fn what_is_of_another_kind_is_absent() {
        let mut of = fields(json!({"a": 7, "b": null, "c": "x", "d": "", "e": 7.5}));
        assert_eq!(of.field::<String>("a"), None);
        assert_eq!(of.value("b"), None);
        assert_eq!(of.text("c").as_deref(), Some("x"));
        assert_eq!(of.something("d"), None);
        assert_eq!(of.text("e").as_deref(), Some("7.5"));
        assert_eq!(of.count("f"), None);
        assert!(Fields::of(json!([1])).is_none());
    }

    #[test]
    fn a_list_has_more_than_one_form() {
        struct Name(String);
        impl Loose for Name {
            fn of(value: Value) -> Option<Self> {
                Fields::of(value)?.text("n").map(Self)
            }
        }
        for (list, names) in [
            (json!([{"n": "a"}, {"n": "b"}]), Some("ab")),
            (json!([{"n": "a"}, 7, {"m": "b"}]), Some("a")),
            (json!({"0": {"n": "a"}, "1": {"n": "b"}}), Some("ab")),
            (json!({"n": "a"}), Some("a")),
            (json!({}), None),
            (json!("a"), None),
            (json!(null), None),
        ] {
            let read: Option<Vec<Name>> = fields(json!({"list": list})).list("list");
            let read = read.map(|names| names.into_iter().map(|name| name.0).collect::<String>());
            assert_eq!(read.as_deref(), names, "{list}");
        }
    }
}
