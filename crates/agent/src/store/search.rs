//! What people look for in their conversations, read once for every door.

/// Longest text of a search, in characters.
const MAX_SEARCH_CHARS: usize = 200;
/// Most words that count; each is a term of the full-text query.
const MAX_WORDS: usize = 8;

/// A search among conversations; the default finds them all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Words that a message or the title must begin a word with, in lower case; `None` = no search.
    words: Option<Vec<String>>,
}

/// A text of more than 200 characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must have at most {MAX_SEARCH_CHARS} characters")]
pub struct SearchTooLong;

impl Search {
    /// The first eight distinct words of a text. Blanks alone are no search, and marks alone find
    /// nothing.
    ///
    /// # Errors
    /// [`SearchTooLong`].
    pub fn parse(text: &str) -> Result<Self, SearchTooLong> {
        if text.chars().nth(MAX_SEARCH_CHARS).is_some() {
            return Err(SearchTooLong);
        }
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let mut words: Vec<String> = Vec::new();
        let said = text.split(|c: char| !c.is_alphanumeric());
        for word in said.map(str::to_lowercase).filter(|word| !word.is_empty()) {
            if words.len() == MAX_WORDS {
                break;
            }
            if !words.contains(&word) {
                words.push(word);
            }
        }
        Ok(Self { words: Some(words) })
    }

    /// Whether nothing is looked for.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_none()
    }

    /// The words; `None` where nothing is looked for.
    pub(super) fn words(&self) -> Option<&[String]> {
        self.words.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        Search::parse(text).unwrap().words.unwrap()
    }

    #[test]
    fn words_are_distinct_and_eight_at_most() {
        assert_eq!(words("Lyon, lisbon LYON"), ["lyon", "lisbon"]);
        assert_eq!(words("a b c d a e f g h i").len(), 8);
        assert_eq!(words("l'été \"OR\" 2*"), ["l", "été", "or", "2"]);
        assert!(words("* - \"").is_empty(), "finds nothing");
        assert_eq!(Search::parse(" \u{a0}"), Ok(Search::default()));
    }

    #[test]
    fn a_text_has_so_many_characters_and_not_bytes() {
        assert!(Search::parse(&"é".repeat(200)).is_ok());
        assert_eq!(Search::parse(&"e".repeat(201)), Err(SearchTooLong));
        assert_eq!(Search::parse(&" ".repeat(201)), Err(SearchTooLong));
    }

    proptest! {
        #[test]
        fn whatever_is_said_costs_a_few_terms(text in ".{0,260}") {
            match Search::parse(&text) {
                Err(SearchTooLong) => prop_assert!(text.chars().count() > MAX_SEARCH_CHARS),
                Ok(search) => {
                    let words = search.words.unwrap_or_default();
                    prop_assert!(words.len() <= MAX_WORDS);
                    prop_assert!(words.iter().all(|word| !word.is_empty()));
                    let distinct: std::collections::BTreeSet<_> = words.iter().collect();
                    prop_assert_eq!(distinct.len(), words.len());
                }
            }
        }
    }
}
