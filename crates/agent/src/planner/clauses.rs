//! A message in clauses, so that each of its questions is read by itself.

use super::words::Words;

/// What stands between two marks of punctuation or conjunctions.
pub(super) struct Clause {
    /// Folded for keywords.
    pub(super) words: Words,
}

/// Words that begin another clause; none of them is part of a name.
const CONJUNCTIONS: [&str; 8] = [
    " and ", " et ", " & ", " puis ", " then ", " plus ", " also ", " aussi ",
];

/// The clauses of a message, in order; none is empty.
pub(super) fn clauses(message: &str) -> Vec<Clause> {
    let mut texts = Vec::new();
    let mut rest = message;
    while let Some((end, next)) = boundary(rest) {
        texts.push(&rest[..end]);
        rest = &rest[next..];
    }
    texts.push(rest);
    let texts = texts.into_iter().map(str::trim);
    texts
        .filter(|text| text.chars().any(char::is_alphanumeric))
        .map(|text| Clause {
            words: Words::new(text),
        })
        .collect()
}

/// Where the first clause ends and where the next begins, in bytes.
fn boundary(text: &str) -> Option<(usize, usize)> {
    let mark = text.char_indices().find_map(|(at, c)| {
        let after = at + c.len_utf8();
        let ends = match c {
            '?' | '!' | ';' | '\n' => true,
            // Not the mark inside "1,000" or "12.50".
            ',' | '.' => text[after..].chars().next().is_none_or(char::is_whitespace),
            _ => false,
        };
        ends.then_some((at, after))
    });
    let conjunction = CONJUNCTIONS
        .iter()
        .filter_map(|word| text.find(word).map(|at| (at, at + word.len())))
        .min();
    [mark, conjunction].into_iter().flatten().min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_conjunctions_part_clauses_and_amounts_stay_whole() {
        let parts = |text| -> Vec<String> {
            clauses(text)
                .iter()
                .map(|clause| clause.words.tokens().collect::<Vec<_>>().join(" "))
                .collect()
        };
        assert_eq!(
            parts("What time is it in Tokyo, and what is the currency?"),
            ["what time is it in tokyo", "what is the currency"]
        );
        assert_eq!(
            parts("Quelle heure est-il ? Et 1,000 yens ou 12.50 €"),
            ["quelle heure est il", "et 1 000 yens ou 12 50"]
        );
        assert!(parts(" ?! ").is_empty());
    }
}
