//! Every word of a message is used or left over: what is put between its clauses and says nothing that
//! the reading knows is left over, and nothing else is.

use proptest::{collection::vec, prelude::*, sample::select};
use travel::Locale;

use super::{LOCALES, config, phrasing::wanted, read_alone};

/// Nouns that no trip has, and that are no name.
const NOUNS: &[(&str, &str)] = &[
    ("trombone", "trombone"),
    ("marmelade", "marmalade"),
    ("perruque", "wig"),
    ("hérisson", "hedgehog"),
    ("tracteur", "tractor"),
    ("chaudron", "cauldron"),
    ("accordéon", "accordion"),
    ("brouette", "wheelbarrow"),
    ("tabouret", "footstool"),
    ("crocodile", "crocodile"),
];

proptest! {
    #![proptest_config(config())]
    #[test]
    fn every_content_word_is_used_or_left_over(
        wanted in wanted(),
        nouns in vec((select(NOUNS), any::<proptest::sample::Index>()), 1..=3),
    ) {
        for locale in LOCALES {
            let mut clauses = wanted.clauses(locale);
            let mut put = Vec::new();
            for (noun, place) in &nouns {
                let (noun, article) = match locale {
                    Locale::Fr => (noun.0, "un"),
                    Locale::En => (noun.1, "a"),
                };
                // Not before the first clause.
                clauses.insert(1 + place.index(clauses.len()), format!("{article} {noun}"));
                put.push(noun);
            }
            let text = clauses.join(", ");
            let reading = read_alone(locale, &text);
            let left: Vec<&str> = reading
                .left_over
                .iter()
                .flat_map(|left| left.text.split(|c: char| !c.is_alphanumeric()))
                .filter(|word| word.chars().nth(2).is_some())
                .collect();
            for noun in &put {
                prop_assert!(left.contains(noun), "{} is lost: {}: {:?}", noun, text, left);
            }
            prop_assert!(left.iter().all(|word| put.contains(word)), "{}: {:?}", text, left);
        }
    }
}
