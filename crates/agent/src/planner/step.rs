//! What the model does next.

use serde::Serialize;
use serde_json::Value;

use crate::{language::Pending, tools::Tool};

/// The next step of a turn.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Answers.
    Say(Reply),
    /// Runs tools side by side; at least one.
    Call(Vec<Call>),
}

/// A text, and what it waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Never empty.
    pub text: String,
    /// What its last question asks.
    pub asks: Pending,
}

impl Reply {
    /// A text that ends with a question.
    pub(crate) fn asking(text: impl Into<String>, asks: Pending) -> Self {
        Self {
            text: text.into(),
            asks,
        }
    }

    /// The same after `opening`, a paragraph of its own.
    pub(crate) fn after(self, opening: Option<String>) -> Self {
        let parts: Vec<_> = opening.into_iter().chain([self.text]).collect();
        Self {
            text: parts.join("\n\n"),
            asks: self.asks,
        }
    }
}

/// A text that asks nothing.
impl From<String> for Reply {
    fn from(text: String) -> Self {
        Self::asking(text, Pending::Nothing)
    }
}

impl From<String> for Step {
    fn from(text: String) -> Self {
        Self::Say(text.into())
    }
}

impl From<Reply> for Step {
    fn from(reply: Reply) -> Self {
        Self::Say(reply)
    }
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
    pub(crate) fn of<T: Tool>(arguments: impl Serialize) -> Self {
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
