//! French spacing, applied once to a whole answer so that texts stay readable in the source.

use crate::{locale::Locale, travel::format::NBSP};

/// Puts no-break spaces before `; : ! ? »` and after `«` where a blank stands there; English is
/// left as it is.
pub(super) fn spaced(text: String, locale: Locale) -> String {
    if locale == Locale::En {
        return text;
    }
    let mut spaced = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    let mut before = '\n';
    while let Some(c) = chars.next() {
        let tight = before == '«' || chars.peek().is_some_and(|next| ";:!?»".contains(*next));
        spaced.push(if c == ' ' && tight { NBSP } else { c });
        before = c;
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_french_gets_no_break_spaces() {
        let text = "« Oui » : non ; quoi ? 10:05 !";
        assert_eq!(
            spaced(text.to_owned(), Locale::Fr),
            "«\u{a0}Oui\u{a0}»\u{a0}: non\u{a0}; quoi\u{a0}? 10:05\u{a0}!"
        );
        assert_eq!(spaced(text.to_owned(), Locale::En), text);
    }
}
