//! A line of text as words, numbers and marks.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Letters.
    Word,
    /// ASCII digits.
    Number,
    /// Any other character that is no blank.
    Mark(char),
}

#[derive(Clone, Copy, Debug)]
struct Token {
    shape: Shape,
    start: usize,
    end: usize,
    /// Blanks stand before it, or the beginning of the line.
    spaced: bool,
}

/// A tokenised line. Nothing that is looked for spans lines, so that a line means the same wherever
/// it is quoted.
#[derive(Debug)]
pub(super) struct Line<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// Most words are in capitals.
    shouted: bool,
}

/// Markdown's emphasis, code and escapes stand inside of what they mark: "**431** €".
const fn is_transparent(c: char) -> bool {
    matches!(c, '*' | '`' | '\\')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}')
}

impl<'a> Line<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 4);
        let mut spaced = true;
        for (start, c) in text.char_indices() {
            let end = start + c.len_utf8();
            let shape = match c {
                c if is_blank(c) => {
                    spaced = true;
                    continue;
                }
                c if is_transparent(c) => continue,
                c if c.is_ascii_digit() => Shape::Number,
                c if is_letter(c) => Shape::Word,
                c => Shape::Mark(c),
            };
            match tokens.last_mut() {
                Some(last)
                    if last.end == start
                        && last.shape == shape
                        && !matches!(shape, Shape::Mark(_)) =>
                {
                    last.end = end;
                }
                _ => tokens.push(Token {
                    shape,
                    start,
                    end,
                    spaced,
                }),
            }
            spaced = false;
        }
        let shouted = is_shouted(text, &tokens);
        Self {
            text,
            tokens,
            shouted,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether most words are in capitals: then capitals say nothing.
    pub(super) fn is_shouted(&self) -> bool {
        self.shouted
    }

    /// Text of tokens from `from` to before `to`, with everything between them.
    pub(super) fn slice(&self, from: usize, to: usize) -> &'a str {
        let bounds = self
            .tokens
            .get(from)
            .zip(to.checked_sub(1).and_then(|last| self.tokens.get(last)));
        bounds
            .and_then(|(first, last)| self.text.get(first.start..last.end))
            .unwrap_or_default()
    }

    pub(super) fn shape(&self, at: usize) -> Option<Shape> {
        self.tokens.get(at).map(|token| token.shape)
    }

    pub(super) fn word(&self, at: usize) -> Option<&'a str> {
        let token = self.tokens.get(at)?;
        (token.shape == Shape::Word).then(|| self.slice(at, at + 1))
    }

    /// Digits.
    pub(super) fn number(&self, at: usize) -> Option<&'a str> {
        let token = self.tokens.get(at)?;
        (token.shape == Shape::Number).then(|| self.slice(at, at + 1))
    }

    pub(super) fn mark(&self, at: usize) -> Option<char> {
        match self.tokens.get(at)?.shape {
            Shape::Mark(c) => Some(c),
            Shape::Word | Shape::Number => None,
        }
    }

    /// Whether the token follows the one before without a blank.
    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| at > 0 && !token.spaced)
    }

    /// Whether exactly one blank stands before the token.
    pub(super) fn follows_one_blank(&self, at: usize) -> bool {
        let Some(previous) = at.checked_sub(1).and_then(|at| self.tokens.get(at)) else {
            return false;
        };
        let gap = self
            .tokens
            .get(at)
            .and_then(|token| self.text.get(previous.end..token.start));
        let mut gap = gap.unwrap_or_default().chars();
        gap.next().is_some_and(is_blank) && gap.next().is_none()
    }

    /// Digits that follow the token before without a blank.
    pub(super) fn glued_number(&self, at: usize) -> Option<&'a str> {
        self.number(at).filter(|_| self.is_glued(at))
    }

    /// Whether the token is this mark and follows the token before without a blank.
    pub(super) fn is_glued_mark(&self, at: usize, wanted: char) -> bool {
        self.mark(at) == Some(wanted) && self.is_glued(at)
    }

    /// Whether the token is one of these words, in any case.
    pub(super) fn is_any(&self, at: usize, words: impl List) -> bool {
        self.word(at).is_some_and(|word| words.has(word))
    }

    /// Whether any token of the range is one of these words.
    pub(super) fn has_any(&self, mut range: Range<usize>, words: impl List) -> bool {
        range.any(|at| self.is_any(at, words))
    }
}

