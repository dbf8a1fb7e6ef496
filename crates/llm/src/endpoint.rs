//! Where a remote model is reached.

use remote::{Broken, How, Redactor};
pub use remote::{Propagate, client};
use secrecy::SecretString;

use super::{ModelError, ModelErrorKind, extras::Extras, pricing::Price};

/// A model of a provider, and how to reach it.
#[derive(Clone)]
pub struct Endpoint {
    /// Provider, such as `openai`; the `llm.provider` of spans.
    pub provider: String,
    /// Model, as the provider names it.
    pub model: String,
    /// Base address without a slash at its end, such as `https://api.openai.com/v1`; it may have a
    /// query, which each request then has.
    pub base_url: String,
    /// Key; local servers need none.
    pub key: Option<SecretString>,
    /// Price of the model; `None` = unknown.
    pub price: Option<Price>,
    /// The client, shared by all endpoints.
    pub client: reqwest::Client,
    /// Propagation headers.
    pub propagate: Propagate,
    /// What the operator adds to each request.
    pub extras: Extras,
}

impl Endpoint {
    /// The address of a resource below the base address, such as `/chat/completions`.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        match self.base_url.split_once('?') {
            Some((base, query)) => format!("{}{path}?{query}", base.trim_end_matches('/')),
            None => format!("{}{path}", self.base_url.trim_end_matches('/')),
        }
    }

    /// Host and port of the base address, for `server.address` and `server.port`.
    #[must_use]
    pub fn server(&self) -> Option<(String, u16)> {
        let url = reqwest::Url::parse(&self.base_url).ok()?;
        Some((url.host_str()?.to_owned(), url.port_or_known_default()?))
    }

    /// Cleans what its server says of its key and its extra headers.
    pub(super) fn redactor(&self) -> Redactor {
        let values = self.extras.headers.values();
        let values = values.filter_map(|value| value.to_str().ok());
        Redactor::new(self.key.clone(), values.map(SecretString::from))
    }
}

// By hand: neither a key nor an address that holds a password may get into a log by way of `{:?}`.
impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Endpoint")
            .field("provider", &self.provider)
            .field("model", &self.model)
            .field("server", &self.server())
            .finish_non_exhaustive()
    }
}

/// A request that got no response, or a body that broke.
pub(super) fn of_transport(error: reqwest::Error) -> ModelError {
    let Broken {
        how,
        detail,
        connected,
    } = error.into();
    let (kind, advice) = match how {
        How::Unbuilt => (ModelErrorKind::BadRequest, None),
        How::Late => (ModelErrorKind::Timeout, None),
        How::Unreachable(advice) => (ModelErrorKind::WrongAddress, Some(advice)),
        How::Connection => (ModelErrorKind::Connection, None),
    };
    ModelError {
        advice,
        ..match connected {
            true => ModelError::quoting(kind, detail),
            false => ModelError::new(kind, detail),
        }
    }
}

/// What a status means. `code` is the provider's own word for it, where the body holds one.
#[must_use]
pub fn kind_of_status(status: u16, code: Option<&str>) -> ModelErrorKind {
    match (status, code) {
        (402, _) | (429, Some("insufficient_quota" | "billing_error")) => {
            ModelErrorKind::QuotaExceeded
        }
        (_, Some("model_not_found")) => ModelErrorKind::UnknownModel,
        // Another path, another host, a page that takes no POST.
        (300..=399 | 404 | 405 | 421, _) => ModelErrorKind::WrongAddress,
        (413, _) => ModelErrorKind::ContextLength,
        (401 | 403, _) => ModelErrorKind::Authentication,
        (429, _) => ModelErrorKind::RateLimited,
        (503 | 529, _) => ModelErrorKind::Overloaded,
        (408 | 500 | 502 | 504, _) => ModelErrorKind::Server,
        // 501, 505 and the like: no matter of time, and another provider may do it.
        (500.., _) => ModelErrorKind::BadResponse,
        _ => ModelErrorKind::BadRequest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_pass_by_itself_is_a_failure_of_the_server() {
        use ModelErrorKind as Kind;
        for (status, kind) in [
            (408, Kind::Server),
            (500, Kind::Server),
            (501, Kind::BadResponse),
            (502, Kind::Server),
            (503, Kind::Overloaded),
            (504, Kind::Server),
            (505, Kind::BadResponse),
            (511, Kind::BadResponse),
            (529, Kind::Overloaded),
            (409, Kind::BadRequest),
            (308, Kind::WrongAddress),
            (405, Kind::WrongAddress),
            (413, Kind::ContextLength),
        ] {
            assert_eq!(kind_of_status(status, None), kind, "{status}");
        }
    }
}
