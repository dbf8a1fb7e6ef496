//! Whole readings, on sets written by another hand than the grammar's. A sentence is right when every
//! line is. The bars stand just below what is reached; they are to rise, never to fall.

mod deletions;
mod fixture;
mod lines;

use std::{collections::BTreeMap, fmt::Write};

use jiff::Zoned;
use language::{Reading, window::Line};
use travel::Locale;

/// Sunday, 29 November 2026.
const TODAY: &str = "2026-11-29T12:00:00+01:00[Europe/Paris]";

/// The lines of a reading; what a message asks for (`ask`) is read by the crate that answers it.
const KEYS: [&str; 5] = ["trip", "who", "wish", "money", "left"];

/// What of a set was read as it should be.
struct Score {
    right: usize,
    all: usize,
    /// By kind: right and all.
    kinds: BTreeMap<String, (usize, usize)>,
    misses: String,
}

fn score(file: &str, locale: Locale) -> Score {
    let now: Zoned = TODAY.parse().unwrap();
    let mut score = Score {
        right: 0,
        all: 0,
        kinds: BTreeMap::new(),
        misses: String::new(),
    };
    for case in fixture::read(file) {
        let line = Line {
            text: case.text.clone(),
            locale: Some(locale),
            today: Some(now.date()),
            ..Line::default()
        };
        let wrong = wrong(&case, &line.reading(&now));
        let kind = score.kinds.entry(case.kind.clone()).or_default();
        kind.1 += 1;
        score.all += 1;
        if wrong.is_empty() {
            kind.0 += 1;
            score.right += 1;
        } else {
            writeln!(score.misses, "{} | {}", case.text, wrong.join("; ")).unwrap();
        }
    }
    score
}

/// What a reading has other than the fixture says.
fn wrong(case: &fixture::Case, reading: &Reading) -> Vec<String> {
    let got = lines::of(reading);
    KEYS.iter()
        .map(|key| (*key, got.get(*key).map_or(&[][..], Vec::as_slice)))
        .filter(|(key, got)| !case.accepts(key, got))
        .map(|(key, got)| format!("{key} {got:?}, want {:?}", case.wanted(key)))
        .collect()
}

fn assert_reached(file: &str, locale: Locale, bar: f64) {
    let score = score(file, locale);
    assert!(score.all >= 300, "{file} has {} sentences", score.all);
    print!("{}", score.misses);
    let reached = score.right as f64 / score.all as f64;
    assert!(
        reached >= bar,
        "{file}: {} of {} right\n{:?}\n{}",
        score.right,
        score.all,
        score.kinds,
        score.misses
    );
}

#[test]
fn french_readings() {
    assert_reached("readings_fr.txt", Locale::Fr, 0.90);
}

#[test]
fn english_readings() {
    assert_reached("readings_en.txt", Locale::En, 0.94);
}
