//! Where a message names places.

use super::{
    gazetteer::{Gazetteer, as_town, gazetteer, is_ordinary},
    regions,
};
use crate::text::words;
use crate::{
    ledger::Ledger,
    reading::PlaceKind,
    text::{
        lexicon::Meaning,
        tokens::{Gap, Kind, Tokens},
    },
};
use travel::locale::Locale;

/// A place in the message.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    /// First token of the name.
    pub(crate) start: usize,
    /// Token after the name.
    pub(crate) end: usize,
    /// Token after the name and what qualifies it ("San José, Costa Rica").
    pub(crate) until: usize,
    /// What it may stand for, most prominent first; never empty.
    pub(crate) options: Vec<u32>,
}

/// The longest name in words.
const LONGEST_NAME: usize = 6;
/// So many towns of a country say where in it one goes.
const TOWNS_OF_A_TOUR: usize = 3;

/// Everything in the message that is a place, in order; the tokens are claimed.
pub(crate) fn read(
    tokens: &Tokens<'_>,
    locale: Locale,
    claims: &mut Ledger,
    asked: bool,
) -> Vec<Mention> {
    let reader = Reader {
        tokens,
        locale,
        gazetteer: gazetteer(),
        asked,
    };
    let mut found: Vec<Mention> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.at(at, claims, &found) {
            Some(mut mention) => {
                reader.qualify(&mut mention, claims);
                reader.narrow(&mut found, &mut mention);
                at = mention.until;
                claims.take(mention.start..mention.until);
                found.push(mention);
            }
            None => at += 1,
        }
    }
    reader.drop_outer_country(&mut found);
    found
}

pub(crate) struct Reader<'a> {
    pub(crate) tokens: &'a Tokens<'a>,
    pub(crate) locale: Locale,
    pub(crate) gazetteer: &'static Gazetteer,
    /// The agent has just asked for a place.
    pub(super) asked: bool,
}

