//! What would be acted upon as a yes, on sets by another hand than the corpus and the grammar: no false
//! accept at all. The bars stand just below what is reached; they are to rise, never to fall.

use std::fs;

use jiff::Zoned;
use language::{
    intent::{Context, detect},
    window::Line,
};
use travel::Locale;

/// Sunday, 29 November 2026.
const TODAY: &str = "2026-11-29T12:00:00+01:00[Europe/Paris]";

/// Whether a message books what is proposed: the classifier and the reading both have to take it for a
/// yes.
fn is_accepted(text: &str, locale: Locale, proposal: &str) -> bool {
    let now: Zoned = TODAY.parse().unwrap();
    let context = Context {
        previous: Some(proposal),
        pending_proposal: true,
    };
    let line = Line {
        text: text.to_owned(),
        previous: Some(proposal.to_owned()),
        locale: Some(locale),
        pending_proposal: true,
        ..Line::default()
    };
    detect(text, context).confirms() && line.reading(&now).may_be_yes()
}

fn assert_accepts(file: &str, locale: Locale, proposal: &str, bar: f64) {
    let path = format!("{}/tests/eval/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let lines = |key: &str| -> Vec<&str> {
        let said = text.lines().filter_map(|line| line.strip_prefix(key));
        said.map(str::trim).collect()
    };
    let (yes, no) = (lines("yes:"), lines("no:"));
    assert!(yes.len() >= 25 && no.len() >= 25, "{file}");
    let accepted = |text: &&str| is_accepted(text, locale, proposal);
    let false_ones: Vec<_> = no.into_iter().filter(accepted).collect();
    assert!(
        false_ones.is_empty(),
        "{file}: taken for a yes: {false_ones:?}"
    );
    let all = yes.len();
    let asked_again: Vec<_> = yes.into_iter().filter(|text| !accepted(text)).collect();
    let right = all - asked_again.len();
    println!("{file}: {right} of {all} accepted; asked again: {asked_again:?}");
    assert!(
        right as f64 / all as f64 >= bar,
        "{file}: {right} of {all} accepted; asked again: {asked_again:?}"
    );
}

#[test]
fn french_confirmations() {
    assert_accepts(
        "confirmations_fr.txt",
        Locale::Fr,
        "Lyon – New York le 12 janvier, 640 €. Je retiens ce vol ?",
        0.86,
    );
}

#[test]
fn english_confirmations() {
    assert_accepts(
        "confirmations_en.txt",
        Locale::En,
        "Lyon – New York on 12 January, €640. Shall I book this flight?",
        0.89,
    );
}
