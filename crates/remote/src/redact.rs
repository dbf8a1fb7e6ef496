//! Makes what a service says fit for a log: no key, nothing of the request, one short line.

use secrecy::{ExposeSecret, SecretString};

/// Longest message kept, in characters.
const MAX_CHARS: usize = 200;
const MASK: &str = "***";
/// Longest code that telemetry keeps, in bytes.
const MAX_CODE: usize = 64;
/// Most digits of a code: what has more may be somebody's number.
const MAX_CODE_DIGITS: usize = 6;
/// Stands for a code that is none.
const OTHER: &str = "other";
/// Shortest value beside the key that is taken for a secret, in bytes.
const MIN_VALUE: usize = 8;
/// How keys of widely used services begin.
const KEY_PREFIXES: [&str; 4] = ["sk-", "gsk_", "AIza", "hf_"];
/// A run of letters and digits of this length, with digits, is taken for a key: names and
/// error codes have hyphens or underscores far before.
const KEY_RUN: usize = 20;
/// Validators (pydantic) quote what they refused, which may be what people wrote, after one of these.
const QUOTES: [&str; 3] = ["'input'", "\"input\"", "input_value="];

/// Cleans what a service says.
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    key: Option<SecretString>,
    /// Other secrets, such as values of headers.
    more: Vec<SecretString>,
}

impl Redactor {
    /// For a service with this key, and with other secrets, such as values of headers that are sent to
    /// it; what is short among those is no secret, and may be a part of any word.
    #[must_use]
    pub fn new(key: Option<SecretString>, more: impl IntoIterator<Item = SecretString>) -> Self {
        let is_long = |value: &SecretString| value.expose_secret().len() >= MIN_VALUE;
        Self {
            key,
            more: more.into_iter().filter(is_long).collect(),
        }
    }

    /// A service's code where it is one, `other` where it may be anything: only codes of a narrow
    /// alphabet, without a key and without anybody's number, may be kept by telemetry.
    #[must_use]
    pub fn code(&self, word: &str) -> String {
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
    #[must_use]
    pub fn clean(&self, message: &str) -> String {
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
    // Services mask keys themselves, and leave both ends.
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
        let redactor = Redactor::new(Some("hunter2-of-my-proxy".to_owned().into()), []);
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
    fn other_secrets_are_masked_where_they_are_long_enough_to_be_any() {
        let more = ["tenant-of-somebody", "eu"].map(SecretString::from);
        let redactor = Redactor::new(None, more);
        let told = "tenant-of-somebody has no queue in eu";
        assert_eq!(redactor.clean(told), "*** has no queue in eu");
        assert_eq!(redactor.code("no.tenant-of-somebody"), OTHER);
        assert_eq!(redactor.code("eu"), "eu");
    }

    #[test]
    fn a_code_is_a_word_without_a_secret() {
        let redactor = Redactor::new(Some("hunter2".to_owned().into()), []);
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
