//! What stands before a noun that counts travellers: "2", "my", "a couple of", "une dizaine de".

use super::{Reader, age};
use crate::text::words;
use crate::text::{lexicon::Meaning, numbers::cardinal};

/// What stands before a noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Determiner {
    pub(super) count: Option<u8>,
    pub(super) length: usize,
    pub(super) kind: Kind,
    /// A number was said.
    pub(super) numbered: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Article,
    Own,
    Definite,
    /// Their, ses: of somebody in the list.
    Theirs,
    Bare,
}

impl Reader<'_, '_> {
    pub(super) fn determiner(&self, at: usize) -> Option<Determiner> {
        let tokens = self.tokens;
        let found = |count, length, kind| {
            Some(Determiner {
                count,
                length,
                kind,
                numbered: kind == Kind::Number,
            })
        };
        let plural = tokens.means(at, Meaning::PartyPlural);
        if let Some(length) = tokens.means(at, Meaning::PartyOwn).or(plural) {
            // "mes deux enfants", "our 14-year-old", "my other two kids"
            let own = tokens.means(at, Meaning::PartyOwn).is_some();
            let kind = if own {
                Kind::Own
            } else if tokens.is(at, words::PARTICLE_THE_PLURAL) {
                Kind::Definite
            } else {
                Kind::Theirs
            };
            let counted = cardinal(tokens, at + length)
                .filter(|_| age::with_unit(tokens, at + length).is_none());
            if let Some((count, spans)) = counted {
                return Some(Determiner {
                    count: u8::try_from(count).ok().filter(|count| *count <= 50),
                    length: length + spans,
                    kind,
                    numbered: true,
                });
            }
            let several = tokens.is(at, words::PARTY_SEVERAL);
            return found((!several).then_some(1), length, kind);
        }
        if let Some(length) = tokens.means(at, Meaning::PartyDefinite) {
            return found(Some(1), length, Kind::Definite);
        }
        if tokens.longest(at, words::PARTY_COUPLE).is_some() {
            return found(Some(2), 3, Kind::Number);
        }
        let lead = usize::from(tokens.is(at, words::PARTY_DOZEN_LEAD));
        if let Some(length) = tokens.means(at + lead, Meaning::PartyDozen) {
            let word = tokens.word(at + lead);
            let mut known = words::PARTY_ABOUT_SO_MANY.iter();
            let count = known.find_map(|(known, count)| (*known == word).then_some(*count));
            let count = count.and_then(|count| u8::try_from(count).ok());
            return found(Some(count.unwrap_or(12)), lead + length, Kind::Number);
        }
        if let Some((count, length)) = cardinal(tokens, at) {
            let age = age::with_unit(tokens, at).is_some();
            let age_next = age::with_unit(tokens, at + length).is_some();
            if age && !age_next {
                return found(Some(1), 0, Kind::Bare);
            }
            let count = u8::try_from(count).ok().filter(|count| *count <= 50)?;
            return found(Some(count), length, Kind::Number);
        }
        if tokens.is(at, words::PARTY_ANOTHER) {
            return found(Some(1), 1, Kind::Article);
        }
        match tokens.means(at, Meaning::PartyArticle) {
            Some(length) => found(Some(1), length, Kind::Article),
            None => found(None, 0, Kind::Bare),
        }
    }
}
