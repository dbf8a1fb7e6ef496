//! Lines of iCalendar: escaped, and folded so that none is longer than 75 octets (RFC 5545, 3.1).

/// Most octets of a line, its break not counted.
const MOST: usize = 75;

/// A calendar file as it grows.
#[derive(Debug, Default)]
pub(super) struct ContentLines(String);

impl ContentLines {
    /// Adds `name:value`, the value as it is.
    pub(super) fn raw(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    /// Adds a property whose value is text.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.raw(name, &escaped(value));
    }

    pub(super) fn finish(self) -> String {
        self.0
    }

    /// Further lines of the same property begin with a space. No character is cut in two.
    fn fold(&mut self, line: &str) {
        let mut room = MOST;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = MOST - 1;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// Text in which nothing ends the value or the line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(escaped("a,b;c\\d\ne\r\nf\tg"), r"a\,b\;c\\d\ne\nf g");
    }

    proptest! {
        #[test]
        fn no_line_is_too_long_and_unfolded_nothing_is_lost(text in "\\PC{0,300}") {
            let mut lines = ContentLines::default();
            lines.text("SUMMARY", &text);
            let folded = lines.finish();
            prop_assert!(folded.split("\r\n").all(|line| line.len() <= MOST));
            let whole = folded.replace("\r\n ", "");
            prop_assert_eq!(whole.trim_end_matches("\r\n"), format!("SUMMARY:{}", escaped(&text)));
        }
    }
}
