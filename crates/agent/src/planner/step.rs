//! What the model does next.

use serde::Serialize;
use serde_json::Value;

use crate::tools::Tool;

/// The next step of a turn.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Answers; never empty.
    Say(String),
    /// Runs tools side by side; at least one.
    Call(Vec<Call>),
}

/// A call of an offered tool.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Tool.
    pub name: &'static str,
    /// A JSON object, without nulls.
    pub arguments: Value,
}

impl Call {
    /// A call of `T`; arguments that were not said are left out.
    pub(super) fn of<T: Tool>(arguments: impl Serialize) -> Self {
        // Arguments are plain records: serialising one cannot fail, and null would be refused.
        let mut arguments = serde_json::to_value(arguments).unwrap_or_default();
        if let Value::Object(fields) = &mut arguments {
            fields.retain(|_, value| !value.is_null());
        }
        Self {
            name: T::NAME,
            arguments,
        }
    }
}

impl From<Call> for Step {
    fn from(call: Call) -> Self {
        Self::Call(vec![call])
    }
}
