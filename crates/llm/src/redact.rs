//! Makes a provider's message fit for a log: no key, no prompt, one short line.

use secrecy::{ExposeSecret, SecretString};

use super::endpoint::Endpoint;

/// Longest message kept, in characters.
const MAX_CHARS: usize = 200;
const MASK: &str = "***";
/// Longest code that telemetry keeps, in bytes.
const MAX_CODE: usize = 64;
/// Most digits of a code: what has more may be somebody's number.
const MAX_CODE_DIGITS: usize = 6;
/// Stands for a code that is none.
const OTHER: &str = "other";
/// Shortest value of an extra header that is taken for a secret, in bytes.
const MIN_VALUE: usize = 8;
/// How keys of the known providers begin.
const KEY_PREFIXES: [&str; 4] = ["sk-", "gsk_", "AIza", "hf_"];
/// A run of letters and digits of this length, with digits, is taken for a key: model names and
/// error codes have hyphens or underscores far before.
const KEY_RUN: usize = 20;
/// Validators (pydantic) quote what they refused, which is the prompt, after one of these.
const QUOTES: [&str; 3] = ["'input'", "\"input\"", "input_value="];

/// Cleans messages of an endpoint.
#[derive(Clone, Debug, Default)]
pub(super) struct Redactor {
    key: Option<SecretString>,
    /// Values of extra headers.
    more: Vec<SecretString>,
}

impl Redactor {
    /// For an endpoint with this key.
    pub(super) fn new(key: Option<SecretString>) -> Self {
        Self {
            key,
            more: Vec::new(),
        }
    }

    /// For an endpoint with its key and its extra headers; what is short is no secret, and may be a
    /// part of any word.
    pub(super) fn of(endpoint: &Endpoint) -> Self {
        let values = endpoint.extras.headers.values();
        let values = values.filter_map(|value| value.to_str().ok());
        let long = values.filter(|value| value.len() >= MIN_VALUE);
        Self {
            key: endpoint.key.clone(),
            more: long.map(SecretString::from).collect(),
        }
    }

    /// A provider's code where it is one, `other` where it may be anything: only codes of a narrow
    /// alphabet, without a key and without anybody's number, may be kept by telemetry.
    pub(super) fn code(&self, word: &str) -> String {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let fits = (1..=MAX_CODE).contains(&word.len())
            && word.bytes().all(is_plain)
            && digits <= MAX_CODE_DIGITS
            && !self.key().is_some_and(|key| word.contains(key))
            && !self
                .more
                .iter()
                .any(|more| word.contains(more.expose_secret()))
            && !is_key(word);
        if fits { word } else { OTHER }.to_owned()
    }

    fn key(&self) -> Option<&str> {
        let key = self.key.as_ref().map(|key| key.expose_secret());
        key.filter(|key| !key.is_empty())
    }

    /// The message, cut to 200 characters.
    pub(super) fn clean(&self, message: &str) -> String {
        let message = match self.key() {
            Some(key) => message.replace(key, MASK),
            None => message.to_owned(),
        };
        let hide = |text: String, value: &SecretString| text.replace(value.expose_secret(), MASK);
        let message = self.more.iter().fold(message, hide);
        let end = QUOTES.iter().filter_map(|q| message.find(q)).min();
        let mut clean = String::with_capacity(message.len());
        for word in message[..end.unwrap_or(message.len())].split_whitespace() {
            if !clean.is_empty() {
                clean.push(' ');
            }
            mask_word(word, &mut clean);
        }
        if let Some((cut, _)) = clean.char_indices().nth(MAX_CHARS) {
            clean.truncate(cut);
            clean.push('…');
        }
        clean
    }
}

/// Appends the word, with what looks like a key masked.
fn mask_word(word: &str, to: &mut String) {
    let of_a_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '*');
    let mut rest = word;
    while !rest.is_empty() {
        let end = rest.find(|c| !of_a_key(c)).unwrap_or(rest.len());
        let (token, after) = rest.split_at(end);
        to.push_str(if is_key(token) { MASK } else { token });
        let other = after.find(of_a_key).unwrap_or(after.len());
        to.push_str(&after[..other]);
        rest = &after[other..];
    }
}

fn is_key(token: &str) -> bool {
    // Providers mask keys themselves, and leave both ends.
    token.contains(MASK)
        || KEY_PREFIXES
            .iter()
            .any(|prefix| token.len() > prefix.len() && token.starts_with(prefix))
        || token
            .split(['-', '_'])
            .any(|run| run.len() >= KEY_RUN && run.bytes().any(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_masked_whole_or_in_part() {
        let redactor = Redactor::new(Some("hunter2-of-my-proxy".to_owned().into()));
        for (message, clean) in [
            (
                "Incorrect API key provided: sk-proj********************wxYZ. You can find it at https://x.y",
                "Incorrect API key provided: ***. You can find it at https://x.y",
            ),
            ("bad 'gsk_aB3dE6' key", "bad '***' key"),
            ("key=9f86d081884c7d659a2feaa0c55ad015", "key=***"),
            ("no hunter2-of-my-proxy here", "no *** here"),
            (
                "The model `claude-sonnet-4-5-20250929` does not exist",
                "The model `claude-sonnet-4-5-20250929` does not exist",
            ),
        ] {
            assert_eq!(redactor.clean(message), clean);
        }
    }

    #[test]
    fn a_code_is_a_word_without_a_secret() {
        let redactor = Redactor::new(Some("hunter2".to_owned().into()));
        for code in [
            "context_length_exceeded",
            "400",
            "InternalError.Algo.X",
            "1301",
        ] {
            assert_eq!(redactor.code(code), code);
        }
        for code in [
            "",
            "a b",
            "jean@example.fr",
            "hunter2",
            "is_hunter2.x",
            "sk-proj-1",
            "4111111111111111",
            "0612345678",
            "12AB34567",
            "a\u{1b}[31m",
            &"a".repeat(65),
        ] {
            assert_eq!(redactor.code(code), OTHER, "{code}");
        }
    }

    #[test]
    fn what_a_validator_quotes_is_dropped_and_the_rest_is_one_short_line() {
        let redactor = Redactor::default();
        let quoted =
            "[{'type': 'missing', 'loc': ('body',), 'input': {'messages': 'a secret trip'}}]";
        assert!(!redactor.clean(quoted).contains("secret"));
        assert_eq!(redactor.clean("two\n  lines"), "two lines");
        let long = redactor.clean(&"é ".repeat(500));
        assert_eq!(long.chars().count(), MAX_CHARS + 1);
    }
}
