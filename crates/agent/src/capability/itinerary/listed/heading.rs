//! Headings of days: "Day 1:", "Jour 2 -", "Monday", "lundi 3 mai :".

use jiff::civil::Weekday;

/// Which day a heading is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    /// The nth, from 1.
    Nth(u8),
    /// A day of the week.
    Weekday(Weekday),
    /// A day and a month.
    DayMonth(i8, i8),
}

const DAY: &[&str] = &["day", "jour", "j", "d"];

const WEEKDAYS: &[(&str, &str, &str, Weekday)] = &[
    ("monday", "mon", "lundi", Weekday::Monday),
    ("tuesday", "tue", "mardi", Weekday::Tuesday),
    ("wednesday", "wed", "mercredi", Weekday::Wednesday),
    ("thursday", "thu", "jeudi", Weekday::Thursday),
    ("friday", "fri", "vendredi", Weekday::Friday),
    ("saturday", "sat", "samedi", Weekday::Saturday),
    ("sunday", "sun", "dimanche", Weekday::Sunday),
];

const MONTHS: &[(&str, &str)] = &[
    ("january", "janvier"),
    ("february", "février"),
    ("march", "mars"),
    ("april", "avril"),
    ("may", "mai"),
    ("june", "juin"),
    ("july", "juillet"),
    ("august", "août"),
    ("september", "septembre"),
    ("october", "octobre"),
    ("november", "novembre"),
    ("december", "décembre"),
];

/// The heading that a line begins with, and the rest of the line.
pub(super) fn of(line: &str) -> (Option<Heading>, &str) {
    let bare = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let words: Vec<(usize, &str)> = words(bare).take(5).collect();
    let Some((heading, used)) = read(&words) else {
        return (None, line);
    };
    let end = words.get(used - 1).map_or(0, |(at, word)| at + word.len());
    let rest = bare.get(end..).unwrap_or_default();
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(');
    (Some(heading), rest)
}

fn read(words: &[(usize, &str)]) -> Option<(Heading, usize)> {
    let word = |at: usize| words.get(at).map(|(_, word)| word.to_lowercase());
    let number = |at: usize| word(at)?.parse::<u8>().ok();
    let first = word(0)?;
    if let Some(weekday) = weekday(&first) {
        return match (number(1), word(2).and_then(|word| month(&word))) {
            (Some(day), Some(month)) => Some((Heading::DayMonth(day.try_into().ok()?, month), 3)),
            _ => Some((Heading::Weekday(weekday), 1)),
        };
    }
    if DAY.contains(&first.as_str()) {
        return Some((Heading::Nth(number(1)?), 2));
    }
    // "J1", "D2".
    if let Some(nth) = first
        .strip_prefix(['j', 'd'])
        .and_then(|rest| rest.parse().ok())
    {
        return Some((Heading::Nth(nth), 1));
    }
    let day = number(0)?;
    let month = month(&word(1)?)?;
    Some((Heading::DayMonth(day.try_into().ok()?, month), 2))
}

fn weekday(word: &str) -> Option<Weekday> {
    let known = WEEKDAYS.iter();
    let mut known = known.filter(|(en, short, fr, _)| word == *en || word == *short || word == *fr);
    known.next().map(|(.., weekday)| *weekday)
}

fn month(word: &str) -> Option<i8> {
    let at = MONTHS
        .iter()
        .position(|(en, fr)| word == *en || word == *fr)?;
    i8::try_from(at + 1).ok()
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    parts
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// The text with every day on a line of its own: plans are typed in one line as well.
pub(super) fn broken(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut at_start = true;
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        let before = text[..at].chars().next_back();
        let opens = before.is_none_or(|before| !before.is_alphanumeric());
        if opens && !at_start && c.is_alphanumeric() && is_day(rest) {
            out.push('\n');
        }
        out.push(c);
        at_start = c == '\n';
    }
    out
}

/// Whether a day begins here: "Day 2", "jour 2 :", "Tuesday:".
fn is_day(rest: &str) -> bool {
    let words: Vec<_> = words(rest).take(4).collect();
    let Some((heading, used)) = read(&words) else {
        return false;
    };
    let end = words.get(used - 1).map_or(0, |(at, word)| at + word.len());
    let after = rest.get(end..).unwrap_or_default().trim_start();
    let colon = after.starts_with([':', '-', '–', '—', ')']);
    let numbered = words.first().is_some_and(|(_, word)| word.len() > 2);
    colon || (matches!(heading, Heading::Nth(_)) && numbered)
}
