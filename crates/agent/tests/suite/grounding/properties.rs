//! What holds for every text.

use agent::grounding::{Ground, ungrounded};
use proptest::prelude::*;

use super::{DAYS, OFFERS, STATUS, ground, tool};

/// Texts of pieces that look like facts, cut and joined anyhow.
fn text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "431",
        "20",
        "1",
        "234",
        "000",
        " ",
        "\u{a0}",
        "\u{202f}",
        "\n",
        ".",
        ",",
        ":",
        ";",
        "-",
        "–",
        "→",
        "(",
        ")",
        "**",
        "€",
        "$",
        "EUR",
        "CA$",
        "kr",
        "AF",
        "U2",
        "6E",
        "AF1234",
        "A350",
        "JFK",
        "LYS",
        "MAD",
        "THE",
        "h",
        "10h30",
        "am",
        "p.m.",
        "à",
        "to",
        "entre",
        "et",
        "environ",
        "par personne",
        "de plus",
        "total",
        "durée",
        "du soir",
        "T",
        "UTC+",
        "é",
        "e\u{301}",
        "\u{200b}",
        "9999999999999999999",
    ];
    let piece = prop_oneof![
        8 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[0-9]{1,25}",
    ];
    proptest::collection::vec(piece, 0..25).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_can_be_checked(text in any::<String>()) {
        let _ = ungrounded(&text, &ground());
    }

    #[test]
    fn a_quoted_tool_text_is_grounded(text in text(), before in "[A-Z0-9a-z €:]{0,20}", said in any::<bool>()) {
        let mut ground = Ground::default();
        if said {
            ground.add_said(&text);
        } else {
            ground.add_message(&tool(&text));
        }
        // What stands on other lines is no matter.
        let around = ungrounded(&before, &ground);
        let quoted = ungrounded(&format!("{before}\n{text}\n"), &ground);
        prop_assert_eq!(quoted, around);
    }

    #[test]
    fn without_digits_and_capitals_nothing_is_found(text in "[a-zà-ÿ €$£.,:;()→*\n-]{0,200}") {
        prop_assert_eq!(ungrounded(&text, &Ground::default()), []);
    }

    #[test]
    fn what_is_found_is_in_the_text(text in text()) {
        for fact in ungrounded(&text, &Ground::default()) {
            prop_assert!(text.contains(&fact.text) && !fact.text.is_empty());
        }
    }
}

#[test]
fn tool_texts_are_grounded_in_themselves() {
    for text in [OFFERS, DAYS, STATUS] {
        assert_eq!(ungrounded(text, &ground()), []);
        assert_ne!(ungrounded(text, &Ground::default()), []);
    }
}

/// Invented round prices that happen to be explained. All derivations of all amounts would explain
/// nearly every one.
#[test]
fn few_round_prices_are_explained_by_chance() {
    let ground = ground();
    let explained = |sentence: &dyn Fn(u32) -> String| {
        let prices = 80..1_500;
        let hits = prices.filter(|price| ungrounded(&sentence(*price), &ground).is_empty());
        f64::from(u32::try_from(hits.count()).unwrap()) / 1_420.0
    };
    let plain = explained(&|price| format!("Le vol coûte {price} €."));
    let cheapest = explained(&|price| format!("The cheapest flight is €{price}, with Air France."));
    let share = explained(&|price| format!("Soit {price} € par personne."));
    assert!(plain < 0.02, "{plain}");
    assert!(cheapest < 0.02, "{cheapest}");
    assert!(share < 0.1, "{share}");
}
