//! The words that the program knows, by what they mean: the files of `lexicon/{fr,en}`.
//!
//! A heading there is a [`Meaning`], a line a phrase; a star at its end stands for further letters. A phrase may have several meanings; which of them
//! counts is the grammar's business.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

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

/// Phrases by what their key is.
type Table = FxHashMap<&'static str, Vec<(&'static str, Meaning)>>;

/// Letters by which beginnings of words are kept; none is shorter.
const STEM: usize = 3;

/// Phrases by their first word, and beginnings of words by their first letters.
static TABLES: LazyLock<(Table, Table)> = LazyLock::new(|| {
    let (mut by_first, mut by_letters) = (Table::default(), Table::default());
    for (phrase, meaning) in PHRASES {
        let first = phrase.split(' ').next().unwrap_or(phrase);
        let (table, key) = match first.strip_suffix('*') {
            Some(stem) => (&mut by_letters, stem.get(..STEM).unwrap_or(stem)),
            None => (&mut by_first, first),
        };
        table.entry(key).or_default().push((*phrase, *meaning));
    }
    (by_first, by_letters)
});

/// Builds the tables now.
pub(crate) fn warm_up() {
    LazyLock::force(&TABLES);
}

/// Whether the phrase stands at the beginning of `rest`, whole words or, before a star, whatever follows.
fn stands(phrase: &str, rest: &str) -> bool {
    match phrase.strip_suffix('*') {
        Some(stem) => rest.starts_with(stem),
        None => rest
            .strip_prefix(phrase)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')),
    }
}

/// The phrases that begin with `word`, the first word of `rest`, and stand there; `at` is its token.
pub(crate) fn standing(word: &str, rest: &str, at: usize, mut found: impl FnMut(Found)) {
    let (by_first, by_letters) = &*TABLES;
    let whole = by_first.get(word).into_iter().flatten();
    let letters = word.get(..STEM).and_then(|letters| by_letters.get(letters));
    for (phrase, meaning) in whole.chain(letters.into_iter().flatten()) {
        if stands(phrase, rest) {
            found(Found {
                at,
                length: 1 + phrase.bytes().filter(|byte| *byte == b' ').count(),
                meaning: *meaning,
            });
        }
    }
}
