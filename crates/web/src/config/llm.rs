//! Configuration of the language models.

use std::{path::PathBuf, time::Duration};

use agent::llm::provider::Provider;
use clap::{Args, ValueEnum};
use secrecy::SecretString;

/// Language models, their keys and their limits.
#[derive(Clone, Debug, Args)]
pub struct LlmConfig {
    /// Provider of the language model: builtin, openai, anthropic, mistral, groq, gemini, openrouter,
    /// ollama, openai-compatible. Default: the one whose key is set, else builtin
    #[arg(long, env = "LLM_PROVIDER", value_parser = provider, global = true)]
    pub llm_provider: Option<Provider>,

    /// Model; each hosted provider has a default
    #[arg(long, env = "LLM_MODEL", global = true)]
    pub llm_model: Option<String>,

    /// Base address of the provider's API, such as http://localhost:8000/v1
    #[arg(long, env = "LLM_BASE_URL", value_parser = base_url, global = true)]
    pub llm_base_url: Option<String>,

    /// Base address of OpenAI's API, such as a gateway's
    #[arg(long, env = "OPENAI_BASE_URL", value_parser = base_url, global = true)]
    pub openai_base_url: Option<String>,

    /// Base address of Anthropic's API, up to the version, such as a gateway's
    #[arg(long, env = "ANTHROPIC_BASE_URL", value_parser = base_url, global = true)]
    pub anthropic_base_url: Option<String>,

    /// Models to fall back to, in order: `provider:model` or `provider`, separated by commas
    #[arg(long, env = "LLM_FALLBACK", value_delimiter = ',', value_parser = choice, global = true)]
    pub llm_fallback: Vec<ModelChoice>,

    /// Sampling temperature, 0 to 2; the provider's default where absent
    #[arg(long, env = "LLM_TEMPERATURE", value_parser = temperature, global = true)]
    pub llm_temperature: Option<f64>,

    /// Most tokens of one answer
    #[arg(long, env = "LLM_MAX_TOKENS", default_value_t = 8_192, value_parser = clap::value_parser!(u32).range(16..), global = true)]
    pub llm_max_tokens: u32,

    /// Most tokens of history in a prompt, estimated
    #[arg(long, env = "LLM_HISTORY_TOKENS", default_value_t = 24_000, value_parser = clap::value_parser!(u32).range(500..), global = true)]
    pub llm_history_tokens: u32,

    /// When the model may settle an intent that the built-in classifier is unsure of
    #[arg(long, env = "LLM_CLASSIFY", default_value = "full", global = true)]
    pub llm_classify: ClassifyChoice,

    /// Prices that replace or extend the built-in table (TOML)
    #[arg(long, env = "LLM_PRICES", global = true)]
    pub llm_prices: Option<PathBuf>,

    /// Longest time to connect to a provider, in seconds
    #[arg(long, env = "LLM_CONNECT_TIMEOUT_SECONDS", default_value = "5", value_parser = seconds, global = true)]
    pub llm_connect_timeout_seconds: Duration,

    /// Longest time to the first token of an answer, in seconds
    #[arg(long, env = "LLM_FIRST_TOKEN_TIMEOUT_SECONDS", default_value = "30", value_parser = seconds, global = true)]
    pub llm_first_token_timeout_seconds: Duration,

    /// Longest time from one token to the next, in seconds
    #[arg(long, env = "LLM_TOKEN_TIMEOUT_SECONDS", default_value = "20", value_parser = seconds, global = true)]
    pub llm_token_timeout_seconds: Duration,

    /// Longest time of one request to a model, in seconds
    #[arg(long, env = "LLM_CALL_TIMEOUT_SECONDS", default_value = "90", value_parser = seconds, global = true)]
    pub llm_call_timeout_seconds: Duration,

    /// Key of OpenAI
    #[arg(long, env = "OPENAI_API_KEY", hide_env_values = true, global = true)]
    pub openai_api_key: Option<SecretString>,

    /// Key of Anthropic
    #[arg(long, env = "ANTHROPIC_API_KEY", hide_env_values = true, global = true)]
    pub anthropic_api_key: Option<SecretString>,

    /// Key of Mistral AI
    #[arg(long, env = "MISTRAL_API_KEY", hide_env_values = true, global = true)]
    pub mistral_api_key: Option<SecretString>,

    /// Key of Groq
    #[arg(long, env = "GROQ_API_KEY", hide_env_values = true, global = true)]
    pub groq_api_key: Option<SecretString>,

    /// Key of Google Gemini
    #[arg(long, env = "GEMINI_API_KEY", hide_env_values = true, global = true)]
    pub gemini_api_key: Option<SecretString>,

    /// Key of OpenRouter
    #[arg(
        long,
        env = "OPENROUTER_API_KEY",
        hide_env_values = true,
        global = true
    )]
    pub openrouter_api_key: Option<SecretString>,

    /// Key of another OpenAI-compatible server, if it wants one
    #[arg(long, env = "LLM_API_KEY", hide_env_values = true, global = true)]
    pub llm_api_key: Option<SecretString>,
}

