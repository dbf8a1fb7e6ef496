//! Chat models: one trait for every provider, the two protocols that they speak, and the chain that
//! asks one after the other. No word of travel; what is the same of any remote service is in `remote`.

pub mod address;
pub mod anthropic;
pub mod assemble;
pub mod beside;
pub mod caught;
pub mod chain;
pub mod deadlines;
pub mod endpoint;
pub mod error;
pub mod estimate;
mod events;
pub mod extras;
mod hint;
mod learn;
pub mod loose_json;
pub mod markup;
pub mod message;
pub mod openai;
mod plain;
pub mod price_table;
pub mod pricing;
pub mod provider;
mod reading;
mod retry;
mod schema;
mod told;
mod wording;

use std::{collections::BTreeMap, sync::Arc};

use futures::stream::BoxStream;
use serde::{Deserialize, Serialize};

pub use assemble::{Answer, Assembler};
pub use beside::Beside;
pub use chain::Chain;
pub use deadlines::Deadlines;
pub use error::{ModelError, ModelErrorKind, Remedy};
pub use message::{Message, ToolCall};
pub use price_table::{PriceError, PriceTable};
pub use remote::Circuit;
pub use schema::Schema;

/// What a model streams.
pub type ModelStream = BoxStream<'static, Result<ModelEvent, ModelError>>;

/// A chat model. Dropping the stream cancels the request.
pub trait ChatModel: Send + Sync {
    /// Provider, such as `builtin`, `openai`, `anthropic`.
    fn provider(&self) -> &str;

    /// Model name, as recorded and shown.
    fn name(&self) -> &str;

    /// Host and port that requests go to; `None` for a model in this process.
    fn server(&self) -> Option<(&str, u16)> {
        None
    }

    /// Whether code composes its sentences from typed results, so that none can hold an invented fact.
    fn is_grounded(&self) -> bool {
        false
    }

    /// Whether it can call tools, as far as is known.
    fn calls_tools(&self) -> bool {
        true
    }

    /// Price of a call in US dollars; `None` = unknown.
    fn cost_usd(&self, usage: Usage) -> Option<f64> {
        let _ = usage;
        None
    }

    /// Starts one request.
    fn stream(&self, request: Arc<ChatRequest>) -> ModelStream;
}

/// One request to a model.
#[derive(Clone, Debug)]
pub struct ChatRequest {
    /// The prompt, oldest first.
    pub messages: Vec<Message>,
    /// Tools that the model is told of.
    pub tools: Arc<[ToolSpec]>,
    /// Whether it may call them now. The tools stay in the prompt where it may not: they are part of
    /// what providers cache, and Anthropic wants them wherever the history holds a call.
    pub tool_choice: ToolChoice,
    /// Sampling.
    pub settings: Settings,
    /// What a model in this process is handed, typed; adapters for remote models do not look at it.
    pub extensions: http::Extensions,
    /// What the model thought before its calls of this turn, for servers that want it back.
    pub thoughts: Arc<Thoughts>,
}

/// What a model thought before it called tools, by the id of the first call. As old as the turn.
pub type Thoughts = BTreeMap<String, String>;

/// Whether a model may call tools.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ToolChoice {
    /// As it likes.
    #[default]
    Auto,
    /// It must answer.
    None,
}

/// Sampling settings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Sampling temperature; `None` = the provider's default.
    pub temperature: Option<f64>,
    /// Most tokens to write; `None` = the adapter's default.
    pub max_tokens: Option<u32>,
}

/// What a model is told of a tool.
#[derive(Clone, Debug, PartialEq)]
pub struct ToolSpec {
    /// Name.
    pub name: &'static str,
    /// What it does and when to use it.
    pub description: &'static str,
    /// JSON schema of its arguments.
    pub parameters: Schema,
}

/// One step of a model's answer.
#[derive(Clone, Debug, PartialEq)]
pub enum ModelEvent {
    /// The provider has begun to answer.
    Started {
        /// Its id of the answer.
        id: Option<String>,
        /// The model that really answers, such as a dated snapshot of the one asked for.
        model: Option<String>,
    },
    /// It thinks; nothing to show.
    Reasoning,
    /// What it thinks, after the [`Self::Reasoning`] that it belongs to: some servers want it back
    /// with the results of the calls that came of it. Never shown nor stored.
    Thought(String),
    /// More text.
    Text(String),
    /// A piece of a tool call; pieces with the same index belong together.
    ToolCall {
        /// Position of the call in the answer.
        index: u32,
        /// Call id, in the first piece.
        id: Option<String>,
        /// Tool name, in the first piece.
        name: Option<String>,
        /// More of the arguments' JSON.
        arguments: String,
    },
    /// Tokens so far; the last one counts.
    Usage(Usage),
    /// What a model in this process says beside its text.
    Beside(Beside),
    /// Why the model stopped.
    Finish(FinishReason),
}

impl ModelEvent {
    /// Whether the model has really said something: some providers open a stream with empty pieces.
    #[must_use]
    pub const fn is_token(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::ToolCall { .. } | Self::Reasoning => true,
            Self::Started { .. }
            | Self::Thought(_)
            | Self::Usage(_)
            | Self::Beside(_)
            | Self::Finish(_) => false,
        }
    }
}

/// Tokens of one call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Prompt tokens, cached ones included.
    pub prompt: u64,
    /// Completion tokens.
    pub completion: u64,
    /// Prompt tokens read from the provider's cache.
    pub cached: u64,
    /// Prompt tokens written to the provider's cache.
    #[serde(default)]
    pub cache_written: u64,
    /// Completion tokens that were thought and not said, as far as the provider tells.
    #[serde(default)]
    pub reasoning: u64,
}

impl Usage {
    /// Prompt and completion.
    #[must_use]
    pub const fn total(self) -> u64 {
        self.prompt + self.completion
    }
}

impl std::ops::AddAssign for Usage {
    fn add_assign(&mut self, other: Self) {
        self.prompt += other.prompt;
        self.completion += other.completion;
        self.cached += other.cached;
        self.cache_written += other.cache_written;
        self.reasoning += other.reasoning;
    }
}

/// Why a model stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FinishReason {
    /// It was done.
    Stop,
    /// It waits for tool results.
    ToolCalls,
    /// The token limit was reached.
    Length,
    /// The provider withheld the rest.
    ContentFilter,
    /// The model declined to answer.
    Refusal,
}

impl FinishReason {
    /// The name on spans.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::ToolCalls => "tool_calls",
            Self::Length => "length",
            Self::ContentFilter => "content_filter",
            Self::Refusal => "refusal",
        }
    }
}
