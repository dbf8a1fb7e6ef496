//! What nobody has used is told; what says nothing is not.

use super::{en, fr};
use language::Reading;

fn left(reading: &Reading) -> Vec<String> {
    reading
        .left_over
        .iter()
        .map(|left| left.text.clone())
        .collect()
}

#[test]
fn greetings_requests_and_fillers_are_not_told() {
    for text in [
        "slt je cherche un ptit vol paris-lisbonne le 12 mai stp mrc",
        "Bonjour, on ferait Lyon Lisbonne le 4 mars, merci d'avance",
        "bonsoir, serait-il possible d'avoir un vol Nice-Lyon le 5 mars ? Bien cordialement, Jean Dupont",
        "je voudrai un bilet Lyon Rome le 9 mars",
        "Il me faut trois vols : Nice > Rome le 3 février, Rome > Palerme le 7 février, Palerme > Nice le 11 février",
    ] {
        assert_eq!(left(&fr(text)), Vec::<String>::new(), "{text}");
    }
    for text in [
        "hiya, wanna go from London to Paris on 6 Feb lol ta",
        "Multi-city please: Dublin to Lisbon 2 June, Lisbon to Barcelona 6 June",
        "need a flihgt from Manchester to Barcelona 14 May",
        "I should be most grateful for a flight from Edinburgh to Vienna on 4 March. Kind regards, Margaret",
        "two different bookings: Boston to Miami January 9, and also Chicago to Denver February 3",
    ] {
        assert_eq!(left(&en(text)), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_carries_meaning_is_told() {
    for (text, word) in [
        ("Lyon Rome le 4 mai avec mon vélo", "vélo"),
        ("Marseille Londres le 6 mars, place côté hublot", "hublot"),
        (
            "Lyon New York le 3 juin en business mais éco au retour",
            "éco",
        ),
        ("Je regarde un ballet : Lyon Rome le 4 mai", "ballet"),
    ] {
        assert!(
            left(&fr(text)).iter().any(|left| left.contains(word)),
            "{text}"
        );
    }
    for (text, word) in [
        ("London to Berlin 9 May and a rental car", "rental car"),
        ("Boston to Paris 5 March with a cat in the cabin", "cat"),
        (
            "Dublin to New York on 3 June in business out, economy back",
            "economy",
        ),
        (
            "London to Rome on 4 May, Kenya matters to me, with Greece in mind, Peru",
            "Peru",
        ),
    ] {
        assert!(
            left(&en(text)).iter().any(|left| left.contains(word)),
            "{text}"
        );
    }
}

#[test]
fn fillers_alone_are_no_yes() {
    for text in ["yes but maybe", "perhaps", "I mean, well"] {
        assert!(!left(&en(text)).is_empty(), "{text}");
    }
    assert!(!left(&fr("oui mais éventuellement")).is_empty());
}
