//! The words with which people agree: those of the corpus's confirmations and of the lexicon.

use std::{collections::HashSet, sync::LazyLock};

use travel::fold::fold;

use crate::text::{
    lexicon::{Meaning, PHRASES},
    typos::one_edit_apart,
};

/// Shorter words are not taken for mistyped ones.
const LONG: usize = 5;

static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lines = [
        include_str!("../../corpus/en/confirmation.txt"),
        include_str!("../../corpus/fr/confirmation.txt"),
    ];
    let words = lines.iter().flat_map(|lines| words(lines)).map(fold);
    let listed = PHRASES
        .iter()
        .filter(|(_, meaning)| *meaning == Meaning::ConsentWord);
    words
        .chain(listed.map(|(word, _)| (*word).to_owned()))
        .collect()
});

/// Whether every word of `text` is one that people agree with, or one letter away from it; a number is
/// not.
pub(crate) fn are_consent(text: &str) -> bool {
    words(text).all(|word| {
        let word = fold(word);
        let mistyped = || {
            word.len() >= LONG
                && WORDS
                    .iter()
                    .any(|known| known.len() >= LONG && one_edit_apart(known, &word))
        };
        !word.starts_with(|c: char| c.is_ascii_digit()) && (WORDS.contains(&word) || mistyped())
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}
