//! The HTTP client of all remote services.

use std::{sync::Arc, time::Duration};

use http::HeaderMap;

/// Adds propagation headers (`traceparent`) of the current span to an outgoing request. The server
/// hands it in: this crate knows no OpenTelemetry.
pub type Propagate = Arc<dyn Fn(&mut HeaderMap) + Send + Sync>;

/// The HTTP client of all remote services.
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
