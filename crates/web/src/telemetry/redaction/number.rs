//! Telephone and passport numbers among groups of digits. (Card numbers: `agent::card_number`.)
//!
//! Sources of the forms: ITU-T E.164 (at most 15 digits after the plus), E.123 (notation of national
//! numbers), the French (ARCEP), British (Ofcom) and North American numbering plans.

use super::passport;

const PHONE: &str = "[phone]";
/// Most digits of an international number with its zeros, each of which may stand by itself (E.164).
pub(super) const MOST_DIGITS: usize = 17;
/// Most groups of any other number.
pub(super) const MOST_GROUPS: usize = 5;

/// Digits that belong together, and what is around them.
pub(super) struct Group<'a> {
    pub(super) digits: &'a str,
    /// Between the group before it and this one.
    pub(super) before: &'a str,
    /// The text before and after it.
    pub(super) lead: &'a str,
    pub(super) after: &'a str,
    /// A plus stands in front.
    pub(super) signed: bool,
}

/// Whether this may stand between groups of one number. Neither a comma nor a colon nor a slash does:
/// those are prices, times and dates.
pub(super) fn is_separator(text: &str) -> bool {
    const MOST: usize = 3;
    let allowed =
        |c: char| c.is_whitespace() && c != '\n' || ".-()\u{2010}\u{2011}\u{2013}".contains(c);
    !text.is_empty() && text.chars().count() <= MOST && text.chars().all(allowed)
}

/// The number that the run begins with: how many groups it has, and the word for it. Of several, the
/// longest.
pub(super) fn find(run: &[Group<'_>]) -> Option<(usize, &'static str)> {
    let lead = run.first().map_or("", |first| first.lead);
    let mut lead = lead.chars().rev();
    let (neighbour, beyond) = (lead.next(), lead.next());
    if is_cut(neighbour, beyond) {
        return None;
    }
    // Decimals in one piece: 45.7256123456.
    let is_fraction = neighbour == Some('.') && beyond.is_some_and(|c| c.is_ascii_digit());
    let least = if is_fraction { 2 } else { 1 };
    let windows = (least..=run.len())
        .rev()
        .filter_map(|length| run.get(..length));
    let mut windows = windows.filter(|window| {
        window.last().is_some_and(|last| {
            let mut after = last.after.chars();
            !is_cut(after.next(), after.next())
        })
    });
    let exact = windows.clone().find(|window| has_plan_length(window));
    if let Some(window) = exact {
        return Some((window.len(), PHONE));
    }
    windows.find_map(|window| Some((window.len(), kind(window)?)))
}

/// Whether the digits go on beyond what looks like an end: `08:30`, `12,50`, `12/01`.
fn is_cut(neighbour: Option<char>, beyond: Option<char>) -> bool {
    neighbour.is_some_and(|c| ":,/".contains(c)) && beyond.is_some_and(|c| c.is_ascii_digit())
}

fn kind(window: &[Group<'_>]) -> Option<&'static str> {
    let digits: String = window.iter().map(|group| group.digits).collect();
    let lengths: Vec<usize> = window.iter().map(|group| group.digits.len()).collect();
    if is_international(window, &digits) || is_national(window, &digits, &lengths) {
        Some(PHONE)
    } else if lengths == [9] {
        Some(passport::WORD)
    } else {
        None
    }
}

/// France, North America and the United Kingdom: a number that begins as theirs ends where theirs
/// does, whatever digits follow.
fn has_plan_length(window: &[Group<'_>]) -> bool {
    if !window.first().is_some_and(|first| first.signed) {
        return false;
    }
    let digits: String = window.iter().map(|group| group.digits).collect();
    let plans = [("330", 12), ("33", 11), ("1", 11), ("440", 13), ("44", 12)];
    let plan = plans.iter().find(|(prefix, _)| digits.starts_with(prefix));
    plan.is_some_and(|(_, length)| digits.len() == *length)
}

fn is_international(window: &[Group<'_>], digits: &str) -> bool {
    let zeros = window
        .first()
        .is_some_and(|first| first.digits.starts_with("00"));
    let after_zeros = digits.strip_prefix("00").filter(|_| zeros);
    let after_zeros = after_zeros.unwrap_or_default();
    let begins = |digits: &str| digits.bytes().next().is_some_and(|first| first != b'0');
    let signed = window.first().is_some_and(|first| first.signed);
    (signed && begins(digits) && (8..=15).contains(&digits.len()))
        || (begins(after_zeros) && (9..=15).contains(&after_zeros.len()))
}

fn is_national(window: &[Group<'_>], digits: &str, lengths: &[usize]) -> bool {
    let group = |at: usize| window.get(at).map_or("", |group| group.digits);
    let mut bytes = digits.bytes();
    let (first, second) = (bytes.next(), bytes.next());
    let trunk = first == Some(b'0') && second != Some(b'0');
    let alike = window.iter().skip(2).all(|group| {
        window
            .get(1)
            .is_some_and(|first| first.before == group.before)
    });
    match lengths {
        [10] => trunk || first.is_some_and(|first| first >= b'2'),
        [11] => trunk,
        // 06 12 34 56 78, and without its zero.
        [2, 2, 2, 2, 2] => trunk && alike,
        [1, 2, 2, 2, 2] => matches!(first, Some(b'6' | b'7')) && alike,
        // (212) 555-0123
        [3, 3, 4] if !trunk => is_american(group(0), group(1), group(2), window),
        [1, 3, 3, 4] if first == Some(b'1') => is_american(group(1), group(2), group(3), window),
        [2, 4, 4] => trunk && !is_year(group(1)),
        [5, 5 | 6]
        | [4, 6 | 7]
        | [3, 7 | 8]
        | [5, 3, 3]
        | [4, 3, 3 | 4]
        | [3, 4, 4]
        | [3, 3, 4]
        | [4, 2, 2, 2]
        | [3, 3, 2, 2]
        | [2, 3, 2, 2] => trunk,
        _ => false,
    }
}

/// Area and exchange begin with 2 to 9. With blanks alone, a year at the end is a year.
fn is_american(area: &str, exchange: &str, line: &str, window: &[Group<'_>]) -> bool {
    let begins = |text: &str| text.bytes().next().is_some_and(|first| first >= b'2');
    let blank = window.iter().all(|group| group.before.trim().is_empty());
    begins(area) && begins(exchange) && !(blank && is_year(line))
}

fn is_year(group: &str) -> bool {
    group.len() == 4 && (group.starts_with("19") || group.starts_with("20"))
}
