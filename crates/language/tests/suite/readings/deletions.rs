//! A word that can be deleted without a change of the reading is one that is not read. In every sentence
//! that is read right, each single word in turn is deleted: what is read must change (its values, not
//! their places), or the word stands in the list of those that say nothing of their own.

use std::{collections::BTreeMap, fs, ops::Range};

use jiff::Zoned;
use language::{Reading, fold, window::Line};
use serde_json::Value;
use travel::Locale;

use super::{TODAY, fixture, wrong};

/// Most words of a language, with their forms, that may say nothing of their own.
const MOST_NEUTRAL: usize = 150;

/// Where the words of a text stand: runs of letters and digits.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        let end = at + letter.len_utf8();
        match words.last_mut() {
            Some(word) if word.end == at => word.end = end,
            _ => words.push(at..end),
        }
    }
    words
}

fn read(text: &str, locale: Locale, now: &Zoned) -> Reading {
    let line = Line {
        text: text.to_owned(),
        locale: Some(locale),
        today: Some(now.date()),
        ..Line::default()
    };
    line.reading(now)
}

/// What is read, without where it stands and how it was typed; of a question its words, too: who answers
/// it reads them ("how much is 200 euros in yen").
fn values(reading: &Reading, text: &str) -> (Value, Vec<String>) {
    let mut value = serde_json::to_value(reading).unwrap();
    strip(&mut value);
    let asked = reading.questions.iter();
    let asked = asked.map(|said| fold(&text[said.at.start..said.at.end]));
    (value, asked.collect())
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("at");
            fields.remove("surface");
            fields.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

/// Lines of a file that are no comment.
fn lines(file: &str) -> Vec<String> {
    let path = format!("{}/tests/eval/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let said = text.lines().filter(|line| !line.starts_with('#'));
    said.map(str::to_owned).collect()
}

/// Words and phrases that say nothing of their own.
struct Neutral(Vec<Vec<String>>);

impl Neutral {
    fn of(language: &str) -> Self {
        let lines = lines(&format!("neutral_{language}.txt"));
        assert!(lines.len() <= MOST_NEUTRAL, "{} words", lines.len());
        let phrases = lines.iter().flat_map(|line| line.split(", "));
        let words = |phrase: &str| phrase.split(' ').map(str::to_owned).collect();
        Self(phrases.map(words).collect())
    }

    /// Whether the word there is one, or part of a phrase.
    fn covers(&self, words: &[String], at: usize) -> bool {
        self.0.iter().any(|phrase| {
            let starts = (at + 1).saturating_sub(phrase.len())..=at;
            starts
                .into_iter()
                .any(|start| words[start..].starts_with(phrase))
        })
    }
}

/// What may stand in the place of a word and means something else.
struct Instead {
    words: Vec<Vec<String>>,
    locale: Locale,
    now: Zoned,
}

impl Instead {
    fn of(&self, word: &str) -> Vec<String> {
        let folded = fold(word);
        let mut others: Vec<String> = self
            .words
            .iter()
            .filter(|line| line.contains(&folded))
            .flatten()
            .filter(|other| **other != folded)
            .cloned()
            .collect();
        if let Ok(number) = folded.parse::<u32>() {
            others.push(format!("{:0width$}", number + 1, width = word.len()));
            others.push("7".to_owned());
        } else if word.starts_with(char::is_uppercase) || self.is_a_place(word) {
            others.extend(["Tallinn", "Peru", "TX"].map(str::to_owned));
        }
        others
    }

    /// Whether the word alone names a place.
    fn is_a_place(&self, word: &str) -> bool {
        let to = match self.locale {
            Locale::Fr => "vol pour",
            Locale::En => "flight to",
        };
        let reading = read(&format!("{to} {word}"), self.locale, &self.now);
        reading.destination.is_some() || !reading.ambiguities.is_empty()
    }
}

/// The words that are not read, with the sentences: deleted, nothing changes, and neither does it with
/// another word of their kind in their place.
fn idle(file: &str, instead: &Instead, neutral: &Neutral) -> BTreeMap<String, Vec<String>> {
    let (locale, now) = (instead.locale, &instead.now);
    let mut idle = BTreeMap::<String, Vec<String>>::new();
    for case in fixture::read(file) {
        let whole = read(&case.text, locale, now);
        if !wrong(&case, &whole).is_empty() {
            continue;
        }
        let whole = values(&whole, &case.text);
        let ranges = words(&case.text);
        let folded: Vec<String> = ranges
            .iter()
            .map(|word| fold(&case.text[word.clone()]))
            .collect();
        for (at, word) in ranges.into_iter().enumerate() {
            let (before, after) = (&case.text[..word.start], &case.text[word.end..]);
            let word = &case.text[word];
            let changes = |other: &str| {
                let text = format!("{before}{other}{after}");
                values(&read(&text, locale, now), &text) != whole
            };
            let settled = neutral.covers(&folded, at) || changes("");
            if !settled && !instead.of(word).iter().any(|other| changes(other)) {
                let shown = format!("{before}[{word}]{after}");
                idle.entry(fold(word)).or_default().push(shown);
            }
        }
    }
    idle
}

fn assert_all_read(language: &str, locale: Locale) {
    let words = |line: String| line.split(' ').map(str::to_owned).collect();
    let instead = Instead {
        words: lines(&format!("instead_{language}.txt"))
            .into_iter()
            .map(words)
            .collect(),
        locale,
        now: TODAY.parse().unwrap(),
    };
    let idle = idle(
        &format!("readings_{language}.txt"),
        &instead,
        &Neutral::of(language),
    );
    let shown: Vec<String> = idle
        .iter()
        .map(|(word, lines)| format!("{word} ({}): {}", lines.len(), lines[0]))
        .collect();
    assert!(
        idle.is_empty(),
        "{} words can go without a change:\n{}",
        idle.len(),
        shown.join("\n")
    );
}

#[test]
fn every_french_word_is_read_or_neutral() {
    assert_all_read("fr", Locale::Fr);
}

#[test]
fn every_english_word_is_read_or_neutral() {
    assert_all_read("en", Locale::En);
}