/// Words, written `one|other` in lower case.
pub(super) trait List: Copy {
    /// Whether a word is one of them, in any case.
    fn has(self, word: &str) -> bool;
}

impl List for &str {
    fn has(self, word: &str) -> bool {
        let mut known = self.as_bytes().split(|byte| *byte == b'|');
        // No word of another length is looked at; the others are split where letters end.
        known.any(|known| {
            known.len() == word.len()
                && std::str::from_utf8(known).is_ok_and(|known| eq_ignoring_case(word, known))
        })
    }
}

/// A long list: which lengths and first letters its words have is known when it is compiled, so that
/// nearly every word that is none of them is told without a look at them.
#[derive(Clone, Copy)]
pub(super) struct Words {
    text: &'static str,
    /// A bit for each length in bytes, the last one for all longer ones.
    lengths: u32,
    /// A bit for each first letter.
    letters: u32,
}

/// The list of the words in a text.
pub(super) const fn words(text: &'static str) -> Words {
    let bytes = text.as_bytes();
    let (mut lengths, mut letters) = (0, 0);
    let (mut at, mut start) = (0, 0);
    while at <= bytes.len() {
        if at == bytes.len() || bytes[at] == b'|' {
            lengths |= length_bit(at - start);
            letters |= letter_bit(bytes[start]);
            start = at + 1;
        }
        at += 1;
    }
    Words {
        text,
        lengths,
        letters,
    }
}

const fn length_bit(length: usize) -> u32 {
    1 << if length < 31 { length } else { 31 }
}

/// All letters that are not ASCII share a bit.
const fn letter_bit(first: u8) -> u32 {
    match first.to_ascii_lowercase() {
        letter @ b'a'..=b'z' => 1 << (letter - b'a'),
        _ => 1 << 31,
    }
}

impl List for Words {
    fn has(self, word: &str) -> bool {
        let Some(first) = word.bytes().next() else {
            return false;
        };
        self.lengths & length_bit(word.len()) != 0
            && self.letters & letter_bit(first) != 0
            && self.text.has(word)
    }
}

/// Three letters may be a code and do not count.
fn is_shouted(text: &str, tokens: &[Token]) -> bool {
    let words = tokens.iter().filter(|token| token.shape == Shape::Word);
    let (mut upper, mut lower) = (0, 0);
    for word in words.filter_map(|token| text.get(token.start..token.end)) {
        if word.chars().any(char::is_lowercase) {
            lower += 1;
        } else if word.len() != 3 && word.chars().nth(1).is_some() {
            upper += 1;
        }
    }
    upper > lower
}

/// Whether the texts differ in case only; `lower` is in lower case, of letters whose capitals are as
/// long in bytes.
pub(super) fn eq_ignoring_case(word: &str, lower: &str) -> bool {
    word.len() == lower.len()
        && (word.eq_ignore_ascii_case(lower)
            || (!word.is_ascii() && word.chars().flat_map(char::to_lowercase).eq(lower.chars())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_marks_know_their_gaps() {
        let line = Line::new("À **10h30**, 1\u{202f}234 € (été)");
        let texts: Vec<_> = (0..line.len()).map(|at| line.slice(at, at + 1)).collect();
        assert_eq!(
            texts,
            ["À", "10", "h", "30", ",", "1", "234", "€", "(", "été", ")"]
        );
        assert!(line.is_glued(2) && !line.is_glued(1) && !line.is_glued(0));
        assert!(line.follows_one_blank(6));
        assert!(line.is_any(0, "à|a") && line.has_any(0..11, "été"));
        assert_eq!(line.slice(1, 4), "10h30");
    }

    #[test]
    fn a_list_has_its_words_in_any_case_and_no_other() {
        const LIST: Words = words("hotel|hôtel|été|b|de");
        for word in ["hotel", "HOTEL", "Hôtel", "HÔTEL", "Été", "été", "B", "de"] {
            assert!(LIST.has(word) && "hotel|hôtel|été|b|de".has(word), "{word}");
        }
        for word in ["", "hotels", "otel", "e", "d", "ete", "|", "hotel|hôtel"] {
            assert!(!LIST.has(word), "{word}");
        }
    }
}
