//! Where in a message the words stand that were looked for. Pure.

use serde::{Deserialize, Serialize};

/// Characters before the first word that was found.
const BEFORE: usize = 32;
/// Characters altogether, without the marks of what is left out.
const LENGTH: usize = 110;
/// Marks of Markdown, which say nothing here.
const MARKS: [char; 6] = ['*', '#', '`', '|', '_', '~'];

/// A piece of a message, or a title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Snippet {
    /// Its parts, in their order.
    pub parts: Vec<SnippetPart>,
}

/// Some text of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnippetPart {
    /// As it was written.
    pub text: String,
    /// Whether it is a word that was looked for.
    #[serde(rename = "match")]
    pub is_match: bool,
}

impl Snippet {
    /// The text around the first word that begins with one of `beginnings`, which are folded.
    pub(super) fn of(text: &str, beginnings: &[String]) -> Option<Self> {
        let plain: String = text
            .chars()
            .map(|c| if MARKS.contains(&c) { ' ' } else { c })
            .collect();
        let text = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = words(&text);
        let found = matches(&text, &words, beginnings);
        let &(first, _) = found.first()?;
        Some(Self::cut(&text, window(&text, &words, first), found))
    }

    /// The whole of a title that has a word that begins with one of `beginnings`, which are folded.
    pub(super) fn whole(title: &str, beginnings: &[String]) -> Option<Self> {
        let found = matches(title, &words(title), beginnings);
        (!found.is_empty()).then(|| Self::cut(title, (0, title.len()), found))
    }

    /// The text between two places, the words that were found in parts of their own.
    fn cut(text: &str, (from, to): (usize, usize), found: Vec<(usize, usize)>) -> Self {
        let mut parts = Vec::new();
        let mut add = |text: &str, is_match: bool| {
            if !text.is_empty() {
                let text = text.to_owned();
                parts.push(SnippetPart { text, is_match });
            }
        };
        if from > 0 {
            add("… ", false);
        }
        let mut at = from;
        for (start, end) in found.into_iter().filter(|(_, end)| *end <= to) {
            add(&text[at..start], false);
            add(&text[start..end], true);
            at = end;
        }
        add(&text[at..to], false);
        if to < text.len() {
            add(" …", false);
        }
        Self { parts }
    }
}

/// Those of the words that begin with one of `beginnings`.
fn matches(text: &str, words: &[(usize, usize)], beginnings: &[String]) -> Vec<(usize, usize)> {
    let is_match = |&(from, to): &(usize, usize)| {
        let folded = language::fold(&text[from..to]);
        beginnings.iter().any(|word| folded.starts_with(&**word))
    };
    words.iter().copied().filter(is_match).collect()
}

/// Where words begin and end.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// The bytes that are shown: whole words around the one at `first`.
fn window(text: &str, words: &[(usize, usize)], first: usize) -> (usize, usize) {
    let near = |from: usize, to: usize| text[from..to].chars().count();
    let from = words
        .iter()
        .map(|(from, _)| *from)
        .find(|from| *from == first || near(*from, first) <= BEFORE)
        .unwrap_or(first);
    // What stands before the first word belongs to it.
    let from = if words.first().is_some_and(|(first, _)| *first == from) {
        0
    } else {
        from
    };
    if near(from, text.len()) <= LENGTH {
        return (from, text.len());
    }
    let fits = |to: &usize| *to > first && near(from, *to) <= LENGTH;
    let mut ends = words.iter().map(|(_, to)| *to);
    let to = ends.rfind(fits).unwrap_or(text.len());
    (from, to)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str, words: &[&str]) -> Option<String> {
        let words: Vec<_> = words.iter().map(|&word| word.to_owned()).collect();
        let parts = Snippet::of(text, &words)?.parts;
        let part = |part: &SnippetPart| match part.is_match {
            true => format!("[{}]", part.text),
            false => part.text.clone(),
        };
        Some(parts.iter().map(part).collect())
    }

    #[test]
    fn words_are_marked_where_they_stand_whatever_their_accents() {
        let said = shown(
            "Un vol pour **Évora**, puis\nLisbonne en été",
            &["evo", "ete"],
        );
        assert_eq!(
            said.unwrap(),
            "Un vol pour [Évora] , puis Lisbonne en [été]"
        );
        assert_eq!(shown("Rien de tel", &["lyon"]), None);
        assert_eq!(shown("<b>Lyon</b>", &["lyon"]).unwrap(), "<b>[Lyon]</b>");
    }

    #[test]
    fn a_title_is_shown_whole_and_as_it_is() {
        let title = format!("Évora  *et* {}", "puis Lisbonne ".repeat(12));
        let words = ["lisb".to_owned()];
        let parts = Snippet::whole(&title, &words).unwrap().parts;
        let all: String = parts.iter().map(|part| &*part.text).collect();
        assert_eq!(all, title);
        let hits: Vec<_> = parts.iter().filter(|part| part.is_match).collect();
        assert!(hits.len() == 12 && hits.iter().all(|hit| hit.text == "Lisbonne"));
        assert_eq!(Snippet::whole("Évora", &words), None);
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        let text = format!("{} Lisbonne {}", "avant ".repeat(40), "après ".repeat(40));
        let said = shown(&text, &["lisb"]).unwrap();
        assert!(said.starts_with("… avant avant"), "{said}");
        assert!(said.contains("[Lisbonne] après"), "{said}");
        assert!(said.ends_with("après …"), "{said}");
        assert!(said.chars().count() < 130, "{said}");
    }

    proptest! {
        #[test]
        fn no_text_is_too_much(text in ".{0,400}", word in "[a-z0-9]{1,4}") {
            if let Some(snippet) = Snippet::of(&text, &[word]) {
                prop_assert!(snippet.parts.iter().any(|part| part.is_match));
            }
        }
    }
}
