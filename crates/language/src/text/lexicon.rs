//! The words that the program knows, by what they mean: the files of `lexicon/{fr,en}`.
//!
//! A heading there is a [`Meaning`], a line a phrase. A phrase may have several meanings; which of them
//! counts is the grammar's business.

use std::{collections::HashMap, sync::LazyLock};

include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));

/// A phrase of the lexicon in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its first token.
    pub(crate) at: usize,
    /// How many tokens it spans.
    pub(crate) length: usize,
    pub(crate) meaning: Meaning,
}

/// Phrases by their first word.
static BY_FIRST: LazyLock<HashMap<&'static str, Vec<(&'static str, Meaning)>>> =
    LazyLock::new(|| {
        let mut by_first: HashMap<_, Vec<_>> = HashMap::new();
        for (phrase, meaning) in PHRASES {
            let first = phrase.split(' ').next().unwrap_or(phrase);
            by_first.entry(first).or_default().push((*phrase, *meaning));
        }
        by_first
    });

/// Builds the table now.
pub(crate) fn warm_up() {
    LazyLock::force(&BY_FIRST);
}

/// The phrases that begin with `word`, the first word of `rest`, and stand there; `at` is its token.
pub(crate) fn standing(word: &str, rest: &str, at: usize, mut found: impl FnMut(Found)) {
    for (phrase, meaning) in BY_FIRST.get(word).into_iter().flatten() {
        let whole = rest
            .strip_prefix(phrase)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        if whole {
            found(Found {
                at,
                length: 1 + phrase.bytes().filter(|byte| *byte == b' ').count(),
                meaning: *meaning,
            });
        }
    }
}
