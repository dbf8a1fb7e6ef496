//! Where servers that speak OpenAI's protocol differ in what they accept.

use std::borrow::Cow;

use crate::llm::provider::Provider;

/// Mistral's pattern: `[a-zA-Z0-9]{9}`.
const SHORT_ID: usize = 9;
const ALPHANUMERIC: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// What one model of one server accepts. Each flag answers a refusal (400 or 422) of a real server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// The limit is `max_completion_tokens`: OpenAI's reasoning models refuse `max_tokens`, and
    /// Mistral refuses the new name.
    pub(super) max_completion_tokens: bool,
    /// It knows `stream_options`. Mistral does not, and sends the usage unasked.
    pub(super) stream_options: bool,
    /// With tools, `reasoning_effort` must be `none`: newer GPT models reason by default, which
    /// this protocol does not allow together with functions. (`gpt-6-astra` cannot but reason, so
    /// OpenAI refuses it tools here.)
    pub(super) no_reasoning_with_tools: bool,
    /// Call ids have exactly nine letters and digits.
    pub(super) short_call_ids: bool,
    /// Tool results name their tool.
    pub(super) named_results: bool,
    /// A call in the history carries a thought signature. This is the one that Google documents for
    /// calls whose own signature is not known
    /// (<https://ai.google.dev/gemini-api/docs/thought-signatures>).
    pub(super) thought_signature: Option<&'static str>,
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
        Self {
            max_completion_tokens: openai,
            stream_options: !mistral,
            no_reasoning_with_tools: openai && gpt_version(model) >= Some((5, 5)),
            // Its open models' templates check the ids too, and OpenRouter passes them on.
            short_call_ids: mistral || ["mistral", "mixtral"].iter().any(|m| model.contains(m)),
            named_results: mistral || gemini,
            thought_signature: gemini.then_some("skip_thought_signature_validator"),
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
        assert!(dialect.short_call_ids && dialect.stream_options);
    }
}
