//! A model of the chain, as it is written: `provider`, `provider:model`, `provider@address:model`.

use agent::llm::{address, provider::Provider};

/// A provider and, where they are named, its address and its model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelChoice {
    /// Provider.
    pub provider: Provider,
    /// Base address; `None` = the provider's.
    pub base_url: Option<String>,
    /// Model; `None` = the provider's default.
    pub model: Option<String>,
}

impl std::fmt::Display for ModelChoice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.provider.as_str())?;
        if let Some(url) = &self.base_url {
            write!(f, "@{}", address::shown(url))?;
        }
        let model = self.model.as_ref();
        model.map_or(Ok(()), |model| write!(f, ":{model}"))
    }
}

pub(super) fn provider(text: &str) -> Result<Provider, String> {
    text.parse().map_err(|_| {
        let names = Provider::ALL.map(Provider::as_str);
        format!("allowed are {}", names.join(", "))
    })
}

pub(super) fn choice(text: &str) -> Result<ModelChoice, String> {
    const ALLOWED: &str = "allowed are provider, provider:model and provider@address:model";
    let text = text.trim();
    // A model's own name may hold either mark: `qwen3:8b`, `accounts/a@b`.
    let at = text.find(['@', ':']).unwrap_or(text.len());
    let (name, rest) = text.split_at(at);
    let (url, model) = match rest.strip_prefix('@') {
        Some(rest) => {
            let (url, model) = split_address(rest).ok_or(ALLOWED)?;
            (Some(base_url(url)?), model)
        }
        None => (None, rest.strip_prefix(':')),
    };
    let model = model.map(|model| model.trim().to_owned());
    if model.as_ref().is_some_and(String::is_empty) {
        return Err(ALLOWED.to_owned());
    }
    let provider = provider(name)?;
    if provider == Provider::Builtin && url.is_some() {
        return Err("builtin is in this process: it has no address".to_owned());
    }
    Ok(ModelChoice {
        provider,
        base_url: url,
        model,
    })
}

/// The address and the model behind it: the first colon after the host's port begins the model.
fn split_address(text: &str) -> Option<(&str, Option<&str>)> {
    let start = text.find("://")? + 3;
    // A user and a password: what follows the first colon is no model.
    if text[start..].split(['/', '?']).next()?.contains('@') {
        return None;
    }
    // The colons of an IPv6 address stand in brackets.
    let host = match text[start..].starts_with('[') {
        true => start + text[start..].find(']')?,
        false => start,
    };
    let mut end = host
        + text[host..]
            .find([':', '/', '?'])
            .unwrap_or(text.len() - host);
    if let Some(port) = text[end..].strip_prefix(':') {
        let digits = port
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(port.len());
        if digits > 0 {
            end += 1 + digits;
        }
    }
    match text[end..].split_once(':') {
        Some((path, model)) => Some((&text[..end + path.len()], Some(model))),
        None => Some((text, None)),
    }
}

pub(super) fn base_url(text: &str) -> Result<String, String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_where_the_model_begins() {
        for (text, url, model) in [
            (
                "openai-compatible@http://gpu:8000/v1:own",
                Some("http://gpu:8000/v1"),
                Some("own"),
            ),
            (
                "ollama@http://gpu/v1:qwen3:8b",
                Some("http://gpu/v1"),
                Some("qwen3:8b"),
            ),
            (
                "openai-compatible@http://gpu:8000:Qwen/Q3",
                Some("http://gpu:8000"),
                Some("Qwen/Q3"),
            ),
            (
                "openai-compatible@http://gpu:Qwen/Q3",
                Some("http://gpu"),
                Some("Qwen/Q3"),
            ),
            (
                "openai-compatible@http://[::1]:8000/v1:m",
                Some("http://[::1]:8000/v1"),
                Some("m"),
            ),
            (
                "azure@https://r.openai.azure.com/openai/deployments/d?api-version=2024-10-21:d",
                Some("https://r.openai.azure.com/openai/deployments/d?api-version=2024-10-21"),
                Some("d"),
            ),
            ("ollama@http://gpu:11434", Some("http://gpu:11434"), None),
            ("ollama:qwen3:8b", None, Some("qwen3:8b")),
            ("openrouter:a/b@c", None, Some("a/b@c")),
            (" openai ", None, None),
        ] {
            let choice = choice(text).unwrap();
            let found = (choice.base_url.as_deref(), choice.model.as_deref());
            assert_eq!(found, (url, model), "{text}");
            assert_eq!(choice.to_string(), text.trim());
        }
    }

    #[test]
    fn what_is_no_choice_is_refused() {
        for text in [
            "openai-compatible@gpu:8000/v1:own",
            "openai-compatible@http://u:p@gpu/v1:own",
            "openai-compatible@http://gpu/v1:",
            "builtin@http://gpu/v1",
            "nobody:m",
            "openai:",
        ] {
            assert!(choice(text).is_err(), "{text}");
        }
    }

    #[test]
    fn keys_in_a_query_are_not_shown() {
        let choice = choice("openai-compatible@http://gpu/v1?key=hunter2:own").unwrap();
        assert_eq!(
            choice.to_string(),
            "openai-compatible@http://gpu/v1?key=********:own"
        );
    }
}
