//! What a client asked for.

use serde_json::Value;

use super::{Entry, ToolResult, conversation};

/// The protocols that the server speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// OpenAI's chat completions.
    OpenAi,
    /// Anthropic's Messages.
    Anthropic,
}

impl Protocol {
    /// The protocol whose requests go to this path.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let path = path.split('?').next().unwrap_or_default();
        if path.ends_with("/chat/completions") {
            Some(Self::OpenAi)
        } else if path.ends_with("/v1/messages") {
            Some(Self::Anthropic)
        } else {
            None
        }
    }
}

/// How far the reply to a request got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is being sent.
    Answering,
    /// Everything was sent that the script wanted.
    Done,
    /// The client closed the connection before that.
    HungUp,
}

/// One request.
#[derive(Clone, Debug)]
pub struct LlmRequest {
    /// Position among the requests of the server, from 0.
    pub number: usize,
    /// Position of its connection among those of the server, from 0.
    pub connection: usize,
    /// Protocol.
    pub protocol: Protocol,
    /// Path and query.
    pub path: String,
    /// Headers in the order sent, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Value,
    /// How far the reply got.
    pub outcome: Outcome,
}

impl LlmRequest {
    /// The first header of this name (lower case).
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| &**value)
    }

    /// The model asked for.
    #[must_use]
    pub fn model(&self) -> &str {
        self.body["model"].as_str().unwrap_or_default()
    }

    /// Whether the answer is to be streamed.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        self.body["stream"] == true
    }

    /// Whether the client asked for usage in the stream; Anthropic always sends it.
    #[must_use]
    pub fn wants_usage(&self) -> bool {
        self.protocol == Protocol::Anthropic || self.body["stream_options"]["include_usage"] == true
    }

    /// Its length in tokens, roughly: four bytes each.
    #[must_use]
    pub fn rough_tokens(&self) -> u64 {
        self.body.to_string().len() as u64 / 4
    }

    /// Names of the tools that the model is told of.
    #[must_use]
    pub fn tool_names(&self) -> Vec<&str> {
        let tools = self.body["tools"].as_array().into_iter().flatten();
        tools
            .filter_map(|tool| {
                let name = tool.get("name").or_else(|| tool["function"].get("name"));
                name?.as_str()
            })
            .collect()
    }

    /// The prompt, the same for both protocols.
    #[must_use]
    pub fn conversation(&self) -> Vec<Entry> {
        conversation::read(self.protocol, &self.body)
    }

    /// The last text of a user; empty where there is none.
    #[must_use]
    pub fn user_text(&self) -> String {
        let entries = self.conversation().into_iter().rev();
        let mut texts = entries.filter_map(|entry| match entry {
            Entry::User(text) => Some(text),
            _ => None,
        });
        texts.next().unwrap_or_default()
    }

    /// What tools answered since the model last spoke.
    #[must_use]
    pub fn tool_results(&self) -> Vec<ToolResult> {
        let mut results: Vec<_> = self
            .conversation()
            .into_iter()
            .rev()
            .take_while(|entry| !matches!(entry, Entry::Assistant { .. }))
            .filter_map(|entry| match entry {
                Entry::Tool(result) => Some(result),
                _ => None,
            })
            .collect();
        results.reverse();
        results
    }
}
