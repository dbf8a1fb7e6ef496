//! A message as folded words, numbers and symbols, each knowing where it was typed.

use crate::text::words;
use std::ops::Range;

use travel::fold::push_folded;

use crate::text::lexicon::{self, Found, Meaning};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    /// Digits; saturates at `u32::MAX`.
    Number(u32),
    Symbol,
}

/// What stands between a token and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Blanks, or the beginning.
    Space,
    /// Nothing: "12th".
    None,
    Hyphen,
    Apostrophe,
    /// One of `/ . : ,` between digits.
    Mark(char),
}

/// One token.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) gap: Gap,
    /// Starts with a capital letter.
    pub(crate) capital: bool,
    /// Has two letters or more, all of them capital.
    pub(crate) upper: bool,
    /// Bytes in the text.
    typed: Range<usize>,
    /// Bytes in the normal form.
    normal: Range<usize>,
}

/// A tokenised message.
pub(crate) struct Tokens<'a> {
    text: &'a str,
    /// Folded tokens separated by single spaces: a key or a phrase is a slice of it.
    normal: String,
    tokens: Vec<Token>,
    /// Every phrase of the lexicon that stands in the message, by its first token.
    found: Vec<Found>,
    /// Where the phrases that begin at each token begin among `found`, and where the last ones end.
    starts: Vec<u32>,
    /// The meanings that stand in the message, a bit each.
    meanings: [u64; MEANING_WORDS],
}

/// Words of 64 bits that hold a bit for each meaning.
const MEANING_WORDS: usize = 8;

