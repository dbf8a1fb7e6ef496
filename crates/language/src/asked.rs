//! What the agent's last message asked for.

use crate::{reading::SlotName, text::tokens::Tokens};

/// The slot that a message asks for; its last question counts.
///
/// "D'où partez-vous ?" asks for the origin, "When would you like to come back?" for the return.
#[must_use]
pub fn asked_slot(previous: &str) -> Option<SlotName> {
    let question = last_question(previous)?;
    let tokens = Tokens::new(question);
    let has = |phrases: &[&str]| tokens.find(phrases).is_some();
    let passengers = has(&[
        "combien de personnes",
        "combien de passagers",
        "combien de voyageurs",
        "combien serez vous",
        "combien etes vous",
        "how many",
        "passengers",
        "passagers",
        "voyageurs",
        "travellers",
        "travelers",
        "qui voyage",
        "who is travelling",
        "who is traveling",
        "who s travelling",
        "who will be",
        "qui part",
        "combien d adultes",
        "a combien",
        "who s coming",
        "who is flying",
        "combien de places",
        "combien de billets",
        "vous serez combien",
        "vous etes combien",
    ]);
    if passengers {
        return Some(SlotName::Passengers);
    }
    let when = has(&[
        "quand",
        "when",
        "quelle date",
        "quelles dates",
        "what date",
        "which date",
        "what day",
        "which day",
        "quel jour",
        "quels jours",
        "dates",
        "date",
        "quel mois",
        "which month",
        "what month",
        "a partir de quand",
        "what time of year",
        "quelle periode",
        "how long",
        "combien de temps",
        "combien de jours",
        "duree",
    ]);
    let back = has(&[
        "retour",
        "return",
        "returning",
        "revenir",
        "come back",
        "coming back",
        "back",
        "rentrer",
        "rentrez",
        "revenez",
        "stay",
        "rester",
        "restez",
        "fly back",
        "revenir",
        "sejour",
        "reviendrez",
    ]) && !has(&[
        "aller retour ou",
        "round trip or",
        "one way or",
        "simple ou",
    ]);
    let origin = has(&[
        "d ou",
        "ville de depart",
        "aeroport de depart",
        "departure city",
        "departure airport",
        "from where",
        "point de depart",
        "origin",
        "lieu de depart",
        "ville d origine",
        "depuis quelle",
        "depuis quel",
        "de quelle ville",
        "de quel aeroport",
        "starting from",
        "partez vous de",
        "depuis ou",
        "origin city",
        "starting point",
        "flying from",
        "leaving from",
        "departing from",
        "partir de",
        "travelling from",
        "traveling from",
        "travel from",
        "fly from",
        "depart from",
        "leave from",
        "fly out of",
        "start your trip",
        "flying out of",
        "start from",
        "coming from",
        "au depart de",
        "begin your trip",
        "where from",
        "from",
    ]) || has(&[
        "where",
        "which city",
        "which airport",
        "what city",
        "what airport",
        "quel aeroport",
        "quelle ville",
        "ou",
    ]) && has(&[
        "depart",
        "departing",
        "departure",
        "leave",
        "leaving",
        "partez",
        "partirez",
        "partir",
        "partiriez",
        "start",
        "home airport",
        "based",
    ]) && !has(&["vers", "pour ou", "leave for", "leaving for"]);
    let destination = has(&[
        "ou souhaitez",
        "ou voulez",
        "ou aimeriez",
        "ou desirez",
        "ou allez",
        "ou irez",
        "ou partir",
        "destination",
        "where to",
        "quelle destination",
        "going to",
        "fly to",
        "flying to",
        "travel to",
        "arrival city",
        "arrival airport",
        "ville d arrivee",
        "vers quelle",
        "vers ou",
        "pour ou",
        "headed",
        "ou veux tu",
        "tu veux aller",
        "aller ou",
        "ou vas",
        "heading",
        "visit",
        "like to go",
        "want to go",
        "arrive",
        "plan to go",
        "travelling to",
        "traveling to",
        "wish to go",
        "ou est ce que",
        "ou desirez",
        "ou pensez",
        "ou se trouve",
        "ou va",
        "going",
    ]) || has(&["where", "ou", "which city", "quelle ville", "what city"]);
    let place = if origin {
        Some(SlotName::Origin)
    } else {
        destination.then_some(SlotName::Destination)
    };
    let strictly_where = has(&[
        "where",
        "ou",
        "d ou",
        "which city",
        "what city",
        "quelle ville",
        "ville",
        "city",
        "aeroport",
        "airport",
        "destination",
    ]);
    if strictly_where && place.is_some() && !(when && back) {
        return place;
    }
    let out = has(&["departure", "depart", "leave", "partir", "aller"]);
    match (when, back && !(out && has(&["and", "et"]))) {
        (true, true) => Some(SlotName::ReturnDate),
        (true, false) => Some(SlotName::DepartDate),
        (false, _) => place,
    }
}

/// The last sentence that ends in a question mark, or the whole message when it is a request.
fn last_question(text: &str) -> Option<&str> {
    let Some(end) = text.rfind('?') else {
        let asks = [
            "please",
            "indiquez",
            "précisez",
            "dites",
            "donnez",
            "tell me",
            "i need",
            "il me faut",
            "let me know",
        ];
        let lower = text.to_lowercase();
        return asks.iter().any(|ask| lower.contains(ask)).then_some(text);
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
