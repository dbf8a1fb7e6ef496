//! Numbers of payment cards in what people write: found, and masked before anything keeps them. Pure.
//!
//! ISO/IEC 7812: 13 to 19 digits, the first ones those of an issuer, the last one a check digit. They
//! stand in one piece, as cards print them (4-4-4-4, 4-6-5, 4-6-4, 8-8), or pulled apart (one by one,
//! in pairs), with blanks, dashes or dots between, in whatever script has decimal digits. Telephone
//! numbers (a plus in front, other groups), IBANs (they have a check of their own), the numbers of
//! tickets, dates, prices and ids stay.

use std::ops::Range;

/// Stands before the last four digits of a masked number.
const MASK: &str = "•••• ";
/// Fewest and most digits.
const DIGITS: std::ops::RangeInclusive<usize> = 13..=19;
/// Most digits of a telephone number after its plus (E.164).
const PHONE_DIGITS: usize = 15;
/// Most characters between two groups.
const MOST_BETWEEN: usize = 3;
/// How far before a number the word is looked for that makes it a ticket's, in characters.
const WORD_BEFORE: usize = 24;
/// How tickets are called. Their numbers have 13 digits, as old Visa cards do.
const TICKET: [&str; 3] = ["ticket", "billet", "tkt"];

/// The text with each card number down to its last four digits; `None` where it holds none.
#[must_use]
pub fn mask(text: &str) -> Option<String> {
    let found = find(text);
    if found.is_empty() {
        return None;
    }
    let (mut masked, mut kept) = (String::with_capacity(text.len()), 0);
    for number in found {
        masked.push_str(text.get(kept..number.start).unwrap_or_default());
        masked.push_str(MASK);
        let digits: Vec<u8> = text[number.clone()].chars().filter_map(digit).collect();
        let last = digits.iter().skip(digits.len().saturating_sub(4));
        masked.extend(last.map(|digit| char::from(b'0' + digit)));
        kept = number.end;
    }
    masked.push_str(text.get(kept..).unwrap_or_default());
    Some(masked)
}

/// The text itself, or masked.
#[must_use]
pub fn without(text: String) -> String {
    mask(&text).unwrap_or(text)
}

/// Whether a number has been masked in this text.
#[must_use]
pub fn is_masked(text: &str) -> bool {
    text.split(MASK).skip(1).any(|rest| {
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        digits == 4
    })
}

