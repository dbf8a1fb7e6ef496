//! Base addresses as people write them. Pure: only what is certain is mended.

use super::provider::Provider;

/// What people paste behind a base address: the endpoints of OpenAI's protocol.
const ENDPOINTS: [&str; 4] = [
    "/chat/completions",
    "/completions",
    "/responses",
    "/embeddings",
];
/// Those of Ollama's own protocol, beside which the other one stands.
const OLLAMA: [&str; 3] = ["/api/chat", "/api/generate", "/api"];
/// Azure's stable version of its older paths.
const API_VERSION: &str = "api-version=2024-10-21";

/// A base address that can be used, and what was wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Without a slash at its end; its query stays.
    pub url: String,
    /// What was mended; `None` = nothing.
    pub mended: Option<&'static str>,
}

/// Mends the base address of a provider: an endpoint that was pasted whole, a version that is missing
/// or there twice where the provider's own address tells, Azure's path of a deployment.
#[must_use]
pub fn mend(provider: Provider, url: &str, model: &str) -> Address {
    let url = url.trim();
    let (base, query) = url
        .split_once('?')
        .map_or((url, None), |(base, query)| (base, Some(query)));
    let base = base.trim_end_matches('/');
    let mut address = Address {
        url: base.to_owned(),
        mended: None,
    };
    let mut query = query.filter(|query| !query.is_empty()).map(str::to_owned);
    let endpoints: &[&str] = match provider {
        Provider::Anthropic => &["/messages", "/chat/completions", "/complete"],
        _ => &ENDPOINTS,
    };
    for endpoint in endpoints {
        address.cut(
            endpoint,
            "it held the endpoint, whose path would be there twice: the base address ends before it",
        );
    }
    if address.path().ends_with("/v1/models") {
        address.cut(
            "/models",
            "it held an endpoint: the base address ends before it",
        );
    }
    while address.path().ends_with("/v1/v1") {
        address.cut("/v1", "it held /v1 twice");
    }
    match provider {
        Provider::Anthropic => address.cut("/v1", "it held /v1, which is added to it"),
        Provider::Ollama => {
            for endpoint in OLLAMA {
                address.cut(endpoint, "it held an address of Ollama's own protocol");
            }
            address.complete("/v1", "it lacked /v1");
        }
        Provider::Azure => query = address.azure(query, model),
        // Of any other host nobody can tell whether it wants a version.
        _ => {
            if let Some(own) = provider
                .default_base_url()
                .filter(|own| host(own) == host(base))
            {
                address.complete(path(own), "it lacked the provider's path");
            }
        }
    }
    if let Some(query) = query {
        address.url = format!("{}?{query}", address.url);
    }
    address
}

impl Address {
    fn path(&self) -> &str {
        path(&self.url)
    }

    /// Takes the end of the path away.
    fn cut(&mut self, end: &str, what: &'static str) {
        if self.path().ends_with(end) {
            let length = self.url.len() - end.len();
            self.url.truncate(length);
            self.url.truncate(self.url.trim_end_matches('/').len());
            self.mended = Some(what);
        }
    }

    /// Adds the path where there is none.
    fn complete(&mut self, path: &str, what: &'static str) {
        if self.path().is_empty() {
            self.url.push_str(path);
            self.mended = Some(what);
        }
    }

    /// The path of a deployment, or of the newer API without versions; gives the query.
    fn azure(&mut self, query: Option<String>, model: &str) -> Option<String> {
        let newer = query.as_deref().is_none_or(|query| {
            query
                .split('&')
                .any(|pair| matches!(pair, "api-version=v1" | "api-version=preview"))
        });
        match self.path() {
            "" | "/openai" => {
                self.cut("/openai", "it lacked Azure's path");
                let deployment = format!("/openai/deployments/{model}");
                let path = if newer { "/openai/v1" } else { &deployment };
                self.complete(path, "it lacked Azure's path");
            }
            "/openai/deployments" => {
                self.url.push('/');
                self.url.push_str(model);
                self.mended = Some("it lacked the deployment");
            }
            _ => {}
        }
        let is_versioned = query
            .as_deref()
            .is_some_and(|query| query.contains("api-version="));
        if is_versioned || !self.path().contains("/deployments/") {
            return query;
        }
        self.mended = Some("it lacked the api-version");
        Some(query.map_or(API_VERSION.to_owned(), |query| {
            format!("{query}&{API_VERSION}")
        }))
    }
}

