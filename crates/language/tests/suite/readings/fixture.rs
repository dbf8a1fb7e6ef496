//! Fixtures of readings: `## kind`, then blocks of `> message` and the lines that it should give.

use std::{collections::BTreeMap, fs};

/// One message and what it says.
pub(super) struct Case {
    pub(super) kind: String,
    pub(super) text: String,
    /// Lines by their key, in order.
    pub(super) expected: BTreeMap<String, Vec<String>>,
}

pub(super) fn read(file: &str) -> Vec<Case> {
    let path = format!("{}/tests/eval/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let (mut cases, mut kind) = (Vec::<Case>::new(), String::new());
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            heading.clone_into(&mut kind);
        } else if let Some(message) = line.strip_prefix("> ") {
            cases.push(Case {
                kind: kind.clone(),
                text: message.to_owned(),
                expected: BTreeMap::new(),
            });
        } else if let Some((key, value)) = line.split_once(": ")
            && let Some(case) = cases.last_mut()
        {
            let lines = case.expected.entry(key.to_owned()).or_default();
            match key {
                "left" => lines.extend(value.split("; ").map(str::to_owned)),
                _ => lines.push(value.to_owned()),
            }
        }
    }
    for case in &mut cases {
        if let Some(wishes) = case.expected.get_mut("wish") {
            wishes.sort();
        }
    }
    cases
}