/// Where the card numbers of a text are, in bytes.
#[must_use]
pub fn find(text: &str) -> Vec<Range<usize>> {
    if !may_hold(text) {
        return Vec::new();
    }
    let groups = groups(text);
    let (mut found, mut at) = (Vec::new(), 0);
    let mut accounts = None;
    while at < groups.len() {
        let length = (1..=run(text, &groups[at..])).rev().find(|length| {
            let window = &groups[at..at + length];
            is_card(text, window)
                && !accounts
                    .get_or_insert_with(|| ibans(text))
                    .iter()
                    .any(|iban| iban.contains(&window[0].range.start))
        });
        match length {
            Some(length) => {
                found.push(groups[at].range.start..groups[at + length - 1].range.end);
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether enough digits stand close to each other at all: most texts are full of short numbers.
fn may_hold(text: &str) -> bool {
    // Digits of other scripts take two bytes and more, all of them beyond ASCII.
    let bytes = text
        .bytes()
        .filter(|byte| byte.is_ascii_digit() || !byte.is_ascii());
    if bytes.count() < *DIGITS.start() {
        return false;
    }
    let (mut digits, mut between) = (0, 0);
    text.chars().any(|c| {
        if digit(c).is_some() {
            (digits, between) = (digits + 1, 0);
        } else if may_separate(c) {
            between += usize::from(!is_invisible(c));
            digits = if between > MOST_BETWEEN { 0 } else { digits };
        } else {
            digits = 0;
        }
        digits == *DIGITS.start()
    })
}

/// Digits without anything between them.
struct Group {
    range: Range<usize>,
    digits: Vec<u8>,
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut goes_on = false;
    for (at, c) in text.char_indices() {
        let Some(value) = digit(c) else {
            // What nobody sees takes nothing apart.
            goes_on &= is_invisible(c);
            continue;
        };
        let end = at + c.len_utf8();
        match groups.last_mut().filter(|_| goes_on) {
            Some(group) => {
                group.range.end = end;
                group.digits.push(value);
            }
            None => groups.push(Group {
                range: at..end,
                digits: vec![value],
            }),
        }
        goes_on = true;
    }
    groups
}

/// How many of the first groups have nothing but a separator between them, as far as a card goes.
fn run(text: &str, groups: &[Group]) -> usize {
    let (mut length, mut digits) = (0, 0);
    for (at, group) in groups.iter().enumerate() {
        let joined = at == 0
            || is_separator(
                text.get(groups[at - 1].range.end..group.range.start)
                    .unwrap_or_default(),
            );
        digits += group.digits.len();
        if !joined || digits > *DIGITS.end() {
            break;
        }
        length += 1;
    }
    length
}

fn is_separator(text: &str) -> bool {
    text.chars().filter(|c| !is_invisible(*c)).count() <= MOST_BETWEEN
        && text.chars().all(may_separate)
}

fn may_separate(c: char) -> bool {
    (c.is_whitespace() && c != '\n')
        || is_invisible(c)
        || ".-_·\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}".contains(c)
}

const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

fn is_card(text: &str, window: &[Group]) -> bool {
    let digits: Vec<u8> = window
        .iter()
        .flat_map(|group| &group.digits)
        .copied()
        .collect();
    let lengths: Vec<usize> = window.iter().map(|group| group.digits.len()).collect();
    DIGITS.contains(&digits.len())
        && (is_printed(&lengths) || is_read_out(text, window, &lengths))
        && has_issuer(&digits)
        && has_check_digit(&digits)
        && !is_something_else(text, window, digits.len())
}

/// In one piece, or apart as cards are printed.
fn is_printed(lengths: &[usize]) -> bool {
    match lengths {
        [_] | [4, 6, 4 | 5] | [8, 8] | [6, 7] => true,
        [groups @ .., last] if groups.iter().all(|length| *length == 4) => *last <= 4,
        _ => false,
    }
}

/// One by one, or in pairs as long as these are not those of telephone numbers around them.
fn is_read_out(text: &str, window: &[Group], lengths: &[usize]) -> bool {
    let each = |wanted: usize| lengths.iter().all(|length| *length == wanted);
    let (Some(first), Some(last)) = (window.first(), window.last()) else {
        return false;
    };
    let alone = || {
        let part_of_run = |c: char| digit(c).is_some();
        let between = |c: char| is_separator(c.encode_utf8(&mut [0; 4]));
        let before = text.get(..first.range.start).unwrap_or_default();
        let after = text.get(last.range.end..).unwrap_or_default();
        !before.trim_end_matches(between).ends_with(part_of_run)
            && !after.trim_start_matches(between).starts_with(part_of_run)
    };
    each(1) || (each(2) && lengths.len() == 8 && alone())
}

/// Ranges of the issuers whose cards have so many digits.
fn has_issuer(digits: &[u8]) -> bool {
    let begins = |count: usize| {
        let first = digits.iter().take(count);
        first.fold(0_u32, |number, digit| number * 10 + u32::from(*digit))
    };
    match digits.len() {
        13 => begins(1) == 4,
        14 => matches!(begins(2), 30 | 36 | 38 | 39),
        15 => matches!(begins(2), 34 | 37 | 20 | 21),
        _ => matches!(begins(1), 2..=6) || matches!(begins(2), 81 | 82) || begins(4) == 9792,
    }
}

/// The Luhn formula.
fn has_check_digit(digits: &[u8]) -> bool {
    let weighted = digits.iter().rev().enumerate().map(|(at, digit)| {
        let value = u32::from(*digit);
        match (at % 2, value * 2) {
            (0, _) => value,
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        }
    });
    weighted.sum::<u32>() % 10 == 0
}

/// A telephone number, decimals, or the number of a ticket.
fn is_something_else(text: &str, window: &[Group], digits: usize) -> bool {
    let Some(first) = window.first() else {
        return false;
    };
    let before = text.get(..first.range.start).unwrap_or_default();
    let signed = before.trim_end_matches('(').ends_with('+') && digits <= PHONE_DIGITS;
    let mut back = before.chars().rev();
    let is_fraction = window.len() == 1
        && matches!(back.next(), Some('.' | ','))
        && back.next().is_some_and(|c| digit(c).is_some());
    let is_ticket = digits == 13 && {
        let words: String = before.chars().rev().take(WORD_BEFORE).collect();
        let words = words.chars().rev().collect::<String>().to_lowercase();
        TICKET.iter().any(|word| words.contains(word))
    };
    signed || is_fraction || is_ticket || is_part_of_id(text, window)
}

/// Digits of a UUID or the like: hexadecimal goes on before their first dash and behind their last.
fn is_part_of_id(text: &str, window: &[Group]) -> bool {
    let [first, .., last] = window else {
        return false;
    };
    let before = text.get(..first.range.start).unwrap_or_default();
    let after = text.get(last.range.end..).unwrap_or_default();
    let is_hex = |c: char| c.is_ascii_hexdigit();
    before
        .strip_suffix('-')
        .is_some_and(|id| id.ends_with(is_hex))
        && after.starts_with(is_hex)
}

/// Where account numbers are whose own check (ISO 13616) holds.
fn ibans(text: &str) -> Vec<Range<usize>> {
    let starts = text.char_indices().filter(|(at, c)| {
        let before = text.get(..*at).unwrap_or_default().chars().next_back();
        c.is_ascii_alphabetic() && before.is_none_or(|c| !c.is_alphanumeric())
    });
    starts
        .filter_map(|(at, _)| Some(at..at + iban(text.get(at..)?)?))
        .collect()
}

/// How long the account number is, in bytes, that the text begins with.
fn iban(text: &str) -> Option<usize> {
    const SHORTEST: usize = 15;
    const LONGEST: usize = 34;
    let mut characters: Vec<u8> = Vec::with_capacity(LONGEST);
    let mut found = None;
    let mut blanks = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, ' ' | '\u{a0}' | '\u{202f}') {
            // Country and check stand together: a word before a number is none.
            if characters.len() < 4 {
                return None;
            }
            blanks += 1;
        } else if c.is_ascii_alphanumeric() && blanks < 2 && characters.len() < LONGEST {
            blanks = 0;
            characters.push(c as u8);
            let so_far = characters.len();
            let is_begun = match so_far {
                1 | 2 => c.is_ascii_alphabetic(),
                3 | 4 => c.is_ascii_digit(),
                _ => true,
            };
            if !is_begun {
                return None;
            }
            let ends = text.get(at + 1..).unwrap_or_default().chars().next();
            let ends = ends.is_none_or(|c| !c.is_alphanumeric());
            if so_far >= SHORTEST && ends && has_account_check(&characters) {
                found = Some(at + 1);
            }
        } else {
            break;
        }
    }
    found
}

/// ISO 7064, MOD 97-10: the first four characters behind the others, letters from 10 on.
fn has_account_check(characters: &[u8]) -> bool {
    let (head, tail) = characters.split_at(characters.len().min(4));
    let rest = tail.iter().chain(head).fold(0_u32, |rest, byte| {
        let value = char::from(*byte).to_digit(36).unwrap_or_default();
        let shift = if value > 9 { 100 } else { 10 };
        (rest * shift + value) % 97
    });
    rest == 1
}

/// Zeros of the scripts with decimal digits (Unicode's category Nd); nine more follow each.
const ZEROS: [u32; 40] = [
    0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66,
    0x0de6, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90,
    0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xaa50, 0xabf0, 0xff10,
    0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6,
];

/// The value of a decimal digit of any script.
fn digit(c: char) -> Option<u8> {
    let value = match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        _ if c.is_ascii() || !c.is_numeric() => return None,
        _ => ZEROS
            .iter()
            .filter_map(|zero| u32::from(c).checked_sub(*zero))
            .find(|value| *value < 10)?,
    };
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_number_is_masked_however_it_is_written() {
        for (said, masked) in [
            (
                "carte 4111 1111 1111 1111 exp 12/27",
                "carte •••• 1111 exp 12/27",
            ),
            ("4111111111111111", "•••• 1111"),
            ("card4111111111111111!", "card•••• 1111!"),
            ("4111-1111-1111-1111,", "•••• 1111,"),
            ("4111.1111.1111.1111", "•••• 1111"),
            ("4111\u{a0}1111\u{202f}1111\u{2009}1111", "•••• 1111"),
            ("4111–1111–1111–1111", "•••• 1111"),
            ("4111 - 1111 - 1111 - 1111", "•••• 1111"),
            ("41\u{200b}11111111111111", "•••• 1111"),
            ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "•••• 1111"),
            ("41 11 11 11 11 11 11 11", "•••• 1111"),
            ("41111111 11111111", "•••• 1111"),
            ("４１１１ １１１１ １１１１ １１１１", "•••• 1111"),
            ("٤١١١١١١١١١١١١١١١", "•••• 1111"),
            (
                "378282246310005 or 3782 822463 10005",
                "•••• 0005 or •••• 0005",
            ),
            ("30569309025904, 3056 930902 5904", "•••• 5904, •••• 5904"),
            ("4222222222222", "•••• 2222"),
            ("5555555555554444:6011111111111117", "•••• 4444:•••• 1117"),
            (
                "2 adultes, 4111111111111111/12/27",
                "2 adultes, •••• 1111/12/27",
            ),
            (
                "6212345678901232 and 4000000000000000006",
                "•••• 1232 and •••• 0006",
            ),
            ("le 12 4111 1111 1111 1111 123", "le 12 •••• 1111 123"),
        ] {
            assert_eq!(mask(said).as_deref(), Some(masked), "{said}");
            assert_eq!(mask(masked), None, "{masked}");
            assert!(is_masked(masked), "{masked}");
        }
    }

    #[test]
    fn what_only_looks_like_one_stays() {
        for said in [
            "01a2b3c4-4111-1111-1111-1111abcdef12",
            "",
            "4111 1111 1111 1112",
            "+33 6 12 34 56 78, +5511987654321, 0033 6 12 34 56 78",
            "06 12 34 56 78 06 12 34 56 78",
            "FR76 3000 6000 0112 3456 7890 189",
            "FR7630006000011234567890189",
            "GB29 NWBK 6016 1331 9268 19",
            "DE89 3704 0044 0532 0130 00",
            "DK5000400440116243",
            "057-2345678901, 220 2345678901, billet 4222222222222, e-ticket: 4222222222222",
            "ABC123, XK7P2Q, lys-jfk-20270112-1",
            "2027-01-12 2027-01-20, 12 345 678 €, 0.4111111111111111",
            "01970000-0000-7000-8000-000000000000",
            "4111\n1111\n1111\n1111",
            "1764380000000000000",
            "•••• 111",
        ] {
            assert_eq!(mask(said), None, "{said}");
            assert!(!is_masked(said), "{said}");
        }
    }
}
