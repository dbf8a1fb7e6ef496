//! Which values of the configuration are secrets.

use agent::llm::provider::Provider;
use secrecy::{ExposeSecret, SecretString};

use super::{
    Config, otlp,
    pairs::{Pairs, baggage},
};

impl Config {
    /// Whatever nobody may read: keys, and the values of headers, with and without their scheme.
    #[must_use]
    pub fn secrets(&self) -> Vec<SecretString> {
        let keys = Provider::ALL
            .into_iter()
            .filter_map(|provider| self.llm.key(provider));
        let headers = self.telemetry.otel_exporter_otlp_headers.as_ref();
        let headers = headers.map(|headers| headers.expose_secret().to_owned());
        let of_signals = otlp::of_signals().filter(|name| name.ends_with("_HEADERS"));
        let headers = of_signals
            .filter_map(|name| otlp::process_environment(&name))
            .chain(headers);
        let values =
            headers.flat_map(|text| baggage(&text).map_or(Vec::new(), |Pairs(pairs)| pairs));
        let values = values.flat_map(|(_, value)| {
            let bare = value.split_once(' ').map(|(_, bare)| bare.to_owned());
            std::iter::once(value).chain(bare)
        });
        keys.chain(&self.admin_key)
            .cloned()
            .chain(values.map(SecretString::from))
            .collect()
    }
}
