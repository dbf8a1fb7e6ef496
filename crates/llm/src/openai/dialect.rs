//! Where servers that speak OpenAI's protocol differ in what they accept.

use std::{borrow::Cow, collections::BTreeSet};

use serde_json::Value;

use super::refusal::refused;
use crate::{
    learn::{self, Speech},
    provider::Provider,
};

/// Mistral's pattern: `[a-zA-Z0-9]{9}`.
const SHORT_ID: usize = 9;
const ALPHANUMERIC: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The signature that Google documents for calls whose own is not known
/// (<https://ai.google.dev/gemini-api/docs/thought-signatures>).
const SIGNATURE: &str = "skip_thought_signature_validator";

/// What one model of one server accepts. Each field answers a refusal (400 or 422) of a real server:
/// where the provider is known, from the start, else from the first refusal on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// The name of the limit.
    pub(super) limit: Limit,
    /// Most tokens that the server lets a model write.
    pub(super) most_tokens: Option<u32>,
    /// With tools, `reasoning_effort` must be `none`: newer GPT models reason by default, which
    /// this protocol does not allow together with functions. (`gpt-6-astra` cannot but reason, so
    /// OpenAI refuses it tools here.)
    pub(super) no_reasoning_with_tools: bool,
    /// Call ids have exactly nine letters and digits.
    pub(super) short_call_ids: bool,
    /// Tool results name their tool.
    pub(super) named_results: bool,
    /// A call in the history carries a thought signature.
    pub(super) thought_signature: Option<&'static str>,
    /// What stands for the text of an answer that only calls tools.
    pub(super) no_text: NoText,
    /// Where the instructions stand.
    pub(super) instructions: Instructions,
    /// The answers of the history carry what the model thought, as `reasoning_content`.
    pub(super) thoughts: bool,
    /// It takes tools.
    pub(super) tools: bool,
    /// Parameters that are left out.
    pub(super) omitted: BTreeSet<String>,
}

/// The name under which a server takes the most tokens to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    /// `max_tokens`, as most servers have it.
    MaxTokens,
    /// `max_completion_tokens`: OpenAI's reasoning models refuse the old name, and Mistral the new.
    MaxCompletionTokens,
}

/// What stands for the text of an answer without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NoText {
    /// `null`, never absent: some servers want the field.
    Null,
    /// An empty text.
    Empty,
    /// A few words.
    Words,
}

/// Where instructions stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Instructions {
    /// In a message of the role `system`.
    System,
    /// In one of the role `developer`.
    Developer,
    /// At the head of the first user message; user and assistant take turns.
    User,
}

/// A change of dialect that answers a refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Switch {
    /// The limit under its other name.
    Limit(Limit),
    /// A lower limit.
    MostTokens(u32),
    /// No reasoning where there are tools.
    NoReasoningWithTools,
    /// Ids of nine letters and digits.
    ShortCallIds,
    /// Tool results with, or without, the name of their tool.
    NamedResults(bool),
    /// Calls with, or without, a signature.
    ThoughtSignature(bool),
    /// Something else for a missing text.
    NoText(NoText),
    /// The instructions elsewhere.
    Instructions(Instructions),
    /// What was thought with, or without.
    Thoughts(bool),
    /// No tools.
    NoTools,
    /// A parameter left out.
    Omit(String),
}

impl learn::Switch for Switch {
    fn name(&self) -> &str {
        match self {
            Self::Limit(Limit::MaxTokens) => "max_tokens",
            Self::Limit(Limit::MaxCompletionTokens) => "max_completion_tokens",
            Self::MostTokens(_) => "fewer tokens",
            Self::NoReasoningWithTools => "no reasoning with tools",
            Self::ShortCallIds => "short call ids",
            Self::NamedResults(_) => "names of tool results",
            Self::ThoughtSignature(_) => "thought signatures",
            Self::NoText(_) => "content of calls",
            Self::Instructions(_) => "role of instructions",
            Self::Thoughts(_) => "reasoning_content",
            Self::NoTools => "no tools",
            Self::Omit(name) => name,
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::NoTools => learn::NO_TOOLS,
            Self::MostTokens(_) => "lower LLM_MAX_TOKENS",
            Self::Omit(_) => learn::WISHED,
            _ => "nothing has to be done",
        }
    }
}

impl Dialect {
    /// The dialect of a provider's model.
    pub(super) fn of(provider: &str, model: &str) -> Self {
        let provider = provider.parse().unwrap_or(Provider::OpenAiCompatible);
        let (openai, mistral, gemini) = (
            provider == Provider::OpenAi,
            provider == Provider::Mistral,
            provider == Provider::Gemini,
        );
        // Mistral does not know it, and sends the usage unasked.
        let unknown = mistral.then(|| "stream_options".to_owned());
        Self {
            limit: if openai {
                Limit::MaxCompletionTokens
            } else {
                Limit::MaxTokens
            },
            most_tokens: None,
            no_reasoning_with_tools: openai && gpt_version(model) >= Some((5, 5)),
            // Its open models' templates check the ids too, and OpenRouter passes them on.
            short_call_ids: mistral || ["mistral", "mixtral"].iter().any(|m| model.contains(m)),
            named_results: mistral || gemini,
            thought_signature: gemini.then_some(SIGNATURE),
            no_text: NoText::Null,
            instructions: Instructions::System,
            thoughts: false,
            tools: true,
            omitted: unknown.into_iter().collect(),
        }
    }

