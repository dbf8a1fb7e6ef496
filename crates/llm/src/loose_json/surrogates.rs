//! Halves of surrogate pairs: servers that cut an answer between UTF-16 units send the two halves of a
//! character in two pieces, and no string can hold either.

/// Where halves stand for themselves until they are joined: in the last private plane, which no
/// answer uses.
const MARKS: u32 = 0x10_0000;

/// The character that stands for a half, from U+D800 to U+DFFF.
pub(super) fn mark(half: u16) -> char {
    char::from_u32(MARKS + u32::from(half)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The half that a character stands for.
fn half(mark: char) -> Option<u16> {
    let unit = u32::from(mark).checked_sub(MARKS)?;
    u16::try_from(unit)
        .ok()
        .filter(|unit| matches!(unit, 0xD800..=0xDFFF))
}

/// Joins halves over the pieces of a text; one without its other half becomes U+FFFD.
#[derive(Debug, Default)]
pub(crate) struct Halves {
    /// The first half, whose second has not come.
    waiting: Option<u16>,
}

impl Halves {
    /// The next piece; a first half at its end is kept back.
    pub(crate) fn join(&mut self, piece: String) -> String {
        if piece.is_empty() || (self.waiting.is_none() && !piece.contains(|c| half(c).is_some())) {
            return piece;
        }
        let mut joined = String::with_capacity(piece.len() + 4);
        for character in piece.chars() {
            match (self.waiting.take(), half(character)) {
                (waiting, Some(first @ 0xD800..=0xDBFF)) => {
                    joined.extend(waiting.map(|_| char::REPLACEMENT_CHARACTER));
                    self.waiting = Some(first);
                }
                (Some(first), Some(second)) => {
                    joined.extend(
                        char::decode_utf16([first, second])
                            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)),
                    );
                }
                (None, Some(_)) => joined.push(char::REPLACEMENT_CHARACTER),
                (waiting, None) => {
                    joined.extend(waiting.map(|_| char::REPLACEMENT_CHARACTER));
                    joined.push(character);
                }
            }
        }
        joined
    }

    /// What stands for a half that was kept back, where no more comes.
    pub(crate) fn end(&mut self) -> Option<String> {
        self.waiting
            .take()
            .map(|_| char::REPLACEMENT_CHARACTER.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_joined_over_pieces_and_replaced_where_one_is_missing() {
        let (high, low) = (mark(0xD83D).to_string(), mark(0xDE00).to_string());
        for (pieces, expected) in [
            (
                vec!["a".to_owned(), high.clone(), low.clone(), "b".into()],
                "a😀b",
            ),
            (vec![format!("{high}{low}")], "😀"),
            (vec![high.clone(), String::new(), low.clone()], "😀"),
            (vec![high.clone(), "b".into()], "\u{fffd}b"),
            (vec![low.clone(), "b".into()], "\u{fffd}b"),
            (vec![high.clone(), high.clone(), low], "\u{fffd}😀"),
            (vec!["a".into(), high], "a\u{fffd}"),
            (vec!["\u{10fffd}é".into()], "\u{10fffd}é"),
        ] {
            let mut halves = Halves::default();
            let mut text: String = pieces
                .iter()
                .map(|piece| halves.join(piece.clone()))
                .collect();
            text.extend(halves.end());
            assert_eq!(text, expected, "{pieces:?}");
        }
    }
}
