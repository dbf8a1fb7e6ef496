//! Text in a drawing: escaped, as wide as it will about be, and shortened where there is no room.

use std::borrow::Cow;

/// Text that may stand in XML, between tags or in an attribute. Characters that XML 1.0 does not know
/// are left out.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            control if control < ' ' => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// How wide a text is about, at a size of type: rather too wide than too narrow, since the type of
/// the reader is not known.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|letter| of_size(letter) * size).sum()
}

/// Shares of the size, of the widest bold type in common use.
fn of_size(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | '\'' | '’' | ':' | '·' | '|' | 'ì' | 'í' | 'î'
        | 'ï' => 0.38,
        'f' | 't' | 'r' | ' ' | '-' | '(' | ')' | '/' => 0.48,
        'm' | 'w' | 'M' | 'W' | '&' | '@' | 'œ' | 'æ' => 1.06,
        'A'..='Z' | 'À'..='Þ' => 0.8,
        letter if letter < '\u{1100}' => 0.7,
        _ => 1.2,
    }
}

/// The text, or as much of its beginning as fits into `room`.
pub(super) fn fit(text: &str, size: f64, room: f64) -> Cow<'_, str> {
    let text = text.trim();
    if width(text, size) <= room {
        return Cow::Borrowed(text);
    }
    let mut left = room - size;
    let kept = text.chars().take_while(|letter| {
        left -= of_size(*letter) * size;
        left >= 0.0
    });
    let kept: String = kept.collect();
    Cow::Owned(format!("{}…", kept.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_means_otherwise_is_escaped() {
        assert_eq!(
            escape("A & B <c> \"d\" l'e\u{1}\n🏖"),
            "A &amp; B &lt;c&gt; &quot;d&quot; l&#39;e 🏖"
        );
    }

    #[test]
    fn long_names_are_cut_to_their_room() {
        assert_eq!(fit(" Lisbon ", 20.0, 200.0), "Lisbon");
        let cut = fit("Musée national de l’histoire de l’immigration", 20.0, 200.0);
        assert!(cut.ends_with('…') && width(&cut, 20.0) <= 200.0, "{cut}");
    }
}
