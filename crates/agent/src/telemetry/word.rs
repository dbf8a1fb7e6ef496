//! Ids and names that a provider makes up, as they may stand on spans without content.

use crate::card_number;

/// Longest one, in bytes.
const LONGEST: usize = 256;
/// Stands for what is none.
const OTHER: &str = "_OTHER";

/// The word, where it can be an id or a name of a model; a provider may write anything, and so repeat
/// what people said. An `@` stands before a date alone (`claude-x@20250929`).
#[must_use]
pub fn word(text: &str) -> &str {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_.:/@|+=-".contains(c);
    let mut after_at = text.split('@').skip(1);
    let is_word = text.len() <= LONGEST
        && text.chars().all(is_plain)
        && after_at.all(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        && card_number::mask(text).is_none();
    if is_word { text } else { OTHER }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_names_pass_and_sentences_do_not() {
        for text in [
            "",
            "chatcmpl-9x|fc_1",
            "openai/gpt-oss-120b:free",
            "claude-x@20250929",
            "call_0612345678",
        ] {
            assert_eq!(word(text), text);
        }
        for text in [
            "Jean Dupont",
            "jean@example.fr",
            "4111111111111111",
            "é",
            "a\nb",
            &"a".repeat(257),
        ] {
            assert_eq!(word(text), OTHER, "{text}");
        }
    }
}
