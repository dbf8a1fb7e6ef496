//! What servers stream, read as leniently as their differences demand: every field may be absent or of
//! any type, and unknown ones are ignored.

use serde::{Deserialize, Deserializer};
use serde_json::{Number, Value};

use crate::{
    Usage,
    loose_json::{count_field, field, is_nothing, list, something, text, text_field},
};

/// One `chat.completion.chunk`, a whole `chat.completion`, or an error in the place of either.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Chunk {
    #[serde(deserialize_with = "text_field")]
    pub(super) id: Option<String>,
    #[serde(deserialize_with = "text_field")]
    pub(super) model: Option<String>,
    #[serde(deserialize_with = "list")]
    pub(super) choices: Option<Vec<Choice>>,
    #[serde(deserialize_with = "field")]
    pub(super) usage: Option<WireUsage>,
    #[serde(deserialize_with = "field")]
    pub(super) x_groq: Option<GroqExtra>,
    /// Usually an object; `None` where it says nothing.
    #[serde(deserialize_with = "something")]
    pub(super) error: Option<Value>,
    /// `error` where the chunk itself is one (vLLM, Mistral).
    #[serde(deserialize_with = "text_field")]
    pub(super) object: Option<String>,
    pub(super) message: Option<Value>,
    pub(super) r#type: Option<Value>,
    pub(super) code: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Choice {
    #[serde(deserialize_with = "delta")]
    pub(super) delta: Option<Delta>,
    /// All of the answer, where no stream was made of it.
    #[serde(deserialize_with = "delta")]
    pub(super) message: Option<Delta>,
    /// In place of both, as in completions that are no chat.
    #[serde(deserialize_with = "field")]
    pub(super) text: Option<String>,
    #[serde(deserialize_with = "finish")]
    pub(super) finish_reason: Option<String>,
    #[serde(deserialize_with = "something")]
    pub(super) error: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Delta {
    #[serde(deserialize_with = "field")]
    pub(super) content: Option<Content>,
    #[serde(deserialize_with = "field")]
    pub(super) refusal: Option<String>,
    /// DeepSeek, vLLM, llama.cpp.
    #[serde(deserialize_with = "field")]
    pub(super) reasoning_content: Option<Content>,
    /// Groq, OpenRouter, Ollama.
    #[serde(deserialize_with = "field")]
    pub(super) reasoning: Option<Content>,
    #[serde(deserialize_with = "list")]
    pub(super) tool_calls: Option<Vec<CallDelta>>,
    /// What calls were before there were several.
    #[serde(deserialize_with = "field")]
    pub(super) function_call: Option<FunctionDelta>,
}

/// Text, Mistral's array of parts, one part, or anything else: a part that says nothing.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Content {
    Text(String),
    /// A token that is a number.
    Number(Number),
    Parts(Vec<Part>),
    Part(Part),
}

impl Content {
    /// Whether it says nothing, as reasoning fields do once the answer has begun.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Parts(parts) => parts.is_empty(),
            Self::Number(_) | Self::Part(_) => false,
        }
    }
}

/// A part: `text`, `thinking`, or one that is not shown; or a text as it is.
#[derive(Debug, Deserialize)]
#[serde(from = "Value")]
pub(super) struct Part {
    pub(super) r#type: Option<String>,
    pub(super) text: Option<String>,
}

impl From<Value> for Part {
    fn from(part: Value) -> Self {
        let text = &part["text"];
        Self {
            r#type: part["type"].as_str().map(str::to_owned),
            text: [&part, text, &text["value"]]
                .iter()
                .find_map(|text| text.as_str())
                .map(str::to_owned),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CallDelta {
    #[serde(deserialize_with = "count_field")]
    pub(super) index: Option<u64>,
    #[serde(deserialize_with = "text_field")]
    pub(super) id: Option<String>,
    #[serde(deserialize_with = "field")]
    pub(super) function: Option<FunctionDelta>,
    /// Where there is no `function`, what stands in it.
    #[serde(flatten)]
    pub(super) bare: FunctionDelta,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct FunctionDelta {
    #[serde(deserialize_with = "field")]
    pub(super) name: Option<String>,
    #[serde(deserialize_with = "field")]
    pub(super) arguments: Option<Arguments>,
}

/// A piece of JSON text, or the whole as JSON.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Arguments {
    Text(String),
    Json(Value),
}

/// What is said: an object, or a text alone.
fn delta<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Delta>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::String(text) => Some(Delta {
            content: Some(Content::Text(text)),
            ..Delta::default()
        }),
        value => serde_json::from_value(value).ok(),
    })
}

/// Why the model stopped: a word, or an object that holds one. Alibaba says `null` in words while it
/// goes on.
fn finish<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let value = Value::deserialize(from)?;
    let words = [&value, &value["type"], &value["reason"]];
    let word = words.into_iter().find(|word| word.is_string());
    Ok(word.filter(|word| !is_nothing(word)).and_then(text))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct GroqExtra {
    #[serde(deserialize_with = "field")]
    pub(super) usage: Option<WireUsage>,
    #[serde(deserialize_with = "something")]
    pub(super) error: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WireUsage {
    #[serde(deserialize_with = "count_field")]
    prompt_tokens: Option<u64>,
    #[serde(deserialize_with = "count_field")]
    completion_tokens: Option<u64>,
    #[serde(deserialize_with = "count_field")]
    total_tokens: Option<u64>,
    #[serde(deserialize_with = "field")]
    prompt_tokens_details: Option<PromptDetails>,
    #[serde(deserialize_with = "field")]
    completion_tokens_details: Option<CompletionDetails>,
    /// DeepSeek.
    #[serde(deserialize_with = "count_field")]
    prompt_cache_hit_tokens: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PromptDetails {
    #[serde(deserialize_with = "count_field")]
    cached_tokens: Option<u64>,
    #[serde(deserialize_with = "count_field")]
    cache_write_tokens: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CompletionDetails {
    #[serde(deserialize_with = "count_field")]
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
