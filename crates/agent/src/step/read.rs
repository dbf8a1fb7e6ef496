//! Reads arguments as models write them, leniently: what cannot be read is absent.

use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::{
    capability::wording,
    locale::Locale,
    travel::{Iata, airport},
};

/// Most characters of a text that is shown as it was written.
const LONGEST_TEXT: usize = 40;
/// Most things that are named one by one.
const NAMED: usize = 4;

/// The arguments of a call.
pub(super) struct Arguments<'a>(pub(super) &'a Map<String, Value>);

impl Arguments<'_> {
    fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| says_something(value))
    }

    /// A short text, as it was written.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        text(self.get(name)?)
    }

    /// Several texts: a list, or one text with commas.
    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        match self.get(name) {
            Some(Value::Array(list)) => list.iter().filter_map(text).collect(),
            Some(Value::String(written)) => written.split(',').filter_map(shown).collect(),
            _ => Vec::new(),
        }
    }

    /// A number of things.
    pub(super) fn count(&self, name: &str) -> Option<usize> {
        let number = match self.0.get(name)? {
            Value::Number(number) => number.as_u64()?,
            Value::String(written) => written.trim().parse().ok()?,
            _ => return None,
        };
        usize::try_from(number).ok().filter(|count| *count < 1000)
    }

    /// Numbers in a list.
    pub(super) fn counts(&self, name: &str) -> Option<Vec<u64>> {
        let list = self.get(name)?.as_array()?;
        let number = |value: &Value| match value {
            Value::String(written) => written.trim().parse().ok(),
            value => value.as_u64(),
        };
        list.iter()
            .map(|value| number(value).filter(|number| *number < 100))
            .collect()
    }

    /// Yes or no; `None` where neither was written.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match self.0.get(name)? {
            Value::Bool(flag) => Some(*flag),
            Value::String(written) => written.trim().parse().ok(),
            _ => None,
        }
    }

    /// A day, YYYY-MM-DD.
    pub(super) fn date(&self, name: &str) -> Option<Date> {
        self.get(name)?.as_str()?.trim().parse().ok()
    }

    /// One of the words that a type lists.
    pub(super) fn word<T: serde::de::DeserializeOwned>(&self, name: &str) -> Option<T> {
        serde_json::from_value(self.get(name)?.clone()).ok()
    }

    /// The arguments within others.
    pub(super) fn within(&self, name: &str) -> Option<Arguments<'_>> {
        self.get(name)?.as_object().map(Arguments)
    }

    /// The arguments within a list of others.
    pub(super) fn each(&self, name: &str) -> Vec<Arguments<'_>> {
        let list = self.get(name).and_then(Value::as_array);
        let list = list.into_iter().flatten();
        list.filter_map(|value| value.as_object().map(Arguments))
            .collect()
    }

    /// Places by their names: codes, or names as they were written.
    pub(super) fn places(&self, name: &str, locale: Locale) -> Option<String> {
        let or = locale.pick(" ou ", " or ");
        joined(self.texts(name).iter().map(|text| place(text, locale)), or)
    }
}

/// Whether a model meant anything by this value.
pub(super) fn says_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !matches!(
            text.trim().to_ascii_lowercase().as_str(),
            "" | "null" | "none" | "undefined" | "n/a"
        ),
        Value::Array(list) => list.iter().any(says_something),
        Value::Object(members) => members.values().any(says_something),
        Value::Bool(true) | Value::Number(_) => true,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(written) => shown(written),
        Value::Number(number) => Some(bounded(&number.to_string(), LONGEST_TEXT)),
        _ => None,
    }
}

/// A text of a model on one line: no control character, none that turns the direction of writing.
fn shown(written: &str) -> Option<String> {
    let is_shown = |c: &char| !c.is_control() && !is_direction(*c);
    let spaced = written
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c });
    let clean: String = spaced.filter(is_shown).collect();
    let words: Vec<_> = clean.split_whitespace().collect();
    let line = words.join(" ");
    // What looks like JSON says nothing to people.
    let is_json = line.starts_with(['{', '[']);
    (!line.is_empty() && !is_json).then(|| bounded(&line, LONGEST_TEXT))
}

const fn is_direction(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// At most so many characters, with an ellipsis where there were more.
pub(super) fn bounded(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most - 1).collect();
    format!("{}…", cut.trim_end())
}

/// A place by its name: `Paris`, of one airport of several `Paris (ORY)`.
pub(super) fn place(written: &str, locale: Locale) -> String {
    let code: Option<Iata> = written.trim().to_uppercase().parse().ok();
    let Some(code) = code else {
        return written.to_owned();
    };
    let airports = airport::resolve(code);
    let Some(first) = airports.first() else {
        return written.to_owned();
    };
    let city = first.city(locale);
    let others = first
        .metro
        .map_or(0, |metro| airport::of_metro(metro).len());
    match first.metro {
        Some(metro) if metro != code && others > 1 => format!("{city} ({code})"),
        _ => city.to_owned(),
    }
}

/// Names with `or` between them, the first few; `None` where there are none.
pub(super) fn joined(names: impl Iterator<Item = String>, or: &str) -> Option<String> {
    let mut known: Vec<String> = Vec::new();
    for name in names {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    if known.is_empty() {
        return None;
    }
    if known.len() > NAMED {
        known.truncate(NAMED);
        return Some(format!("{}…", known.join(", ")));
    }
    let last = known.pop()?;
    Some(match known.is_empty() {
        true => last,
        false => format!("{}{or}{last}", known.join(", ")),
    })
}

/// "2 adultes": a number and its noun.
pub(super) fn counted(
    count: usize,
    fr: [&'static str; 2],
    en: [&'static str; 2],
    locale: Locale,
) -> String {
    wording::counted(count, fr, en, locale)
}
