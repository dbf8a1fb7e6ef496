//! What servers stream, read as leniently as their differences demand: every field may be absent or of
//! any type, and unknown ones are ignored.
//!
//! Nearly every chunk of nearly every server is as the protocol says, and is read in one go by
//! [`Chunk::usual`]: no value is built of it, which is most of what a token costs to read. Whatever is
//! otherwise is read by [`Loose`]; the two agree on what both read.

mod alike;
mod usual;

pub(super) use alike::Around;

use serde::Deserialize;
use serde_json::{Number, Value};

use crate::{
    Usage,
    loose_json::{
        fields::{Fields, Loose},
        is_nothing,
    },
};

/// One `chat.completion.chunk`, a whole `chat.completion`, or an error in the place of either.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(PartialEq))]
pub(super) struct Chunk {
    pub(super) id: Option<String>,
    pub(super) model: Option<String>,
    #[serde(default, deserialize_with = "usual::objects")]
    pub(super) choices: Option<Vec<Choice>>,
    #[serde(default, deserialize_with = "usual::unusual")]
    pub(super) usage: Option<WireUsage>,
    #[serde(default, deserialize_with = "usual::unusual")]
    pub(super) x_groq: Option<GroqExtra>,
    /// Usually an object; `None` where it says nothing.
    #[serde(default, deserialize_with = "usual::unusual")]
    pub(super) error: Option<Value>,
    /// `error` where the chunk itself is one (vLLM, Mistral).
    pub(super) object: Option<String>,
    #[serde(default, deserialize_with = "usual::unusual")]
    pub(super) message: Option<Value>,
    #[serde(default, deserialize_with = "usual::unusual")]
    pub(super) r#type: Option<Value>,
    #[serde(default, deserialize_with = "usual::unusual")]
    pub(super) code: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(PartialEq))]
pub(super) struct Choice {
    #[serde(default, deserialize_with = "usual::object")]
    pub(super) delta: Option<Delta>,
    /// All of the answer, where no stream was made of it.
    #[serde(default, deserialize_with = "usual::unusual")]
    pub(super) message: Option<Delta>,
    /// In place of both, as in completions that are no chat.
    #[serde(default, deserialize_with = "usual::unusual")]
    pub(super) text: Option<String>,
    #[serde(default, deserialize_with = "usual::finish")]
    pub(super) finish_reason: Option<String>,
    #[serde(default, deserialize_with = "usual::unusual")]
    pub(super) error: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(PartialEq))]
pub(super) struct Delta {
    #[serde(default, deserialize_with = "usual::text")]
    pub(super) content: Option<Content>,
    pub(super) refusal: Option<String>,
    /// DeepSeek, vLLM, llama.cpp.
    #[serde(default, deserialize_with = "usual::text")]
    pub(super) reasoning_content: Option<Content>,
    /// Groq, OpenRouter, Ollama.
    #[serde(default, deserialize_with = "usual::text")]
    pub(super) reasoning: Option<Content>,
    #[serde(default, deserialize_with = "usual::objects")]
    pub(super) tool_calls: Option<Vec<CallDelta>>,
    /// What calls were before there were several.
    #[serde(default, deserialize_with = "usual::unusual")]
    pub(super) function_call: Option<FunctionDelta>,
}

/// Text, Mistral's array of parts, one part, or anything else: a part that says nothing.
#[derive(Debug)]
#[cfg_attr(test, derive(PartialEq))]
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
#[derive(Debug)]
#[cfg_attr(test, derive(PartialEq))]
pub(super) struct Part {
    pub(super) r#type: Option<String>,
    pub(super) text: Option<String>,
}

impl Part {
    fn of(part: &Value) -> Self {
        let text = &part["text"];
        Self {
            r#type: part["type"].as_str().map(str::to_owned),
            text: [part, text, &text["value"]]
                .iter()
                .find_map(|text| text.as_str())
                .map(str::to_owned),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(PartialEq))]
pub(super) struct CallDelta {
    pub(super) index: Option<u64>,
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "usual::object")]
    pub(super) function: Option<FunctionDelta>,
    /// Where there is no `function`, what stands in it.
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "usual::arguments")]
    pub(super) arguments: Option<Arguments>,
}

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(PartialEq))]
pub(super) struct FunctionDelta {
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "usual::arguments")]
    pub(super) arguments: Option<Arguments>,
}

/// A piece of JSON text, or the whole as JSON.
#[derive(Debug)]
#[cfg_attr(test, derive(PartialEq))]
pub(super) enum Arguments {
    Text(String),
    Json(Value),
}

#[derive(Debug, Default)]
#[cfg_attr(test, derive(PartialEq))]
pub(super) struct GroqExtra {
    pub(super) usage: Option<WireUsage>,
    pub(super) error: Option<Value>,
}

