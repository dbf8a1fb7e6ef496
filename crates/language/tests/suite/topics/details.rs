//! What is said beyond the flights.

use language::Details;
use travel::Locale;

use super::{fixture, reading};

fn assert_details(file: &str, locale: Locale) {
    let mut misses = Vec::new();
    for case in fixture::read(file) {
        let expected = case.expected.as_deref().unwrap_or("{}");
        let expected: Details =
            serde_json::from_str(expected).unwrap_or_else(|error| panic!("{expected}: {error}"));
        let got = reading(&case, locale);
        if got.details != expected {
            let got = serde_json::to_string(&got.details).unwrap();
            misses.push(format!("{}\n    {got}", case.text));
        }
    }
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}

#[test]
fn french_details() {
    assert_details("details_fr.txt", Locale::Fr);
}

#[test]
fn english_details() {
    assert_details("details_en.txt", Locale::En);
}
