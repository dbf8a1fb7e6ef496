//! A plan of the visitor's own in a message: its places, days and hours are no wishes for a trip.

use crate::text::{lexicon::Meaning, tokens::Tokens};

/// So many entries at least make a plan.
const LEAST: usize = 2;

/// The message with blanks in the place of the plan that it asks about; `None` where it has none.
///
/// A plan stands behind a colon or on lines of its own; what asks about it may follow it.
pub(crate) fn without(text: &str) -> Option<String> {
    // Most messages hold no list, and are not taken apart for it.
    let kept = around(text)?;
    // What asks about it must still be there.
    Tokens::new(&kept).all(Meaning::TopicCheck).next()?;
    Some(kept)
}

/// The message with blanks in the place of a list behind a colon or on lines of its own, whatever asks about
/// it; `None` where it has none.
pub(super) fn around(text: &str) -> Option<String> {
    let start = start(text)?;
    let end = end(text, start);
    let plan = text.get(start..end)?;
    let entries = plan.split([',', ';', '\n', '.']);
    let entries = entries.filter(|entry| !entry.trim().is_empty());
    if entries.count() < LEAST {
        return None;
    }
    let blank = plan
        .chars()
        .flat_map(|c| std::iter::repeat_n(' ', c.len_utf8()));
    let kept: String = text[..start].chars().chain(blank).collect();
    Some(kept + &text[end..])
}

/// Where the plan begins: behind the first colon that is none of a clock, or the first line break.
fn start(text: &str) -> Option<usize> {
    let opens = |(at, c): &(usize, char)| {
        let next = text[at + c.len_utf8()..].chars().next();
        *c == '\n' || (*c == ':' && !next.is_some_and(|next| next.is_ascii_digit()))
    };
    text.char_indices()
        .find(opens)
        .map(|(at, c)| at + c.len_utf8())
}

/// Where it ends: before a last sentence that asks.
fn end(text: &str, start: usize) -> usize {
    let trimmed = text.trim_end();
    if !trimmed.ends_with('?') {
        return text.len();
    }
    let body = trimmed.trim_end_matches(['?', ' ', '\u{a0}', '\u{202f}']);
    let last = body.rfind(['\n', '.', '!', '?']).map_or(start, |at| at + 1);
    last.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_goes_and_the_question_stays() {
        for (text, kept) in [
            (
                "is my plan for Paris doable?\nDay 1: Louvre, Orsay\nDay 2: Versailles",
                "is my plan for Paris doable?",
            ),
            (
                "heres my thursday: 8am vatican museums, 10 colosseum. doable?",
                "heres my thursday: doable?",
            ),
            (
                "Voici mon programme pour Rome : Colisée, Panthéon, Vatican. C’est faisable ?",
                "Voici mon programme pour Rome : C’est faisable ?",
            ),
        ] {
            let without = without(text).unwrap();
            assert_eq!(without.len(), text.len());
            let words: Vec<_> = without.split_whitespace().collect();
            assert_eq!(words.join(" "), kept);
        }
        assert_eq!(without("what is the weather: rain, snow or sun?"), None);
    }
}
