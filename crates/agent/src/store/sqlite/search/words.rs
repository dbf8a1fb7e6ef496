//! The words of the index.

/// The words of a text, each once and in order: lower case without accents, so that "GENÈVE" and "geneve"
/// are one.
pub(super) fn words(text: &str) -> Vec<String> {
    let folded = language::fold(text);
    of_folded(&folded).into_iter().map(str::to_owned).collect()
}

fn of_folded(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let mut words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// A word as an owner's: digits end at the `q`, so that no other owner's begin alike.
pub(super) fn of_owner(owner: i64, word: &str) -> String {
    format!("{owner}q{word}")
}

/// What the index holds of a text, which is an owner's words.
pub(super) fn indexed(owner: i64, text: &str) -> String {
    let folded = language::fold(text);
    let before = of_owner(owner, "");
    let mut indexed = String::with_capacity(2 * folded.len());
    for word in of_folded(&folded) {
        for part in [&*before, word, " "] {
            indexed.push_str(part);
        }
    }
    indexed
}

/// Whether a text has words that begin with each of `beginnings`.
pub(super) fn has_all(text: &str, beginnings: &[String]) -> bool {
    let folded = language::fold(text);
    let words = of_folded(&folded);
    beginnings.iter().all(|beginning| {
        let from = words.partition_point(|word| *word < &**beginning);
        words
            .get(from)
            .is_some_and(|word| word.starts_with(&**beginning))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_have_neither_case_nor_accents() {
        let text = "L’ÉTÉ à Évora, l'été; e\u{301}te\u{301}";
        assert_eq!(words(text), ["a", "ete", "evora", "l"]);
        assert_eq!(indexed(7, text), "7qa 7qete 7qevora 7ql ");
        assert_eq!(indexed(7, "… !"), "");
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
