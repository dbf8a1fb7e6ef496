//! A line of text as words, numbers and marks.

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

    /// Whether the token is one of these words, in any case; they are written `one|other`.
    pub(super) fn is_any(&self, at: usize, words: &str) -> bool {
        self.word(at)
            .is_some_and(|word| words.split('|').any(|known| eq_ignoring_case(word, known)))
    }

    /// Whether any token of the range is one of these words.
    pub(super) fn has_any(&self, mut range: std::ops::Range<usize>, words: &str) -> bool {
        range.any(|at| self.is_any(at, words))
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
    word.len() == lower.len() && word.chars().flat_map(char::to_lowercase).eq(lower.chars())
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
}
