//! What the agent's last message asked for.

use crate::text::words;
use crate::{reading::SlotName, text::tokens::Tokens};
use travel::fold::fold;

/// The slot that a message asks for; its last question counts.
///
/// "D'où partez-vous ?" asks for the origin, "When would you like to come back?" for the return.
#[must_use]
pub fn asked_slot(previous: &str) -> Option<SlotName> {
    let question = last_question(previous)?;
    let tokens = Tokens::new(question);
    let has = |phrases: &[&str]| tokens.find(phrases).is_some();
    let passengers = has(words::ASKED_PASSENGERS);
    if passengers {
        return Some(SlotName::Passengers);
    }
    let when = has(words::ASKED_WHEN);
    let back = has(words::ASKED_RETURN) && !has(words::ASKED_TRIP_FORM);
    let origin = has(words::ASKED_ORIGIN)
        || has(words::ASKED_WHICH_CITY) && has(words::ASKED_LEAVING) && !has(words::ASKED_HEADING);
    let destination = has(words::ASKED_DESTINATION) || has(words::ASKED_WHERE);
    let place = if origin {
        Some(SlotName::Origin)
    } else {
        destination.then_some(SlotName::Destination)
    };
    let strictly_where = has(words::ASKED_WHERE_ALONE);
    if strictly_where && place.is_some() && !(when && back) {
        return place;
    }
    let out = has(words::ASKED_OUTBOUND);
    match (when, back && !(out && has(words::PARTICLE_AND))) {
        (true, true) => Some(SlotName::ReturnDate),
        (true, false) => Some(SlotName::DepartDate),
        (false, _) => place,
    }
}

/// The last sentence that ends in a question mark, or the whole message when it is a request.
fn last_question(text: &str) -> Option<&str> {
    let Some(end) = text.rfind('?') else {
        let asks = words::ASKED_REQUEST;
        let folded = fold(text);
        return asks.iter().any(|ask| folded.contains(ask)).then_some(text);
    };
    let before = &text[..end];
    let start = before.rfind(['.', '!', '?', '\n']).map_or(0, |at| at + 1);
    Some(&text[start..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_name_their_slot() {
        use SlotName::{DepartDate, Destination, Origin, Passengers, ReturnDate};
        for (question, slot) in [
            ("D'où partez-vous ?", Origin),
            ("Quelle est votre ville de départ ?", Origin),
            ("Depuis quel aéroport souhaitez-vous partir ?", Origin),
            ("Très bien, New York ! D’où souhaitez-vous partir ?", Origin),
            ("Where are you flying from?", Origin),
            ("Which city will you be leaving from?", Origin),
            ("What is your departure city?", Origin),
            ("Où souhaitez-vous aller ?", Destination),
            ("Quelle est votre destination ?", Destination),
            ("Where would you like to go?", Destination),
            ("Where to?", Destination),
            ("Quand souhaitez-vous partir ?", DepartDate),
            ("À quelle date partez-vous ?", DepartDate),
            ("When would you like to leave?", DepartDate),
            ("What date would you like to depart?", DepartDate),
            ("Quand voulez-vous revenir ?", ReturnDate),
            ("Quelle est la date de retour ?", ReturnDate),
            ("When would you like to come back?", ReturnDate),
            ("When are you returning?", ReturnDate),
            ("Combien de voyageurs ?", Passengers),
            ("How many passengers?", Passengers),
        ] {
            assert_eq!(asked_slot(question), Some(slot), "{question}");
        }
        assert_eq!(asked_slot("Voici trois vols. Lequel préférez-vous ?"), None);
        assert_eq!(asked_slot("Bonjour !"), None);
    }
}
