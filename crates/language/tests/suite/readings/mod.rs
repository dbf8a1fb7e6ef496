//! Whole readings, on sets written by another hand than the grammar's. A sentence is right when every
//! line is. The bars stand just below what is reached; they are to rise, never to fall.

mod fixture;
mod lines;

use std::{collections::BTreeMap, fmt::Write};

use jiff::Zoned;
use language::window::Line;
use travel::Locale;

/// Sunday, 29 November 2026.
const TODAY: &str = "2026-11-29T12:00:00+01:00[Europe/Paris]";

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
        let got = lines::of(&line.slots(&now));
        let wrong: Vec<String> = case
            .expected
            .iter()
            .filter(|(key, want)| got.get(*key).map_or(&[][..], Vec::as_slice) != want.as_slice())
            .map(|(key, want)| format!("{key} {:?}, want {want:?}", got.get(key)))
            .collect();
        let spurious = got.keys().filter(|key| !case.expected.contains_key(*key));
        let wrong: Vec<String> = wrong
            .into_iter()
            .chain(spurious.map(|key| format!("{key} {:?}, want none", got[key])))
            .collect();
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

fn assert_reached(file: &str, locale: Locale, bar: f64) {
    let score = score(file, locale);
    assert!(score.all >= 300, "{file} has {} sentences", score.all);
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
    assert_reached("readings_fr.txt", Locale::Fr, 0.65);
}

#[test]
fn english_readings() {
    assert_reached("readings_en.txt", Locale::En, 0.70);
}
