//! Variants of the written sentences: other situations in which they mean the same, typing
//! errors, no punctuation, other cities.

use std::collections::HashSet;

use crate::corpus::{INTENTS, Line};
use crate::features::Situation;
use crate::places::Places;
use crate::random::Random;

/// How often a sentence that names a city is told of another one.
const OTHER_PLACES: usize = 2;

/// A sentence to learn from and how much it counts.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub(crate) line: Line,
    pub(crate) weight: f32,
    /// Whether it stands as written: only such sentences calibrate.
    pub(crate) written: bool,
}

/// Every line with its variants.
pub(crate) fn augment(lines: &[Line], places: &Places) -> Vec<Variant> {
    let mut random = Random(2026);
    let situations = Situations::of(lines);
    let mut variants = Vec::with_capacity(lines.len() * 4);
    for line in lines {
        variants.push(Variant {
            line: line.clone(),
            weight: 1.0,
            written: true,
        });
        for situation in situations.others(line) {
            let line = Line {
                situation,
                ..line.clone()
            };
            variants.push(Variant {
                line,
                weight: 0.5,
                written: true,
            });
        }
        for _ in 0..OTHER_PLACES {
            if let Some(text) = places.replace(&line.text, line.french, &mut random) {
                let line = Line {
                    text,
                    ..line.clone()
                };
                variants.push(Variant {
                    line,
                    weight: 0.5,
                    written: false,
                });
            }
        }
        if let Some(text) = mistype(&line.text, &mut random) {
            let line = Line {
                text,
                ..line.clone()
            };
            variants.push(Variant {
                line,
                weight: 0.5,
                written: false,
            });
        }
        let bare: String = line
            .text
            .chars()
            .filter(|c| !".,;:?!'’-".contains(*c))
            .collect();
        if bare != line.text {
            let line = Line {
                text: bare,
                ..line.clone()
            };
            variants.push(Variant {
                line,
                weight: 0.5,
                written: false,
            });
        }
    }
    variants
}

/// Knows which sentences mean the same in another situation.
struct Situations {
    marked: HashSet<(String, bool, &'static str)>,
    first_words_of_consent: HashSet<String>,
}

impl Situations {
    fn of(lines: &[Line]) -> Self {
        let marked = lines
            .iter()
            .filter(|l| l.situation != Situation::Open)
            .map(|l| (key(&l.text), l.french, mark(l.situation)))
            .collect();
        let first_words_of_consent = lines
            .iter()
            .filter(|l| matches!(INTENTS[l.intent], "confirmation" | "rejection"))
            .map(|l| first_word(&l.text))
            .collect();
        Self {
            marked,
            first_words_of_consent,
        }
    }

    /// Whether a courtesy could be taken for an answer to a proposal.
    fn may_consent(&self, text: &str) -> bool {
        text.split_whitespace().count() <= 2
            || self.first_words_of_consent.contains(&first_word(text))
    }

    /// "Cancel my booking" means the same whatever was said before; "ok" does not.
    fn others(&self, line: &Line) -> Vec<Situation> {
        if line.situation != Situation::Open {
            return Vec::new();
        }
        let candidates: &[Situation] = match INTENTS[line.intent] {
            "confirmation" => &[Situation::Pending],
            "small_talk" if self.may_consent(&line.text) => &[],
            _ => &[Situation::Asked, Situation::Pending],
        };
        candidates
            .iter()
            .copied()
            .filter(|s| {
                !self
                    .marked
                    .contains(&(key(&line.text), line.french, mark(*s)))
            })
            .collect()
    }
}

fn mark(situation: Situation) -> &'static str {
    match situation {
        Situation::Open => "",
        Situation::Asked => "?",
        Situation::Pending => "!",
        Situation::Said => "agent",
    }
}

fn key(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn first_word(text: &str) -> String {
    key(text
        .split(|c: char| !c.is_alphanumeric())
        .find(|w| !w.is_empty())
        .unwrap_or_default())
}

/// One typing error, or none in a text without a longer word.
fn mistype(text: &str, random: &mut Random) -> Option<String> {
    let mut chars: Vec<char> = text.chars().collect();
    // Inner letters of words: the first letter is rarely wrong.
    let places: Vec<usize> = (2..chars.len().saturating_sub(1))
        .filter(|at| chars[at - 2..=at + 1].iter().all(|c| c.is_alphabetic()))
        .collect();
    let at = *places.get(random.below(places.len()))?;
    match random.below(4) {
        0 => drop(chars.remove(at)),
        1 => chars.swap(at - 1, at),
        2 => chars.insert(at, chars[at]),
        _ => chars[at] = char::from(b'a' + random.below(26) as u8),
    }
    Some(chars.into_iter().collect())
}
