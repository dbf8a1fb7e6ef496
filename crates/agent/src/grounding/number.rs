//! Decimal numbers with French and English separators.

use super::tokens::Line;

/// A number of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// The value in thousandths; further digits are cut off.
    pub(super) milli: i64,
    /// The token after it.
    pub(super) end: usize,
    /// The value in thousandths if its only separator, before three digits, is a decimal one.
    pub(super) fraction: Option<i64>,
}

/// Most digits before the decimal separator: what fits comfortably in thousandths.
const MAX_DIGITS: usize = 12;

/// Reads the number that begins at token `at`: `1 234,50`, `1,234.50`, `1.234`, `1'234`.
pub(super) fn read(line: &Line<'_>, at: usize) -> Option<Number> {
    let first = line.number(at)?;
    let mut whole = parse(first)?;
    let mut digits = first.len();
    let mut end = at + 1;
    let mut separator = None;
    let mut groups = 0;
    while first.len() <= 3
        && let Some((mark, group, next)) = group(line, end)
        && separator.is_none_or(|known| known == mark)
    {
        digits += 3;
        if digits > MAX_DIGITS {
            return None;
        }
        whole = whole * 1000 + parse(group)?;
        (separator, end, groups) = (Some(mark), next, groups + 1);
    }
    let decimals = line
        .mark(end)
        .filter(|mark| matches!(mark, '.' | ',') && separator != Some(*mark) && line.is_glued(end))
        .and_then(|_| line.glued_number(end + 1));
    if let Some(decimals) = decimals {
        return Some(Number {
            milli: whole * 1000 + thousandths(decimals),
            end: end + 2,
            fraction: None,
        });
    }
    let lone = groups == 1 && matches!(separator, Some('.' | ','));
    Some(Number {
        milli: whole * 1000,
        end,
        fraction: lone.then_some(whole),
    })
}

/// A separator, the group of three digits after it, and the token after that.
fn group<'a>(line: &Line<'a>, at: usize) -> Option<(char, &'a str, usize)> {
    let (mark, at) = match line.mark(at) {
        Some(mark @ ('.' | ',' | '\'' | '’')) if line.is_glued(at) && line.is_glued(at + 1) => {
            (mark, at + 1)
        }
        Some(_) => return None,
        None if line.follows_one_blank(at) => (' ', at),
        None => return None,
    };
    let digits = line.number(at).filter(|digits| digits.len() == 3)?;
    Some((mark, digits, at + 1))
}

fn parse(digits: &str) -> Option<i64> {
    (digits.len() <= MAX_DIGITS)
        .then(|| digits.parse().ok())
        .flatten()
}

/// The first three decimals.
fn thousandths(decimals: &str) -> i64 {
    let digits = decimals.bytes().map(|byte| i64::from(byte - b'0'));
    digits
        .chain([0, 0])
        .take(3)
        .fold(0, |value, digit| value * 10 + digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_of_both_languages() {
        for (text, milli) in [
            ("99", 99_000),
            ("1 234,50", 1_234_500),
            ("1\u{202f}234\u{a0}567", 1_234_567_000),
            ("1,234.50", 1_234_500),
            ("1.234,5", 1_234_500),
            ("1'234.05", 1_234_050),
            ("19.45", 19_450),
            ("1.234", 1_234_000),
            ("1234,56", 1_234_560),
            ("0.0061", 6),
            ("1234 567", 1_234_000),
            ("431  200", 431_000),
        ] {
            let number = read(&Line::new(text), 0).unwrap();
            assert_eq!(number.milli, milli, "{text}");
        }
        assert_eq!(read(&Line::new("1.234"), 0).unwrap().fraction, Some(1_234));
        assert_eq!(read(&Line::new(&"9".repeat(40)), 0), None);
        assert_eq!(read(&Line::new("1 234 567 890 123 456"), 0), None);
    }
}