/// A provider and, where it is named, its model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelChoice {
    /// Provider.
    pub provider: Provider,
    /// Model; `None` = the provider's default.
    pub model: Option<String>,
}

impl std::fmt::Display for ModelChoice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.provider.as_str())?;
        self.model
            .as_ref()
            .map_or(Ok(()), |model| write!(f, ":{model}"))
    }
}

/// In which modes a model may settle an intent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ClassifyChoice {
    /// In none
    Off,
    /// In full mode
    Full,
    /// In fast mode too
    Always,
}

impl LlmConfig {
    /// The key of a provider, if one is set.
    #[must_use]
    pub const fn key(&self, provider: Provider) -> Option<&SecretString> {
        match provider {
            Provider::Builtin | Provider::Ollama => None,
            Provider::OpenAi => self.openai_api_key.as_ref(),
            Provider::Anthropic => self.anthropic_api_key.as_ref(),
            Provider::Mistral => self.mistral_api_key.as_ref(),
            Provider::Groq => self.groq_api_key.as_ref(),
            Provider::Gemini => self.gemini_api_key.as_ref(),
            Provider::OpenRouter => self.openrouter_api_key.as_ref(),
            Provider::OpenAiCompatible => self.llm_api_key.as_ref(),
        }
    }

    /// The base address of a provider: that of the preferred provider, else the provider's own, else
    /// its default; `None` where one must be given.
    #[must_use]
    pub fn base_url(&self, provider: Provider) -> Option<&str> {
        let own = match provider {
            Provider::OpenAi => self.openai_base_url.as_deref(),
            Provider::Anthropic => self.anthropic_base_url.as_deref(),
            _ => None,
        };
        let preferred = self.llm_base_url.as_deref();
        preferred
            .filter(|_| provider == self.provider())
            .or(own)
            .or(provider.default_base_url())
    }

    /// The provider in effect: the one that is named, else that of the base address, else the first
    /// whose key is set, else the built-in one.
    #[must_use]
    pub fn provider(&self) -> Provider {
        let by_key = || {
            let mut hosted = Provider::ALL.into_iter().filter(|p| p.needs_key());
            hosted.find(|provider| self.key(*provider).is_some())
        };
        let by_address = || {
            let address = self.llm_base_url.as_ref();
            address.map(|_| Provider::OpenAiCompatible)
        };
        self.llm_provider
            .or_else(by_address)
            .or_else(by_key)
            .unwrap_or(Provider::Builtin)
    }

    /// All models in the order in which they are asked.
    #[must_use]
    pub fn choices(&self) -> Vec<ModelChoice> {
        let first = ModelChoice {
            provider: self.provider(),
            model: self.llm_model.clone(),
        };
        std::iter::once(first)
            .chain(self.llm_fallback.iter().cloned())
            .collect()
    }
}

fn provider(text: &str) -> Result<Provider, String> {
    text.parse().map_err(|_| {
        let names = Provider::ALL.map(Provider::as_str);
        format!("allowed are {}", names.join(", "))
    })
}

fn choice(text: &str) -> Result<ModelChoice, String> {
    // A model's own name may hold a colon, as Ollama's do.
    let (name, model) = match text.trim().split_once(':') {
        Some((name, model)) => (name, Some(model.trim().to_owned())),
        None => (text.trim(), None),
    };
    if model.as_ref().is_some_and(String::is_empty) {
        return Err("allowed are provider:model and provider".to_owned());
    }
    Ok(ModelChoice {
        provider: provider(name)?,
        model,
    })
}

fn base_url(text: &str) -> Result<String, String> {
    let plain = text.trim().trim_end_matches('/');
    let uri: Option<http::Uri> = plain.parse().ok();
    // It is printed and logged, which a password must not be; keys have variables of their own.
    let authority = uri.as_ref().and_then(http::Uri::authority);
    if authority.is_some_and(|authority| authority.as_str().contains('@')) {
        return Err("an address may hold no user or password: set the provider's key".to_owned());
    }
    let absolute = uri.is_some_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some()
    });
    if absolute {
        Ok(plain.to_owned())
    } else {
        Err("allowed are addresses such as https://host/v1".to_owned())
    }
}

fn temperature(text: &str) -> Result<f64, String> {
    let value: Option<f64> = text
        .parse()
        .ok()
        .filter(|value| (0.0..=2.0).contains(value));
    value.ok_or_else(|| "allowed are numbers from 0 to 2".to_owned())
}

fn seconds(text: &str) -> Result<Duration, String> {
    let value: Option<f64> = text
        .parse()
        .ok()
        .filter(|value| *value > 0.0 && *value < 1e6);
    value
        .map(Duration::from_secs_f64)
        .ok_or_else(|| "allowed are seconds above 0".to_owned())
}
