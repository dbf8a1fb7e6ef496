//! Tells a plain yes from one with a condition or a negation in it. The classifier weighs words
//! and may miss a single one that turns the meaning; acting on a yes must not depend on that.

use super::normalize::normalize;

/// Words, in normal form, with which a sentence is more than consent. Some plain consents have
/// one, "no problem, book it": those are asked again.
const RESERVATIONS: [&str; 124] = [
    // English
    "another",
    "april",
    "august",
    "bad",
    "before",
    "bin",
    "but",
    "cancel",
    "cant",
    "change",
    "cheaper",
    "december",
    "decline",
    "different",
    "doesnt",
    "dont",
    "drop",
    "except",
    "february",
    "forget",
    "friday",
    "however",
    "if",
    "instead",
    "isnt",
    "january",
    "july",
    "june",
    "later",
    "let",
    "march",
    "maybe",
    "monday",
    "nah",
    "never",
    "no",
    "nope",
    "nor",
    "not",
    "nothing",
    "november",
    "october",
    "off",
    "other",
    "perhaps",
    "rather",
    "refuse",
    "reject",
    "rejected",
    "saturday",
    "september",
    "shouldnt",
    "skip",
    "stop",
    "sunday",
    "thursday",
    "tomorrow",
    "tuesday",
    "unless",
    "until",
    "wait",
    "wednesday",
    "without",
    "wont",
    "wouldnt",
    // French
    "annule",
    "annuler",
    "annulez",
    "aout",
    "attend",
    "attendez",
    "attends",
    "aucun",
    "aucune",
    "autre",
    "autres",
    "avant",
    "avril",
    "changer",
    "changez",
    "condition",
    "contre",
    "decembre",
    "demain",
    "dimanche",
    "fevrier",
    "jamais",
    "janvier",
    "jeudi",
    "juillet",
    "juin",
    "laisse",
    "laisser",
    "laissez",
    "lundi",
    "mai",
    "mais",
    "mardi",
    "mars",
    "mercredi",
    "n",
    "nan",
    "ne",
    "ni",
    "nn",
    "non",
    "novembre",
    "octobre",
    "oublie",
    "oubliez",
    "pa",
    "pas",
    "peut",
    "plutot",
    "quand",
    "rien",
    "samedi",
    "sans",
    "sauf",
    "septembre",
    "si",
    "tomber",
    "trop",
    "vendredi",
];

/// What makes a number a time or a price, which choose an offer, when it stands next to it.
const UNITS: [&str; 11] = [
    "h", ":", "am", "pm", "a.m", "p.m", "€", "$", "£", "eur", "dollar",
];
/// A number up to this one may be that of an offer: "on prend le 2".
const MOST_OFFERS: u32 = 5;

/// Whether `text` negates, asks, sets a condition or names another day or number.
pub(super) fn is_reserved(text: &str, scratch: &mut Vec<char>) -> bool {
    normalize(text, scratch);
    let has_word = scratch.split(|c| *c == ' ').any(|word| {
        word == ['?']
            || RESERVATIONS
                .iter()
                .any(|r| r.chars().eq(word.iter().copied()))
    });
    has_word || names_a_number(text)
}

/// Whether `text` has a number that is neither an offer's nor a time nor a price: a day, a party.
fn names_a_number(text: &str) -> bool {
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = &rest[start..];
        let end = digits
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(digits.len());
        let after = digits[end..].trim_start().to_lowercase();
        let before_unit = rest[..start]
            .trim_end()
            .ends_with(['$', '€', '£', ':', 'h', ',', '.']);
        let is_offer = digits[..end]
            .parse()
            .is_ok_and(|number: u32| number <= MOST_OFFERS);
        if !is_offer && !before_unit && !UNITS.iter().any(|unit| after.starts_with(unit)) {
            return true;
        }
        rest = &digits[end..];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_negations_and_questions_are_reserved() {
        let mut scratch = Vec::new();
        for text in [
            "ok mais le 16",
            "Yes, IF it's refundable",
            "je le prends pas",
            "I can’t",
            "on y va ?",
            "oui le 16",
            "yes the 16th",
            "ok for Friday",
        ] {
            assert!(is_reserved(text, &mut scratch), "{text}");
        }
        for text in [
            "oui",
            "ok vas-y",
            "parfait, on prend le deuxième",
            "s'il vous plaît",
            "go for it",
            "on prend le 2",
            "celui de 18h30",
            "the 7:40 am one",
            "the $120 one",
        ] {
            assert!(!is_reserved(text, &mut scratch), "{text}");
        }
    }
}
