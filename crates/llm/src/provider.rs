//! The providers that a model can come from, and what is known of each beforehand.
//!
//! Addresses and models as the providers' own documentation gave them in November 2026. A default
//! model calls tools, answers in seconds rather than minutes, and has no announced end.

use std::str::FromStr;

/// A provider of chat models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Provider {
    /// The planner in this process.
    Builtin,
    /// OpenAI.
    OpenAi,
    /// Anthropic, over its own protocol.
    Anthropic,
    /// Mistral AI.
    Mistral,
    /// Groq.
    Groq,
    /// Google Gemini, over its OpenAI-compatible endpoint.
    Gemini,
    /// OpenRouter, which passes requests on to others.
    OpenRouter,
    /// Ollama on this machine.
    Ollama,
    /// Azure OpenAI, over a deployment or its own `/openai/v1`.
    Azure,
    /// Any other server that speaks OpenAI's protocol, such as vLLM or llama.cpp's.
    OpenAiCompatible,
}

/// The name is none of [`Provider::ALL`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown provider `{0}`")]
pub struct UnknownProvider(String);

impl Provider {
    /// Every provider. Where several keys are set, the first one here wins.
    pub const ALL: [Self; 10] = [
        Self::Builtin,
        Self::OpenAi,
        Self::Anthropic,
        Self::Mistral,
        Self::Groq,
        Self::Gemini,
        Self::OpenRouter,
        Self::Ollama,
        Self::Azure,
        Self::OpenAiCompatible,
    ];

    /// The name in configuration, spans and metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Builtin => "builtin",
            Self::OpenAi => "openai",
            Self::Anthropic => "anthropic",
            Self::Mistral => "mistral",
            Self::Groq => "groq",
            Self::Gemini => "gemini",
            Self::OpenRouter => "openrouter",
            Self::Ollama => "ollama",
            Self::Azure => "azure",
            Self::OpenAiCompatible => "openai-compatible",
        }
    }

    /// Base address without a slash at its end; `None` where there is none or it must be given.
    /// Anthropic's ends before the version, the others' after it, as their own clients take it.
    #[must_use]
    pub const fn default_base_url(self) -> Option<&'static str> {
        match self {
            Self::Builtin | Self::Azure | Self::OpenAiCompatible => None,
            Self::OpenAi => Some("https://api.openai.com/v1"),
            Self::Anthropic => Some("https://api.anthropic.com"),
            Self::Mistral => Some("https://api.mistral.ai/v1"),
            Self::Groq => Some("https://api.groq.com/openai/v1"),
            Self::Gemini => Some("https://generativelanguage.googleapis.com/v1beta/openai"),
            Self::OpenRouter => Some("https://openrouter.ai/api/v1"),
            Self::Ollama => Some("http://localhost:11434/v1"),
        }
    }

    /// The model where none is named; `None` where one must be.
    #[must_use]
    pub const fn default_model(self) -> Option<&'static str> {
        match self {
            Self::Builtin | Self::Azure | Self::OpenAiCompatible => None,
            Self::OpenAi => Some("gpt-6.1-terra"),
            Self::Anthropic => Some("claude-sonnet-5-5"),
            Self::Mistral => Some("mistral-medium-latest"),
            Self::Groq => Some("openai/gpt-oss-120b"),
            Self::Gemini => Some("gemini-3.8-flash"),
            Self::OpenRouter => Some("openai/gpt-6.1-terra"),
            Self::Ollama => Some("qwen3"),
        }
    }

    /// The environment variable of its key; `None` where it knows no keys.
    #[must_use]
    pub const fn key_variable(self) -> Option<&'static str> {
        match self {
            Self::Builtin | Self::Ollama => None,
            Self::OpenAi => Some("OPENAI_API_KEY"),
            Self::Anthropic => Some("ANTHROPIC_API_KEY"),
            Self::Mistral => Some("MISTRAL_API_KEY"),
            Self::Groq => Some("GROQ_API_KEY"),
            Self::Gemini => Some("GEMINI_API_KEY"),
            Self::OpenRouter => Some("OPENROUTER_API_KEY"),
            Self::Azure => Some("AZURE_OPENAI_API_KEY"),
            Self::OpenAiCompatible => Some("LLM_API_KEY"),
        }
    }

    /// The header that its key is sent in. Azure takes a bearer for a token of its directory.
    #[must_use]
    pub const fn key_header(self) -> &'static str {
        match self {
            Self::Anthropic => "x-api-key",
            Self::Azure => "api-key",
            _ => "authorization",
        }
    }

    /// Whether it answers nobody without a key. A server of one's own may have one.
    #[must_use]
    pub const fn needs_key(self) -> bool {
        !matches!(
            self,
            Self::Builtin | Self::Ollama | Self::Azure | Self::OpenAiCompatible
        )
    }
}

impl FromStr for Provider {
    type Err = UnknownProvider;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|provider| provider.as_str() == name)
            .ok_or_else(|| UnknownProvider(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back() {
        for provider in Provider::ALL {
            assert_eq!(provider.as_str().parse(), Ok(provider));
        }
        assert!("OpenAI".parse::<Provider>().is_err());
    }

    #[test]
    fn one_variable_is_enough_for_every_hosted_provider() {
        for provider in Provider::ALL.into_iter().filter(|p| p.needs_key()) {
            assert!(provider.key_variable().is_some(), "{provider:?}");
            assert!(provider.default_model().is_some(), "{provider:?}");
        }
    }

    #[test]
    fn addresses_are_absolute_and_end_without_a_slash() {
        for address in Provider::ALL.iter().filter_map(|p| p.default_base_url()) {
            let url = reqwest::Url::parse(address).unwrap();
            assert!(url.host_str().is_some() && !address.ends_with('/'));
        }
    }
}
