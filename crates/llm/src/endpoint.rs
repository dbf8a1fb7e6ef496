//! Where a remote model is reached, and the HTTP client that reaches it.

use std::{error::Error, sync::Arc, time::Duration};

use http::HeaderMap;
use jiff::{Timestamp, fmt::rfc2822};
use secrecy::SecretString;

use super::{ModelError, ModelErrorKind, extras::Extras, pricing::Price};

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
    let (is_builder, is_connect) = (error.is_builder(), error.is_connect());
    let is_timeout = error.is_timeout();
    // An address may hold a password.
    let error = error.without_url();
    let mut detail = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        detail.push_str(": ");
        detail.push_str(&cause.to_string());
        source = cause.source();
    }
    let (kind, advice) = if is_builder {
        (ModelErrorKind::BadRequest, None)
    } else if is_timeout && !is_connect {
        (ModelErrorKind::Timeout, None)
    } else if let Some(advice) = unreachable(&detail).filter(|_| is_connect) {
        (ModelErrorKind::WrongAddress, Some(advice))
    } else {
        // Without a connection nothing was sent, whatever time that took: another attempt is safe.
        (ModelErrorKind::Connection, None)
    };
    ModelError {
        advice,
        // Before there is a connection nobody has said anything; a server that closes one may.
        ..match is_connect {
            true => ModelError::new(kind, detail),
            false => ModelError::quoting(kind, detail),
        }
    }
}

/// Why no attempt will ever reach the host, from the words of resolver and TLS.
fn unreachable(detail: &str) -> Option<&'static str> {
    let has = |words: &[&str]| words.iter().any(|word| detail.contains(word));
    if has(&["dns error"]) {
        Some("no address is known of the host: check its name and the resolver")
    } else if has(&["certificate", "UnknownIssuer", "NotValidForName"]) {
        Some("the host's certificate is not trusted: check its name, or the system's authorities")
    } else if has(&[
        "InvalidContentType",
        "corrupt message",
        "fatal alert",
        "WRONG_VERSION",
    ]) {
        Some("the port speaks no TLS that is understood: http:// or https:// may be mistaken")
    } else {
        None
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

/// `Retry-After`, in seconds or as the date of an HTTP message (RFC 9110, 10.2.3; its two obsolete
/// formats are not read), or `retry-after-ms`. A date that is over asks for no wait.
#[must_use]
pub fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = |name: &str| -> Option<&str> { Some(headers.get(name)?.to_str().ok()?.trim()) };
    let number = |name: &str| -> Option<Duration> {
        let number: f64 = text(name)?.parse().ok()?;
        let unit = if name == "retry-after-ms" { 1e3 } else { 1.0 };
        let most = MAX_RETRY_AFTER.as_secs_f64();
        (number >= 0.0).then(|| Duration::from_secs_f64((number / unit).min(most)))
    };
    let date = || {
        let date = rfc2822::DateTimeParser::new().parse_timestamp(text("retry-after")?);
        let wait = date.ok()?.duration_since(now);
        // Only what is negative does not fit.
        Some(Duration::try_from(wait).map_or(Duration::ZERO, |wait| wait.min(MAX_RETRY_AFTER)))
    };
    number("retry-after-ms")
        .or_else(|| number("retry-after"))
        .or_else(date)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

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

    #[test]
    fn what_no_waiting_mends_is_told_from_a_host_that_is_away() {
        for (detail, told) in [
            (
                "client error (Connect): dns error: failed to lookup",
                "no address",
            ),
            ("invalid peer certificate: UnknownIssuer", "certificate"),
            ("received corrupt message of type InvalidContentType", "TLS"),
        ] {
            assert!(unreachable(detail).unwrap().contains(told), "{detail}");
        }
        assert_eq!(unreachable("tcp connect error: Connection refused"), None);
    }

    #[test]
    fn a_wait_is_a_number_or_a_date() {
        let now: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let wait = |name: &'static str, value: &'static str| {
            let headers = HeaderMap::from_iter([(
                http::HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )]);
            retry_after(&headers, now).map(|wait| wait.as_millis())
        };
        for (value, millis) in [
            ("2", Some(2_000)),
            (" 0.5 ", Some(500)),
            ("1e300", Some(3_600_000)),
            ("inf", Some(3_600_000)),
            ("-1", None),
            ("NaN", None),
            ("soon", None),
            ("", None),
            ("Sun, 22 Nov 2026 10:00:09 GMT", Some(9_000)),
            ("Sun, 22 Nov 2026 09:59:59 GMT", Some(0)),
            ("Mon, 22 Nov 2027 10:00:00 GMT", Some(3_600_000)),
        ] {
            assert_eq!(wait("retry-after", value), millis, "{value}");
        }
        assert_eq!(wait("retry-after-ms", "80"), Some(80));
    }
}
