//! Tells a plain yes from one with a condition or a negation in it. The classifier weighs words
//! and may miss a single one that turns the meaning; acting on a yes must not depend on that.

use super::normalize::normalize;
use crate::text::words;

/// Words, in normal form, with which a sentence is more than consent. Some plain consents have
/// one, "no problem, book it": those are asked again.
const RESERVATIONS: &str = "\
    another april august bad before bin but cancel cant change cheaper december decline \
    different doesnt dont drop except february forget friday how however if instead isnt \
    january july june later let march maybe monday nah never no nope nor not nothing november \
    october off other perhaps rather refuse reject rejected saturday september shouldnt skip \
    stop sunday then thursday tomorrow tuesday unless until wait wednesday where who why \
    without wont wouldnt \
    annule annuler annulez aout attend attendez attends aucun aucune autre autres avant avril \
    changer changez combien comment condition contre decembre demain dimanche fevrier jamais \
    janvier jeudi juillet juin laisse laisser laissez lundi mai mais mardi mars mercredi n nan \
    ne ni nn non novembre octobre oublie oubliez pa pas peut plutot pourquoi quand quel quelle \
    rien samedi sans sauf septembre si tomber trop vendredi";

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
                .split(' ')
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
        let gap = rest[..start].trim();
        let continues = rest.len() < text.len() && matches!(gap, "" | ":" | "h" | "." | ",");
        let is_price = gap.ends_with(['$', '€', '£']);
        let is_offer = digits[..end]
            .parse()
            .is_ok_and(|number: u32| number <= MOST_OFFERS);
        let is_day = words::NUMBER_ORDINAL_ENDING
            .iter()
            .any(|ordinal| after.starts_with(ordinal));
        let has_unit = UNITS.iter().any(|unit| after.starts_with(unit));
        if is_day || !(is_offer || continues || is_price || has_unit) {
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
            "ok with 16",
            "oui, 16",
            "yes the 16th",
            "sure, the 3rd",
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