#[derive(Debug, Default)]
#[cfg_attr(test, derive(PartialEq))]
pub(super) struct WireUsage {
    prompt_tokens: Option<u64>,
    completion_tokens: Option<u64>,
    total_tokens: Option<u64>,
    prompt_tokens_details: Option<PromptDetails>,
    completion_tokens_details: Option<CompletionDetails>,
    /// DeepSeek.
    prompt_cache_hit_tokens: Option<u64>,
}

#[derive(Debug, Default)]
#[cfg_attr(test, derive(PartialEq))]
struct PromptDetails {
    cached_tokens: Option<u64>,
    cache_write_tokens: Option<u64>,
}

#[derive(Debug, Default)]
#[cfg_attr(test, derive(PartialEq))]
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

impl Loose for Chunk {
    fn of(value: Value) -> Option<Self> {
        let mut of = Fields::of(value)?;
        Some(Self {
            id: of.text("id"),
            model: of.text("model"),
            choices: of.list("choices"),
            usage: of.field("usage"),
            x_groq: of.field("x_groq"),
            error: of.something("error"),
            object: of.text("object"),
            message: of.value("message"),
            r#type: of.value("type"),
            code: of.value("code"),
        })
    }
}

impl Loose for Choice {
    fn of(value: Value) -> Option<Self> {
        let mut of = Fields::of(value)?;
        Some(Self {
            delta: of.field("delta"),
            message: of.field("message"),
            text: of.field("text"),
            finish_reason: of.field("finish_reason").and_then(|Finish(word)| word),
            error: of.something("error"),
        })
    }
}

/// Why the model stopped: a word, or an object that holds one. Alibaba says `null` in words while it
/// goes on.
struct Finish(Option<String>);

impl Loose for Finish {
    fn of(value: Value) -> Option<Self> {
        let words = [&value, &value["type"], &value["reason"]];
        let word = words.into_iter().find(|word| word.is_string());
        let word = word.filter(|word| !is_nothing(word));
        Some(Self(word.and_then(Value::as_str).map(str::to_owned)))
    }
}

impl Loose for Delta {
    /// What is said: an object, or a text alone.
    fn of(value: Value) -> Option<Self> {
        if let Value::String(text) = value {
            return Some(Self {
                content: Some(Content::Text(text)),
                ..Self::default()
            });
        }
        let mut of = Fields::of(value)?;
        Some(Self {
            content: of.field("content"),
            refusal: of.field("refusal"),
            reasoning_content: of.field("reasoning_content"),
            reasoning: of.field("reasoning"),
            tool_calls: of.list("tool_calls"),
            function_call: of.field("function_call"),
        })
    }
}

impl Loose for Content {
    fn of(value: Value) -> Option<Self> {
        Some(match value {
            Value::String(text) => Self::Text(text),
            Value::Number(number) => Self::Number(number),
            Value::Array(parts) => Self::Parts(parts.iter().map(Part::of).collect()),
            part => Self::Part(Part::of(&part)),
        })
    }
}

impl Loose for CallDelta {
    fn of(value: Value) -> Option<Self> {
        let mut of = Fields::of(value)?;
        Some(Self {
            index: of.count("index"),
            id: of.text("id"),
            function: of.field("function"),
            name: of.field("name"),
            arguments: of.field("arguments"),
        })
    }
}

impl Loose for FunctionDelta {
    fn of(value: Value) -> Option<Self> {
        let mut of = Fields::of(value)?;
        Some(Self {
            name: of.field("name"),
            arguments: of.field("arguments"),
        })
    }
}

impl Loose for Arguments {
    fn of(value: Value) -> Option<Self> {
        Some(match value {
            Value::String(text) => Self::Text(text),
            json => Self::Json(json),
        })
    }
}

impl Loose for GroqExtra {
    fn of(value: Value) -> Option<Self> {
        let mut of = Fields::of(value)?;
        Some(Self {
            usage: of.field("usage"),
            error: of.something("error"),
        })
    }
}

impl Loose for WireUsage {
    fn of(value: Value) -> Option<Self> {
        let mut of = Fields::of(value)?;
        Some(Self {
            prompt_tokens: of.count("prompt_tokens"),
            completion_tokens: of.count("completion_tokens"),
            total_tokens: of.count("total_tokens"),
            prompt_tokens_details: of.field("prompt_tokens_details"),
            completion_tokens_details: of.field("completion_tokens_details"),
            prompt_cache_hit_tokens: of.count("prompt_cache_hit_tokens"),
        })
    }
}

impl Loose for PromptDetails {
    fn of(value: Value) -> Option<Self> {
        let mut of = Fields::of(value)?;
        Some(Self {
            cached_tokens: of.count("cached_tokens"),
            cache_write_tokens: of.count("cache_write_tokens"),
        })
    }
}

