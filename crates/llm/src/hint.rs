//! What an operator can do about a failure, by the name of the variable to change. Pure.

use super::{ModelErrorKind, provider::Provider};

/// The hint for a failure of a provider's kind; `advice` is what was seen beyond the kind.
pub(super) fn of(
    kind: ModelErrorKind,
    advice: Option<&'static str>,
    provider: &str,
) -> Option<String> {
    let provider: Option<Provider> = provider.parse().ok();
    let known = match kind {
        ModelErrorKind::Authentication => {
            let key = provider.and_then(Provider::key_variable);
            let key = key.unwrap_or("LLM_API_KEY");
            Some(format!(
                "the key was refused: check {key} and what it may do"
            ))
        }
        ModelErrorKind::UnknownModel => Some(
            "the provider has no such model: check LLM_MODEL, or the model in LLM_FALLBACK"
                .to_owned(),
        ),
        ModelErrorKind::WrongAddress => {
            let address = address_variable(provider);
            Some(format!("no API answers at the address: check {address}"))
        }
        ModelErrorKind::ContextLength => Some(
            "the prompt is longer than the model's context: lower LLM_HISTORY_TOKENS or \
             LLM_MAX_TOKENS, or let the server take more"
                .to_owned(),
        ),
        ModelErrorKind::ContentFilter => Some(
            "the provider's content filter withheld the request; its rules are set with the \
             provider, or with another LLM_MODEL"
                .to_owned(),
        ),
        ModelErrorKind::ToolUseFailed => Some(
            "the model wrote a call that its server cannot read: another LLM_MODEL may do better"
                .to_owned(),
        ),
        ModelErrorKind::QuotaExceeded => {
            Some("the account has no credit left, or its limit is reached".to_owned())
        }
        ModelErrorKind::Connection => {
            let address = address_variable(provider);
            Some(format!("check {address} and the network"))
        }
        ModelErrorKind::Timeout => {
            Some("slow models need longer deadlines: LLM_*_TIMEOUT_SECONDS".to_owned())
        }
        ModelErrorKind::RateLimited
        | ModelErrorKind::Overloaded
        | ModelErrorKind::Server
        | ModelErrorKind::AnswerTooLong
        | ModelErrorKind::BadRequest
        | ModelErrorKind::BadResponse
        | ModelErrorKind::CircuitOpen => None,
    };
    match (known, advice) {
        (Some(known), Some(advice)) => Some(format!("{known} ({advice})")),
        (known, advice) => known.or_else(|| advice.map(str::to_owned)),
    }
}

/// The variable of a provider's address.
const fn address_variable(provider: Option<Provider>) -> &'static str {
    match provider {
        Some(Provider::OpenAi) => "LLM_BASE_URL or OPENAI_BASE_URL",
        Some(Provider::Anthropic) => "LLM_BASE_URL or ANTHROPIC_BASE_URL",
        _ => "LLM_BASE_URL",
    }
}

/// What is odd about a base address to which `endpoint`, such as `/chat/completions`, is added.
pub(super) fn of_address(base_url: &str, endpoint: &str) -> Option<&'static str> {
    let path = base_url.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let path = path.split_once('/').map_or("", |(_, path)| path);
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let is_version = |part: &&str| {
        let digits = part.strip_prefix('v').unwrap_or_default();
        digits
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_digit())
    };
    let versions = parts.iter().filter(|part| is_version(part)).count();
    let adds_version = endpoint.split('/').any(|part| is_version(&part));
    let pasted = ["completions", "messages", "responses", "chat", "models"];
    if parts.last().is_some_and(|last| pasted.contains(last)) {
        Some("the address ends with the path of an endpoint, which is added to it: leave that out")
    } else if versions > 1 || (adds_version && versions == 1) {
        Some("/v1 is then there twice: leave one out")
    } else if !adds_version && versions == 0 {
        Some("the address has no version, such as the /v1 at the end of http://localhost:8000/v1")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_to_mend_is_named_by_its_variable() {
        use ModelErrorKind as Kind;
        for (kind, provider, names) in [
            (Kind::Authentication, "mistral", "MISTRAL_API_KEY"),
            (Kind::Authentication, "ollama", "LLM_API_KEY"),
            (Kind::UnknownModel, "openai", "LLM_MODEL"),
            (Kind::WrongAddress, "openai-compatible", "LLM_BASE_URL"),
            (Kind::WrongAddress, "anthropic", "ANTHROPIC_BASE_URL"),
            (Kind::Connection, "openai", "OPENAI_BASE_URL"),
            (Kind::ContextLength, "ollama", "LLM_HISTORY_TOKENS"),
            (Kind::ContextLength, "ollama", "LLM_MAX_TOKENS"),
        ] {
            let hint = of(kind, None, provider).unwrap();
            assert!(hint.contains(names), "{kind}: {hint}");
        }
        assert_eq!(of(Kind::Server, None, "openai"), None);
        let advice = of(Kind::BadRequest, Some("lower LLM_MAX_TOKENS"), "groq");
        assert_eq!(advice.as_deref(), Some("lower LLM_MAX_TOKENS"));
    }

    #[test]
    fn an_odd_address_is_told() {
        let chat = |address| of_address(address, "/chat/completions").unwrap_or_default();
        assert!(chat("http://h:1/v1/chat/completions").contains("endpoint"));
        assert!(chat("http://h:1/v1/chat").contains("endpoint"));
        assert!(chat("http://h:1/v1/v1").contains("twice"));
        assert!(chat("http://h:1").contains("no version"));
        assert!(chat("http://h:1/api/").contains("no version"));
        assert_eq!(chat("http://h:1/v1"), "");
        assert_eq!(chat("https://h/v1beta/openai"), "");
        let messages = |address| of_address(address, "/v1/messages").unwrap_or_default();
        assert!(messages("https://h/v1").contains("twice"));
        assert!(messages("https://h/v1/messages").contains("endpoint"));
        assert_eq!(messages("https://h"), "");
    }
}
