//! Messages between the agent and a chat model.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::tools::ToolOutput;

/// One message of a prompt.
#[derive(Clone, Debug)]
pub enum Message {
    /// Instructions; the stable prefix of a prompt.
    System(String),
    /// What the person wrote.
    User(String),
    /// What the model answered.
    Assistant {
        /// Its text; may be empty when it only called tools.
        text: String,
        /// The tools that it called.
        tool_calls: Vec<ToolCall>,
    },
    /// What a tool answered.
    Tool {
        /// The call that it answers.
        call_id: String,
        /// The tool.
        name: String,
        /// Its output, or what went wrong, told to the model.
        result: Result<Arc<ToolOutput>, String>,
    },
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
