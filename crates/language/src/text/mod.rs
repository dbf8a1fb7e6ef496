//! The words of a message: one folding, one tokenizer, one matcher of phrases.

pub(crate) mod initials;
pub(crate) mod lexicon;
pub(crate) mod numbers;
pub(crate) mod tokens;
pub(crate) mod typos;
pub(crate) mod words;
