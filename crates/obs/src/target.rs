//! Where a signal is exported to, and how.

use std::time::Duration;

use secrecy::SecretString;

/// How long an export may take, its retries included, where nothing else is said: a collector that is
/// away for ten seconds loses nothing.
pub const EXPORT_TIMEOUT: Duration = Duration::from_secs(30);

/// An OTLP gRPC collector.
///
/// `Debug` shows no secret: header values and the key are [`SecretString`]s.
#[derive(Clone, Debug)]
pub struct Target {
    /// With or without scheme: `localhost:4317`, `https://host:4317`; `grpc://` means `http://`, and
    /// `grpcs://` means `https://`.
    pub endpoint: String,
    /// Request headers, such as an API key.
    pub headers: Vec<(String, SecretString)>,
    /// How long one export may take, its retries included.
    pub timeout: Duration,
    /// Whether requests are compressed.
    pub gzip: bool,
    /// Certificates (PEM) that the collector's is checked against, in place of the machine's roots.
    pub roots: Option<Vec<u8>>,
    /// The client's own certificate and key (PEM), for collectors that ask for one.
    pub identity: Option<Identity>,
}

/// A client's certificate and its key, both PEM.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The certificate, perhaps with a chain.
    pub certificate: Vec<u8>,
    /// The key.
    pub key: SecretString,
}

impl Target {
    /// A collector without headers, spoken to as usual.
    pub fn new(endpoint: impl Into<String>) -> Self {
        Self {
            endpoint: endpoint.into(),
            headers: Vec::new(),
            timeout: EXPORT_TIMEOUT,
            gzip: true,
            roots: None,
            identity: None,
        }
    }

    /// Whether there is an endpoint at all.
    pub(crate) fn is_set(&self) -> bool {
        !self.endpoint.trim().is_empty()
    }

    /// The endpoint as a URI.
    pub(crate) fn uri(&self) -> String {
        let endpoint = self.endpoint.trim();
        match endpoint.split_once("://") {
            None => format!("http://{endpoint}"),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("grpc") => format!("http://{rest}"),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("grpcs") => {
                format!("https://{rest}")
            }
            Some(_) => endpoint.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_gets_a_scheme_that_the_channel_knows() {
        for (endpoint, uri) in [
            ("localhost:4317", "http://localhost:4317"),
            (" localhost:4317 ", "http://localhost:4317"),
            ("https://c:4317", "https://c:4317"),
            ("grpc://c:4317", "http://c:4317"),
            ("GRPC://c:4317", "http://c:4317"),
            ("grpcs://c:4317", "https://c:4317"),
        ] {
            assert_eq!(Target::new(endpoint).uri(), uri);
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        let target = Target {
            headers: vec![("authorization".to_owned(), SecretString::from("hunter2"))],
            identity: Some(Identity {
                certificate: Vec::new(),
                key: SecretString::from("hunter3"),
            }),
            ..Target::new("c:4317")
        };
        let shown = format!("{target:?}");
        assert!(
            shown.contains("authorization") && !shown.contains("hunter"),
            "{shown}"
        );
    }
}
