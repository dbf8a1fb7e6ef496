//! Times of an entry: "8am vatican museums", "10h30-12h Louvre", "14:00 – 16:00".

use jiff::civil::Time;

/// The times that stand in an entry, begin and end, and the rest of its text.
pub(super) fn of(entry: &str) -> (Option<(Time, Option<Time>)>, String) {
    let chars: Vec<char> = entry.chars().collect();
    for at in 0..chars.len() {
        let opens = at == 0 || !chars[at - 1].is_alphanumeric();
        if !opens || !chars[at].is_ascii_digit() {
            continue;
        }
        let Some((from, end, sure)) = clock(&chars, at) else {
            continue;
        };
        let range = range(&chars, end);
        // A bare number is a time at the beginning alone: "10 colosseum", not "Tower 42".
        let leads = chars[..at].iter().all(|c| !c.is_alphanumeric());
        if !sure && range.is_none() && !leads {
            continue;
        }
        let (to, end) = range.map_or((None, end), |(to, end)| (Some(to), end));
        let before: String = chars[..at].iter().collect();
        let after: String = chars[end..].iter().collect();
        let before = without_at(&before);
        return (Some((from, to)), format!("{before} {after}"));
    }
    (None, entry.to_owned())
}

/// The end of a range that goes on at `at`.
fn range(chars: &[char], at: usize) -> Option<(Time, usize)> {
    let mut next = at;
    while chars.get(next).is_some_and(|c| *c == ' ') {
        next += 1;
    }
    let dash = chars
        .get(next)
        .is_some_and(|c| ['-', '–', '—', 'à'].contains(c));
    if !dash {
        return None;
    }
    next += 1;
    while chars.get(next).is_some_and(|c| *c == ' ') {
        next += 1;
    }
    let (to, end, _) = clock(chars, next)?;
    Some((to, end))
}

/// A time at `at`, where it ends, and whether it can be nothing else.
fn clock(chars: &[char], at: usize) -> Option<(Time, usize, bool)> {
    let (mut hour, mut end) = number(chars, at)?;
    let (mut minute, mut sure) = (0, false);
    match chars.get(end) {
        Some(':' | '.') if number(chars, end + 1).is_some_and(|(_, to)| to == end + 3) => {
            (minute, end) = number(chars, end + 1)?;
            sure = true;
        }
        Some('h' | 'H') => {
            end += 1;
            sure = true;
            if let Some((said, to)) = number(chars, end) {
                (minute, end) = (said, to);
            }
        }
        _ => {}
    }
    let mut next = end;
    while chars.get(next).is_some_and(|c| *c == ' ') {
        next += 1;
    }
    let half: String = chars
        .iter()
        .skip(next)
        .take(2)
        .collect::<String>()
        .to_lowercase();
    let closed = chars.get(next + 2).is_none_or(|c| !c.is_alphanumeric());
    if closed && (half == "am" || half == "pm") {
        if half == "pm" && hour < 12 {
            hour += 12;
        }
        if half == "am" && hour == 12 {
            hour = 0;
        }
        (end, sure) = (next + 2, true);
    }
    if chars.get(end).is_some_and(|c| c.is_alphanumeric()) {
        return None;
    }
    let time = Time::new(hour.try_into().ok()?, minute.try_into().ok()?, 0, 0).ok()?;
    Some((time, end, sure))
}

/// A number of one or two digits.
fn number(chars: &[char], at: usize) -> Option<(u8, usize)> {
    let digits: String = chars
        .iter()
        .skip(at)
        .take_while(|c| c.is_ascii_digit())
        .collect();
    match digits.len() {
        1 | 2 => Some((digits.parse().ok()?, at + digits.len())),
        _ => None,
    }
}

/// The text before a time without the preposition: "Louvre at", "à".
fn without_at(before: &str) -> &str {
    let trimmed = before.trim_end();
    let mut words = [" at", " à", " vers", " from", " de", " around"].iter();
    let cut = words.find_map(|word| trimmed.strip_suffix(word));
    cut.unwrap_or(match trimmed {
        "at" | "à" | "vers" | "from" | "de" | "around" => "",
        other => other,
    })
}
