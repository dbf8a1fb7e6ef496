//! The JSON schema of a tool's arguments: read as a value, sent as the text that was written once.

use std::{ops::Deref, sync::Arc};

use serde::{Serialize, Serializer};
use serde_json::{Value, value::RawValue};

/// A JSON schema. A clone is a pointer, and a request writes it by copying its text: the schemas are
/// most of a request's bytes and never change while the process runs.
#[derive(Clone, Debug)]
pub struct Schema {
    value: Arc<Value>,
    written: Arc<RawValue>,
}

impl From<Value> for Schema {
    fn from(value: Value) -> Self {
        // A value has texts for keys and no infinite numbers: it can be written.
        let written = serde_json::value::to_raw_value(&value).unwrap_or_default();
        Self {
            value: Arc::new(value),
            written: written.into(),
        }
    }
}

impl Deref for Schema {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.value
    }
}

impl PartialEq for Schema {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.written.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn it_is_written_as_the_value_is() {
        let value = json!({"type": "object", "properties": {"who": {"type": "string", "description": "É\n\""}}});
        let schema = Schema::from(value.clone());
        assert_eq!(
            serde_json::to_string(&schema).unwrap(),
            serde_json::to_string(&value).unwrap()
        );
        assert_eq!(serde_json::to_value(&schema).unwrap(), value);
        assert_eq!(schema["type"], "object");
    }
}