    /// A call id as the server wants it; the same id always gives the same one.
    pub(super) fn call_id<'a>(&self, id: &'a str) -> Cow<'a, str> {
        let fits = id.len() == SHORT_ID && id.bytes().all(|b| b.is_ascii_alphanumeric());
        if fits || !self.short_call_ids {
            return Cow::Borrowed(id);
        }
        // FNV-1a; 62^9 is below 2^54, and a conversation holds tens of calls.
        let mut hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut short = String::with_capacity(SHORT_ID);
        for _ in 0..SHORT_ID {
            short.push(char::from(ALPHANUMERIC[(hash % 62) as usize]));
            hash /= 62;
        }
        Cow::Owned(short)
    }
}

impl Speech for Dialect {
    type Switch = Switch;

    fn refused(status: u16, body: &[u8], sent: &Value) -> Option<Switch> {
        refused(status, body, sent)
    }

    fn apply(&mut self, switch: &Switch) -> bool {
        let before = self.clone();
        match switch {
            Switch::Limit(limit) => self.limit = *limit,
            Switch::MostTokens(most) => {
                self.most_tokens = Some(self.most_tokens.map_or(*most, |known| known.min(*most)));
            }
            Switch::NoReasoningWithTools => self.no_reasoning_with_tools = true,
            Switch::ShortCallIds => self.short_call_ids = true,
            Switch::NamedResults(named) => self.named_results = *named,
            Switch::ThoughtSignature(signed) => {
                self.thought_signature = signed.then_some(SIGNATURE);
            }
            Switch::NoText(other) => self.no_text = self.no_text.max(*other),
            Switch::Instructions(other) => self.instructions = self.instructions.max(*other),
            Switch::Thoughts(told) => self.thoughts = *told,
            Switch::NoTools => self.tools = false,
            Switch::Omit(name) => {
                self.omitted.insert(name.clone());
            }
        }
        *self != before
    }
}

/// (major, minor) of `gpt-5.4-mini` and the like.
fn gpt_version(model: &str) -> Option<(u32, u32)> {
    let version = model.strip_prefix("gpt-")?.split('-').next()?;
    match version.split_once('.') {
        Some((major, minor)) => Some((major.parse().ok()?, minor.parse().ok()?)),
        None => Some((version.parse().ok()?, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ids_are_stable_distinct_and_fit_the_pattern() {
        let mistral = Dialect::of("mistral", "mistral-medium-latest");
        let ids = ["call_0", "call_1", "toolu_01A09q90qw90lq917835lq9", "", "é"];
        let short: Vec<_> = ids.iter().map(|id| mistral.call_id(id)).collect();
        for (at, id) in short.iter().enumerate() {
            assert!(id.len() == 9 && id.bytes().all(|b| b.is_ascii_alphanumeric()));
            assert!(!short[..at].contains(id));
            assert_eq!(*id, mistral.call_id(ids[at]));
        }
        assert_eq!(mistral.call_id("D681PevKs"), "D681PevKs");
        assert_eq!(
            Dialect::of("openai", "gpt-6.1-terra").call_id("call_0"),
            "call_0"
        );
    }

    #[test]
    fn only_newer_gpt_models_are_told_not_to_reason() {
        let told = |provider, model| Dialect::of(provider, model).no_reasoning_with_tools;
        for model in [
            "gpt-5.5",
            "gpt-5.6-luna",
            "gpt-6-luna",
            "gpt-6.1-terra",
            "gpt-10",
        ] {
            assert!(told("openai", model), "{model}");
        }
        for model in [
            "gpt-5",
            "gpt-5.4-mini",
            "gpt-4.1-mini",
            "gpt-4o",
            "o4-mini",
            "gpt-oss-20b",
        ] {
            assert!(!told("openai", model), "{model}");
        }
        assert!(!told("openrouter", "openai/gpt-6.1-terra"));
    }

    #[test]
    fn a_mistral_model_behind_another_server_gets_short_ids_but_keeps_the_rest() {
        let dialect = Dialect::of("openrouter", "mistralai/mistral-medium-3-5");
        assert!(dialect.short_call_ids && dialect.omitted.is_empty());
    }

    #[test]
    fn a_change_is_made_once_and_none_is_undone_by_an_older_one() {
        let mut dialect = Dialect::of("openai-compatible", "m");
        for switch in [
            Switch::Limit(Limit::MaxCompletionTokens),
            Switch::MostTokens(4_096),
            Switch::NoReasoningWithTools,
            Switch::ShortCallIds,
            Switch::NamedResults(true),
            Switch::ThoughtSignature(true),
            Switch::NoText(NoText::Words),
            Switch::Instructions(Instructions::User),
            Switch::Thoughts(true),
            Switch::NoTools,
            Switch::Omit("temperature".to_owned()),
        ] {
            assert!(dialect.apply(&switch), "{switch:?}");
            assert!(!dialect.apply(&switch), "{switch:?} twice");
        }
        assert!(!dialect.apply(&Switch::NoText(NoText::Empty)));
        assert!(!dialect.apply(&Switch::Instructions(Instructions::Developer)));
        assert!(!dialect.apply(&Switch::MostTokens(8_192)));
    }
}
