//! Where a remote model is reached, and the HTTP client that reaches it.

use std::{error::Error, sync::Arc, time::Duration};

use http::HeaderMap;
use secrecy::SecretString;

use super::{ModelError, ModelErrorKind, pricing::Price};

/// Adds propagation headers (`traceparent`) of the current span to an outgoing request. The server
/// hands it in: this crate knows no OpenTelemetry.
pub type Propagate = Arc<dyn Fn(&mut HeaderMap) + Send + Sync>;

/// Longest `Retry-After` that is believed.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(3_600);

/// A model of a provider, and how to reach it.
#[derive(Clone)]
pub struct Endpoint {
    /// Provider, such as `openai`; the `llm.provider` of spans.
    pub provider: String,
    /// Model, as the provider names it.
    pub model: String,
    /// Base address without a slash at its end, such as `https://api.openai.com/v1`.
    pub base_url: String,
    /// Key; local servers need none.
    pub key: Option<SecretString>,
    /// Price of the model; `None` = unknown.
    pub price: Option<Price>,
    /// The client, shared by all endpoints.
    pub client: reqwest::Client,
    /// Propagation headers.
    pub propagate: Propagate,
}

impl Endpoint {
    /// Host and port of the base address, for `server.address` and `server.port`.
    #[must_use]
    pub fn server(&self) -> Option<(String, u16)> {
        let url = reqwest::Url::parse(&self.base_url).ok()?;
        Some((url.host_str()?.to_owned(), url.port_or_known_default()?))
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

/// The HTTP client of all remote models.
///
/// # Errors
/// When the TLS roots of the system cannot be used.
pub fn client(connect_timeout: Duration) -> reqwest::Result<reqwest::Client> {
    // The second call of a process finds a provider installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .connect_timeout(connect_timeout)
        // A redirect would carry the key to another host.
        .redirect(reqwest::redirect::Policy::none())
        .build()
}

/// A request that got no response, or a body that broke.
pub(super) fn of_transport(error: reqwest::Error) -> ModelError {
    let kind = if error.is_builder() {
        ModelErrorKind::BadRequest
    } else if error.is_timeout() && !error.is_connect() {
        ModelErrorKind::Timeout
    } else {
        // Without a connection nothing was sent, whatever time that took: another attempt is safe.
        ModelErrorKind::Connection
    };
    // An address may hold a password.
    let error = error.without_url();
    let mut detail = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        detail.push_str(": ");
        detail.push_str(&cause.to_string());
        source = cause.source();
    }
    ModelError::new(kind, detail)
}

/// What a status means. `code` is the provider's own word for it, where the body holds one.
#[must_use]
pub fn kind_of_status(status: u16, code: Option<&str>) -> ModelErrorKind {
    match (status, code) {
        (402, _) | (429, Some("insufficient_quota" | "billing_error")) => {
            ModelErrorKind::QuotaExceeded
        }
        (_, Some("model_not_found")) | (404, _) => ModelErrorKind::UnknownModel,
        (401 | 403, _) => ModelErrorKind::Authentication,
        (429, _) => ModelErrorKind::RateLimited,
        (503 | 529, _) => ModelErrorKind::Overloaded,
        (408 | 500.., _) => ModelErrorKind::Server,
        _ => ModelErrorKind::BadRequest,
    }
}

/// `Retry-After` in seconds (RFC 9110, 10.2.3), or `retry-after-ms`; dates are not used by providers.
#[must_use]
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let number = |name: &str| -> Option<f64> {
        let text = headers.get(name)?.to_str().ok()?;
        text.trim().parse().ok().filter(|n: &f64| *n >= 0.0)
    };
    let seconds = number("retry-after-ms")
        .map(|millis| millis / 1e3)
        .or_else(|| number("retry-after"))?;
    Some(Duration::from_secs_f64(
        seconds.min(MAX_RETRY_AFTER.as_secs_f64()),
    ))
}
