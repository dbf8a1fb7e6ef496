//! Tables of words that are looked up for every token: by their first letter.

/// Words with what they stand for.
pub(crate) struct ByInitial<T>(Vec<Vec<(&'static str, T)>>);

impl<T> ByInitial<T> {
    pub(crate) fn new(words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut rows: Vec<Vec<_>> = Vec::new();
        rows.resize_with(usize::from(u8::MAX) + 1, Vec::new);
        for (word, value) in words {
            rows[initial(word)].push((word, value));
        }
        Self(rows)
    }

    /// The words that begin with the same letter, in the order of the table.
    pub(crate) fn beginning_as(&self, word: &str) -> &[(&'static str, T)] {
        &self.0[initial(word)]
    }

    /// What the word stands for.
    pub(crate) fn get(&self, word: &str) -> Option<&T> {
        let mut rows = self.beginning_as(word).iter();
        rows.find_map(|(known, value)| (*known == word).then_some(value))
    }
}

/// The first byte; that of no word where there is none.
fn initial(word: &str) -> usize {
    word.bytes().next().map_or(0, usize::from)
}
