//! Reads the sentences from which the classifier learns.

use std::{fs, io, path::Path};

use crate::features::Situation;

/// The files' names; their order is that of the model's columns and of `Intent::ALL`.
pub(crate) const INTENTS: [&str; crate::logits::INTENTS] = [
    "small_talk",
    "planning",
    "confirmation",
    "rejection",
    "booking_management",
    "travel_info",
    "out_of_scope",
];

/// The folders of the corpus, with whether they are French.
const LANGUAGES: [(&str, bool); 2] = [("en", false), ("fr", true)];

/// What the agent speaks about, with the index in [`INTENTS`].
const TOPICS: [(usize, &str); 4] = [
    (0, "small_talk"),
    (1, "planning"),
    (4, "booking_management"),
    (5, "travel_info"),
];

/// One sentence as written.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) situation: Situation,
    /// Index in [`INTENTS`].
    pub(crate) intent: usize,
    pub(crate) french: bool,
    /// Place in its file, from 0 to 1: neighbours resemble one another.
    pub(crate) place: f32,
}

/// Reads every sentence below `corpus`: one a line; `! ` marks one said while a proposal is
/// pending, `? ` one that answers the agent's question. The folder `agent` has what the agent
/// itself says, by what it is about.
pub(crate) fn read(corpus: &Path) -> io::Result<Vec<Line>> {
    let mut lines = Vec::new();
    for (folder, french) in LANGUAGES {
        for (intent, name) in INTENTS.iter().enumerate() {
            let file = fs::read_to_string(corpus.join(folder).join(name).with_extension("txt"))?;
            let texts: Vec<&str> = file
                .lines()
                .map(str::trim)
                .filter(|l| !l.is_empty())
                .collect();
            lines.extend(texts.iter().enumerate().map(|(at, line)| {
                let (situation, text) = if let Some(text) = line.strip_prefix("! ") {
                    (Situation::Pending, text)
                } else if let Some(text) = line.strip_prefix("? ") {
                    (Situation::Asked, text)
                } else {
                    (Situation::Open, *line)
                };
                let place = at as f32 / texts.len() as f32;
                Line {
                    text: text.to_owned(),
                    situation,
                    intent,
                    french,
                    place,
                }
            }));
        }
        for (intent, name) in TOPICS {
            let file = corpus
                .join(folder)
                .join("agent")
                .join(name)
                .with_extension("txt");
            lines.extend(fs::read_to_string(file)?.lines().map(|line| {
                let situation = Situation::Said;
                Line {
                    text: line.to_owned(),
                    situation,
                    intent,
                    french,
                    place: 0.0,
                }
            }));
        }
    }
    Ok(lines)
}