/// An address without what may be secret in it: a gateway may want its key in the query.
#[must_use]
pub fn shown(url: &str) -> String {
    let Some((base, query)) = url.split_once('?') else {
        return url.to_owned();
    };
    let shown = query.split('&').map(|pair| match pair.split_once('=') {
        Some(("api-version", _)) | None => pair.to_owned(),
        Some((name, _)) => format!("{name}=********"),
    });
    format!("{base}?{}", shown.collect::<Vec<_>>().join("&"))
}

fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or_default()
}

fn host(url: &str) -> String {
    authority(url).to_ascii_lowercase()
}

fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or("", |at| &rest[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(provider: Provider, url: &str) -> (String, bool) {
        let address = mend(provider, url, "gpt-x");
        (address.url, address.mended.is_some())
    }

    #[test]
    fn what_is_certain_is_mended() {
        use Provider as P;
        for (provider, given, used) in [
            (
                P::OpenAiCompatible,
                "http://h:8000/v1/chat/completions",
                "http://h:8000/v1",
            ),
            (
                P::OpenAiCompatible,
                "http://h/v1/chat/completions/",
                "http://h/v1",
            ),
            (
                P::OpenAiCompatible,
                "http://h/v1/completions?k=v",
                "http://h/v1?k=v",
            ),
            (P::OpenAiCompatible, "http://h/v1/responses", "http://h/v1"),
            (P::OpenAiCompatible, "http://h/v1/models", "http://h/v1"),
            (P::OpenAiCompatible, "http://h/v1/v1", "http://h/v1"),
            (
                P::OpenAiCompatible,
                "http://h/v1/v1/chat/completions",
                "http://h/v1",
            ),
            (
                P::OpenAi,
                "https://api.openai.com",
                "https://api.openai.com/v1",
            ),
            (
                P::OpenAi,
                "https://API.openai.com/",
                "https://API.openai.com/v1",
            ),
            (
                P::Groq,
                "https://api.groq.com",
                "https://api.groq.com/openai/v1",
            ),
            (
                P::OpenRouter,
                "https://openrouter.ai",
                "https://openrouter.ai/api/v1",
            ),
            (P::Ollama, "http://gpu:11434", "http://gpu:11434/v1"),
            (
                P::Ollama,
                "http://gpu:11434/api/chat",
                "http://gpu:11434/v1",
            ),
            (P::Ollama, "http://gpu:11434/api/", "http://gpu:11434/v1"),
            (
                P::Anthropic,
                "https://api.anthropic.com/v1",
                "https://api.anthropic.com",
            ),
            (P::Anthropic, "https://gw/a/v1/messages", "https://gw/a"),
            (
                P::Azure,
                "https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21",
                "https://r.openai.azure.com/openai/deployments/d?api-version=2024-10-21",
            ),
            (
                P::Azure,
                "https://r.openai.azure.com/?api-version=2024-10-21",
                "https://r.openai.azure.com/openai/deployments/gpt-x?api-version=2024-10-21",
            ),
            (
                P::Azure,
                "https://r.openai.azure.com",
                "https://r.openai.azure.com/openai/v1",
            ),
            (
                P::Azure,
                "https://r.openai.azure.com/openai?api-version=preview",
                "https://r.openai.azure.com/openai/v1?api-version=preview",
            ),
            (
                P::Azure,
                "https://r.openai.azure.com/openai/deployments/d",
                "https://r.openai.azure.com/openai/deployments/d?api-version=2024-10-21",
            ),
        ] {
            assert_eq!(mended(provider, given), (used.to_owned(), true), "{given}");
            assert_eq!(mended(provider, used), (used.to_owned(), false), "{used}");
        }
    }

    #[test]
    fn what_is_not_certain_stays() {
        use Provider as P;
        for (provider, given) in [
            (P::OpenAiCompatible, "http://h"),
            (P::OpenAiCompatible, "http://h/api"),
            (P::OpenAiCompatible, "http://h/models"),
            (P::OpenAi, "https://gateway.example"),
            (
                P::Azure,
                "https://r.services.ai.azure.com/models?api-version=2024-05-01-preview",
            ),
            (P::Azure, "https://r.openai.azure.com/openai/v1"),
            (P::Anthropic, "https://gateway.example/anthropic"),
            (
                P::Gemini,
                "https://generativelanguage.googleapis.com/v1beta/openai",
            ),
        ] {
            assert_eq!(mended(provider, given), (given.to_owned(), false));
        }
    }

    #[test]
    fn a_query_is_shown_by_its_names() {
        let url = "https://h/v1?key=secret&api-version=2024-10-21&plain";
        assert_eq!(
            shown(url),
            "https://h/v1?key=********&api-version=2024-10-21&plain"
        );
    }
}
