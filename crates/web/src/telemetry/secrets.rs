//! The secrets of this process, which no content may hold: a provider's error or a person's message
//! may repeat one.
//!
//! Whoever filters content is a function without state, so that the secrets are set once, for all.

use std::sync::OnceLock;

use secrecy::{ExposeSecret, SecretString};

const MASK: &str = "***";
/// A shorter one is part of many words.
const SHORTEST: usize = 6;

static SECRETS: OnceLock<Vec<SecretString>> = OnceLock::new();

/// Sets the secrets; the first call counts.
pub fn keep(secrets: impl IntoIterator<Item = SecretString>) {
    let long = secrets
        .into_iter()
        .filter(|secret| secret.expose_secret().len() >= SHORTEST);
    let _ = SECRETS.set(long.collect());
}

/// The text without them.
pub(super) fn masked(text: String) -> String {
    without(text, SECRETS.get().map_or(&[], Vec::as_slice))
}

fn without(mut text: String, secrets: &[SecretString]) -> String {
    for secret in secrets {
        if text.contains(secret.expose_secret()) {
            text = text.replace(secret.expose_secret(), MASK);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_masked_wherever_it_stands() {
        let secrets = ["hunter2-long".to_owned().into()];
        let masked = without("key=hunter2-long, hunter2-longer".to_owned(), &secrets);
        assert_eq!(masked, "key=***, ***er");
    }
}
