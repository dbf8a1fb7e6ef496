//! Whether a text is within a code fence or inline code: what stands there is shown as it is.

/// Follows the Markdown of a text.
#[derive(Debug)]
pub(super) struct Code {
    /// Mark and length of the fence that is open.
    fence: Option<(char, usize)>,
    /// Length of the run of backticks that opened inline code. It ends with its line: models do not
    /// write longer ones, and a forgotten backtick must not hide the rest.
    inline: Option<usize>,
    /// The run of marks that the text ends with, and whether it began its line.
    run: Option<(char, usize, bool)>,
    /// The line so far is blank.
    blank: bool,
}

impl Default for Code {
    fn default() -> Self {
        Self {
            fence: None,
            inline: None,
            run: None,
            blank: true,
        }
    }
}

impl Code {
    /// Takes more of the text.
    pub(super) fn push(&mut self, text: &str) {
        text.chars().for_each(|c| self.take(c));
    }

    /// Whether what follows is code. `next` is what follows: a run of backticks may go on.
    pub(super) fn is_inside(&mut self, next: char) -> bool {
        if self.run.is_some_and(|(mark, ..)| mark != next) {
            self.settle();
        }
        self.fence.is_some() || self.inline.is_some()
    }

    /// Whether nothing but blanks stands on the line so far.
    pub(super) const fn is_line_start(&self) -> bool {
        self.blank && self.run.is_none()
    }

    fn take(&mut self, c: char) {
        match &mut self.run {
            Some((mark, length, _)) if *mark == c => {
                *length += 1;
                return;
            }
            Some(_) => self.settle(),
            None => {}
        }
        match c {
            '`' | '~' => self.run = Some((c, 1, self.blank)),
            '\n' => self.inline = None,
            _ => {}
        }
        self.blank = c == '\n' || (self.blank && c.is_whitespace());
    }

    /// A run of marks is over.
    fn settle(&mut self) {
        let Some((mark, length, starts)) = self.run.take() else {
            return;
        };
        match self.fence {
            Some((open, least)) if starts && mark == open && length >= least => {
                self.fence = None;
            }
            Some(_) => {}
            None if starts && length >= 3 => {
                self.fence = Some((mark, length));
            }
            None if mark == '`' => match self.inline {
                Some(open) if open == length => self.inline = None,
                Some(_) => {}
                None => self.inline = Some(length),
            },
            None => {}
        }
    }
}
