//! Blanks around what is taken out of a text: neither a hole nor two words run together.

/// Follows the blanks of what is shown.
#[derive(Debug, Default)]
pub(super) struct Spacing {
    /// Something was shown that is no blank.
    begun: bool,
    /// How many line breaks the shown text ends with.
    breaks: usize,
    /// It ends with a blank.
    blank: bool,
    /// Line breaks and blanks since something was taken out.
    gap: Option<(usize, bool)>,
}

impl Spacing {
    /// Whether nothing has been shown.
    pub(super) const fn is_start(&self) -> bool {
        !self.begun
    }

    /// Something is taken out here.
    pub(super) fn cut(&mut self) {
        self.gap.get_or_insert_default();
    }

    /// Text to show, with its blanks in order.
    pub(super) fn push(&mut self, text: &str) -> String {
        let mut shown = String::new();
        let mut rest = text;
        if self.gap.is_some() || !self.begun {
            let body = text.trim_start();
            let blanks = text.get(..text.len() - body.len()).unwrap_or_default();
            let breaks = blanks.matches('\n').count();
            if let Some((lines, spaces)) = &mut self.gap {
                *lines += breaks;
                *spaces |= !blanks.is_empty();
            }
            if body.is_empty() {
                return shown;
            }
            if let (true, Some((lines, spaces))) = (self.begun, self.gap) {
                let missing = lines.min(2).saturating_sub(self.breaks);
                shown.extend(std::iter::repeat_n('\n', missing));
                if missing == 0 && spaces && !self.blank {
                    shown.push(' ');
                }
            }
            (self.gap, rest) = (None, body);
        }
        shown.push_str(rest);
        self.begun = true;
        self.end(rest);
        shown
    }

    fn end(&mut self, text: &str) {
        let body = text.trim_end();
        let breaks = text
            .get(body.len()..)
            .unwrap_or_default()
            .matches('\n')
            .count();
        self.breaks = breaks + if body.is_empty() { self.breaks } else { 0 };
        self.blank = text.ends_with(char::is_whitespace);
    }
}
