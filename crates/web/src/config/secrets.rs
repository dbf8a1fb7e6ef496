//! Which values of the configuration are secrets.

use agent::llm::provider::Provider;
use secrecy::{ExposeSecret, SecretString};

use super::{
    Config,
    extra::{ExtraHeaders, ServerKeys},
    otlp,
    pairs::{Pairs, baggage},
};

/// Shortest value of an extra header that is taken for a secret, in bytes.
const MIN_VALUE: usize = 8;

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
        let servers = self.llm.llm_api_keys.iter().flat_map(ServerKeys::all);
        let extra = self.llm.llm_extra_headers.as_ref();
        let extra = extra.map(ExtraHeaders::headers).unwrap_or_default();
        let extra = extra.values().filter_map(|value| value.to_str().ok());
        // What is short is no secret, and may be a part of any word.
        let extra = extra.filter(|value| value.len() >= MIN_VALUE);
        keys.chain(&self.admin_key)
            .chain(servers)
            .cloned()
            .chain(extra.map(SecretString::from))
            .chain(values.map(SecretString::from))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use clap::{Args, FromArgMatches};

    use super::*;

    #[test]
    fn keys_of_servers_and_extra_headers_are_secrets() {
        let command = Config::augment_args(clap::Command::new("travel-agent"));
        let line = [
            "travel-agent",
            "--llm-api-keys=one.example=first-key",
            "--llm-extra-headers=x-a=second-value,x-b=short",
            "--otel-exporter-otlp-headers=authorization=Bearer third-value",
        ];
        let config = Config::from_arg_matches(&command.get_matches_from(line)).unwrap();
        let secrets = config.secrets();
        let secrets: Vec<_> = secrets.iter().map(ExposeSecret::expose_secret).collect();
        for secret in ["first-key", "second-value", "third-value"] {
            assert!(secrets.contains(&secret), "{secret}");
        }
        assert!(!secrets.contains(&"short"));
    }
}
