//! When the words around a name say that it is a town's, or the first place of a trip.

use super::{
    gazetteer::is_ordinary,
    mentions::{Mention, Reader, joined},
    regions,
    towns::Row,
};
use crate::text::words;
use crate::{
    ledger::Ledger,
    reading::PlaceKind,
    text::{
        lexicon::Meaning,
        tokens::{Gap, Tokens},
    },
};
use travel::locale::Locale;

/// Inhabitants, in hundreds, from which a town in small letters is meant after "to" or "de", and
/// from which one is that has the name of a thing.
const SIZEABLE: u16 = 100;
const LARGE: u16 = 300;

impl Reader<'_> {
    /// Whether the words mean the town: there are so many that a capital alone says little.
    pub(super) fn plausible_town(
        &self,
        mention: &Mention,
        town: Row,
        claims: &Ledger,
        before: &[Mention],
    ) -> bool {
        let tokens = self.tokens;
        let (at, end) = (mention.start, mention.end);
        let name = tokens.slice(at..end);
        let ordinary = is_ordinary(name);
        if self.asked && self.whole_message(mention) {
            return !ordinary || town.size() >= LARGE;
        }
        if name.len() < 3 {
            return false;
        }
        let capital = tokens.get(at).is_some_and(|token| token.capital);
        let paired = before
            .last()
            .is_some_and(|last| joined(tokens, last.until, at));
        let leads = self.leads(mention) || (capital && self.qualified(mention));
        let ends = self.ends(end, claims);
        let single = end - at == 1;
        if ordinary && single {
            let pointed = self.pointed_at(mention, claims, before) && town.size() >= LARGE;
            return capital && (leads || pointed || (paired && ends));
        }
        let strict = at > 0 && tokens.is(at - 1, words::PLACE_STRICT_CUE);
        let loose = at > 0 && tokens.is(at - 1, words::PLACE_LOOSE_CUE);
        if capital {
            return leads || (paired && ends) || strict || (loose && (ends || !single));
        }
        let sizeable = town.size() >= SIZEABLE;
        leads && sizeable
            || sizeable && ends && (strict || paired)
            || town.size() >= LARGE
                && ends
                && tokens.is(at.wrapping_sub(1), words::PLACE_BEFORE_LARGE)
            || !single && ends && (strict || loose || paired)
    }

    /// Whether a name ends here: what follows belongs to a trip, or to no name.
    fn ends(&self, end: usize, claims: &Ledger) -> bool {
        let tokens = self.tokens;
        end >= tokens.len()
            || tokens.is_symbol(end)
            || tokens.number(end).is_some()
            || claims.taken(end)
            || tokens.means(end, Meaning::PlaceAfter).is_some()
            || tokens.is(end, words::PLACE_CLAUSE)
            || self.known(end)
            || self.gazetteer.contains(tokens.word(end))
    }

    /// Whether another place follows at once or after a link, as in "Nice Paris", "DAY to ATL".
    pub(super) fn leads(&self, mention: &Mention) -> bool {
        let tokens = self.tokens;
        let (at, end) = (mention.start, mention.end);
        let capital = tokens.get(at).is_some_and(|token| token.capital);
        let arrow = tokens.is(end, words::PLACE_ARROW);
        let next = end + usize::from(arrow);
        if self.gap_of_sentence(end) {
            return false;
        }
        let known = self.known(next) || self.coded(next);
        let named =
            capital && tokens.get(next).is_some_and(|token| token.capital) && self.place_at(next);
        if !(known || named) {
            return false;
        }
        // "a nice Paris hotel": in English the word is what it says, unless written as a name.
        let opens = at == 0 || self.locale == Locale::Fr || tokens.is_symbol(at - 1);
        capital || opens && (!arrow || !tokens.is(end, words::PARTICLE_A_ALONE))
    }

    /// Whether a link and another place stand at a token: "to Denver".
    pub(super) fn arrow_follows(&self, at: usize) -> bool {
        self.tokens.is(at, words::PLACE_ARROW_VERS) && self.place_at(at + 1)
    }

    fn gap_of_sentence(&self, end: usize) -> bool {
        self.tokens.ends_sentence(end) || self.tokens.gap(end) == Gap::Apostrophe
    }

    /// Whether any name of the tables begins at a token.
    fn place_at(&self, at: usize) -> bool {
        let tokens = self.tokens;
        let longest = 4.min(tokens.len().saturating_sub(at));
        (1..=longest).any(|length| {
            let name = tokens.slice(at..at + length);
            name.len() >= 3 && self.gazetteer.knows(name)
        })
    }

    /// Whether a code in capitals stands at a token.
    fn coded(&self, at: usize) -> bool {
        let word = self.tokens.word(at);
        word.len() == 3
            && self.tokens.get(at).is_some_and(|token| token.upper)
            && self.gazetteer.contains(&word.to_ascii_uppercase())
    }

    /// Whether the name's region or country follows: "Paris, Texas", "Tripoli au Liban".
    pub(super) fn qualified(&self, mention: &Mention) -> bool {
        let tokens = self.tokens;
        let linked = tokens.is(mention.end, words::PLACE_QUALIFIED_BY);
        let at = mention.end + usize::from(linked);
        named_region(tokens, at)
            || self
                .gazetteer
                .lookup(tokens.word(at), self.locale)
                .is_some_and(|options| {
                    self.gazetteer.candidate(options[0]).kind == PlaceKind::Country
                })
    }
}

fn named_region(tokens: &Tokens<'_>, at: usize) -> bool {
    !regions::read(tokens, at).is_empty()
}
