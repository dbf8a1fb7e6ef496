//! Tells a plain yes from one with a condition or a negation in it. The classifier weighs words
//! and may miss a single one that turns the meaning; acting on a yes must not depend on that.

use super::normalize::normalize;

/// Words, in normal form, with which a sentence is more than consent. Some plain consents have
/// one, "no problem, book it": those are asked again.
const RESERVATIONS: [&str; 72] = [
    // English
    "another",
    "before",
    "but",
    "cancel",
    "cant",
    "change",
    "cheaper",
    "decline",
    "different",
    "doesnt",
    "dont",
    "except",
    "however",
    "if",
    "instead",
    "isnt",
    "later",
    "maybe",
    "nah",
    "never",
    "no",
    "nope",
    "nor",
    "not",
    "nothing",
    "other",
    "perhaps",
    "rather",
    "refuse",
    "reject",
    "rejected",
    "shouldnt",
    "stop",
    "unless",
    "until",
    "wait",
    "without",
    "wont",
    "wouldnt",
    // French
    "annule",
    "annuler",
    "annulez",
    "attend",
    "attendez",
    "attends",
    "aucun",
    "aucune",
    "autre",
    "autres",
    "avant",
    "changer",
    "changez",
    "condition",
    "contre",
    "jamais",
    "mais",
    "n",
    "nan",
    "ne",
    "ni",
    "nn",
    "non",
    "pa",
    "pas",
    "peut",
    "plutot",
    "quand",
    "rien",
    "sans",
    "sauf",
    "si",
    "trop",
];

/// Whether `text` negates, asks or sets a condition.
pub(super) fn is_reserved(text: &str, scratch: &mut Vec<char>) -> bool {
    normalize(text, scratch);
    scratch.split(|c| *c == ' ').any(|word| {
        word == ['?']
            || RESERVATIONS
                .iter()
                .any(|r| r.chars().eq(word.iter().copied()))
    })
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
        ] {
            assert!(is_reserved(text, &mut scratch), "{text}");
        }
        for text in [
            "oui",
            "ok vas-y",
            "parfait, on prend le deuxième",
            "s'il vous plaît",
            "go for it",
        ] {
            assert!(!is_reserved(text, &mut scratch), "{text}");
        }
    }
}
