//! Words shaped like a booking reference.

use super::aircraft;
use crate::travel::{CarrierCode, Currency, carrier};

/// Characters of a reference: the record locators of all reservation systems have six.
const LENGTH: usize = 6;

/// Whether a word is six capitals and digits: `X7K2PQ`, but also `ABCDEF` and `123456`.
fn is_six(word: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    word.len() == LENGTH && word.bytes().all(allowed)
}

/// Whether a word is shaped like a reference wherever it stands: letters and digits, and nothing
/// else that has them, such as a flight, an aircraft, a time, a quantity.
pub(super) fn is_shaped(word: &str) -> bool {
    is_six(word)
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && word.bytes().any(|byte| byte.is_ascii_uppercase())
        && !is_flight(word)
        && !aircraft::is_type(word)
        && !is_duration(word)
        && !is_quantity(word)
}

/// Whether a word is six letters, which only words around it can make a reference.
pub(super) fn is_letters(word: &str) -> bool {
    is_six(word) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Words of a text that could be references: what a store or a tool's result makes known.
pub fn candidates(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| is_six(word) && word.bytes().any(|byte| byte.is_ascii_uppercase()))
}

fn is_flight(word: &str) -> bool {
    let (code, digits) = word.split_at(2);
    let code = code.parse::<CarrierCode>();
    digits.bytes().all(|byte| byte.is_ascii_digit())
        && code.is_ok_and(|code| carrier::by_code(code).is_some())
}

/// `PT8H5M`, `12H30M`, `12H30Z`: numbers, each with its unit.
fn is_duration(word: &str) -> bool {
    let rest = word.strip_prefix("PT").unwrap_or(word);
    let mut digits = 0;
    for byte in rest.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'D' | b'H' | b'M' | b'S' | b'N' | b'Z' if (1..=2).contains(&digits) => digits = 0,
            // "MN" after minutes.
            b'N' if digits == 0 && rest.ends_with("MN") => {}
            _ => return false,
        }
    }
    rest.contains('H')
}

/// `EUR431`, `431EUR`, `1030AM`, `1500KM`.
fn is_quantity(word: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (head, tail) = word.split_at(3);
    let money = |code: &str, amount: &str| digits(amount) && code.parse::<Currency>().is_ok();
    let (number, unit) = word.split_at(4);
    money(head, tail)
        || money(tail, head)
        || (digits(number) && matches!(unit, "AM" | "PM" | "KM" | "KG" | "MB" | "GB"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_told_from_what_looks_like_them() {
        for word in [
            "X7K2PQ", "ABC123", "9QWERT", "12345A", "A1B2C3", "ZZ9999", "PTH123",
        ] {
            assert!(is_shaped(word), "{word}");
        }
        for word in [
            "AF1234",
            "U24567",
            "6E1234",
            "A321LR",
            "CRJ900",
            "E190E2",
            "737MAX",
            "PT8H5M",
            "12H30M",
            "EUR431",
            "431EUR",
            "1030AM",
            "1500KM",
            "123456",
            "ABCDEF",
            "x7k2pq",
            "X7K2P",
            "X7K2PQR",
            "X7K2P\u{e9}",
        ] {
            assert!(!is_shaped(word), "{word}");
        }
        assert!(is_letters("ABCDEF") && !is_letters("ABCDE1"));
    }

    #[test]
    fn candidates_of_a_text() {
        let text = "ref X7K2PQ/ABCDEF (123456), off_12ab34, AF1234.";
        let found: Vec<_> = candidates(text).collect();
        assert_eq!(found, ["X7K2PQ", "ABCDEF", "AF1234"]);
    }
}
