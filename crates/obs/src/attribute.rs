//! Typed attributes of a kept span: a JSON object in text form, compact in memory.

use std::fmt;

use opentelemetry::{Array, Key, KeyValue, Value as OtelValue};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
    ser::SerializeMap,
};

/// What the allocator adds to an allocation, in bytes (measured: the ring's estimate is then
/// within a tenth of the resident memory).
pub(crate) const ALLOCATION: usize = 16;

/// The value of an attribute. It keeps its type: a number stays a number in JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with fraction; always finite.
    Float(f64),
    /// A text.
    String(Box<str>),
    /// Several values of one type.
    Array(Vec<Value>),
}

impl Value {
    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self {
            Some(text)
        } else {
            None
        }
    }

    /// The whole number, if it is one.
    pub fn as_i64(&self) -> Option<i64> {
        if let Self::Int(number) = self {
            Some(*number)
        } else {
            None
        }
    }

    /// The number, if it is one of either kind.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Int(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self {
            Some(*value)
        } else {
            None
        }
    }

    /// Memory outside the value itself, in bytes.
    fn heap(&self) -> usize {
        match self {
            Self::String(text) => ALLOCATION + text.len(),
            Self::Array(values) => values
                .iter()
                .map(|value| size_of::<Self>() + value.heap())
                .sum(),
            _ => 0,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => value.fmt(f),
            Self::Int(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
            Self::String(value) => value.fmt(f),
            Self::Array(values) => f.debug_list().entries(values).finish(),
        }
    }
}

impl From<&OtelValue> for Value {
    fn from(value: &OtelValue) -> Self {
        // JSON has no number for an infinity, so it becomes a text.
        let float = |x: f64| match x.is_finite() {
            true => Self::Float(x),
            false => Self::String(x.to_string().into()),
        };
        match value {
            OtelValue::Bool(value) => Self::Bool(*value),
            OtelValue::I64(value) => Self::Int(*value),
            OtelValue::F64(value) => float(*value),
            OtelValue::String(value) => Self::String(value.as_str().into()),
            OtelValue::Array(array) => Self::Array(match array {
                Array::Bool(values) => values.iter().map(|value| Self::Bool(*value)).collect(),
                Array::I64(values) => values.iter().map(|value| Self::Int(*value)).collect(),
                Array::F64(values) => values.iter().map(|value| float(*value)).collect(),
                Array::String(values) => values
                    .iter()
                    .map(|value| Self::String(value.as_str().into()))
                    .collect(),
                other => vec![Self::String(other.to_string().into())],
            }),
            other => Self::String(other.as_str().into()),
        }
    }
}

/// Attributes in the order in which they were recorded.
#[derive(Clone, Default, PartialEq)]
pub struct Attributes(Box<[(Key, Value)]>);

impl Attributes {
    /// The value of an attribute.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.iter()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| value)
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Memory outside the value itself, in bytes.
    pub(crate) fn heap(&self) -> usize {
        let each = self
            .0
            .iter()
            .map(|(_, value)| size_of::<(Key, Value)>() + value.heap());
        ALLOCATION + each.sum::<usize>()
    }
}

impl From<&[KeyValue]> for Attributes {
    fn from(attributes: &[KeyValue]) -> Self {
        // Cloning a key is free: the names of span fields are static.
        Self(
            attributes
                .iter()
                .map(|kv| (kv.key.clone(), Value::from(&kv.value)))
                .collect(),
        )
    }
}

impl fmt::Debug for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Serialize for Attributes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in self.iter() {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Attributes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of attributes")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Attributes, A::Error> {
                let mut all = Vec::with_capacity(map.size_hint().unwrap_or(0).min(128));
                while let Some((key, value)) = map.next_entry::<String, Value>()? {
                    all.push((Key::new(key), value));
                }
                Ok(Attributes(all.into()))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}
