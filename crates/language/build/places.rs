//! City names, so that the classifier learns how people speak of places and not which ones the
//! corpus happens to name.

use std::{collections::HashSet, fs, io, path::Path};

use crate::random::Random;

/// Cities of airports below this rank (0 to 100) are left out: many bear the name of a thing.
const LOWEST_RANK: u32 = 60;
/// Cities whose names are common words.
const WORDS: [&str; 6] = ["nice", "tours", "split", "cork", "nelson", "bath"];
/// "Rio de Janeiro".
const MOST_WORDS: usize = 3;

/// The names of larger cities in both languages.
pub(crate) struct Places {
    english: Vec<String>,
    french: Vec<String>,
    known: HashSet<String>,
}

impl Places {
    /// Reads the table of airports: tab-separated, with city names in the third and fourth
    /// column and the rank in the eleventh.
    pub(crate) fn read(table: &Path) -> io::Result<Self> {
        let mut places = Self {
            english: Vec::new(),
            french: Vec::new(),
            known: WORDS.map(String::from).into(),
        };
        for row in fs::read_to_string(table)?
            .lines()
            .filter(|l| !l.starts_with('#'))
        {
            let columns: Vec<&str> = row.split('\t').collect();
            let [_, _, english, french, .., rank] = columns[..] else {
                continue;
            };
            let large = rank.parse().is_ok_and(|rank: u32| rank >= LOWEST_RANK);
            let new = !places.known.contains(&english.to_lowercase());
            if large && new && english.chars().count() > 3 {
                places
                    .known
                    .extend([english.to_lowercase(), french.to_lowercase()]);
                places.english.push(english.to_owned());
                places.french.push(french.to_owned());
            }
        }
        places.known.retain(|name| !WORDS.contains(&name.as_str()));
        Ok(places)
    }

    /// The names that say nothing of the language.
    pub(crate) fn neutral(&self) -> impl Iterator<Item = &str> {
        let cities = self
            .english
            .iter()
            .zip(&self.french)
            .filter(|(en, fr)| en == fr);
        cities.map(|(name, _)| name.as_str())
    }

    /// `text` with each city replaced by another one, or `None` if it names none.
    pub(crate) fn replace(&self, text: &str, french: bool, random: &mut Random) -> Option<String> {
        let words = words(text);
        let mut replaced = String::with_capacity(text.len() + 16);
        let (mut copied, mut at) = (0, 0);
        while at < words.len() {
            let found = (1..=MOST_WORDS.min(words.len() - at))
                .rev()
                .find_map(|count| {
                    let (start, end) = (words[at].0, words[at + count - 1].1);
                    self.known
                        .contains(&text[start..end].to_lowercase())
                        .then_some((start, end, count))
                });
            let Some((start, end, count)) = found else {
                at += 1;
                continue;
            };
            let pool = if french { &self.french } else { &self.english };
            let name = &pool[random.below(pool.len())];
            replaced.push_str(&text[copied..start]);
            if text[start..].starts_with(char::is_uppercase) {
                replaced.push_str(name);
            } else {
                replaced.push_str(&name.to_lowercase());
            }
            copied = end;
            at += count;
        }
        replaced.push_str(&text[copied..]);
        (copied > 0).then_some(replaced)
    }
}

/// The byte ranges of the words of `text`.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text
        .char_indices()
        .filter(|(_, c)| c.is_alphabetic() || *c == '-')
    {
        match words.last_mut() {
            Some((_, end)) if *end == at => *end += c.len_utf8(),
            _ => words.push((at, at + c.len_utf8())),
        }
    }
    words
}
