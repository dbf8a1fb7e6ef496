//! Where a piece of JSON, or of a call in the way of Python, ends.

/// Follows brackets and quotes.
#[derive(Clone, Debug, Default)]
pub(super) struct Balance {
    depth: u32,
    /// The quote that the text is in.
    quote: Option<char>,
    escaped: bool,
    begun: bool,
}

impl Balance {
    /// Takes the next character; whether the outermost bracket has been closed by it.
    pub(super) fn push(&mut self, c: char) -> bool {
        if let Some(quote) = self.quote {
            match c {
                _ if self.escaped => self.escaped = false,
                '\\' => self.escaped = true,
                c if c == quote => self.quote = None,
                _ => {}
            }
            return false;
        }
        match c {
            // Before the first bracket there are no strings: an apostrophe is one.
            '"' | '\'' if self.begun => self.quote = Some(c),
            '{' | '[' | '(' => {
                self.depth += 1;
                self.begun = true;
            }
            '}' | ']' | ')' if self.begun => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.begun && self.depth == 0
    }

    /// Whether a bracket has been opened.
    pub(super) const fn has_begun(&self) -> bool {
        self.begun
    }
}
