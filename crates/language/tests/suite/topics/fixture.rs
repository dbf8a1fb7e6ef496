//! Fixtures of topics: `## topic`, then messages a line; `prev: …` lines before one are what was written
//! earlier in the conversation. In those of details, `= {…}` below a message is what it says, as JSON.

use std::fs;

/// One message.
pub(super) struct Case {
    pub(super) heading: String,
    pub(super) before: Vec<String>,
    pub(super) text: String,
    /// What is expected of it, where the fixture says more than the heading.
    pub(super) expected: Option<String>,
}

pub(super) fn read(file: &str) -> Vec<Case> {
    let path = format!("{}/tests/fixtures/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let (mut cases, mut heading) = (Vec::<Case>::new(), String::new());
    let mut before = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(name) = line.strip_prefix("## ") {
            heading = name.trim().to_owned();
        } else if line.starts_with("# ") {
            continue;
        } else if let Some(said) = line.strip_prefix("prev: ") {
            before.push(said.to_owned());
        } else if let Some(expected) = line.strip_prefix("= ") {
            if let Some(case) = cases.last_mut() {
                case.expected = Some(expected.to_owned());
            }
        } else {
            cases.push(Case {
                heading: heading.clone(),
                before: std::mem::take(&mut before),
                text: line.replace("\\n", "\n"),
                expected: None,
            });
        }
    }
    cases
}
