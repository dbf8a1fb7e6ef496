//! Which of the two languages a message is written in.

use super::tokens::Tokens;
use crate::locale::Locale;

const FRENCH: &[&str] = &[
    "je", "tu", "il", "nous", "vous", "on", "le", "la", "les", "un", "une", "des", "du", "de", "et",
    "est", "pour", "depuis", "vers", "avec", "veux", "voudrais", "aimerais", "vol", "vols", "aller",
    "partir", "retour", "demain", "bonjour", "merci", "svp", "au", "aux", "en", "dans", "mon", "ma",
    "mes", "ce", "cette", "que", "qui", "pas", "plus", "moins", "cher", "ou", "quel", "quelle",
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
    "octobre", "novembre", "decembre", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi",
    "dimanche", "l", "d", "jour", "semaine", "prochain", "prochaine", "adultes", "oui", "non",
    "plutot", "finalement", "combien", "billet", "billets", "sans", "sur", "deux", "trois", "moi",
];

const ENGLISH: &[&str] = &[
    "i", "you", "he", "we", "they", "the", "an", "and", "is", "are", "for", "from", "to", "with",
    "want", "would", "like", "flight", "flights", "fly", "going", "leaving", "return", "tomorrow",
    "hello", "hi", "thanks", "please", "of", "in", "my", "this", "that", "not", "cheap", "where",
    "what", "which", "when", "how", "january", "february", "march", "april", "june", "july",
    "august", "september", "october", "november", "december", "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday", "sunday", "next", "week", "day", "adults", "yes", "no", "m",
    "ticket", "tickets", "at", "by", "it", "need", "me", "back", "one", "two", "three", "s", "the",
];

/// The language most of whose little words the message has; `None` when it is a draw.
#[must_use]
pub fn detect(text: &str) -> Option<Locale> {
    detect_in(&Tokens::new(text))
}

pub(super) fn detect_in(tokens: &Tokens<'_>) -> Option<Locale> {
    let count = |words: &[&str]| (0..tokens.len()).filter(|at| tokens.is(*at, words)).count();
    let (french, english) = (count(FRENCH), count(ENGLISH));
    match french.cmp(&english) {
        std::cmp::Ordering::Greater => Some(Locale::Fr),
        std::cmp::Ordering::Less => Some(Locale::En),
        std::cmp::Ordering::Equal => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_little_words_tell() {
        assert_eq!(detect("je veux aller à Rome"), Some(Locale::Fr));
        assert_eq!(detect("I want to go to Rome"), Some(Locale::En));
        assert_eq!(detect("Paris Rome"), None);
    }
}
