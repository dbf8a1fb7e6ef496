//! Codes, and names with a typing error: what names a place although no table has it as a name.

use super::{
    gazetteer::{as_town, is_ordinary},
    mentions::{Mention, Reader, joined},
    run_together::is_run_together,
};
use crate::text::words;
use crate::{
    ledger::Ledger,
    text::{lexicon::Meaning, tokens::Kind},
};

/// Letters from which a name with one wrong letter is known wherever it stands.
const UNMISTAKABLE: usize = 8;

impl Reader<'_> {
    /// A code in capitals that is all of an answer: "MAN" is Manchester and not the town of Man.
    pub(super) fn answered_code(&self, at: usize) -> Option<Mention> {
        let token = self.tokens.get(at)?;
        let word = self.tokens.word(at);
        if !self.asked || !token.upper || word.len() != 3 {
            return None;
        }
        let options = self
            .gazetteer
            .lookup(&word.to_ascii_uppercase(), self.locale)?;
        let found = Mention {
            start: at,
            end: at + 1,
            until: at + 1,
            options,
        };
        self.whole_message(&found).then_some(found)
    }

    /// A code in capitals at an end of a trip that is the name of a mere town as well: "MAN to AGP".
    pub(super) fn written_code(&self, at: usize, claims: &Ledger) -> Option<Mention> {
        let token = self.tokens.get(at)?;
        let word = self.tokens.word(at);
        let town = || {
            let options = self.gazetteer.lookup(word, self.locale);
            options.is_some_and(|options| as_town(options[0]).is_some())
        };
        let written = token.upper && word.len() == 3 && !claims.taken(at);
        if !written || self.shouted() || !town() {
            return None;
        }
        let options = self
            .gazetteer
            .lookup(&word.to_ascii_uppercase(), self.locale)?;
        let found = Mention {
            start: at,
            end: at + 1,
            until: at + 1,
            options,
        };
        let strict = at > 0 && self.tokens.is(at - 1, words::PLACE_STRICT_CUE);
        (strict || self.leads(&found)).then_some(found)
    }

    /// A code in capitals, or in small letters where a place is expected.
    pub(super) fn code(&self, at: usize, before: &[Mention]) -> Option<Mention> {
        let token = self.tokens.get(at)?;
        let word = self.tokens.word(at);
        if word.len() != 3 || token.kind != Kind::Word {
            return None;
        }
        let shouted = self.shouted();
        let mention = |options| Mention {
            start: at,
            end: at + 1,
            until: at + 1,
            options,
        };
        let options = self
            .gazetteer
            .lookup(&word.to_ascii_uppercase(), self.locale)?;
        let found = mention(options);
        let strict = at > 0 && self.tokens.is(at - 1, words::PLACE_CODE_CUE);
        if token.upper && !shouted {
            let wanted = strict || !is_ordinary(word) || self.leads(&found);
            return wanted.then_some(found);
        }
        let code = |at: usize| {
            let word = self.tokens.word(at);
            word.len() == 3
                && !is_ordinary(word)
                && self.gazetteer.contains(&word.to_ascii_uppercase())
        };
        let arrow = self.tokens.is(at + 1, words::PLACE_CODE_ARROW) && code(at + 2);
        // "sea to yvr" and "mrs vers cmn" are no other words than codes, nor is "vol mrs cdg".
        if is_ordinary(word) {
            let opens = at == 0
                || self.tokens.means(at - 1, Meaning::PlaceRouteNoun).is_some()
                || self.tokens.means_before(at, Meaning::WishReturn).is_some()
                || self.tokens.means_before(at, Meaning::WishOneWay).is_some();
            let beside = opens && code(at + 1) && !self.capital(at);
            return (arrow || beside).then_some(found);
        }
        let linked = arrow || code(at + 1);
        let paired = before
            .last()
            .is_some_and(|last| joined(self.tokens, last.until, at));
        let wanted = strict || linked || paired || (self.asked && self.whole_message(&found));
        wanted.then_some(found)
    }

    /// A name with one wrong letter, where a place is expected and no ordinary word stands.
    pub(super) fn misspelt(
        &self,
        at: usize,
        claims: &Ledger,
        before: &[Mention],
    ) -> Option<Mention> {
        let tokens = self.tokens;
        (1..=3).rev().map(|length| at + length).find_map(|end| {
            let name = tokens.slice(at..end);
            let letters = |at| tokens.is_word(at);
            if name.len() < 5 || !(at..end).all(letters) || claims.any(at..end) || is_ordinary(name)
            {
                return None;
            }
            // "heres my plan" goes to no Hyères.
            if end - at == 1 && is_run_together(name) {
                return None;
            }
            // A name that the tables have is no other one misspelt.
            if self.gazetteer.knows(name) {
                return None;
            }
            let several = end - at > 1;
            // "avec Marie et Martin" is no St Martin.
            if several && tokens.is(at, words::PARTICLE_AND_OR) {
                return None;
            }
            let foreign = name.bytes().any(|b| !(b.is_ascii_lowercase() || b == b' '));
            if foreign
                || (several && is_ordinary(tokens.word(at)) && is_ordinary(tokens.word(end - 1)))
            {
                return None;
            }
            let mention = Mention {
                start: at,
                end,
                until: end,
                options: Vec::new(),
            };
            let wanted = several
                || name.len() >= UNMISTAKABLE && tokens.found_at(at).is_empty()
                || self.tokens.preceded(at, words::PLACE_FLIGHT_OR_TICKET)
                || self.known(end)
                || self.expected(&mention, before)
                || self.capital(at)
                || (self.asked && tokens.len() <= 6)
                || at == 0;
            if !wanted {
                return None;
            }
            let near = self.gazetteer.near(name)?;
            // "be in" is not Benin; "newyork" is New York.
            if near.split(' ').count() < end - at {
                return None;
            }
            let options = self.gazetteer.lookup(near, self.locale)?;
            Some(Mention { options, ..mention })
        })
    }
}
