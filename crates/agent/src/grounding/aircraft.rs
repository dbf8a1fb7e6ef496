//! Shapes of aircraft types, which look like flight numbers and booking references.

/// Beginnings of type names in capitals, up to the first digit or with the digits of the family.
const FAMILIES: [&str; 27] = [
    "A22", "A30", "A31", "A32", "A33", "A34", "A35", "A38", "B70", "B71", "B72", "B73", "B74",
    "B75", "B76", "B77", "B78", "E17", "E19", "CRJ", "ERJ", "ATR", "DHC", "SSJ", "MD8", "MD9",
    "MD11",
];

/// Types whose name is a whole word.
const NAMES: [&str; 9] = [
    "RJ85", "RJ100", "TU134", "TU154", "TU204", "TU214", "SU95", "737MAX", "777ER",
];

/// Whether a word of capitals and digits is an aircraft type: `A350`, `B777`, `A321LR`, `CRJ900`.
pub(super) fn is_type(word: &str) -> bool {
    let family = FAMILIES.iter().any(|family| {
        let letters = family.len() == 3 && !family.ends_with(|c: char| c.is_ascii_digit());
        word.strip_prefix(family).is_some_and(|rest| {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            // Three digits in all, such as those of A321: A32145 is none.
            if letters {
                digits >= 2
            } else {
                digits == 1 || word == *family
            }
        })
    });
    family || NAMES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_told_from_flights() {
        for word in [
            "A350", "A321LR", "B777", "B738", "E190", "E190E2", "CRJ900", "ATR72", "MD83",
            "737MAX", "TU154", "MD11",
        ] {
            assert!(is_type(word), "{word}");
        }
        for word in [
            "AF1234", "A35012", "BA777", "X7K2PQ", "U24567", "CRJABC", "E1", "MD1234",
        ] {
            assert!(!is_type(word), "{word}");
        }
    }
}
