//! What servers stream, read as leniently as their differences demand: every field may be absent or
//! `null`, and unknown ones are ignored.

use serde::{Deserialize, de::IgnoredAny};
use serde_json::Value;

use crate::llm::Usage;

/// One `chat.completion.chunk`, or an error in its place.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Chunk {
    pub(super) id: Option<String>,
    pub(super) model: Option<String>,
    pub(super) choices: Option<Vec<Choice>>,
    pub(super) usage: Option<WireUsage>,
    pub(super) x_groq: Option<GroqExtra>,
    /// Usually an object.
    pub(super) error: Option<Value>,
    /// `error` where the chunk itself is one (vLLM, Mistral).
    pub(super) object: Option<String>,
    pub(super) message: Option<Value>,
    pub(super) r#type: Option<Value>,
    pub(super) code: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Choice {
    pub(super) delta: Option<Delta>,
    pub(super) finish_reason: Option<String>,
    pub(super) error: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Delta {
    pub(super) content: Option<Content>,
    pub(super) refusal: Option<String>,
    /// DeepSeek, vLLM, llama.cpp.
    pub(super) reasoning_content: Option<Content>,
    /// Groq, OpenRouter, Ollama.
    pub(super) reasoning: Option<Content>,
    pub(super) tool_calls: Option<Vec<CallDelta>>,
}

/// Text, or Mistral's array of parts.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Content {
    Text(String),
    Parts(Vec<Part>),
    Other(IgnoredAny),
}

impl Content {
    /// Whether it says nothing, as reasoning fields do once the answer has begun.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Parts(parts) => parts.is_empty(),
            Self::Other(_) => false,
        }
    }
}

/// A part: `text`, `thinking`, or one that is not shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Part {
    pub(super) r#type: Option<String>,
    pub(super) text: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CallDelta {
    pub(super) index: Option<u32>,
    pub(super) id: Option<String>,
    pub(super) function: Option<FunctionDelta>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct FunctionDelta {
    pub(super) name: Option<String>,
    pub(super) arguments: Option<Arguments>,
}

/// A piece of JSON text, or the whole as JSON.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Arguments {
    Text(String),
    Json(Value),
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct GroqExtra {
    pub(super) usage: Option<WireUsage>,
    pub(super) error: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WireUsage {
    prompt_tokens: Option<u64>,
    completion_tokens: Option<u64>,
    total_tokens: Option<u64>,
    prompt_tokens_details: Option<PromptDetails>,
    completion_tokens_details: Option<CompletionDetails>,
    /// DeepSeek.
    prompt_cache_hit_tokens: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PromptDetails {
    cached_tokens: Option<u64>,
    cache_write_tokens: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CompletionDetails {
    reasoning_tokens: Option<u64>,
}

impl WireUsage {
    /// The tokens; `None` where the server only sent the field.
    pub(super) fn tokens(&self) -> Option<Usage> {
        let prompt = self.prompt_tokens?;
        let completion = self.completion_tokens.unwrap_or(0);
        // Gemini counts what it thought in the total alone.
        let thought = self.total_tokens.unwrap_or(0).saturating_sub(prompt);
        let details = self.prompt_tokens_details.as_ref();
        let reasoning = self.completion_tokens_details.as_ref();
        Some(Usage {
            prompt,
            completion: completion.max(thought),
            cached: details
                .and_then(|d| d.cached_tokens)
                .or(self.prompt_cache_hit_tokens)
                .unwrap_or(0),
            cache_written: details.and_then(|d| d.cache_write_tokens).unwrap_or(0),
            reasoning: reasoning
                .and_then(|d| d.reasoning_tokens)
                .unwrap_or_else(|| thought.saturating_sub(completion)),
        })
    }
}
