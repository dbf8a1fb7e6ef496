//! Configuration of the language models.

use std::{path::PathBuf, time::Duration};

use agent::llm::{
    extras::{Effort, Extras},
    provider::Provider,
};
use clap::{Args, ValueEnum};
use secrecy::SecretString;

use super::{
    choice::{ModelChoice, base_url, choice, provider},
    extra::{ExtraBody, ExtraHeaders, ServerKeys, extra_body, extra_headers, server_keys},
};

/// Language models, their keys and their limits.
#[derive(Clone, Debug, Args)]
pub struct LlmConfig {
    /// Provider of the language model: builtin, openai, anthropic, mistral, groq, gemini, openrouter,
    /// ollama, azure, openai-compatible. Default: the one whose key is set, else builtin
    #[arg(long, env = "LLM_PROVIDER", value_parser = provider, global = true)]
    pub llm_provider: Option<Provider>,

    /// Model; each hosted provider has a default
    #[arg(long, env = "LLM_MODEL", global = true)]
    pub llm_model: Option<String>,

    /// Base address of the provider's API, such as http://localhost:8000/v1; a query is kept
    #[arg(long, env = "LLM_BASE_URL", value_parser = base_url, global = true)]
    pub llm_base_url: Option<String>,

    /// Base address of OpenAI's API, such as a gateway's
    #[arg(long, env = "OPENAI_BASE_URL", value_parser = base_url, global = true)]
    pub openai_base_url: Option<String>,

    /// Base address of Anthropic's API, up to the version, such as a gateway's
    #[arg(long, env = "ANTHROPIC_BASE_URL", value_parser = base_url, global = true)]
    pub anthropic_base_url: Option<String>,

    /// Models to fall back to, in order: `provider`, `provider:model` or `provider@address:model`,
    /// separated by commas
    #[arg(long, env = "LLM_FALLBACK", value_delimiter = ',', value_parser = choice, global = true)]
    pub llm_fallback: Vec<ModelChoice>,

    /// Headers of requests to the first provider: `name=value`, percent-encoded, separated by commas
    #[arg(long, env = "LLM_EXTRA_HEADERS", hide_env_values = true, value_parser = extra_headers, global = true)]
    pub llm_extra_headers: Option<ExtraHeaders>,

    /// JSON object that is merged into requests to the first provider; null takes a field away
    #[arg(long, env = "LLM_EXTRA_BODY", hide_env_values = true, value_parser = extra_body, global = true)]
    pub llm_extra_body: Option<ExtraBody>,

    /// How long the first provider's model may think: none, minimal, low, medium, high, xhigh, max; the
    /// provider's default where absent
    #[arg(long, env = "LLM_REASONING_EFFORT", value_parser = effort, global = true)]
    pub llm_reasoning_effort: Option<Effort>,

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

    /// Key of Azure OpenAI; LLM_API_KEY where absent
    #[arg(
        long,
        env = "AZURE_OPENAI_API_KEY",
        hide_env_values = true,
        global = true
    )]
    pub azure_openai_api_key: Option<SecretString>,

    /// Key of the first OpenAI-compatible server of the chain, if it wants one
    #[arg(long, env = "LLM_API_KEY", hide_env_values = true, global = true)]
    pub llm_api_key: Option<SecretString>,

    /// Keys of further servers, by host: `host=key` or `host:port=key`, percent-encoded, separated by
    /// commas
    #[arg(long, env = "LLM_API_KEYS", hide_env_values = true, value_parser = server_keys, global = true)]
    pub llm_api_keys: Option<ServerKeys>,
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
            Provider::Azure => match &self.azure_openai_api_key {
                Some(key) => Some(key),
                None => self.llm_api_key.as_ref(),
            },
            Provider::OpenAiCompatible => self.llm_api_key.as_ref(),
        }
    }

    /// The key of a model's server: the one that is named for its host, else its provider's.
    /// `LLM_API_KEY` is that of one server alone, the first of its kind in the chain: another one has
    /// no business with it.
    #[must_use]
    pub fn server_key(&self, provider: Provider, base_url: &str) -> Option<&SecretString> {
        let named = self
            .llm_api_keys
            .as_ref()
            .and_then(|keys| keys.key(base_url));
        let own = || {
            let key = self.key(provider)?;
            let shared = self
                .llm_api_key
                .as_ref()
                .filter(|shared| std::ptr::eq(*shared, key));
            let of_this_server = shared.is_none() || self.owns_shared_key(base_url);
            of_this_server.then_some(key)
        };
        named.or_else(own)
    }

    /// Whether this is the server that `LLM_API_KEY` belongs to.
    fn owns_shared_key(&self, base_url: &str) -> bool {
        let choices = self.choices();
        let mut kin = choices.iter().filter(|choice| {
            matches!(
                choice.provider,
                Provider::Azure | Provider::OpenAiCompatible
            )
        });
        let first = kin.find_map(|choice| self.address(choice));
        first.is_some_and(|first| origin(first) == origin(base_url))
    }

    /// The base address of a model of the chain, as given.
    #[must_use]
    pub fn address<'a>(&'a self, choice: &'a ModelChoice) -> Option<&'a str> {
        let own = choice.base_url.as_deref();
        own.or_else(|| self.base_url(choice.provider))
    }

    /// The variable that holds that address.
    #[must_use]
    pub fn address_variable(&self, choice: &ModelChoice) -> &'static str {
        let is_first = choice.provider == self.provider() && self.llm_base_url.is_some();
        match choice.provider {
            _ if choice.base_url.is_some() => "LLM_FALLBACK",
            Provider::OpenAi if !is_first => "OPENAI_BASE_URL",
            Provider::Anthropic if !is_first => "ANTHROPIC_BASE_URL",
            _ => "LLM_BASE_URL",
        }
    }

    /// What is added to the requests to a model: of the first provider at the first address alone.
    #[must_use]
    pub fn extras(&self, choice: &ModelChoice) -> Extras {
        let first = self.choices().into_iter().next();
        let is_first = first.is_some_and(|first| {
            first.provider == choice.provider && self.address(&first) == self.address(choice)
        });
        if !is_first {
            return Extras::default();
        }
        let (headers, body) = (&self.llm_extra_headers, &self.llm_extra_body);
        Extras {
            headers: headers
                .as_ref()
                .map(ExtraHeaders::headers)
                .unwrap_or_default(),
            body: body.as_ref().map(|body| body.0.clone()).unwrap_or_default(),
            effort: self.llm_reasoning_effort,
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
            base_url: None,
            model: self.llm_model.clone(),
        };
        std::iter::once(first)
            .chain(self.llm_fallback.iter().cloned())
            .collect()
    }
}

/// Scheme, host and port.
fn origin(url: &str) -> Option<(String, String)> {
    let uri: http::Uri = url.parse().ok()?;
    let authority = uri.authority()?.as_str().to_ascii_lowercase();
    Some((uri.scheme_str()?.to_owned(), authority))
}

fn effort(text: &str) -> Result<Effort, String> {
    text.parse().map_err(|_| {
        let names = Effort::ALL.map(Effort::as_str);
        format!("allowed are {}", names.join(", "))
    })
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
