//! Blanks around what is taken out of a text: neither a hole nor two words run together.

/// Follows the blanks of what is shown. Those at the end wait for what follows them.
#[derive(Debug, Default)]
pub(super) struct Spacing {
    /// Something was shown that is no blank.
    begun: bool,
    /// Blanks since then, or since something was taken out.
    tail: String,
    /// Line breaks before what was taken out, and whether there were any blanks.
    cut: Option<(usize, bool)>,
}

impl Spacing {
    /// Whether nothing has been shown.
    pub(super) const fn is_start(&self) -> bool {
        !self.begun
    }

    /// Something is taken out here.
    pub(super) fn cut(&mut self) {
        if self.cut.is_none() {
            self.cut = Some((breaks(&self.tail), !self.tail.is_empty()));
            self.tail.clear();
        }
    }

    /// Text to show, with its blanks in order.
    pub(super) fn push(&mut self, text: &str) -> String {
        let body = text.trim_start();
        if self.begun {
            let blanks = text.len() - body.len();
            self.tail.push_str(text.get(..blanks).unwrap_or_default());
        }
        if body.is_empty() {
            return String::new();
        }
        let mut tail = std::mem::take(&mut self.tail);
        if let (true, Some((before, blank))) = (self.begun, self.cut) {
            let most = before.max(breaks(&tail)).min(2);
            let blank = blank || !tail.is_empty();
            tail = "\n".repeat(most);
            if most == 0 && blank {
                tail.push(' ');
            }
        }
        (self.begun, self.cut) = (true, None);
        let words = body.trim_end();
        self.tail
            .push_str(body.get(words.len()..).unwrap_or_default());
        tail + words
    }

    /// The text is over: its last blanks, if nothing was taken out behind them.
    pub(super) fn finish(&mut self) -> String {
        match self.cut {
            None => std::mem::take(&mut self.tail),
            Some(_) => String::new(),
        }
    }
}

fn breaks(blanks: &str) -> usize {
    blanks.matches('\n').count()
}