impl Reader<'_> {
    /// "Vietnam: Geneva – Saigon, Saigon – Da Nang": a country that is named first is that of the towns
    /// behind it.
    fn drop_outer_country(&self, found: &mut Vec<Mention>) {
        let place = |mention: &Mention| self.gazetteer.candidate(mention.options[0]);
        let Some((first, rest)) = found.split_first() else {
            return;
        };
        let country = place(first);
        let inside = rest
            .iter()
            .filter(|mention| place(mention).country == country.country);
        let led = first.start > 0
            && self
                .tokens
                .means(first.start - 1, Meaning::PlaceBefore)
                .is_some();
        // "La Californie : Paris – Los Angeles, retour San Francisco – Paris"
        let wide = match country.kind {
            PlaceKind::Country => inside.count() >= TOWNS_OF_A_TOUR,
            PlaceKind::Region => self.tokens.is(first.until, &[":"]) && inside.count() > 1,
            _ => false,
        };
        if wide && !led {
            found.remove(0);
        }
    }

    /// The place at a token: the longest name, else a code, else a name with a typing error.
    fn at(&self, at: usize, claims: &Ledger, before: &[Mention]) -> Option<Mention> {
        if !self.tokens.is_word(at) || claims.taken(at) {
            return None;
        }
        self.answered_code(at)
            .or_else(|| self.written_code(at, claims))
            .or_else(|| self.exact(at, claims, before))
            .or_else(|| self.code(at, before))
            .or_else(|| self.misspelt(at, claims, before))
    }

    fn exact(&self, at: usize, claims: &Ledger, before: &[Mention]) -> Option<Mention> {
        let longest = LONGEST_NAME.min(self.tokens.len() - at);
        (1..=longest)
            .rev()
            .map(|length| at + length)
            .find_map(|end| {
                let name = self.tokens.slice(at..end);
                if let Some(options) = self.contracted(at, name) {
                    return (!claims.any(at..end)).then_some(Mention {
                        start: at,
                        end,
                        until: end,
                        options,
                    });
                }
                let options = self.gazetteer.lookup(name, self.locale)?;
                let mention = Mention {
                    start: at,
                    end: self.trimmed(at, end),
                    until: self.extended(end),
                    options,
                };
                let free = !claims.any(at..end);
                (free && self.plausible(&mention, name, claims, before)).then_some(mention)
            })
    }

    /// "au Caire", "du Havre": the article of the name is in the preposition.
    fn contracted(&self, at: usize, name: &str) -> Option<Vec<u32>> {
        let article = match self.tokens.before(at, 1) {
            word if words::PLACE_CONTRACTED_LE.contains(&word) => words::PARTICLE_LE,
            word if words::PLACE_CONTRACTED_LES.contains(&word) => words::PLACE_LES,
            _ => return None,
        };
        article.iter().find_map(|article| {
            self.gazetteer
                .lookup(&format!("{article} {name}"), self.locale)
        })
    }

    /// The end of the name without the state that follows it: "Portland Oregon".
    fn trimmed(&self, at: usize, end: usize) -> usize {
        let state = (at + 1..end).find(|inner| {
            let regions = regions::read(self.tokens, *inner);
            regions.iter().any(|(region, length)| {
                inner + length == end && matches!(region.country(), "US" | "CA" | "AU")
            })
        });
        match state {
            Some(state) if self.gazetteer.contains(self.tokens.slice(at..state)) => state,
            _ => end,
        }
    }

    /// "Luxembourg-Ville", "Kuwait City": the city of a country's name.
    fn extended(&self, end: usize) -> usize {
        end + usize::from(self.tokens.is(end, words::PLACE_CITY))
    }

    /// Whether the words mean the place and not what else they mean.
    fn plausible(
        &self,
        mention: &Mention,
        name: &str,
        claims: &Ledger,
        before: &[Mention],
    ) -> bool {
        // A continent is no town of that name.
        if self
            .tokens
            .means(mention.start, Meaning::PlaceSomewhere)
            .is_some()
        {
            return false;
        }
        if let Some(town) = as_town(mention.options[0]) {
            return self.plausible_town(mention, town, claims, before);
        }
        let best = self.gazetteer.candidate(mention.options[0]);
        let single = mention.end - mention.start == 1;
        // "from NYC to LA"
        let shouted = self
            .tokens
            .get(mention.start)
            .is_some_and(|token| token.upper);
        let ordinary = is_ordinary(name) && !(single && shouted && !self.shouted());
        let capital = self.capital(mention.start);
        let short = name.len() <= 3 && single && !capital;
        let answer = self.asked && self.whole_message(mention);
        // "la" is an article: Los Angeles is "LA", or where one goes from or to.
        if ordinary && single && name.len() <= 3 && !shouted {
            return answer || self.locale == Locale::En && self.ends_a_way(mention);
        }
        if short && !answer && !self.leads(mention) && !self.expected(mention, before) {
            return false;
        }
        if ordinary {
            return self.pointed_at(mention, claims, before)
                || (self.asked && self.whole_message(mention));
        }
        if best.rank >= 50 {
            return true;
        }
        let written = self.tokens.get(mention.start).is_some_and(|t| t.capital);
        capital
            || self.expected(mention, before)
            || written && self.qualified(mention)
            || (self.asked && self.tokens.len() <= 5)
            || self.leads(mention)
    }

    /// Whether a name in small letters stands where one goes from or to, and no other place after it.
    fn ends_a_way(&self, mention: &Mention) -> bool {
        let tokens = self.tokens;
        let strict = mention.start > 0 && tokens.is(mention.start - 1, words::PLACE_LEAD_OR_ARROW);
        let arrow = tokens.is(mention.end, words::PLACE_ARROW_SIGN);
        (strict || arrow) && !self.known(mention.end)
    }

    /// Whether the whole message is in capitals, so that they say nothing.
    pub(super) fn shouted(&self) -> bool {
        let mut tokens = (0..self.tokens.len()).filter_map(|at| self.tokens.get(at));
        tokens.all(|token| token.upper || token.kind != Kind::Word)
    }

    /// A capital that is not the first letter of a sentence.
    pub(super) fn capital(&self, at: usize) -> bool {
        let capital = self.tokens.get(at).is_some_and(|token| token.capital);
        capital && at > 0 && !self.tokens.ends_sentence(at - 1)
    }

    pub(super) fn expected(&self, mention: &Mention, before: &[Mention]) -> bool {
        let tokens = self.tokens;
        let at = mention.start;
        at > 0 && tokens.means(at - 1, Meaning::PlaceBefore).is_some()
            || before
                .last()
                .is_some_and(|last| joined(tokens, last.until, at))
            || tokens.is(mention.end, words::PLACE_AIRPORT_EN)
    }

    /// The stricter context that an ordinary word needs to be a place.
    pub(super) fn pointed_at(
        &self,
        mention: &Mention,
        claims: &Ledger,
        before: &[Mention],
    ) -> bool {
        let tokens = self.tokens;
        let (at, end) = (mention.start, mention.end);
        let ends = end >= tokens.len()
            || tokens.is_symbol(end)
            || tokens.number(end).is_some()
            || claims.taken(end)
            || tokens.means(end, Meaning::PlaceAfter).is_some();
        let opens = at == 0
            || tokens.is_symbol(at - 1)
            || tokens.means(at - 1, Meaning::PlaceBefore).is_some()
            || tokens.is(at - 1, words::PLACE_FLIGHT_NOUN);
        let next_place = opens
            && tokens.is(end, words::PLACE_ARROW_A)
            && self.gazetteer.contains(tokens.word(end + 1))
            && tokens
                .get(end + 1)
                .is_some_and(|token| token.capital || !is_ordinary(tokens.word(end + 1)));
        let capital = tokens.get(at).is_some_and(|token| token.capital);
        let hyphenated = capital
            && tokens.gap(end) == Gap::Hyphen
            && tokens.get(end).is_some_and(|token| token.capital)
            && self.gazetteer.contains(tokens.word(end));
        // "have a nice day", "for two": the word before decides with the one after.
        let pointed = at > 0
            && (tokens.is(at - 1, words::PLACE_HEADING)
                || tokens.means(at - 1, Meaning::PlaceBefore).is_some()
                    && (capital || tokens.is(at - 1, words::PLACE_SHORT_CUE) && ends));
        let paired = before
            .last()
            .is_some_and(|last| joined(tokens, last.until, at));
        next_place
            || hyphenated
            || self.leads(mention)
            || (pointed && ends)
            || (paired && ends)
            || (self.capital(at) && ends)
    }

    /// Whether a well-known place stands at a token.
    pub(super) fn known(&self, at: usize) -> bool {
        let longest = 3.min(self.tokens.len().saturating_sub(at));
        (1..=longest).any(|length| {
            let name = self.tokens.slice(at..at + length);
            let options = self
                .gazetteer
                .lookup(name, self.locale)
                .filter(|_| name.len() > 3 && !is_ordinary(name));
            options.is_some_and(|options| {
                as_town(options[0]).is_none() && self.gazetteer.candidate(options[0]).rank >= 50
            })
        })
    }

    pub(super) fn whole_message(&self, mention: &Mention) -> bool {
        let tokens = self.tokens;
        (0..tokens.len()).all(|at| {
            (mention.start..mention.end).contains(&at)
                || tokens.is_symbol(at)
                || tokens.is(at, words::PLACE_POLITE)
        })
    }
}

/// Whether nothing but a link stands between the end of one place and the beginning of another.
pub(crate) fn joined(tokens: &Tokens<'_>, end: usize, start: usize) -> bool {
    match start.checked_sub(end) {
        Some(0) => true,
        Some(1) => tokens.is(end, words::PLACE_AFTER_NAME),
        Some(2) => {
            tokens.is(end, &["-", "=", ">"]) && tokens.is(end + 1, &[">"])
                || tokens.is(end, words::PLACE_UNTIL)
        }
        _ => false,
    }
}
