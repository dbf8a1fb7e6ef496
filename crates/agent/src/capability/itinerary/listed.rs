//! The visitor's own plan, as typed or pasted, to days and entries. Whatever is not understood stays
//! an entry of its own: nothing is dropped but what asks about the plan.

mod heading;
mod hours;

use guide::{
    Destination,
    check::{Entry, Listed, Meaning, meaning},
    nearby,
};
use jiff::civil::Date;

use heading::Heading;

/// Longer plans are cut here, in characters.
const LONGEST: usize = 12_000;
/// A name that is so like is one place, whatever joins its words.
const SURE: f64 = 0.9;

/// Words that only ask whether the plan works, or lead to it.
const ASKING: &[&str] = &[
    "doable",
    "feasible",
    "realistic",
    "possible",
    "faisable",
    "realiste",
    "réaliste",
    "jouable",
    "tenable",
    "check",
    "vérifie",
    "verifie",
    "plan",
    "planning",
    "programme",
    "itinerary",
    "itinéraire",
    "itineraire",
    "schedule",
    "thoughts",
    "penses",
    "pensez",
    "think",
    "work",
    "works",
    "marche",
    "ok",
    "okay",
    "too much",
    "trop",
];

/// The days of a plan; dates follow from the first day, from weekdays and from dates in it.
pub(super) fn days(
    destination: &Destination,
    text: &str,
    days: Option<(Date, Date)>,
) -> Vec<Listed> {
    let text: String = text.chars().take(LONGEST).collect();
    let text = heading::broken(&text);
    let mut listed: Vec<Listed> = Vec::new();
    let mut before = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (heading, rest) = heading::of(line);
        if let Some(heading) = heading {
            listed.push(Listed {
                date: date(heading, days),
                entries: Vec::new(),
            });
        }
        let entries = entries(destination, rest);
        match listed.last_mut() {
            Some(day) => day.entries.extend(entries),
            None => before.extend(entries),
        }
    }
    // What stands before the first day only leads to the plan, unless there is no day.
    if listed.is_empty() {
        let date = days.filter(|(first, last)| first == last);
        listed.push(Listed {
            date: date.map(|(first, _)| first),
            entries: before,
        });
    } else {
        let place = |entry: &Entry| meaning(destination.code, &entry.text).place().is_some();
        let mut kept: Vec<_> = before.into_iter().filter(place).collect();
        if let Some(day) = listed.first_mut() {
            kept.append(&mut day.entries);
            day.entries = kept;
        }
    }
    listed.retain(|day| !day.entries.is_empty());
    listed
}

/// The date of a day.
fn date(heading: Heading, days: Option<(Date, Date)>) -> Option<Date> {
    let (first, last) = days?;
    let mut all = first
        .series(jiff::ToSpan::day(1))
        .take_while(|date| *date <= last);
    match heading {
        Heading::Nth(nth) => all.nth(usize::from(nth).checked_sub(1)?),
        Heading::Weekday(weekday) => all.find(|date| date.weekday() == weekday),
        Heading::DayMonth(day, month) => {
            all.find(|date| date.day() == day && date.month() == month)
        }
    }
}

/// The entries of a line.
fn entries(destination: &Destination, line: &str) -> Vec<Entry> {
    let line = after_lead(destination, line);
    let parts = line
        .split([',', ';', '•', '→', '+', '|', '\t'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" – "))
        .flat_map(|part| part.split(" > "))
        .flat_map(|part| part.split(". "))
        .flat_map(|part| part.split("->"));
    let mut entries = Vec::new();
    for part in parts {
        for piece in joined(destination, part) {
            entries.extend(entry(destination, &piece));
        }
    }
    entries
}

/// The line without what only leads to the plan: "ok heres my thursday: …".
fn after_lead<'a>(destination: &Destination, line: &'a str) -> &'a str {
    let Some((lead, rest)) = line.split_once(':') else {
        return line;
    };
    // The colon of "09:30" is none.
    let is_clock = rest.starts_with(|next: char| next.is_ascii_digit());
    let known = meaning(destination.code, lead).place().is_some();
    match is_clock || known || rest.trim().is_empty() {
        true => line,
        false => rest,
    }
}

/// A part at its "and" and "then", unless it is one name.
fn joined(destination: &Destination, part: &str) -> Vec<String> {
    let best = nearby::search(destination.code, part).into_iter().next();
    if best.is_some_and(|hit| hit.score >= SURE) {
        return vec![part.to_owned()];
    }
    let mut pieces = vec![part.to_owned()];
    for word in [" then ", " puis ", " and ", " et ", " & "] {
        let split = pieces.iter().flat_map(|piece| piece.split(word));
        pieces = split.map(str::to_owned).collect();
    }
    pieces
}

fn entry(destination: &Destination, piece: &str) -> Option<Entry> {
    let (times, text) = hours::of(piece);
    let text = text
        .trim()
        .trim_matches(|c: char| !c.is_alphanumeric() && c != ')')
        .trim();
    if !text.chars().any(char::is_alphabetic) || asks(destination, piece, text) {
        return None;
    }
    let (from, to) = times.unzip();
    Some(Entry {
        text: text.to_owned(),
        place: None,
        from,
        to: to.flatten(),
    })
}

/// Whether a piece asks about the plan and names nothing of it.
fn asks(destination: &Destination, piece: &str, text: &str) -> bool {
    let lower = text.to_lowercase();
    let says = lower
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| ASKING.contains(&word));
    let unknown = meaning(destination.code, text) == Meaning::Unknown;
    unknown && (says || piece.trim_end().ends_with('?'))
}

#[cfg(test)]
mod tests;
