//! Folds a message to the form that the classifier reads: lower case, no accents, digits as a
//! shape, no elongations, one space between tokens. Compiled into the build script too.

use crate::fold;

/// A longer message is cut in its middle: what it asks for stands at its ends.
const MAX_CHARS: usize = 600;

/// Replaces `out` by the normal form of `text`, framed by single spaces.
pub(crate) fn normalize(text: &str, out: &mut Vec<char>) {
    out.clear();
    out.push(' ');
    let mut folder = Folder { out, run: 0 };
    let head = first(text, MAX_CHARS / 2);
    let tail = last(text, MAX_CHARS / 2);
    if head.len() + tail.len() < text.len() {
        folder.fold(head);
        folder.space();
        folder.fold(tail);
    } else {
        folder.fold(text);
    }
    folder.space();
}

fn first(text: &str, chars: usize) -> &str {
    let end = text
        .char_indices()
        .nth(chars)
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

fn last(text: &str, chars: usize) -> &str {
    let bytes: usize = text.chars().rev().take(chars).map(char::len_utf8).sum();
    &text[text.len() - bytes..]
}

/// Writes folded characters; knows how often the last letter was repeated.
struct Folder<'a> {
    out: &'a mut Vec<char>,
    run: usize,
}

impl Folder<'_> {
    fn fold(&mut self, text: &str) {
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            match c {
                // "don't" is one word, as in "dont"; "l'hôtel" is two.
                '\'' | '\u{2019}' | '\u{2018}' | '`' | '\u{b4}' => {
                    if !is_english_contraction(rest.as_str()) {
                        self.space();
                    }
                }
                '0'..='9' => self.digit(),
                _ if c.is_ascii_alphabetic() => self.letter(c.to_ascii_lowercase()),
                '?' | '!' => self.word(c),
                '€' | '$' | '£' => self.word('$'),
                // Combining marks, and the variation selectors and skin tones of emoji.
                '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' => {}
                _ if c.is_alphabetic() => {
                    fold::letters(c, |c| self.letter(c));
                }
                _ if c.is_ascii() || c.is_whitespace() || is_typographic(c) => self.space(),
                emoji => self.word(emoji),
            }
        }
    }

    fn space(&mut self) {
        if self.out.last() != Some(&' ') {
            self.out.push(' ');
        }
    }

    fn word(&mut self, c: char) {
        self.space();
        self.out.extend([c, ' ']);
    }

    /// One mark a digit, three at most: days, hours and years differ in their length.
    fn digit(&mut self) {
        if !self.out.ends_with(&['0', '0', '0']) {
            self.out.push('0');
        }
    }

    /// Three equal letters or more are one: "ouiii", "pleaaase".
    fn letter(&mut self, c: char) {
        self.run = if self.out.last() == Some(&c) {
            self.run + 1
        } else {
            1
        };
        match self.run {
            1 | 2 => self.out.push(c),
            3 => drop(self.out.pop()),
            _ => {}
        }
    }
}

/// Whether what follows an apostrophe makes an English contraction: 't, 's, 'm, 'd, 're, 've, 'll.
fn is_english_contraction(after: &str) -> bool {
    let end = after
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(after.len());
    let tail = &after[..end];
    ["t", "s", "m", "d", "re", "ve", "ll"]
        .iter()
        .any(|t| tail.eq_ignore_ascii_case(t))
}

fn is_typographic(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{bf}' | '\u{2000}'..='\u{206f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(text: &str) -> String {
        let mut out = Vec::new();
        normalize(text, &mut out);
        out.into_iter().collect()
    }

    #[test]
    fn case_accents_and_punctuation_fold() {
        assert_eq!(
            normal("Où est l\u{2019}HÔTEL, s'il te plaît?"),
            " ou est l hotel s il te plait ? "
        );
        assert_eq!(normal("I don't"), normal("i dont"));
        assert_eq!(normal("ŒUVRE\u{a0}!"), " oeuvre ! ");
        assert_eq!(normal("e\u{301}te\u{301}"), " ete ");
    }

    #[test]
    fn digits_elongations_and_emoji_fold() {
        assert_eq!(normal("12/01/2027 à 9h"), " 00 00 000 a 0h ");
        assert_eq!(normal("ouiiiii, pleaaase, aller"), " oui please aller ");
        assert_eq!(normal("ok👍🏽"), " ok 👍 ");
        assert_eq!(normal("500€"), " 000 $ ");
        assert_eq!(normal(""), " ");
    }

    #[test]
    fn a_long_message_keeps_its_ends() {
        let text = format!("début {} fin", "é ".repeat(4_000));
        let normal = normal(&text);
        assert!(
            normal.starts_with(" debut e") && normal.ends_with(" e fin "),
            "{normal}"
        );
        assert!(normal.chars().count() <= MAX_CHARS + 3);
    }
}
