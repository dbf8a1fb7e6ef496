//! Postal addresses in what a traveller wrote: a number, a street and its name, with a postcode and its
//! town where they follow. Pure.
//!
//! What is taken for one is little: without a house number, a word for a street and a name there is none,
//! so that a flight, a date, a price or a sight stays. Only what the traveller wrote is looked at: the
//! address of a museum in an answer is what a plan is read for.

mod words;

use std::ops::Range;

use super::readable;

use words::{
    ARTICLES, BEFORE, COMMON, FRENCH, FRENCH_AMBIGUOUS, SHORT, STREETS, STREETS_CAPITAL, UNITS,
    months,
};

/// What stands in the place of an address.
const WORD: &str = "[address]";
/// Most words of a street's name, and of a town's.
const NAME_WORDS: usize = 7;
/// Most of them where no capital tells a name from what follows it.
const PLAIN_WORDS: usize = 3;
/// What may stand before a town.
const TOWN_SIGNS: [&str; 5] = [",", "-", "–", "\n", ",\n"];
/// Most digits of a house number.
const NUMBER_DIGITS: usize = 4;

/// The addresses that a traveller wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses(Vec<String>);

impl Addresses {
    /// Those in these messages.
    #[must_use]
    pub fn of<'a>(messages: impl IntoIterator<Item = &'a str>) -> Self {
        let said = |text: &str| -> Vec<String> {
            let text = readable(text);
            let places = find(&text).into_iter();
            places
                .filter_map(|at| Some(text.get(at)?.to_owned()))
                .collect()
        };
        let mut found: Vec<_> = messages.into_iter().flat_map(said).collect();
        // The longest first: with its town before the street alone.
        found.sort_by_key(|address| std::cmp::Reverse(address.len()));
        found.dedup();
        Self(found)
    }

    /// Another's text without them.
    #[must_use]
    pub fn masked(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for address in &self.0 {
            if text.contains(address) {
                text = text.replace(address, WORD);
            }
        }
        text
    }
}

/// What a traveller wrote, without the addresses in it.
#[must_use]
pub(super) fn masked(text: &str) -> String {
    let (mut out, mut kept) = (String::with_capacity(text.len()), 0);
    for at in find(text) {
        out.push_str(text.get(kept..at.start).unwrap_or_default());
        out.push_str(WORD);
        kept = at.end;
    }
    out.push_str(text.get(kept..).unwrap_or_default());
    out
}

