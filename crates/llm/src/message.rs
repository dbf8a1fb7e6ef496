//! Messages between the agent and a chat model.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One message of a prompt. What a turn adds is stored with it, so that the next prompt of the
/// conversation begins with the very same text, which providers cache.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum Message {
    /// Instructions; the stable prefix of a prompt.
    System {
        /// Text.
        text: String,
    },
    /// What the person wrote.
    User {
        /// Text.
        text: String,
        /// Date, language and state of the conversation at that moment, rendered once; adapters put
        /// it after the text. Empty = none.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// What the model answered.
    Assistant {
        /// Its text; may be empty when it only called tools.
        text: String,
        /// The tools that it called.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tool_calls: Vec<ToolCall>,
    },
    /// What a tool answered.
    Tool {
        /// The call that it answers.
        call_id: String,
        /// The tool.
        name: String,
        /// What the model is told: the result, or what went wrong.
        text: String,
        /// Whether it failed.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        failed: bool,
    },
}

impl Message {
    /// Bytes of its texts.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match self {
            Self::System { text } | Self::Tool { text, .. } => text.len(),
            Self::User { text, note } => text.len() + note.len(),
            Self::Assistant { text, tool_calls } => {
                let calls = tool_calls.iter();
                text.len() + calls.map(|call| call.arguments.len()).sum::<usize>()
            }
        }
    }

    /// Instructions.
    pub fn system(text: impl Into<String>) -> Self {
        Self::System { text: text.into() }
    }

    /// A person's message without a note.
    pub fn user(text: impl Into<String>) -> Self {
        Self::User {
            text: text.into(),
            note: String::new(),
        }
    }

    /// A model's answer that calls no tool.
    pub fn assistant(text: impl Into<String>) -> Self {
        Self::Assistant {
            text: text.into(),
            tool_calls: Vec::new(),
        }
    }
}

/// A model's wish to run a tool.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolCall {
    /// The model's id for the call.
    pub id: String,
    /// Tool name, as the model wrote it.
    pub name: String,
    /// Arguments, as the model wrote them: meant to be a JSON object.
    pub arguments: String,
}

impl ToolCall {
    /// The arguments as JSON. Providers stream nothing at all where a model gives none: that is an
    /// empty object.
    ///
    /// # Errors
    /// When the model wrote no JSON.
    pub fn json(&self) -> serde_json::Result<Value> {
        match self.arguments.trim() {
            "" => Ok(Value::Object(Map::new())),
            text => serde_json::from_str(text),
        }
    }
}