/// Where the bit of a meaning is; meanings beyond the last word share the bits of the first ones.
const fn bit(meaning: Meaning) -> (usize, u64) {
    let number = meaning as usize % (MEANING_WORDS * 64);
    (number / 64, 1 << (number % 64))
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut tokens = Self {
            text,
            normal: String::with_capacity(text.len() + 8),
            tokens: Vec::with_capacity(text.len() / 4),
            found: Vec::with_capacity(text.len()),
            starts: Vec::new(),
            meanings: [0; MEANING_WORDS],
        };
        tokens.split();
        tokens.look_up();
        tokens
    }

    fn look_up(&mut self) {
        for (at, token) in self.tokens.iter().enumerate() {
            let word = &self.normal[token.normal.clone()];
            let rest = &self.normal[token.normal.start..];
            self.starts
                .push(u32::try_from(self.found.len()).unwrap_or(u32::MAX));
            lexicon::standing(word, rest, at, |found| {
                let (word, bit) = bit(found.meaning);
                self.meanings[word] |= bit;
                self.found.push(found);
            });
        }
        self.starts
            .push(u32::try_from(self.found.len()).unwrap_or(u32::MAX));
    }

    fn split(&mut self) {
        let mut chars = self.text.char_indices().peekable();
        let mut gap = Gap::Space;
        while let Some((start, c)) = chars.next() {
            let is_part: fn(char) -> bool = if c.is_ascii_digit() {
                |c| c.is_ascii_digit()
            } else if is_letter(c) {
                |c| is_letter(c)
            } else {
                gap = self.between(start, c, chars.peek().map(|(_, next)| *next));
                continue;
            };
            let mut end = start + c.len_utf8();
            while let Some((at, next)) = chars.next_if(|(_, next)| is_part(*next)) {
                end = at + next.len_utf8();
            }
            self.push(start..end, gap, c);
            gap = Gap::None;
        }
    }

    /// Handles a character that is neither letter nor digit; what it leaves between two tokens.
    fn between(&mut self, at: usize, c: char, next: Option<char>) -> Gap {
        let typed = at..at + c.len_utf8();
        let after = self.tokens.last().filter(|last| last.typed.end == at);
        let digit_before = after.is_some_and(|last| matches!(last.kind, Kind::Number(_)));
        let word_before = after.is_some_and(|last| last.kind == Kind::Word);
        let digit_next = next.is_some_and(|n| n.is_ascii_digit());
        let letter_next = next.is_some_and(is_letter);
        match c {
            '\'' | '’' | 'ʼ' | '`' | '´' if word_before && letter_next => Gap::Apostrophe,
            '-' | '‐' | '‑' if after.is_some() && (digit_next || letter_next) => Gap::Hyphen,
            '/' | '.' | ':' | ',' if digit_before && digit_next => Gap::Mark(c),
            '.' if word_before && self.is_abbreviation(letter_next) => Gap::Space,
            '"' | '“' | '”' | '«' | '»' | '*' | '\'' | '’' => Gap::Space,
            _ if c.is_whitespace() || c.is_control() => Gap::Space,
            _ => {
                self.push(typed, Gap::Space, c);
                Gap::Space
            }
        }
    }

    /// Whether a full stop after the last word belongs to it.
    fn is_abbreviation(&self, letter_next: bool) -> bool {
        self.tokens.last().is_some_and(|last| {
            let word = &self.normal[last.normal.clone()];
            letter_next || word.len() == 1 || words::TOKEN_ABBREVIATION.contains(&word)
        })
    }

    fn push(&mut self, typed: Range<usize>, gap: Gap, first: char) {
        if !self.normal.is_empty() {
            self.normal.push(' ');
        }
        let from = self.normal.len();
        let raw = &self.text[typed.clone()];
        raw.chars().for_each(|c| push_folded(c, &mut self.normal));
        let kind = if first.is_ascii_digit() {
            Kind::Number(raw.parse().unwrap_or(u32::MAX))
        } else if is_letter(first) {
            Kind::Word
        } else {
            Kind::Symbol
        };
        self.tokens.push(Token {
            kind,
            gap,
            capital: first.is_uppercase(),
            upper: raw.chars().nth(1).is_some() && raw.chars().all(char::is_uppercase),
            typed,
            normal: from..self.normal.len(),
        });
    }

    /// The message as typed.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The folded token; empty beyond the end.
    pub(crate) fn word(&self, at: usize) -> &str {
        self.tokens
            .get(at)
            .map_or("", |token| &self.normal[token.normal.clone()])
    }

    /// The folded token `back` places before `at`; empty beyond the beginning.
    pub(crate) fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.word(at))
    }

    /// Whether the folded token is one of the words, which are known where this is compiled: each is
    /// compared as a number or two.
    #[inline]
    pub(crate) fn is(&self, at: usize, words: &[&str]) -> bool {
        let word = self.word(at).as_bytes();
        words
            .iter()
            .any(|known| known.len() == word.len() && known.as_bytes() == word)
    }

    pub(crate) fn number(&self, at: usize) -> Option<u32> {
        match self.tokens.get(at)?.kind {
            Kind::Number(value) => Some(value),
            Kind::Word | Kind::Symbol => None,
        }
    }

    /// How many digits the number at `at` has.
    pub(crate) fn digits(&self, at: usize) -> usize {
        self.number(at).map_or(0, |_| self.word(at).len())
    }

    pub(crate) fn gap(&self, at: usize) -> Gap {
        self.tokens.get(at).map_or(Gap::Space, |token| token.gap)
    }

    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == Kind::Word)
    }

    pub(crate) fn is_symbol(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == Kind::Symbol)
    }

    /// Whether a sentence ends at this token.
    pub(crate) fn ends_sentence(&self, at: usize) -> bool {
        self.is(at, &[".", "!", "?", ";"])
    }

    /// The folded tokens of a range, separated by single spaces.
    pub(crate) fn slice(&self, range: Range<usize>) -> &str {
        match (
            self.tokens.get(range.start),
            self.tokens.get(range.end.wrapping_sub(1)),
        ) {
            (Some(first), Some(last)) if first.normal.start <= last.normal.end => {
                &self.normal[first.normal.start..last.normal.end]
            }
            _ => "",
        }
    }

    /// The range as typed.
    pub(crate) fn surface(&self, range: Range<usize>) -> &'a str {
        match (
            self.tokens.get(range.start),
            self.tokens.get(range.end.wrapping_sub(1)),
        ) {
            (Some(first), Some(last)) if first.typed.start <= last.typed.end => {
                &self.text[first.typed.start..last.typed.end]
            }
            _ => "",
        }
    }

    /// How many tokens the phrase spans when it stands at `at`.
    pub(crate) fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        let rest = self.rest(at)?;
        begins(rest, phrase).then(|| length(phrase))
    }

    /// The longest of the phrases that stands at `at`, in tokens.
    #[inline]
    pub(crate) fn longest(&self, at: usize, phrases: &[&str]) -> Option<usize> {
        let rest = self.rest(at)?;
        let standing = phrases.iter().filter(|phrase| begins(rest, phrase));
        standing.map(|phrase| length(phrase)).max()
    }

    /// The normal form from a token on.
    #[inline]
    fn rest(&self, at: usize) -> Option<&[u8]> {
        let token = self.tokens.get(at)?;
        self.normal.as_bytes().get(token.normal.start..)
    }

    /// The first place where one of the phrases stands; the longest there.
    pub(crate) fn find(&self, phrases: &[&str]) -> Option<Range<usize>> {
        (0..self.len()).find_map(|at| Some(at..at + self.longest(at, phrases)?))
    }

    /// The phrases of the lexicon that begin at `at`.
    pub(crate) fn found_at(&self, at: usize) -> &[Found] {
        match self.starts.get(at..).unwrap_or_default() {
            [from, to, ..] => &self.found[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// Whether a phrase of that meaning may stand in the message.
    fn stands(&self, meaning: Meaning) -> bool {
        let (word, bit) = bit(meaning);
        self.meanings[word] & bit != 0
    }

    /// How many tokens the longest phrase of that meaning spans which begins at `at`.
    pub(crate) fn means(&self, at: usize, meaning: Meaning) -> Option<usize> {
        if !self.stands(meaning) {
            return None;
        }
        let standing = self.found_at(at).iter();
        let of_meaning = standing.filter(|found| found.meaning == meaning);
        of_meaning.map(|found| found.length).max()
    }

    /// The phrases of that meaning in the message, in order.
    pub(crate) fn all(&self, meaning: Meaning) -> impl Iterator<Item = Range<usize>> {
        let found: &[Found] = match self.stands(meaning) {
            true => &self.found,
            false => &[],
        };
        let of_meaning = found.iter().filter(move |found| found.meaning == meaning);
        of_meaning.map(|found| found.at..found.at + found.length)
    }

    /// The longest phrase of that meaning that ends right before `at`.
    pub(crate) fn means_before(&self, at: usize, meaning: Meaning) -> Option<Range<usize>> {
        self.all(meaning).find(|range| range.end == at)
    }

    /// Where the tokens of a range stand in the text, in bytes.
    pub(crate) fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let first = self.tokens.get(range.start).map(|token| token.typed.start);
        let last = range
            .end
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last));
        match (first, last) {
            (Some(start), Some(last)) if start <= last.typed.end => start..last.typed.end,
            _ => 0..0,
        }
    }

    /// Whether one of the phrases ends right before `at`.
    pub(crate) fn preceded(&self, at: usize, phrases: &[&str]) -> bool {
        let Some(last) = at.checked_sub(1).and_then(|at| self.tokens.get(at)) else {
            return false;
        };
        let left = &self.normal[..last.normal.end];
        phrases.iter().any(|phrase| {
            left.strip_suffix(phrase)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
        })
    }
}