/// Where the addresses of a text stand.
fn find(text: &str) -> Vec<Range<usize>> {
    let words = Words::of(text);
    let (mut found, mut at) = (Vec::new(), 0);
    while at < words.tokens.len() {
        match words.address(at) {
            Some(end) => {
                found.push(words.tokens[at].start..words.tokens[end - 1].end);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// A text as words, each with its place.
struct Words<'a> {
    text: &'a str,
    tokens: Vec<Range<usize>>,
}

impl<'a> Words<'a> {
    /// A word holds letters, digits and hyphens, and ends with its apostrophe, if any.
    fn of(text: &'a str) -> Self {
        let mut tokens: Vec<Range<usize>> = Vec::new();
        let mut is_open = false;
        for (at, c) in text.char_indices() {
            let is_inside = c.is_alphanumeric() || (is_open && c == '-');
            let is_end = is_open && matches!(c, '\'' | '’');
            match tokens.last_mut() {
                Some(last) if is_open && (is_inside || is_end) => last.end = at + c.len_utf8(),
                _ if is_inside => tokens.push(at..at + c.len_utf8()),
                _ => {}
            }
            is_open = is_inside;
        }
        Self { text, tokens }
    }

    fn word(&self, at: usize) -> &'a str {
        let token = self.tokens.get(at).cloned().unwrap_or_default();
        self.text.get(token).unwrap_or_default()
    }

    fn folded(&self, at: usize) -> String {
        self.word(at).to_lowercase().replace('’', "'")
    }

    fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&&*self.folded(at))
    }

    fn is_month(&self, at: usize) -> bool {
        let word = self.folded(at);
        months().any(|month| month == word)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.word(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// What stands between a word and the one before it.
    fn gap(&self, at: usize) -> &'a str {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        match (before, self.tokens.get(at)) {
            (Some(before), Some(token)) => self.text.get(before.end..token.start),
            _ => None,
        }
        .unwrap_or("|")
    }

    /// Whether nothing but spaces and one of these signs, or none, stands before a word.
    fn follows(&self, at: usize, signs: &[&str]) -> bool {
        let is_space = |c: &char| *c != '\n' && c.is_whitespace();
        let gap: String = self.gap(at).chars().filter(|c| !is_space(c)).collect();
        gap.is_empty() || signs.contains(&&*gap)
    }

    /// The end of the address that begins with this word.
    fn address(&self, at: usize) -> Option<usize> {
        let street = self.number(at)?;
        if at > 0 && self.is_one_of(at - 1, &BEFORE) && self.follows(at, &[]) {
            return None;
        }
        self.french(street)
            .map(|end| self.unit(end))
            .map(|end| self.french_town(end).unwrap_or(end))
            .or_else(|| {
                let end = self.unit(self.english(street)?);
                Some(self.english_town(end).unwrap_or(end))
            })
    }

    /// The word behind a house number, as in `12`, `12 bis`, `12B` and `12-14`.
    fn number(&self, at: usize) -> Option<usize> {
        let word = self.word(at);
        let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (digits, rest) = word.split_at_checked(digits)?;
        let is_more = |c: char| c.is_ascii_digit() || c == '-';
        let is_range = rest.starts_with('-') && rest.chars().all(is_more);
        let is_letter = rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_bis = |rest: &str| ["bis", "ter", "quater"].contains(&&*rest.to_lowercase());
        let fits = (1..=NUMBER_DIGITS).contains(&digits.len()) && !digits.starts_with('0');
        if !fits || !(rest.is_empty() || is_letter || is_bis(rest) || is_range && word.len() < 10) {
            return None;
        }
        // A price, a clock or a date goes on before it.
        let before = self.text.get(..self.tokens.get(at)?.start)?;
        if before.ends_with([':', '/', '.', ',', '€', '$', '£', '+', '°', '#'])
            && !before.ends_with("n°")
        {
            return None;
        }
        let more = is_bis(self.word(at + 1)) && self.follows(at + 1, &[]);
        Some(at + 1 + usize::from(more))
    }

    /// The end of a street that is said in the French order: `rue de la Paix`.
    fn french(&self, at: usize) -> Option<usize> {
        let is_clear = self.is_one_of(at, &FRENCH);
        if !is_clear && !self.is_one_of(at, &FRENCH_AMBIGUOUS) || !self.follows(at, &[","]) {
            return None;
        }
        let name = self.articles(at + 1, &[".", ""]);
        let end = self.date(name).or_else(|| self.name(name, is_clear))?;
        // "1 place" is a seat.
        let is_seat = self.folded(at) == "place" && self.word(at - 1) == "1";
        (!is_seat || self.french_town(end).is_some()).then_some(end)
    }

    /// The first word from here on that is no article.
    fn articles(&self, mut at: usize, first: &[&str]) -> usize {
        let mut signs = first;
        while self.is_one_of(at, &ARTICLES) && self.follows(at, signs) {
            at += 1;
            signs = &[];
        }
        at
    }

    /// The end of a name that is a day: `8 Mai 1945`.
    fn date(&self, at: usize) -> Option<usize> {
        let is_digits = |at: usize| self.word(at).bytes().all(|byte| byte.is_ascii_digit());
        let is_day = !self.word(at).is_empty() && self.word(at).len() <= 2 && is_digits(at);
        if !is_day || !self.is_month(at + 1) || !self.follows(at + 1, &[]) {
            return None;
        }
        let has_year =
            self.word(at + 2).len() == 4 && is_digits(at + 2) && self.follows(at + 2, &[]);
        Some(at + 2 + usize::from(has_year))
    }

    /// The end of a name: its words with capitals and the articles between them; or some words without
    /// one, where `is_plain` and nothing common begins.
    fn name(&self, from: usize, is_plain: bool) -> Option<usize> {
        let is_word = |at: usize| {
            self.word(at)
                .chars()
                .next()
                .is_some_and(char::is_alphabetic)
        };
        if !is_word(from) || !self.follows(from, &["."]) {
            return None;
        }
        if self.is_capital(from) {
            let mut end = from + 1;
            while end < from + NAME_WORDS {
                let next = self.articles(end, &[]);
                if !self.is_capital(next) || !self.follows(next, &[]) {
                    break;
                }
                end = next + 1;
            }
            return Some(end);
        }
        let is_more =
            |at: &usize| is_word(*at) && !self.is_capital(*at) && !self.is_one_of(*at, &COMMON);
        let end = (from..from + PLAIN_WORDS)
            .take_while(|at| is_more(at) && (*at == from || self.follows(*at, &[])))
            .last()?;
        is_plain.then_some(end + 1)
    }

    /// The end of a street that is said in the English order: `Baker Street`.
    fn english(&self, at: usize) -> Option<usize> {
        if !self.follows(at, &[","]) || self.is_month(at) {
            return None;
        }
        let is_ordinal = |at: usize| {
            let word = self.folded(at);
            let end = word.trim_start_matches(|c: char| c.is_ascii_digit());
            end.len() < word.len() && ["st", "nd", "rd", "th"].contains(&end)
        };
        let is_plain = |at: usize| {
            !self.is_one_of(at, &COMMON) && self.word(at).chars().all(char::is_alphabetic)
        };
        for street in at + 1..=at + 4 {
            if !self.follows(street, &["."]) {
                return None;
            }
            let named = |at: usize| self.is_capital(at) || is_ordinal(at);
            let is_named = (at..street).all(named);
            let is_one_plain = street == at + 1 && is_plain(at) && !self.is_one_of(at, &STREETS);
            let is_street = self.is_one_of(street, &STREETS)
                || (self.is_one_of(street, &STREETS_CAPITAL)
                    && self.is_capital(street)
                    && is_named);
            if is_street && (is_named || is_one_plain) {
                // "St" before a name is a saint.
                let is_saint = self.is_one_of(street, &SHORT)
                    && self.follows(street + 1, &["."])
                    && self.is_capital(street + 1);
                let is_longer =
                    self.is_one_of(street + 1, &STREETS) && self.follows(street + 1, &[]);
                if !is_saint && !is_longer {
                    let direction = ["n", "s", "e", "w", "ne", "nw", "se", "sw"];
                    let more = self.is_one_of(street + 1, &direction)
                        && self.is_capital(street + 1)
                        && self.follows(street + 1, &[]);
                    return Some(street + 1 + usize::from(more));
                }
            }
        }
        None
    }

    /// The end with what says which flat of a house: `, apt 4B`.
    fn unit(&self, end: usize) -> usize {
        let mut end = end;
        while self.is_one_of(end, &UNITS) && self.follows(end, &[","]) {
            let number = self.word(end + 1);
            if number.len() > 4 || number.is_empty() || !self.follows(end + 1, &["."]) {
                break;
            }
            end += 2;
        }
        end
    }

    /// The end of `75002 Paris`.
    fn french_town(&self, at: usize) -> Option<usize> {
        let code = self.word(at);
        let is_code = code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit());
        if !is_code || !self.follows(at, &TOWN_SIGNS) {
            return None;
        }
        let is_town = self.follows(at + 1, &[]) && !self.is_one_of(at + 1, &COMMON);
        Some(
            self.name(at + 1, true)
                .filter(|_| is_town)
                .map_or(at + 1, |end| {
                    // Without a capital, one word is a town; more would be what was said next.
                    if self.is_capital(at + 1) { end } else { at + 2 }
                }),
        )
    }

    /// The end of `London NW1 6XE` or `New York, NY 10118`.
    fn english_town(&self, at: usize) -> Option<usize> {
        for code in at..=at + 4 {
            if !self.follows(code, &TOWN_SIGNS) {
                return None;
            }
            if let Some(end) = self.english_code(code) {
                return Some(end);
            }
            if !self.is_capital(code) {
                return None;
            }
        }
        None
    }

    /// The end of a postcode of the United Kingdom or the United States.
    fn english_code(&self, at: usize) -> Option<usize> {
        let (first, second) = (self.word(at), self.word(at + 1));
        let digit = |text: &str, at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
        let upper =
            |text: &str, at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_uppercase);
        let is_outward = (2..=4).contains(&first.len())
            && upper(first, 0)
            && (digit(first, 1) || (upper(first, 1) && digit(first, 2)));
        let is_inward =
            second.len() == 3 && digit(second, 0) && upper(second, 1) && upper(second, 2);
        if is_outward && is_inward && self.follows(at + 1, &[]) {
            return Some(at + 2);
        }
        let code = first.split('-').next().unwrap_or_default();
        (code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit())).then_some(at + 1)
    }
}

#[cfg(test)]
mod tests;
