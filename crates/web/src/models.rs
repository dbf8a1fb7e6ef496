//! The chain of models, as configured.

use std::sync::Arc;

use agent::{
    agent::{Classify, Options},
    llm::{
        Chain, ChatModel, Deadlines, Settings, address,
        anthropic::Anthropic,
        endpoint::{self, Endpoint, Propagate},
        openai::OpenAi,
        price_table::PriceTable,
        provider::Provider,
    },
    planner::Planner,
};
use anyhow::{Context, bail};

use crate::config::{BudgetConfig, ClassifyChoice, LlmConfig, ModelChoice};

/// Builds the chain.
///
/// # Errors
/// What an operator must mend: a key, a model or an address that is missing, prices that cannot be
/// read.
pub fn chain(config: &LlmConfig) -> anyhow::Result<Chain> {
    let choices = config.choices();
    if choices
        .iter()
        .all(|choice| choice.provider == Provider::Builtin)
    {
        // Neither prices nor the system's certificates are read for nothing.
        return Ok(Chain::new(vec![Arc::new(Planner)], deadlines(config)));
    }
    let prices = prices(config)?;
    let client = endpoint::client(config.llm_connect_timeout_seconds)
        .context("the HTTP client of the language models cannot be built")?;
    let propagate: Propagate = Arc::new(obs::http::inject);
    let build = |(nth, choice): (usize, ModelChoice)| -> anyhow::Result<Arc<dyn ChatModel>> {
        let variable = if nth == 0 {
            "LLM_PROVIDER"
        } else {
            "LLM_FALLBACK"
        };
        let provider = choice.provider;
        if provider == Provider::Builtin {
            return Ok(Arc::new(Planner));
        }
        let name = provider.as_str();
        let default = provider.default_model().map(str::to_owned);
        let Some(model) = choice.model.clone().or(default) else {
            bail!("{variable}={name} needs a model: set LLM_MODEL, or name it as {name}:model");
        };
        let Some(given) = config.address(&choice) else {
            // Such a provider has no address of its own, and that variable is the first one's.
            if nth > 0 {
                bail!("{variable}={name} needs an address: name it as {name}@http://host/v1:model");
            }
            bail!("{variable}={name} needs LLM_BASE_URL, such as http://localhost:8000/v1");
        };
        let address = address::mend(provider, given, &model);
        if let Some(what) = address.mended {
            let (given, used) = (address::shown(given), address::shown(&address.url));
            let variable = config.address_variable(&choice);
            let hint = format!("{variable}: {what}");
            tracing::warn!(variable, given, used, hint, "the base address is mended");
        }
        let key = config.server_key(provider, given).cloned();
        let extras = config.extras(&choice);
        let header = provider.key_header();
        if key.is_some() && extras.headers.contains_key(header) {
            bail!(
                "LLM_EXTRA_HEADERS holds {header}, in which the key of {name} is sent: unset one"
            );
        }
        if let (None, true, Some(needed)) = (&key, provider.needs_key(), provider.key_variable()) {
            bail!("{variable}={name} needs {needed}");
        }
        let endpoint = Endpoint {
            provider: name.to_owned(),
            price: prices.price(name, &model),
            model,
            base_url: address.url,
            key,
            extras,
            client: client.clone(),
            propagate: Arc::clone(&propagate),
        };
        let built: Result<Arc<dyn ChatModel>, _> = match provider {
            Provider::Anthropic => Anthropic::new(endpoint).map(|model| Arc::new(model) as _),
            _ => OpenAi::new(endpoint).map(|model| Arc::new(model) as _),
        };
        built.with_context(|| format!("{variable}={name}"))
    };
    let models: anyhow::Result<Vec<_>> = choices.into_iter().enumerate().map(build).collect();
    Ok(Chain::new(models?, deadlines(config)))
}

/// Budgets can only be kept where every price is known.
///
/// # Errors
/// When a budget is set and the price of a model is unknown.
pub fn check_prices(chain: &Chain, config: &BudgetConfig) -> anyhow::Result<()> {
    let unpriced = chain.unpriced();
    if config.limits().is_limited() && !unpriced.is_empty() {
        bail!(
            "a budget is set, but no price is known for {}: add it to a file and set LLM_PRICES",
            unpriced.join(", ")
        );
    }
    Ok(())
}

/// How the models are used.
#[must_use]
pub fn options(config: &LlmConfig) -> Options {
    Options {
        settings: Settings {
            temperature: config.llm_temperature,
            max_tokens: Some(config.llm_max_tokens),
        },
        classify: match config.llm_classify {
            ClassifyChoice::Off => Classify::Off,
            ClassifyChoice::Full => Classify::Full,
            ClassifyChoice::Always => Classify::Always,
        },
        history_tokens: config.llm_history_tokens as usize,
    }
}

fn prices(config: &LlmConfig) -> anyhow::Result<PriceTable> {
    let Some(path) = &config.llm_prices else {
        return Ok(PriceTable::embedded().clone());
    };
    let shown = path.display();
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read LLM_PRICES {shown}"))?;
    PriceTable::with_overrides(&text).with_context(|| format!("LLM_PRICES {shown}"))
}

const fn deadlines(config: &LlmConfig) -> Deadlines {
    Deadlines {
        connect: config.llm_connect_timeout_seconds,
        first_token: config.llm_first_token_timeout_seconds,
        between_tokens: config.llm_token_timeout_seconds,
        call: config.llm_call_timeout_seconds,
    }
}
