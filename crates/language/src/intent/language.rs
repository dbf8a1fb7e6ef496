//! French or English, from the text alone.

use super::features::Situation;
use super::{MODEL, SCRATCH};
use travel::locale::Locale;

/// Log-odds below which a text is undecidable: "Paris", "12/01", "ok".
const DECIDED: f32 = 1.2;

/// Longest code of an airport or an airline.
const MAX_CODE: usize = 3;

/// The language of `text`, or `None` when it could be either.
#[must_use]
pub fn detect_language(text: &str) -> Option<Locale> {
    if text.split_whitespace().all(is_code) {
        return None;
    }
    let log_odds = SCRATCH.with_borrow_mut(|features| {
        features.extract(text, Situation::Open);
        MODEL.language(features)
    });
    if log_odds.abs() < DECIDED {
        None
    } else if log_odds > 0.0 {
        Some(Locale::Fr)
    } else {
        Some(Locale::En)
    }
}

/// Whether `word` is a number or a code, like both words of "AF 1680".
fn is_code(word: &str) -> bool {
    let is_short_upper_case =
        || word.len() <= MAX_CODE && word.bytes().all(|b| b.is_ascii_uppercase());
    !word.contains(char::is_alphabetic) || is_short_upper_case()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_have_a_language() {
        for text in [
            "Je veux aller à New York en janvier",
            "oui merci",
            "depuis Lyon le 12",
            "c koi le prix",
        ] {
            assert_eq!(detect_language(text), Some(Locale::Fr), "{text}");
        }
        for text in [
            "I want to fly to Paris in January",
            "yes please",
            "from Lyon on the 12th",
            "wats the price",
        ] {
            assert_eq!(detect_language(text), Some(Locale::En), "{text}");
        }
    }

    #[test]
    fn names_and_numbers_have_none() {
        for text in [
            "",
            "Paris",
            "New York",
            "12/01",
            "Ouagadougou",
            "👍",
            "AF 1680",
            "CDG",
            "?",
        ] {
            assert_eq!(detect_language(text), None, "{text}");
        }
    }
}
