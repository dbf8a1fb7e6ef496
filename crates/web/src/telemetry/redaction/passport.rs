//! Passport numbers: eight or nine letters and digits in the forms of the countries that issue most.

use agent::travel::Currency;

pub(super) const WORD: &str = "[passport]";

/// Whether a piece of letters and digits is a passport number. Those of nine digits alone are found
/// with the other numbers.
pub(super) fn is_number(token: &str) -> bool {
    if !token.bytes().all(|byte| byte.is_ascii_alphanumeric()) || !matches!(token.len(), 8 | 9) {
        return false;
    }
    let letters = token.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (head, tail) = token.split_at(letters);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match letters {
        // France: 12AB34567.
        0 => {
            let (number, rest) = token.split_at(2);
            let (serial, rest) = rest.split_at(2);
            let is_serial = serial.bytes().all(|byte| byte.is_ascii_alphabetic());
            token.len() == 9 && digits(number) && is_serial && digits(rest)
        }
        // Most of them: one to three letters, then digits. A price may be written like one, too.
        1..=3 if digits(tail) => head.to_ascii_uppercase().parse::<Currency>().is_err(),
        // Germany, the Netherlands: capitals and digits mixed.
        1..=2 => {
            let count = token.bytes().filter(u8::is_ascii_digit).count();
            let capitals = !token.bytes().any(|byte| byte.is_ascii_lowercase());
            token.len() == 9 && capitals && count >= 4
        }
        _ => false,
    }
}
