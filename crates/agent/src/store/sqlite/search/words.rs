//! The words of the index.

use std::collections::BTreeSet;

/// The words of a text, each once: lower case without accents, so that "GENÈVE" and "geneve" are one.
pub(super) fn words(text: &str) -> BTreeSet<String> {
    let folded = language::fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A word as an owner's: digits end at the `q`, so that no other owner's begin alike.
pub(super) fn of_owner(owner: i64, word: &str) -> String {
    format!("{owner}q{word}")
}

/// Whether a text has words that begin with each of `beginnings`.
pub(super) fn has_all(text: &str, beginnings: &[String]) -> bool {
    let words = words(text);
    beginnings.iter().all(|beginning| {
        let mut from = words.range::<String, _>(beginning..);
        from.next()
            .is_some_and(|word| word.starts_with(&**beginning))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_have_neither_case_nor_accents() {
        let found: Vec<_> = words("L’ÉTÉ à Évora, l'été; e\u{301}te\u{301}")
            .into_iter()
            .collect();
        assert_eq!(found, ["a", "ete", "evora", "l"]);
    }

    #[test]
    fn beginnings_of_words_are_enough_and_all_are_needed() {
        for (beginnings, expected) in [
            (&["lis"][..], true),
            (&["lisbonne", "vo"], true),
            (&["isbonne"], false),
            (&["lisbonne", "oslo"], false),
            (&["lisbonnes"], false),
        ] {
            let beginnings: Vec<_> = beginnings.iter().map(|&word| word.to_owned()).collect();
            assert_eq!(
                has_all("Vols pour Lisbonne", &beginnings),
                expected,
                "{beginnings:?}"
            );
        }
    }

    proptest! {
        /// What the tokenizer of the index would cut would be found for nobody.
        #[test]
        fn no_word_holds_a_mark_of_ascii(text in ".{0,60}") {
            for word in words(&text) {
                let whole = word.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric());
                prop_assert!(whole, "{word:?}");
            }
        }
    }
}
