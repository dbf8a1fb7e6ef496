//! A message folded for keywords: lower case, no accents, single blanks.

use travel::fold::push_key;

/// A folded message, with a blank at both ends.
pub(crate) struct Words(String);

impl Words {
    pub(crate) fn new(text: &str) -> Self {
        let mut folded = String::with_capacity(text.len() + 2);
        folded.push(' ');
        push_key(text, &mut folded);
        folded.push(' ');
        Self(folded)
    }

    /// Whether a word of the message begins with one of `stems`, which bars separate. A stem that
    /// ends with a blank is a whole word, and one may hold several words.
    pub(crate) fn any(&self, stems: &str) -> bool {
        stems.split('|').any(|stem| self.has(stem))
    }

    /// The words, folded.
    pub(super) fn tokens(&self) -> impl Iterator<Item = &str> {
        self.0.split(' ').filter(|word| !word.is_empty())
    }

    fn has(&self, stem: &str) -> bool {
        let starts_word = |at: usize| self.0.as_bytes()[at - 1] == b' ';
        self.0
            .match_indices(stem)
            .any(|(at, _)| at > 0 && starts_word(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_begin_words() {
        let words = Words::new("Un HÔTEL près d’Orly, météo ?");
        assert!(words.any("hotel") && words.any("pres d orly") && words.any("meteo "));
        assert!(!words.any("otel|hot "));
    }
}
