//! What an operator adds to the requests of one provider.

use std::str::FromStr;

use http::HeaderMap;
use serde_json::{Map, Value};

/// Headers, fields of the body, and how long a model may think.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    /// Headers beside the adapter's own; their values are marked sensitive.
    pub headers: HeaderMap,
    /// Fields of the body, merged into it as RFC 7396 has it: objects into objects, `null` takes a
    /// field away.
    pub body: Map<String, Value>,
    /// How long a model may think; `None` = the provider's default.
    pub effort: Option<Effort>,
}

impl Extras {
    /// Adds the fields to a body.
    pub(super) fn add_to(&self, body: &mut Map<String, Value>) {
        merge(body, &self.body);
    }
}

fn merge(into: &mut Map<String, Value>, patch: &Map<String, Value>) {
    for (name, value) in patch {
        match value {
            Value::Null => {
                into.remove(name);
            }
            Value::Object(patch) => {
                let inner = into.entry(name.clone()).or_insert(Value::Null);
                if !inner.is_object() {
                    *inner = Value::Object(Map::new());
                }
                if let Value::Object(inner) = inner {
                    merge(inner, patch);
                }
            }
            value => {
                into.insert(name.clone(), value.clone());
            }
        }
    }
}

/// How long a model may think before it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Not at all.
    None,
    /// Hardly.
    Minimal,
    /// A little.
    Low,
    /// Some.
    Medium,
    /// Long.
    High,
    /// Longer.
    Xhigh,
    /// As long as it likes.
    Max,
}

/// The name is none of [`Effort::ALL`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown effort")]
pub struct UnknownEffort;

impl Effort {
    /// Every effort, from the least.
    pub const ALL: [Self; 7] = [
        Self::None,
        Self::Minimal,
        Self::Low,
        Self::Medium,
        Self::High,
        Self::Xhigh,
        Self::Max,
    ];

    /// The name in configuration and on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Minimal => "minimal",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Xhigh => "xhigh",
            Self::Max => "max",
        }
    }
}

impl FromStr for Effort {
    type Err = UnknownEffort;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let mut all = Self::ALL.into_iter();
        all.find(|effort| effort.as_str() == name)
            .ok_or(UnknownEffort)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn objects_are_merged_and_null_takes_a_field_away() {
        let extras = Extras {
            body: json!({
                "top_k": 20, "temperature": null,
                "stream_options": {"continuous": true},
                "a": {"b": {"c": 1, "gone": null}},
            })
            .as_object()
            .unwrap()
            .clone(),
            ..Extras::default()
        };
        let mut body = json!({"model": "m", "temperature": 0.5, "a": 3,
            "stream_options": {"include_usage": true}});
        extras.add_to(body.as_object_mut().unwrap());
        assert_eq!(
            body,
            json!({"model": "m", "top_k": 20, "a": {"b": {"c": 1}},
                "stream_options": {"include_usage": true, "continuous": true}})
        );
    }

    #[test]
    fn every_effort_is_read_back() {
        for effort in Effort::ALL {
            assert_eq!(effort.as_str().parse(), Ok(effort));
        }
        assert!("High".parse::<Effort>().is_err());
    }
}
