//! Blanks around what is taken out of a text: neither a hole nor two words run together.

/// Follows the blanks of what is shown. Line breaks at the end wait for what follows them; blanks within
/// a line do not, since a word is told to be whole by the blank behind it.
#[derive(Debug, Default)]
pub(super) struct Spacing {
    /// Something was shown that is no blank.
    begun: bool,
    /// What was shown last is a blank within a line.
    after_blank: bool,
    /// Blanks from the first line break on, since then or since something was taken out.
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
            let blank = self.after_blank || !self.tail.is_empty();
            self.cut = Some((breaks(&self.tail), blank));
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
            return self.blanks_of_the_line();
        }
        let mut shown = std::mem::take(&mut self.tail);
        if let (true, Some((before, blank))) = (self.begun, self.cut) {
            let most = before.max(breaks(&shown)).min(2);
            let blank = blank || !shown.is_empty();
            shown = "\n".repeat(most);
            if most == 0 && blank && !self.after_blank {
                shown.push(' ');
            }
        }
        (self.begun, self.after_blank, self.cut) = (true, false, None);
        let words = body.trim_end();
        self.tail
            .push_str(body.get(words.len()..).unwrap_or_default());
        shown += words;
        shown += &self.blanks_of_the_line();
        shown
    }

    /// The text is over: its last blanks, if nothing was taken out behind them.
    pub(super) fn finish(&mut self) -> String {
        match self.cut {
            None => std::mem::take(&mut self.tail),
            Some(_) => String::new(),
        }
    }

    /// The blanks at the end as far as they need not wait.
    fn blanks_of_the_line(&mut self) -> String {
        if self.cut.is_some() {
            return String::new();
        }
        let line = self.tail.find('\n').unwrap_or(self.tail.len());
        let rest = self.tail.split_off(line);
        self.after_blank |= line > 0;
        std::mem::replace(&mut self.tail, rest)
    }
}

fn breaks(blanks: &str) -> usize {
    blanks.matches('\n').count()
}
