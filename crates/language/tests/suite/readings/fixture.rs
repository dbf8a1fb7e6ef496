//! Fixtures of readings: `## kind`, then blocks of `> message` and the lines that it should give. A line
//! `or key: value` says what will do instead of the lines of that key.

use std::{collections::BTreeMap, fs};

/// One message and what it says.
pub(super) struct Case {
    pub(super) kind: String,
    pub(super) text: String,
    /// Lines by their key, in order.
    pub(super) expected: BTreeMap<String, Vec<String>>,
    /// What will do instead, by its key.
    others: BTreeMap<String, Vec<String>>,
}

impl Case {
    /// Whether the lines of a key are what the fixture says, or one of what will do instead.
    pub(super) fn accepts(&self, key: &str, got: &[String]) -> bool {
        let said = self.expected.get(key).map_or(&[][..], Vec::as_slice);
        // What asks is read by the crate that answers, and so are its words.
        let asks = self.expected.contains_key("ask");
        if asks && (key == "left" || said.is_empty() && !self.expected.contains_key("trip")) {
            return true;
        }
        if key == "left" {
            return names_the_same(said, got);
        }
        let others = self.others.get(key).map_or(&[][..], Vec::as_slice);
        let plain = others.is_empty() || !said.is_empty();
        (plain && got == said) || matches!(got, [one] if others.contains(one))
    }

    /// What the fixture says of a key, to be shown.
    pub(super) fn wanted(&self, key: &str) -> Vec<&str> {
        let said = [&self.expected, &self.others];
        let lines = said.into_iter().filter_map(|lines| lines.get(key));
        lines.flatten().map(String::as_str).collect()
    }
}

/// Whether what is left over names all that the fixture does, and nothing besides: the fixture has the
/// word that matters, the reading what stands around it too ("a lounge ticket").
fn names_the_same(said: &[String], got: &[String]) -> bool {
    let within = |whole: &String, part: &String| {
        let (whole, part) = (format!(" {whole} "), format!(" {part} "));
        whole.contains(&part)
    };
    said.iter()
        .all(|part| got.iter().any(|whole| within(whole, part)))
        && got
            .iter()
            .all(|whole| said.iter().any(|part| within(whole, part)))
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
                others: BTreeMap::new(),
            });
        } else if let Some((key, value)) = line
            .strip_prefix("or ")
            .and_then(|line| line.split_once(": "))
            && let Some(case) = cases.last_mut()
        {
            let others = case.others.entry(key.to_owned()).or_default();
            others.push(value.to_owned());
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