/// Whether the phrase stands at the beginning, in whole words.
#[inline]
fn begins(rest: &[u8], phrase: &str) -> bool {
    rest.starts_with(phrase.as_bytes()) && rest.get(phrase.len()).is_none_or(|next| *next == b' ')
}

/// How many words a phrase has.
fn length(phrase: &str) -> usize {
    1 + phrase.bytes().filter(|byte| *byte == b' ').count()
}

/// Letters, and the marks that combine with them.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let tokens = Tokens::new(text);
        (0..tokens.len())
            .map(|at| tokens.word(at).to_owned())
            .collect()
    }

    #[test]
    fn words_numbers_and_symbols_are_split() {
        assert_eq!(
            words("D'où, le 12th ?"),
            ["d", "ou", ",", "le", "12", "th", "?"]
        );
        assert_eq!(words("St. Louis. OK"), ["st", "louis", ".", "ok"]);
        assert_eq!(
            words("Washington D.C. now"),
            ["washington", "d", "c", "now"]
        );
        assert_eq!(words("1,200 €"), ["1", "200", "€"]);
        assert_eq!(words("Paris→Rome"), ["paris", "→", "rome"]);
    }

    #[test]
    fn surfaces_are_as_typed() {
        let tokens = Tokens::new("  à  Saint-Étienne !");
        assert_eq!(tokens.surface(1..3), "Saint-Étienne");
        assert_eq!(tokens.slice(1..3), "saint etienne");
        assert_eq!(tokens.gap(2), Gap::Hyphen);
        assert_eq!(tokens.phrase(1, "saint etienne"), Some(2));
        assert_eq!(tokens.phrase(1, "saint etie"), None);
        assert!(tokens.preceded(3, &["saint etienne"]));
    }
}