impl Loose for CompletionDetails {
    fn of(value: Value) -> Option<Self> {
        let mut of = Fields::of(value)?;
        Some(Self {
            reasoning_tokens: of.count("reasoning_tokens"),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, json};

    use super::*;

    fn loose(data: &str) -> Chunk {
        Chunk::of(serde_json::from_str(data).unwrap()).unwrap()
    }

    #[test]
    fn what_servers_stream_most_is_usual() {
        for data in [
            r#"{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null}"#,
            r#"{"id":"c","choices":[{"index":0,"delta":{"content":"é\n"}}]}"#,
            r#"{"choices":[{"delta":{"reasoning_content":"so"}},{"delta":{"reasoning":"so"}}]}"#,
            r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":"{"}}]}}]}"#,
            r#"{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#,
            r#"{"choices":[{"delta":{},"finish_reason":" NULL"}]}"#,
        ] {
            let usual = Chunk::usual(data).unwrap_or_else(|| panic!("{data}"));
            assert_eq!(usual, loose(data), "{data}");
        }
    }

    #[test]
    fn the_rest_is_left_to_the_lenient() {
        for data in [
            r#"{"error":{"message":"full"}}"#,
            r#"{"error":""}"#,
            r#"{"message":"full","code":429}"#,
            r#"{"choices":[{"message":{"content":"x"}}]}"#,
            r#"{"choices":[{"text":"x"}]}"#,
            r#"{"choices":{"0":{"delta":{}}}}"#,
            r#"{"choices":[{"delta":{"content":[{"type":"text","text":"x"}]}}]}"#,
            r#"{"choices":[{"delta":"x"}]}"#,
            r#"{"choices":[{"delta":{"function_call":{"name":"f"}}}]}"#,
            r#"{"choices":[{"delta":{"tool_calls":[{"index":"0"}]}}]}"#,
            r#"{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":{"a":1}}}]}}]}"#,
            r#"{"choices":[],"usage":{"prompt_tokens":1}}"#,
            r#"{"id":1}"#,
            r#"{"choices":[["x"]]}"#,
            r#"{"choices":[{"delta":{"tool_calls":[{"function":["f"]}]}}]}"#,
            r#"["c"]"#,
            r#"{} {}"#,
            "[DONE]",
            "data: {}",
            "",
        ] {
            assert!(Chunk::usual(data).is_none(), "{data}");
        }
    }

    /// Values that stand where a field is read, of any kind.
    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (0_u64..3).prop_map(Value::from),
            prop::sample::select(vec!["", "x", "null", "stop", "error"]).prop_map(Value::from),
        ];
        let key = prop::sample::select(vec![
            "id",
            "model",
            "object",
            "choices",
            "usage",
            "error",
            "message",
            "delta",
            "text",
            "finish_reason",
            "content",
            "refusal",
            "reasoning",
            "reasoning_content",
            "tool_calls",
            "function_call",
            "index",
            "function",
            "name",
            "arguments",
            "type",
            "code",
            "x_groq",
        ]);
        leaf.prop_recursive(5, 40, 4, move |inner| {
            let fields = prop::collection::vec((key.clone(), inner.clone()), 0..5);
            prop_oneof![
                prop::collection::vec(inner, 0..3).prop_map(Value::from),
                fields.prop_map(|fields| {
                    let fields = fields
                        .into_iter()
                        .map(|(key, value)| (key.to_owned(), value));
                    Value::Object(fields.collect::<Map<_, _>>())
                }),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]
        #[test]
        fn both_ways_agree_on_what_both_read(
            delta in value(), finish in value(), call in value(), rest in value(),
        ) {
            let choice = json!({"delta": delta, "finish_reason": finish});
            let calls = json!({"delta": {"tool_calls": [call]}});
            for chunk in [
                json!({"choices": [choice]}),
                json!({"choices": [calls], "id": "c"}),
                json!({"choices": rest}),
                rest,
            ] {
                let data = chunk.to_string();
                if let Some(usual) = Chunk::usual(&data) {
                    prop_assert_eq!(said(usual), said(Chunk::of(chunk).unwrap()), "{}", data);
                }
            }
        }
    }

    /// A chunk without choices and calls that say nothing: one way leaves them out.
    fn said(mut chunk: Chunk) -> Chunk {
        for choice in chunk.choices.iter_mut().flatten() {
            let calls = choice
                .delta
                .as_mut()
                .and_then(|delta| delta.tool_calls.as_mut());
            if let Some(calls) = calls {
                calls.retain(|call| *call != CallDelta::default());
            }
        }
        if let Some(choices) = &mut chunk.choices {
            choices.retain(|choice| *choice != Choice::default());
        }
        chunk
    }
}
